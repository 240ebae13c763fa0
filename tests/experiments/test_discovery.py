"""Boxes that were put there are found, and none is found in noise."""

import numpy as np
import pandas as pd
import pytest

from experiments.discovery import DiscoveryError, discover, to_ema
from experiments.prim import best_box, inside, measured, quasi_p

PATHS = ("market.oil", "people.will", "state.pace", "luck.a", "luck.b")


def futures(count: int = 500, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((count, len(PATHS)))


def test_a_constructed_box_is_found_with_its_bounds() -> None:
    points = futures()
    hits = (points[:, 0] > 0.6) & (points[:, 1] < 0.5)
    found = discover(points, hits, PATHS)
    assert found.is_found
    bounds = {limit.path: (limit.low, limit.high) for limit in found.limits}
    assert set(bounds) == {"market.oil", "people.will"}
    assert bounds["market.oil"] == (pytest.approx(0.6, abs=0.03), None)
    assert bounds["people.will"] == (None, pytest.approx(0.5, abs=0.03))
    assert min(found.coverage, found.density) > 0.95
    assert min(found.held_coverage, found.held_density) > 0.85
    assert all(limit.stability > 0.9 and limit.quasi_p < 1e-6 for limit in found.limits)
    assert (found.inside == hits).mean() > 0.98
    assert found.chance == 0.01


def test_a_box_is_found_through_errors_and_says_how_well() -> None:
    points = futures()
    truth = (points[:, 0] > 0.7) & (points[:, 2] > 0.4)
    hits = np.where(np.random.default_rng(2).random(500) < 0.1, ~truth, truth)
    found = discover(points, hits, PATHS)
    assert {limit.path for limit in found.limits} >= {"market.oil", "state.pace"}
    assert 0.5 < found.held_density < 1.0
    assert found.density >= found.held_density - 0.05


def test_noise_has_no_box_worth_naming() -> None:
    found = discover(futures(300, 5), np.random.default_rng(6).random(300) < 0.3, PATHS)
    assert not found.is_found


def test_whole_numbers_and_switches_can_bound_a_box() -> None:
    points = futures()
    points[:, 0] = np.floor(points[:, 0] * 4)
    points[:, 1] = points[:, 1] > 0.5
    box, _ = best_box(points, (points[:, 0] >= 2) & (points[:, 1] == 1))
    assert (box.coverage, box.density) == (1.0, 1.0)
    assert box.restricted == (0, 1)
    assert 1 < box.low[0] < 2


def test_a_restriction_that_does_nothing_is_seen() -> None:
    points = futures(2000)
    hits = points[:, 0] > 0.5
    low, high = np.full(5, -np.inf), np.full(5, np.inf)
    low[0], low[3] = 0.5, 0.2
    chances = quasi_p(measured(low, high, points, hits & (np.arange(2000) % 2 == 0)), points, hits)
    assert chances[0, True] < 1e-6
    assert chances[3, True] > 0.05
    box, _ = best_box(points, hits)
    assert box.restricted == (0,)


def test_a_box_counts_what_lies_in_it() -> None:
    points = np.array([[0.0], [1.0], [2.0], [3.0]])
    box = measured(np.array([0.5]), np.array([2.5]), points, np.array([True, True, False, False]))
    assert (box.coverage, box.density, box.mass) == (0.5, 0.5, 0.5)
    assert inside(box.low, box.high, points).tolist() == [False, True, True, False]


def test_too_few_futures_or_hits_are_refused() -> None:
    with pytest.raises(DiscoveryError, match="at least 50"):
        discover(futures(20), np.ones(20, dtype=bool), PATHS)
    with pytest.raises(DiscoveryError, match="another limit"):
        discover(futures(100), np.ones(100, dtype=bool), PATHS)
    holed = futures(100)
    holed[3, 2] = np.nan
    with pytest.raises(DiscoveryError, match="missing"):
        discover(holed, np.arange(100) < 50, PATHS)


def test_the_form_of_the_ema_workbench() -> None:
    frame = pd.DataFrame(
        {
            "key": ["k"],
            "design": ["d"],
            "place": ["p"],
            "sample": [3],
            "replicate": [0],
            "seed": [1],
            "a.b": [0.5],
            "y": [2],
        }
    )
    experiments, outcomes = to_ema(frame, ["a.b"], ["y"])
    assert experiments.iloc[0].to_dict() == {"a.b": 0.5, "scenario": 3, "policy": "d", "model": "p"}
    assert outcomes["y"].tolist() == [2.0]


def test_a_box_is_found_among_hundreds_of_parameters() -> None:
    points = np.random.default_rng(9).random((600, 300))
    hits = (points[:, 200] > 0.65) & (np.abs(points[:, 50] - 0.5) < 0.3)
    box, _ = best_box(points, hits)
    assert set(box.restricted) == {50, 200}
    assert box.score > 0.9
