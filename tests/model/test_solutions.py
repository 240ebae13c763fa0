"""The catalogue covers what it should, stays within its bounds, and refuses what is wrong with a useful message."""

import csv
import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from agents.vocabulary import CATEGORIES, CHOOSERS, DOMAINS, EARLIEST, KINDS, LEVELS, SECTORS
from model.simulation import Simulation
from model.solution import PARTS, QUANTITIES, solution_numbers
from model.solutions import FILES, FOLDER, SIZE_LIMIT, SolutionError, assumed_numbers, load_catalogue, solution_index
from tests import worlds

# Last known national emissions, kt CO2e (machinery and shipping 2020, the others 2023), which the path carries to 2035.
LAST_KNOWN = {
    "road_traffic": 8016,
    "shipping": 3700,
    "other_mobile": 2700,
    "agriculture": 4519,
    "energy_supply": 1241,
    "industry_oil_gas": 13000,
}
# What the notes divide by.
IN_2035 = {
    "road_traffic": 2886,
    "shipping": 2294,
    "other_mobile": 1890,
    "agriculture": 4203,
    "energy_supply": 1055,
    "industry_oil_gas": 10270,
}
DENOMINATORS = IN_2035 | {"heating": 640, "food": 11748}
MINIMAL = """
[{id}]
names = {{ en = "A", nb = "A" }}
description = {{ en = "A", nb = "A" }}
domain = "transport"
level = "I"
kind = "sharing"
chooser = "citizens"
contagion = "simple"
needs_offers = false
needs_facility = false
lifetime = 1
cost = 0.1
cost_change = 0.0
resistance = 0.1
drop_rate = 0.1
critical_mass = 0.0
difficulty = 0.1
spending = 0
initial_share = 0.1
urban = 0.0
rebound = 0.0
municipal_use = 0.0
motives = {{ climate = 0.2, cost = 0.3, quality = 0.5 }}
"""
GOOD = MINIMAL.format(id="one")


def folder(tmp_path: Path, transport: str | bytes, **others: str) -> Path:
    for file in FILES:
        text = transport if file == "transport.toml" else others.get(file.removesuffix(".toml"), "")
        (tmp_path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path


def test_every_cell_kind_and_chooser_is_covered() -> None:
    solutions = load_catalogue().solutions
    assert {(s.domain, s.level) for s in solutions} == set(product(DOMAINS, LEVELS))
    assert {s.kind for s in solutions} == set(KINDS)
    assert {s.chooser for s in solutions} == set(CHOOSERS)
    assert 24 <= len(solutions) <= 28
    assert sum(s.chooser == "citizens" for s in solutions) <= 16


def test_words_of_the_catalogue_are_those_of_the_vocabulary() -> None:
    assert PARTS["territorial"] == SECTORS
    assert PARTS["footprint"] == CATEGORIES
    assert {f.removesuffix(".toml") for f in FILES} == set(DOMAINS)


def test_names_and_descriptions_stand_in_both_languages_and_are_unique() -> None:
    solutions = load_catalogue().solutions
    for language in ("en", "nb"):
        assert len({getattr(s.names, language) for s in solutions}) == len(solutions)
        assert all(getattr(s.description, language).endswith(".") for s in solutions)


@pytest.mark.parametrize("name", QUANTITIES)
def test_arrays_lie_within_their_bounds_and_follow_the_tables(name: str) -> None:
    catalogue, q = load_catalogue(), QUANTITIES[name]
    column = getattr(catalogue, name)
    assert column.shape == (len(catalogue.ids),)
    assert column.dtype == np.float64
    assert q.low <= column.min()
    assert column.max() <= q.high
    assert column.tolist() == [getattr(s, name).value for s in catalogue.solutions]


def test_effects_together_never_exceed_the_whole() -> None:
    catalogue = load_catalogue()
    for effect, names in ((catalogue.territorial, SECTORS), (catalogue.footprint, CATEGORIES)):
        assert effect.shape == (len(catalogue.ids), len(names))
        assert effect.min() >= 0
        assert effect.sum(axis=0).max() <= 1


def test_motives_sum_to_one() -> None:
    c = load_catalogue()
    np.testing.assert_allclose(c.climate_motive + c.cost_motive + c.quality_motive, 1)


def test_national_solutions_have_no_effect() -> None:
    c = load_catalogue()
    assert [c.ids[i] for i in np.flatnonzero(c.is_national)] == ["electric-car"]
    assert not c.territorial[c.is_national].any()
    assert not c.footprint[c.is_national].any()


def test_sharing_claims_almost_no_territorial_tonnes() -> None:
    c = load_catalogue()
    sharing = np.array([s.kind == "sharing" for s in c.solutions])
    assert c.territorial[sharing].sum() < 0.005 < 0.1 < c.footprint[sharing].sum()


def test_derived_effects_agree_with_the_arithmetic_in_their_notes() -> None:
    checked = 0
    for solution in load_catalogue().solutions:
        for field, number in solution_numbers(solution):
            match = re.match(r"([\d.]+) / ([\d.]+)", number.note)
            if field.startswith(("territorial.", "footprint.")) and match:
                assert number.value == pytest.approx(float(match[1]) / float(match[2]), rel=0.02), (solution.id, field)
                assert float(match[2]) == DENOMINATORS[field.split(".")[1]]
                checked += 1
            assert number.grade != "D" or match, f"{solution.id}, {field}: grade D without arithmetic"
    assert checked >= 20


def test_notes_divide_by_what_the_national_path_leaves_in_2035() -> None:
    with (FOLDER.parent / "places" / "norway" / "national_path.csv").open(encoding="utf-8") as stream:
        path = {row["sector"]: float(row["2035"]) for row in csv.DictReader(stream)}
    expected = {sector: LAST_KNOWN[sector] * path[sector] for sector in IN_2035}
    assert pytest.approx(expected, rel=0.1) == IN_2035, "the path has moved: follow it in the notes and values"


def test_municipal_use_and_flags_follow_the_tables() -> None:
    c = load_catalogue()
    assert (c.has_municipal_use == (c.municipal_use > 0)).all()
    assert c.has_municipal_use[solution_index(c, "shared-rooms")]
    assert c.needs_offers[solution_index(c, "car-sharing")]
    assert (c.critical_mass[c.needs_offers] > 0).all()
    assert c.is_complex[solution_index(c, "plant-rich-diet")]
    assert not c.is_complex[solution_index(c, "electric-car")]


def test_arrays_and_solutions_cannot_be_changed() -> None:
    catalogue = load_catalogue()
    for value in vars(catalogue).values():
        if isinstance(value, np.ndarray):
            assert not value.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        catalogue.territorial[0, 0] = 1.0
    with pytest.raises(ValueError, match="frozen"):
        catalogue.solutions[0].level = "II"


def test_catalogue_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()


def test_assumed_numbers_lists_what_has_no_source() -> None:
    listed = set(assumed_numbers(load_catalogue()))
    assert ("repair", "footprint.goods") in listed
    assert ("car-sharing", "initial_share") not in listed
    assert ("car-sharing", "territorial.waste") not in listed  # not stated, so not assumed either


def test_unknown_solution_names_the_nearest() -> None:
    with pytest.raises(SolutionError, match="did you mean 'car-sharing'"):
        solution_index(load_catalogue(), "car-sharng")


def test_no_file_lies_beside_the_listed_ones() -> None:
    assert {p.name for p in FOLDER.glob("*.toml")} == set(FILES)
    assert all(p.stat().st_size < SIZE_LIMIT / 10 for p in FOLDER.glob("*.toml"))


def test_smallest_catalogue_is_read(tmp_path: Path) -> None:
    assert load_catalogue(folder(tmp_path, GOOD)).ids == ("one",)


EFFECT = "[one.territorial]\n"
HOSTILE = {
    "duplicate in one file": (GOOD + GOOD, "transport.toml: .*one"),
    "not TOML": ("[one\n", "transport.toml: .*TOML"),
    "not UTF-8": (b"\xff\xfe", "transport.toml: .*UTF-8"),
    "deep": ("x = " + "[" * 50_000, "transport.toml: nested too deeply"),
    "huge": ("#" * (SIZE_LIMIT + 1), "transport.toml: larger than 256,000 bytes"),
    "huge integer": (GOOD.replace("cost = 0.1", "cost = 1" + "0" * 400), r"\[one\], cost"),
    "stray value": ("x = 1", r"transport.toml, \[x\]: .*one \[table\]"),
    "own id": (GOOD + 'id = "two"', r"\[one\].*name is its id"),
    "not kebab-case": (MINIMAL.format(id="Car_Sharing"), r"\[Car_Sharing\].*kebab-case"),
    "misspelt field": (GOOD + "resistence = 0.1", r"\[one\], resistence: unknown field; did you mean 'resistance'"),
    "missing field": (GOOD.replace("rebound = 0.0\n", ""), r"\[one\], rebound: missing; add it"),
    "missing language": (GOOD.replace(', nb = "A"', "", 1), r"\[one\], names.nb: missing"),
    "out of bounds": (GOOD.replace("lifetime = 1", "lifetime = 900"), r"\[one\], lifetime: 900 .*years from 0.5 to 60"),
    "NaN": (GOOD.replace("cost = 0.1", "cost = nan"), r"\[one\], cost: 'nan' refused; .*finite"),
    "infinite": (GOOD.replace("spending = 0", "spending = inf"), r"\[one\], spending: 'inf' refused; .*finite"),
    "text for a number": (GOOD.replace("cost = 0.1", 'cost = "0.1"'), r"\[one\], cost: '0.1' refused"),
    "true for a number": (GOOD.replace("cost = 0.1", "cost = true"), r"\[one\], cost: 'True' refused"),
    "number for a flag": (
        GOOD.replace("needs_offers = false", "needs_offers = 0"),
        r"\[one\], needs_offers: '0' refused",
    ),
    "unknown level": (GOOD.replace('level = "I"', 'level = "IV"'), r"\[one\], level: 'IV' refused.*'III'"),
    "wrong file": (GOOD.replace('"transport"', '"food"'), r"\[one\], domain: .*move the table to food.toml"),
    "motives": (GOOD.replace("climate = 0.2", "climate = 0.3"), r"\[one\]: motives sum to 1.1"),
    "unknown sector": (
        GOOD + EFFECT + "road_trafic = 0.1",
        r"\[one\], territorial.road_trafic: unknown field; did you mean 'road_tr",
    ),
    "effect above 1": (GOOD + EFFECT + "waste = 1.5", r"\[one\], territorial.waste: 1.5 .*from 0 to 1"),
    "negative effect": (GOOD + EFFECT + "waste = -0.1", r"\[one\], territorial.waste: -0.1 .*from 0 to 1"),
    "no source": (
        GOOD + EFFECT + 'waste = { value = 0.1, grade = "M" }',
        r"territorial.waste: grade M without a source",
    ),
    "no note": (
        GOOD + EFFECT + 'waste = { value = 0.1, grade = "D", source = "x" }',
        r"territorial.waste: grade D without a note",
    ),
    "unknown language": (
        GOOD.replace('nb = "A"', 'nb = "A", nn = "A"', 1),
        r"\[one\], names.nn: unknown field; known are en, nb",
    ),
    "misspelt evidence": (GOOD + EFFECT + 'waste = { value = 0.1, sorce = "x" }', r"waste.sorce: unknown .*'source'"),
    "national with effect": (
        GOOD.replace("needs_offers", "is_national = true\nneeds_offers") + EFFECT + "waste = 0.1",
        r"\[one\]: is_national with effects; .*remove",
    ),
    "offers without critical mass": (
        GOOD.replace("needs_offers = false", "needs_offers = true"),
        r"\[one\]: needs_offers without critical_mass",
    ),
    "sum above 1": (
        GOOD + EFFECT + "waste = 0.7\n" + MINIMAL.format(id="two") + "[two.territorial]\nwaste = 0.6",
        r"\[one\], territorial.waste: 0.7 .*sum over all solutions to 1.3",
    ),
    "empty": ("", "no solution"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_wrong_is_refused_with_place_and_remedy(tmp_path: Path, case: str) -> None:
    text, message = HOSTILE[case]
    with pytest.raises(SolutionError, match=message) as refused:
        load_catalogue(folder(tmp_path, text))
    assert len(str(refused.value)) < 700


def test_same_id_in_two_files_is_refused(tmp_path: Path) -> None:
    food = GOOD.replace('"transport"', '"food"')
    with pytest.raises(SolutionError, match=r"food.toml, \[one\]: id already used in transport.toml"):
        load_catalogue(folder(tmp_path, GOOD, food=food))


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SolutionError, match=r"transport.toml: .*No such file.*needed are transport.toml"):
        load_catalogue(tmp_path / "nowhere")


def test_what_cannot_be_had_yet_is_not_begun(tmp_path):
    cat = load_catalogue()
    late = cat.since > EARLIEST
    assert [cat.ids[s] for s in np.nonzero(late)[0]] == ["waste-incineration-ccs"]
    rule = worlds.statement('kind = "facility", solutions = ["waste-incineration-ccs"], strength = 1.0')
    design = worlds.design_file(tmp_path, rule)
    sim = Simulation(worlds.case(place="0301,3301", citizens=100, last=2031, design=design))
    begun = {}
    for _ in sim.case.years:
        sim.step()
        begun[sim.year] = bool(sim.municipalities.is_under_way[:, late].any())
    assert not any(begun[year] for year in range(2025, 2029))
    assert begun[2031]
