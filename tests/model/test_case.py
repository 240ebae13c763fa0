"""Cases: checked in every part, hashable, written and read again; every refusal says what would be right."""

import dataclasses
import math
import tomllib

import numpy as np
import pytest

from model import history
from model.case import Case
from model.simulation import Simulation
from tests import worlds

CHANGES = {
    "place": "rogaland",
    "design": "duty",
    "citizens": 900,
    "seed": 2,
    "first": 2026,
    "last": 2040,
    "choice": "bass",
    "settings": {"agenda.decay": 0.3},
}

BAD = [
    ({"place": "telemrk"}, "did you mean 'telemark'"),
    ({"place": ""}, "known: norway"),
    ({"place": None}, "known: norway"),
    ({"place": "4002"}, "nearest: "),
    ({"place": "4001,4001"}, "give each municipality once"),
    ({"place": "a\nb"}, "give a county, numbers or a folder"),
    ({"design": "dutty"}, "did you mean 'duty'"),
    ({"design": "qqqq"}, "use one of: "),
    ({"design": "missing.toml"}, "check the path"),
    ({"citizens": "many"}, "give a whole number from 20 to "),
    ({"citizens": "5e3"}, "give a whole number from 20 to "),
    ({"citizens": math.nan}, "give a whole number from 20 to "),
    ({"citizens": 19}, "give from 20 to "),
    ({"citizens": 0}, "give from 20 to "),
    ({"citizens": 10**12}, "(the inhabitants of the place), or all"),
    ({"seed": -1}, "give a whole number from 0 to 2^63 - 1"),
    ({"seed": 2**63}, "give a whole number from 0 to 2^63 - 1"),
    ({"seed": "1"}, "give a whole number from 0 to 2^63 - 1"),
    ({"seed": 1.5}, "give a whole number from 0 to 2^63 - 1"),
    ({"first": 1949}, "give a whole year from 1950 to 2099"),
    ({"first": 2051}, "as none was asked for: give a year after 2051, at most 2100"),
    ({"first": 2100, "last": 2101}, "give a whole year from 1950 to 2099"),
    ({"last": 2101}, "at most 2100"),
    ({"last": 2025}, "give a year after 2025"),
    ({"first": 2040, "last": 2030}, "give a year after 2040"),
    ({"choice": "planed"}, "did you mean 'planned'"),
    ({"choice": ""}, "the rules are planned, threshold, bass"),
    ({"settings": {"agenda.decai": 0.3}}, "did you mean 'agenda.decay'"),
    ({"settings": {"agenda.decay": 9}}, "give a number from 0.15 to 0.5 (per year)"),
    ({"settings": {"agenda.decay": "x"}}, "give a number from 0.15 to 0.5 (per year)"),
    ({"citizens": math.inf}, "give a whole number from 20"),
    ({"citizens": [500]}, "give a whole number from 20"),
    ({"citizens": 800.7}, "give a whole number from 20"),
    ({"seed": True}, "give a whole number from 0"),
    ({"first": "2025"}, "1950 to 2099"),
    ({"first": 2025.5}, "1950 to 2099"),
    ({"last": "2030"}, "at most 2100"),
    ({"last": 2030.5}, "at most 2100"),
    ({"first": 2050}, "give a year after 2050"),
    ({"choice": None}, "the rules are planned"),
    ({"settings": {3: 1.0}}, "unknown path"),
    ({"settings": "agenda.decay=0.3"}, "give"),
    ({"settings": {"agenda.decay": 10**400}}, "give a number from 0.15 to 0.5"),
]


@pytest.mark.parametrize(("wrong", "remedy"), BAD)
def test_a_refusal_says_what_would_be_right(wrong, remedy):
    with pytest.raises(ValueError, match=r".{20}") as refused:
        worlds.case(**wrong)
    assert remedy in str(refused.value)
    assert type(refused.value).__name__ in ("CaseError", "PlaceError", "DesignError", "ParameterError")


def test_a_place_folder_names_file_and_row(tmp_path):
    folder = worlds.place_folder(tmp_path / "land", ["1,A,X,100", "2,B,X,many"])
    with pytest.raises(ValueError, match=r"municipalities\.csv, row 3: population 'many' is not a number"):
        worlds.case(place=folder)


def test_a_design_file_names_statement_and_word(tmp_path):
    wrong = worlds.statement('kind = "network", strength = 1.0', more='condition = "popultion < 5000"')
    path = worlds.design_file(tmp_path, worlds.NOTHING, wrong)
    with pytest.raises(ValueError, match=r"mine\.toml, statement 2: .*'popultion'.*did you mean 'population'"):
        worlds.case(design=path)


def test_everybody_is_a_number():
    case = worlds.case(citizens="all")
    assert case.citizens == int(case.place.population[0].sum())
    assert worlds.case(citizens="500").citizens == 500


def test_years_left_out_are_those_of_the_place():
    case = worlds.case()
    assert (case.years[0], case.years[-1]) == (case.place.first_year, case.place.last_year)


def test_a_case_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        worlds.case().seed = 3


def test_equal_cases_are_equal():
    assert worlds.case() == worlds.case()
    assert hash(worlds.case()) == hash(worlds.case())
    assert worlds.case().digest == worlds.case().digest
    assert worlds.case(settings={"ceiling.I": 0.25, "agenda.decay": "0.3"}) == worlds.case(
        settings={"agenda.decay": 0.3, "ceiling.I": 0.25}
    )


@pytest.mark.parametrize("name", CHANGES)
def test_every_part_is_part_of_the_digest(name):
    changed = worlds.case(**{name: CHANGES[name]})
    assert changed != worlds.case()
    assert changed.digest != worlds.case().digest


def test_the_content_of_files_is_part_of_the_digest(tmp_path):
    statement = 'kind = "network", strength = {}'
    path = worlds.design_file(tmp_path, worlds.statement(statement.format(0.5)))
    before = worlds.case(design=path).digest
    assert worlds.case(design=worlds.design_file(tmp_path, worlds.statement(statement.format(0.6)))).digest != before


def test_defaults_of_parameters_are_part_of_the_digest(monkeypatch):
    from model import parameters

    plain = worlds.case().digest
    p = parameters.declared()["agenda.decay"]
    other = parameters.declared() | {"agenda.decay": dataclasses.replace(p, value=p.value + 0.01)}
    monkeypatch.setattr(parameters, "declared", lambda: other)
    case = worlds.case()
    assert case.parameters.agenda.decay == p.value + 0.01
    assert case.digest != plain


def test_another_seed_is_the_same_world():
    case = worlds.case()
    other = case.with_seed(7)
    assert (other.seed, case.seed) == (7, 1)
    assert other.place is case.place
    assert other == worlds.case(seed=7)


def test_a_written_case_runs_again(tmp_path):
    case = worlds.case(**CHANGES)
    path = tmp_path / "case.toml"
    path.write_text(case.to_toml(), encoding="utf-8")
    again = Case.load(**tomllib.loads(path.read_text(encoding="utf-8")))
    assert again == case
    assert again.digest == case.digest
    assert again.to_toml() == case.to_toml()
    runs = [Simulation(dataclasses.replace(one, citizens=100, last=2028), record=False).run() for one in (case, again)]
    assert runs[0].digest() == runs[1].digest()


def test_settings_reach_the_parameters():
    case = worlds.case(settings={"agenda.decay": 0.3})
    assert case.parameters.agenda.decay == 0.3
    assert Simulation(case).p.agenda.decay == 0.3


def test_a_number_of_numpy_is_a_number():
    assert worlds.case(citizens=np.int64(500), settings={"agenda.decay": np.float64(0.3)}).citizens == 500


def test_load_takes_what_described_gives():
    case = worlds.case(**CHANGES)
    assert Case.load(**case.described()) == case


OFFICERS = "earmarked-officers-1988"


@pytest.mark.parametrize(
    ("changes", "span"),
    [
        ({}, (2025, 2050)),
        ({"design": OFFICERS}, (1988, 2009)),
        ({"design": OFFICERS, "last": 1996}, (1988, 1996)),
        ({"design": OFFICERS, "first": 1950}, (1950, 2009)),
        ({"design": OFFICERS, "first": 2020, "last": 2030}, (2020, 2030)),
        ({"first": 2099, "last": 2100}, (2099, 2100)),
        ({"first": 1950}, (1950, 2050)),
    ],
)
def test_years_are_asked_for_or_the_designs_or_the_places(changes, span):
    case = worlds.case(**changes)
    assert (case.first, case.last) == span == (case.place.first_year, case.place.last_year)
    assert Case.load(**case.described()) == case


def test_all_citizens_are_those_of_the_first_year():
    then = worlds.case(first=1960, last=1965, citizens="all")
    assert then.citizens == then.place.population[0].sum() < worlds.case(citizens="all").citizens
    with pytest.raises(ValueError, match="inhabitants of the place"):
        worlds.case(first=1960, last=1965, citizens=then.citizens + 1)


def test_what_is_known_of_the_first_year_counts_in_the_digest(monkeypatch):
    before = worlds.case(first=2009, last=2012).digest
    rows = tuple(row | {"value": "0.01"} for row in history.rows_of("first_year"))
    monkeypatch.setattr(history, "rows_of", lambda name: rows if name == "first_year" else ())
    assert worlds.case(first=2009, last=2012).digest != before
