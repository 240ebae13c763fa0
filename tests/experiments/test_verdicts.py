"""Verdicts from intervals, and sentences with numbers: synthetic, no run."""

import numpy as np
import pytest

from experiments.claim import Effect, all_of, sentence, verdict_of
from experiments.claims import CLAIMS
from experiments.claims.collaboration import judged as collaboration
from experiments.claims.halving import judged as halving
from experiments.claims.ladder import winner
from experiments.conclusions import by_theory
from experiments.statistics import mean_interval

TEXT = CLAIMS[0].title
YES, NO, OPEN = "supported", "not supported", "undecided"


def effect(holds: str, limit: float = 0.0, smallest: float = 1.0) -> Effect:
    return Effect("x", TEXT, TEXT, value=lambda arms: 0.0, holds=holds, limit=limit, smallest=smallest)


@pytest.mark.parametrize(
    ("low", "high", "above", "below", "within"),
    [
        (1.5, 3.0, YES, NO, NO),  # beyond the smallest effect
        (-3.0, -1.5, NO, YES, NO),  # beyond it on the other side
        (-0.9, 0.9, NO, NO, YES),  # too small to matter
        (-3.0, 0.9, NO, OPEN, OPEN),  # on the other side or too small
        (-0.9, 3.0, OPEN, NO, OPEN),
        (0.5, 2.0, OPEN, NO, OPEN),
        (-2.0, 2.0, OPEN, OPEN, OPEN),
        (1.0, 1.0, NO, NO, YES),  # exactly the smallest effect does not matter
    ],
)
def test_a_verdict_asks_for_the_whole_interval(low, high, above, below, within):
    for limit in (0.0, 10.0, -0.3):
        verdicts = [verdict_of(effect(h, limit), low + limit, high + limit) for h in ("above", "below")]
        assert verdicts == [above, below]
    assert verdict_of(effect("within"), low, high) == within


def test_more_doubt_never_turns_undecided_into_decided():
    rng = np.random.default_rng(1)
    for _ in range(300):
        middle, half = rng.normal(0, 2), rng.uniform(0, 2)
        narrow, wide = ((middle - k * half, middle + k * half) for k in (1.0, 2.0))
        for holds in ("above", "below", "within"):
            if verdict_of(effect(holds), *narrow) == OPEN:
                assert verdict_of(effect(holds), *wide) == OPEN


@pytest.mark.parametrize(
    ("parts", "whole"),
    [([YES, YES], YES), ([YES, OPEN], OPEN), ([OPEN, NO], NO), ([YES, NO], NO), ([NO, NO], NO), ([], OPEN)],
)
def test_a_claim_stands_with_all_of_its_parts(parts, whole):
    assert all_of(dict(zip("abc", parts, strict=False))) == whole


@pytest.mark.parametrize(
    ("reached", "missed", "verdict"),
    [
        (YES, YES, YES),  # reached with all levels, missed without
        (YES, NO, NO),  # reached without them: not needed
        (NO, NO, NO),
        (NO, YES, OPEN),  # neither reaches it
        (OPEN, YES, OPEN),
        (YES, OPEN, OPEN),
    ],
)
def test_the_goal_must_be_reached_with_and_missed_without(reached, missed, verdict):
    assert halving({"with": reached, "without": missed}) == verdict


def test_what_is_left_long_after_support_decides_about_collaboration():
    assert collaboration({"end": YES, "later": YES}) == YES
    assert collaboration({"end": NO, "later": YES}) == OPEN
    assert collaboration({"end": YES, "later": NO}) == NO
    assert collaboration({"end": YES, "later": OPEN}) == OPEN


def test_ladder_and_complacency_win_only_by_a_size_that_matters():
    assert winner(0.02, 0.05) == "ladder"
    assert winner(-0.05, -0.02) == "complacency"
    assert winner(-0.005, 0.004) == "neither"
    assert winner(-0.005, 0.05) == "open"


def test_a_verdict_that_turns_depends_on_the_theory():
    def row(choice: str, verdict: str) -> dict:
        head = {"id": "a", "title": "A", "title_nb": "A", "unit": "u", "unit_nb": "e"}
        return {**head, "choice": choice, "verdict": verdict, "effect": 1.0, "low": 0.0, "high": 2.0}

    for verdicts, told in (((YES, NO, YES), "yes"), ((YES, OPEN, YES), "open"), ((NO, NO, NO), "no")):
        rules = dict(zip(("planned", "threshold", "bass"), verdicts, strict=True))
        (same,) = by_theory({rule: [row(rule, verdict)] for rule, verdict in rules.items()})
        assert same["depends_on_theory"] == told
        assert same["verdicts"] == rules


def test_the_interval_covers_the_mean_as_often_as_it_says():
    rng = np.random.default_rng(7)
    hits = [low <= 0.0 <= high for _, low, high in (mean_interval(rng.normal(size=5)) for _ in range(2_000))]
    assert abs(np.mean(hits) - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 2_000)
    assert mean_interval(np.array([2.0, 2.0])) == (2.0, 2.0, 2.0)


def test_sentences_write_numbers_as_each_language_does():
    told = sentence("from {a:.1%} by {b:+.2f}", "fra {a:.1%} med {b:+.2f}")(
        {"a": {"effect": 0.125}, "b": {"effect": -0.5}}
    )
    assert told == ("from 12.5% by −0.50", "fra 12,5 % med −0,50")
    assert sentence("{a}", "{a}")({"a": {"effect": None}}) == ("", "")
