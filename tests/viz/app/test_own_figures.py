"""Figures of a life and of designs side by side: plain options that say what the tables say."""

import numpy as np
import pytest

from agents.vocabulary import ELEMENTS
from viz.app.answers import Ensemble, run_of
from viz.app.cases import case_of
from viz.app.life import GROUPS, Life, life_of
from viz.app.options import life as drawings
from viz.app.options.own import PANELS, figures
from viz.app.texts import Voice
from viz.words import LANGUAGES

ASKED = {"place": "4001,4003", "citizens": 500, "seed": 1, "settings": {}}


@pytest.fixture(scope="module")
def life() -> Life:
    return life_of(ASKED | {"design": "full-transition", "town": "4003"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_life_is_drawn_as_it_was(life: Life, language: str) -> None:
    voice = Voice(language)
    grid, feed, money = (draw(life, voice) for draw in (drawings.grid, drawings.feed, drawings.money))
    assert [row["stage"] for row in grid["rows"]] == life.stage.tolist()
    assert len(grid["rows"]) == len(ELEMENTS)
    assert "{p}" in grid["words"]["practice"]
    assert [one["year"] for one in feed["events"]] == [event.year for event in life.events]
    assert {one["group"] for one in feed["events"]} <= {name for name, _ in feed["groups"]} == set(GROUPS)
    total = np.sum([part["data"] for part in money["option"]["series"]], axis=0)
    paid = sum(life.columns[f"{source}_money"] for source in ("own", "project", "permanent"))
    assert np.allclose(total, paid / life.columns["population"], rtol=1e-3)
    for spec in (drawings.course(life, voice), drawings.people(life, voice), money):
        assert len(spec["table"]["rows"]) == len(life.years)


def test_designs_stand_side_by_side_with_the_same_luck() -> None:
    ensembles = [
        Ensemble(design, design, 2, tuple(run_of(ASKED | {"design": design, "seed": seed}) for seed in (1, 2)))
        for design in ("duty", "enthusiasts-only")
    ]
    specs = figures(ensembles, ("one", "other"), Voice("en"))
    assert len(specs) == len(PANELS)
    heads = [spec["table"]["head"] for spec in specs]
    assert all("one" in head and "other" in head for head in heads)
    assert len({spec["answer"] for spec in specs}) == 1
    assert figures([Ensemble("a", "a", 2)], ("one",), Voice("en")) == []


def test_a_written_design_is_run_as_the_shipped_one() -> None:
    from model.institutions.comparison import to_toml
    from model.institutions.design import load_design

    text = to_toml(load_design("duty"))
    named, written = run_of(ASKED | {"design": "duty"}), run_of(ASKED | {"design": text})
    assert all(np.array_equal(named.nation[column], written.nation[column]) for column in named.nation)
    assert case_of(ASKED | {"design": text}).digest != case_of(ASKED | {"design": "enthusiasts-only"}).digest


@pytest.mark.parametrize("design", ["/etc/passwd", "../duty.toml", "no-such", "a = 1\n"])
def test_a_design_is_never_a_path(design: str) -> None:
    with pytest.raises(ValueError, match=r"unknown design|there is no statement"):
        case_of(ASKED | {"design": design})
