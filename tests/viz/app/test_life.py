"""The life of a municipality: the tables of its run, retold; every event with its causes, in both languages."""

import re

import pytest

from agents.vocabulary import ELEMENTS, STAGES
from model.case import Case
from model.institutions.reasons import WHAT
from model.simulation import Simulation
from viz.app.life import GROUPS, TOLD, Life, LifeError, life_in, life_of

ASKED = {"place": "telemark", "design": "full-transition", "citizens": 500, "seed": 3, "settings": {}}


@pytest.fixture(scope="module")
def sim() -> Simulation:
    return Simulation(Case.load(**ASKED)).run()


@pytest.fixture(scope="module")
def lives(sim: Simulation) -> dict[str, Life]:
    return {number: life_in(sim, number) for number in sim.place.numbers}


def test_every_event_of_every_municipality_is_told(sim: Simulation, lives: dict[str, Life]) -> None:
    events = sim.tables["event"].to_pandas()
    assert set(events["what"]) - {"ambition raised", "ambition lowered"} <= WHAT.keys() | TOLD.keys()
    for number, life in lives.items():
        own = events[events["actor"] == number]
        assert [event.year for event in life.events] == own["year"].tolist()
        assert [event.subject for event in life.events] == own["subject"].tolist()


def test_texts_are_whole_in_both_languages(lives: dict[str, Life]) -> None:
    for life in lives.values():
        for event in life.events:
            assert event.group in GROUPS
            for text in (*event.says, *(t for _, step in event.steps for t in step)):
                assert text[0].isupper() or text[0].isdigit() or text[0] in "“«"
                assert not re.search(r"[{}]|None|…\.", text), text
            assert event.says.en != event.says.nb


def test_chains_lead_back_in_time(lives: dict[str, Life]) -> None:
    deep = 0
    for life in lives.values():
        for event in life.events:
            depths = [depth for depth, _ in event.steps]
            assert all(b <= a + 1 for a, b in zip([0, *depths], depths, strict=False))
            deep = max(deep, *depths, 0)
            for _, step in event.steps:
                year = re.match(r"(\d{4}) ", step.en)
                assert year is None or int(year[1]) <= event.year
    assert deep >= 2, "some chain has more than one link"


def test_stages_follow_the_events(lives: dict[str, Life]) -> None:
    for life in lives.values():
        for event in life.events:
            if event.group == "rules" and ": became a rule" in event.says.en:
                row = ELEMENTS.index(event.subject)
                assert life.stage[row, life.years.index(event.year)] == STAGES.index("rule")


def test_columns_are_those_of_the_table(sim: Simulation, lives: dict[str, Life]) -> None:
    table = sim.tables["municipality"].to_pandas()
    for number, life in lives.items():
        own = table[table["number"] == number]
        for name, values in life.columns.items():
            assert values.tolist() == own[name].astype(float).tolist()
    assert life.practice.shape == life.stage.shape == (len(ELEMENTS), len(life.years))


def test_the_same_case_gives_the_same_life(lives: dict[str, Life]) -> None:
    again = life_of(ASKED | {"town": "4003"})
    assert again.events == lives["4003"].events


def test_a_municipality_of_another_place_is_refused() -> None:
    with pytest.raises(LifeError, match="has no municipality 0301"):
        life_of(ASKED | {"town": "0301"})
