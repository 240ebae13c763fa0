"""What charts show is what the runs say; options are plain data."""

import json
from typing import Any

import numpy as np
import pytest

from agents.vocabulary import ELEMENTS, FACTORS, KINDS
from viz.app.answers import Ensemble, Run, run_of
from viz.app.options import accounts, adoption, elements, headlines, institutions, levels
from viz.app.texts import Voice

FIGURES = (
    *(accounts.territorial, accounts.footprint, levels.levels),
    *(adoption.adoption, institutions.institutions, elements.elements),
)


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    runs = tuple(run_of({"place": "0301,4012", "citizens": 200, "last": 2041, "seed": s}) for s in (1, 2, 3))
    return Ensemble("key", "todays-practice", 20, runs)


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_is_plain_data_with_a_table_and_words(figure: Any, language: str, ensemble: Ensemble) -> None:
    for some in (ensemble, Ensemble("key", "x", 20, ensemble.runs[:1])):
        spec = figure(some, Voice(language))
        assert json.loads(json.dumps(spec, allow_nan=False)) == json.loads(json.dumps(spec))
        assert {"title", "about", "alt", "option", "table", "answer", "words"} <= spec.keys()
        rows, head = spec["table"]["rows"], spec["table"]["head"]
        assert [row[0] for row in rows] == [str(y) for y in some.years]
        assert all(len(row) == len(head) for row in rows)
        count = len(some.runs)
        assert str(count) in spec["about"] or count == 1


def test_the_curve_is_the_median_and_the_ribbon_its_interval(ensemble: Ensemble) -> None:
    option = accounts.territorial(ensemble, Voice("en"))["option"]
    low, wide, line = (np.array(s["data"]) for s in option["series"])
    cube = ensemble.cube("territorial_per_inhabitant")
    assert line == pytest.approx(np.median(cube, axis=0), rel=1e-4)
    assert low == pytest.approx(np.quantile(cube, 0.05, axis=0), rel=1e-4)
    assert low + wide == pytest.approx(np.quantile(cube, 0.95, axis=0), rel=1e-3)


def test_one_run_has_no_ribbon(ensemble: Ensemble) -> None:
    lone = Ensemble("key", "x", 20, ensemble.runs[:1])
    assert len(accounts.footprint(lone, Voice("en"))["option"]["series"]) == 1


def test_half_is_half_of_the_first_year(ensemble: Ensemble) -> None:
    line = accounts.territorial(ensemble, Voice("en"))["option"]["series"][-1]["markLine"]["data"][0]["yAxis"]
    assert line == pytest.approx(np.median(ensemble.cube("territorial_per_inhabitant")[:, 0]) / 2, rel=1e-4)


def test_the_levels_add_up_to_the_fall(ensemble: Ensemble) -> None:
    table = levels.levels(ensemble, Voice("en"))["table"]
    territorial = ensemble.cube("territorial")
    fall = 100 * (1 - territorial / territorial[:, :1]).mean(axis=0)
    for row, expected in zip(table["rows"], fall, strict=True):
        assert sum(row[1:-1]) == pytest.approx(row[-1], abs=0.01)
        assert row[-1] == pytest.approx(expected, abs=0.01)
    assert len(table["head"]) == len(FACTORS) + 2


def test_adoption_has_a_curve_for_each_kind_and_elements_a_strip(ensemble: Ensemble) -> None:
    named = [s for s in adoption.adoption(ensemble, Voice("en"))["option"]["series"] if s.get("name")]
    assert len(named) == len(KINDS)
    data = elements.elements(ensemble, Voice("nb"))["option"]["series"][0]["data"]
    assert len(data) == len(ELEMENTS) * len(ensemble.years)


def test_headlines_say_the_goal_that_is_met() -> None:
    def world(last: float) -> Ensemble:
        years = tuple(range(2025, 2051))
        path = np.linspace(10.0, last, len(years))
        nation = {"territorial": path, "territorial_per_inhabitant": path, "footprint_per_inhabitant": path}
        nation |= {"institutionalisation": path / 10}
        ids = ("repair", "car-sharing")
        return Ensemble("k", "d", 1, (Run(1, years, nation, ids, np.full((2, len(years)), 0.25)),))

    deep, shallow = (headlines.headlines(world(x), Voice("en"))["cards"] for x in (1.5, 9.0))
    assert [c.get("tone") for c in deep[:2]] == ["good", "good"]
    assert [c.get("tone") for c in shallow[:2]] == ["short", "short"]
    assert deep[0]["value"] == 1.5
    assert deep[4]["value"] == 25.0
    assert "50 % met: 100 %" in deep[1]["note"]
    assert "−85 % since 2025" in deep[0]["note"]
