"""A film says what the tables of its run say; where things stand on map and graph is fixed; all is in words."""

import re
from typing import Any

import numpy as np
import pytest

from agents.vocabulary import ELEMENTS
from model.case import Case
from model.places import load_place
from model.regime import Names
from model.simulation import Simulation
from viz.app.film import shades, specs, tellings
from viz.app.film.atlas import atlas_of
from viz.app.film.packing import KINDS, packed
from viz.app.film.people import MOST, people_of
from viz.app.film.reel import NATION, Film, bonds_of, film_in, film_of
from viz.app.question import Question
from viz.app.texts import Voice
from viz.palette import LIGHT
from viz.words import LANGUAGES

ASKED = {"place": "telemark", "design": "full-transition", "citizens": 500, "seed": 3, "settings": {}}


@pytest.fixture(scope="module")
def sim() -> Simulation:
    return Simulation(Case.load(**ASKED)).run()


@pytest.fixture(scope="module")
def film(sim: Simulation) -> Film:
    return film_in(sim.tables, sim.case)


def opened(spec: dict[str, Any]) -> dict[str, Any]:
    """The arrays of a spec, read as the browser reads them."""
    kinds = {script: np.dtype(name).newbyteorder("<") for name, script in KINDS.items()}
    return {name: np.frombuffer(spec["data"], kinds[kind], count, at) for name, (kind, at, count) in spec["at"].items()}


def test_what_the_browser_reads_is_what_the_run_recorded(sim: Simulation, film: Film) -> None:
    spec = specs.film_spec(film, "k")
    arrays = opened(spec)
    shape = len(film.years), len(sim.place.numbers)
    towns = sim.tables["municipality"].to_pandas()
    for name in (s.name for s in shades.SHADES if s.name != "elements"):
        k, low, step = spec["head"]["fields"][name]
        seen = low + step * arrays["values"].reshape(-1, *shape)[k].astype(float)
        recorded = towns[name].to_numpy().reshape(shape)
        assert np.abs(seen - recorded).max() <= step / 2 + 1e-9, name
    k, low, step = spec["head"]["fields"]["use-car-sharing"]
    uses = sim.tables["solution"].to_pandas().query("solution == 'car-sharing'")["uptake"].to_numpy().reshape(shape)
    assert np.abs(low + step * arrays["values"].reshape(-1, *shape)[k].astype(float) - uses).max() <= step
    stage = sim.tables["element"]["stage"].to_numpy().reshape(*shape, len(ELEMENTS))
    assert (arrays["stage"].reshape(stage.shape) == stage).all()
    k, low, step = spec["head"]["fields"]["elements"]
    counted = np.rint(low + step * arrays["values"].reshape(-1, *shape)[k].astype(float))
    assert (counted == (stage > 0).sum(axis=2)).all()


def test_bonds_are_the_cooperations_of_every_year(film: Film) -> None:
    begins, ends = film.bonds[:, 2], film.bonds[:, 3]
    counted = [int(((begins <= y) & (ends > y)).sum()) for y in range(len(film.years))]
    assert counted == film.nation["cooperation_edges"].astype(int).tolist()
    assert max(counted) > 5


def test_a_bond_that_comes_back_is_two_bonds(sim: Simulation) -> None:
    edges = sim.tables["edge"].slice(0, 0).to_pylist()
    for year, change in ((2026, "appears"), (2028, "goes"), (2030, "appears")):
        edges.append({"year": year, "type": "cooperation", "source": "4001", "target": "4003", "change": change})
    table = type(sim.tables["edge"]).from_pylist(edges, schema=sim.tables["edge"].schema)
    found = bonds_of(table, range(2025, 2033), ("4001", "4003"))
    assert found.tolist() == [[0, 1, 1, 3], [0, 1, 5, 8]]


def test_every_event_is_in_the_film_in_order(sim: Simulation, film: Film) -> None:
    events, edges = sim.tables["event"], sim.tables["edge"].to_pandas()
    bonds = int((edges["type"] == "cooperation").sum())
    assert len(film.events[0]) == events.num_rows + bonds
    assert (np.diff(film.events[0].astype(int)) >= 0).all()
    actors = [*sim.place.numbers, "county:40", "state"]
    told = [
        (film.years[year], actors[actor], *film.deeds[deed], *film.reasons[reason])
        for year, actor, deed, reason in zip(*film.events, strict=True)
    ]
    rows = [
        tuple(r[n] for n in ("year", "actor", "what", "subject", "cause", "because_of")) for r in events.to_pylist()
    ]
    assert sorted(t for t in told if not t[2].startswith("cooperation")) == sorted(rows)


def test_a_film_is_the_run_of_the_ensemble(film: Film) -> None:
    again = film_of(ASKED)
    assert again.seed == film.seed == 3
    assert (again.values == film.values).all()
    assert set(again.nation) == set(NATION)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told_in_words(sim: Simulation, film: Film, language: str) -> None:
    head = specs.told_spec(film, "k", Voice(language))["head"]
    assert len(head["deeds"]) == len(film.deeds)
    assert len(head["reasons"]) == len(film.reasons)
    assert len(head["actors"]) == len(sim.place.numbers) + 2
    for group, text, sign in head["deeds"]:
        assert head["groups"][group]["title"]
        assert sign in ("", ":")
        assert not re.search(r"[{}…]|None|_", text), text
    for text, (cause, _) in zip(head["reasons"], film.reasons, strict=True):
        assert not re.search(r"[{}…]|None|_|county:", text), (cause, text)
    other = specs.told_spec(film, "k", Voice("nb" if language == "en" else "en"))["head"]
    assert all(a != b for a, b in zip(head["deeds"], other["deeds"], strict=True))


def test_words_of_single_events() -> None:
    names = Names(load_place("telemark"), Case.load(**ASKED).design)
    assert tellings.deed("measure started", "car-sharing")[1].en == "started a measure: car sharing"
    assert tellings.deed("became norm", "plan")[1].nb == "en klima- og energiplan ble en norm"
    assert tellings.deed("became norm", "staff")[1].en == "shared specialists became a norm"
    assert tellings.deed("ambition raised", "")[1].nb == "hevet ambisjonen"
    assert tellings.because("partner", "4012", names, "nb") == "med Bamble"
    assert tellings.because("neighbours", "4012", names, "en") == "it copied Bamble"
    assert tellings.because("neighbours", "", names, "en") == "others had gone before"
    assert tellings.because("project grant", "x", names, "en") == ""


@pytest.mark.parametrize("name", shades.shades())
def test_classes_hold_together(name: str) -> None:
    shade = shades.shades()[name]
    assert list(shade.bounds) == sorted(set(shade.bounds))
    for language in LANGUAGES:
        spec = shades.shade_spec(name, Voice(language))
        for part in (spec, spec["apart"]):
            assert len(part["tokens"]) == len(part["labels"]) == len(part["bounds"]) + 1
            assert len(set(part["tokens"])) == len(part["tokens"])
            assert len(set(part["labels"])) == len(part["labels"])
            assert set(part["tokens"]) <= LIGHT.keys()
            assert part["unit"]
        assert spec["apart"]["bounds"] == [-b for b in reversed(spec["apart"]["bounds"])]


def test_classes_say_what_they_hold() -> None:
    english = Voice("en")
    assert shades.labels(shades.shades()["elements"], english) == ["0", "1–2", "3–4", "5–6", "7–8", "9–10", "11"]
    assert shades.labels(shades.shades()["champions"], english) == ["0", "1", "2", "3 or more"]
    apart = shades.labels_apart(shades.shades()["territorial_per_inhabitant"], Voice("nb"))
    assert apart == ["−1,5 eller mindre", "−0,5–1,5", "−0,1–0,5", "±0,1", "+0,1–0,5", "+0,5–1,5", "+1,5 eller mer"]
    counts = shades.class_of(np.array([0.0, 1.0, 10.0, 11.0]), shades.shades()["elements"].bounds)
    assert counts.tolist() == [0, 1, 5, 6]
    # less is better for emissions: the colours of a difference are turned round
    assert shades.shade_spec("territorial_per_inhabitant", english)["apart"]["tokens"][0] == "apart-6"
    assert shades.shade_spec("agenda", english)["apart"]["tokens"][0] == "apart-0"


@pytest.mark.parametrize("name", ["norway", "telemark", "0301,4012", "oslo"])
def test_everything_has_its_place(name: str) -> None:
    place, atlas = load_place(name), atlas_of(name)
    rings = atlas.rings
    assert set(rings[:, 0].tolist()) == set(range(len(place.numbers)))
    assert rings[-1, 1] + rings[-1, 2] == len(atlas.points)
    assert (atlas.points.max(axis=0) < np.array(atlas.size)).all()
    for _, first, count in rings.tolist():
        assert (atlas.points[first] == atlas.points[first + count - 1]).all()
    spots = np.concatenate([atlas.towns, atlas.counties, [atlas.state]])
    assert np.linalg.norm(spots, axis=1).max() <= 1
    apart = np.linalg.norm(spots[:, None] - spots[None], axis=2) + np.eye(len(spots))
    assert apart.min() > 0.015
    assert (len(atlas.borders) > 0) == (name == "norway")
    fresh = atlas_of.__wrapped__(name)
    assert all((getattr(fresh, part) == getattr(atlas, part)).all() for part in ("points", "towns", "counties"))


def test_neighbouring_counties_are_near_in_the_graph() -> None:
    place, atlas = load_place("norway"), atlas_of("norway")
    near = atlas.towns[place.neighbours]
    ties = np.linalg.norm(near[:, 0] - near[:, 1], axis=1).mean()
    every = np.linalg.norm(atlas.towns[:, None] - atlas.towns[None], axis=2).mean()
    assert ties < 0.4 * every


def test_a_buffer_refuses_what_the_browser_has_no_array_for() -> None:
    with pytest.raises(KeyError, match="int64"):
        packed({"a": np.zeros(2, dtype=np.int64)})


def test_individuals_are_those_of_the_run(sim: Simulation) -> None:
    people = people_of(ASKED | {"town": "4003"})
    m = sim.place.numbers.index("4003")
    rows = slice(int(sim.citizen_starts[m]), int(sim.citizen_starts[m + 1]))
    assert people.uses.shape == (26, min(MOST, rows.stop - rows.start))
    assert people.citizens == rows.stop - rows.start
    assert people.uses[-1].tolist() == np.bitwise_count(sim.citizens.uses[rows]).tolist()
    assert people.weight * people.citizens == pytest.approx(sim.place.population[0, m], rel=0.2)
    with pytest.raises(ValueError, match="no municipality 0301"):
        people_of(ASKED | {"town": "0301"})


def test_a_link_chooses_what_is_shown() -> None:
    question, dropped = Question.read(
        "page=watch&measure=use-repair&view=graph&shown=apart&against=duty&year=2031&town=4012&run=7"
    )
    assert dropped == ()
    assert question.run == 7
    wanted = {"measure": "use-repair", "view": "graph", "shown": "apart", "year": 2031, "town": "4012"}
    assert specs.chosen(question) == wanted
    assert Question.read(question.written())[0] == question
    odd = Question.read("measure=nonsense&view=moon&shown=apart&town=0301&run=99")[0]
    assert odd.run == 20
    assert specs.chosen(odd) == {"measure": shades.USUAL, "view": "both", "shown": "this", "year": 0, "town": ""}
