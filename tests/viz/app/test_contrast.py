"""Two designs in the same worlds: pairs share a seed, differences are the designs' doing, and words claim no more."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from viz.app import rulebook
from viz.app.answers import Ensemble, Run, record_of, run_of
from viz.app.contrast import MEASURES, Contrast, contrast, gap_of
from viz.app.options import contrasts, levels, towns, uptake, verdicts
from viz.app.texts import Voice

PLACE = "0301,1804,5501"
ASKED: dict[str, Any] = {"place": PLACE, "citizens": 300, "last": 2035}
TITLES = ("First", "Second")


@pytest.fixture(scope="module")
def pair() -> Contrast:
    def of(design: str, seeds: tuple[int, ...]) -> Ensemble:
        return Ensemble(design, design, 3, tuple(run_of({**ASKED, "design": design, "seed": s}) for s in seeds))

    found = contrast((of("todays-practice", (1, 2, 3)), of("full-transition", (3, 2))))
    assert found is not None
    return found


def world(last: float, seed: int = 1, years: int = 3) -> Run:
    """A run whose emissions end at `last`."""
    path = np.linspace(10.0, last, years)
    names = ("territorial", "territorial_per_inhabitant", "footprint_per_inhabitant", "population")
    zeros = ("institutionalisation", "project_money", "permanent_money", "own_money")
    nation = {**dict.fromkeys(names, path), **{z: np.zeros(years) for z in zeros}}
    return Run(seed, tuple(range(2025, 2025 + years)), nation, ("repair", "car-sharing"), np.zeros((2, years)))


def worlds(ends: list[float], years: int = 3) -> Ensemble:
    return Ensemble("k", "d", len(ends), tuple(world(e, s, years) for s, e in enumerate(ends)))


def emissions(first: list[float], second: list[float]) -> dict[str, Any]:
    """The verdict's row on emissions."""
    found = contrast((worlds(first), worlds(second)))
    assert found is not None
    return dict(verdicts.verdicts(found, TITLES, Voice("en"), chosen="territorial")["rows"][0])


def test_pairs_share_a_seed_and_the_difference_is_second_less_first(pair: Contrast) -> None:
    assert [run.seed for run in pair.first.runs] == [run.seed for run in pair.second.runs] == [2, 3]
    for nth, seed in enumerate((2, 3)):
        one, other = (run_of({**ASKED, "design": d, "seed": seed}) for d in ("todays-practice", "full-transition"))
        expected = other.nation["territorial_per_inhabitant"] - one.nation["territorial_per_inhabitant"]
        assert pair.gaps(MEASURES[0])[nth] == pytest.approx(expected)


def test_worlds_that_cannot_be_paired_are_not() -> None:
    one = worlds([5.0, 5.0])
    assert contrast((one,)) is None
    assert contrast((one, replace(one, runs=(world(5.0, 77),)))) is None
    assert contrast((one, worlds([5.0, 5.0], years=4))) is None


def test_the_interval_is_that_of_paired_differences() -> None:
    found = gap_of(np.array([-2.0, -1.0, -3.0, -2.0]))
    half = 3.182446 * np.std([2.0, 1.0, 3.0, 2.0], ddof=1) / 2  # Student's t with three degrees of freedom
    assert (found.mean, found.low, found.high) == pytest.approx((-2.0, -2.0 - half, -2.0 + half), abs=1e-5)
    alone = gap_of(np.array([-2.0]))
    assert np.isnan([alone.low, alone.high]).all()


def test_what_differs_in_every_world_is_said_so() -> None:
    row = emissions([5.0] * 20, [4.0] * 20)
    assert (row["tone"], row["worlds"]) == ("better", "B better in 20 of 20 worlds")
    assert row["sure"] == "practically certain within the model"
    assert row["mean"] == row["low"] == row["high"] == -1.0
    assert emissions([4.0] * 20, [5.0] * 20)["tone"] == "worse"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ([5.0] * 20, [5.0] * 20, "no difference of practical size"),
        ([5.0] * 20, [4.99] * 20, "no difference of practical size"),
        ([5.0] * 20, [4.0] * 11 + [6.0] * 9, "the two cannot be told apart"),
        ([5.0] * 4, [1.0] * 4, "too few runs to say"),
    ],
)
def test_what_is_not_known_is_not_claimed(first: list[float], second: list[float], words: str) -> None:
    row = emissions(first, second)
    assert (row["tone"], row["sure"]) == ("same", words)
    found = contrast((worlds(first), worlds(second)))
    assert found is not None
    sentence = verdicts.headline(found, TITLES, Voice("en"))
    assert words in sentence
    assert "lower" not in sentence


def test_nineteen_of_twenty_is_counted() -> None:
    found = contrast((worlds([5.0] * 20), worlds([4.0] * 19 + [6.0])))
    assert found is not None
    assert "19 av 20 verdener" in verdicts.headline(found, TITLES, Voice("nb"))


def test_money_is_neither_better_nor_worse(pair: Contrast) -> None:
    rows = verdicts.verdicts(pair, TITLES, Voice("en"), chosen="money")["rows"]
    assert rows[-1]["tone"] == "same"
    assert "B higher in 2 of 2 worlds" in rows[-1]["worlds"]
    assert [row["isChosen"] for row in rows] == [False] * 4 + [True]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_figures_are_plain_data_with_tables(pair: Contrast, language: str) -> None:
    voice = Voice(language)
    specs = [f(pair, m, voice) for f in (contrasts.both, contrasts.gap) for m in MEASURES]
    specs += [contrasts.costs(pair, voice), uptake.largest(pair, voice), *levels.levels_of_two(*ends(pair), voice)]
    specs += [towns.towns(pair, PLACE, name, voice) for name in towns.COLUMNS]
    for spec in specs:
        assert json.loads(json.dumps(spec, allow_nan=False)) == json.loads(json.dumps(spec))
        assert all(len(row) == len(spec["table"]["head"]) for row in spec["table"]["rows"])
        assert spec["answer"].endswith("-2")
    json.dumps([towns.by_group(pair, PLACE, name, voice) for name in towns.COLUMNS], allow_nan=False)


def ends(pair: Contrast) -> tuple[Ensemble, Ensemble]:
    return pair.first, pair.second


def test_both_stacks_have_one_axis_that_holds_both(pair: Contrast) -> None:
    one, other = levels.levels_of_two(*ends(pair), Voice("en"))
    axes = [{k: spec["option"]["yAxis"][k] for k in ("min", "max")} for spec in (one, other)]
    assert axes[0] == axes[1]
    assert all(axes[0]["min"] <= row[-1] <= axes[0]["max"] for spec in (one, other) for row in spec["table"]["rows"])
    assert [spec["title"][0] for spec in (one, other)] == ["A", "B"]


def test_towns_end_where_their_table_says(pair: Contrast) -> None:
    gaps = towns.by_town(pair, "territorial")
    for nth, seed in enumerate((2, 3)):
        tables = [
            record_of({**ASKED, "design": d, "seed": seed}).tables["municipality"].to_pandas()
            for d in ("todays-practice", "full-transition")
        ]
        last = [t[t["year"] == 2035]["territorial_per_inhabitant"].to_numpy() for t in tables]
        assert gaps[nth] == pytest.approx(last[1] - last[0])


def test_groups_are_those_a_place_has(pair: Contrast) -> None:
    assert [name for name, _ in towns.groups("telemark")] == ["all", "small", "middle", "large"]
    named = dict(towns.groups("norway"))
    assert set(named) == {"all", "small", "middle", "large", "north", "south"}
    assert sum(named[k].sum() for k in ("small", "middle", "large")) == named["all"].sum() == 357
    assert (named["north"] ^ named["south"]).all()


def test_money_by_purpose_is_that_of_the_ledger(pair: Contrast) -> None:
    flow = record_of({**ASKED, "design": "full-transition", "seed": 2}).tables["flow"].to_pandas()
    for purpose in (*contrasts.SPENT, *contrasts.FUNDED):
        expected = flow[flow["purpose"] == purpose]["amount"].sum() / 100 / 11
        assert pair.second.runs[0].money.get(purpose, 0.0) == pytest.approx(expected)


def test_solutions_are_ordered_by_how_much_they_differ(pair: Contrast) -> None:
    spec = uptake.largest(pair, Voice("en"))
    gaps = [abs(row[-1]) for row in spec["table"]["rows"]]
    assert gaps == sorted(gaps, reverse=True)
    assert len(spec["table"]["rows"]) == len(pair.first.runs[0].solutions)
    assert len(spec["option"]["yAxis"]["data"]) == uptake.SHOWN


def test_the_rules_that_differ_and_those_that_do_not() -> None:
    from model.institutions.design import load_design

    rows = rulebook.differences("todays-practice", "full-transition", "nb")
    of = {what: [row for row in rows if row["what"] == what] for what in ("changed", "removed", "added", "same")}
    counts = {design: len(load_design(design).statements) for design in ("todays-practice", "full-transition")}
    both = len(of["changed"]) + len(of["same"])
    assert both + len(of["removed"]) == counts["todays-practice"]
    assert both + len(of["added"]) == counts["full-transition"]
    assert all("A " in part and "B " in part for row in of["changed"] for part in row["parts"])
    assert {row["what"] for row in rulebook.differences("duty", "duty", "en")} == {"same"}
