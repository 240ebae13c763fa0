"""Ranks and regret on designs whose order is known."""

import numpy as np
import pytest

from experiments.ranking import ranking, regret


def test_a_clear_order_is_certain_and_follows_the_direction() -> None:
    values = np.array([1.0, 3.0, 2.0])[:, None, None] + np.random.default_rng(1).normal(0, 0.01, (3, 5, 4))
    assert ranking(values, 1).order == (1, 2, 0)
    found = ranking(values, -1)
    assert found.order == (0, 2, 1)
    assert found.chance.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_designs_that_are_the_same_share_their_ranks() -> None:
    one = np.random.default_rng(2).normal(0, 1, (1, 1, 12))
    found = ranking(np.concatenate([one, one, one + 5]), 1)
    assert found.chance.tolist() == [[0, 0.5, 0.5], [0, 0.5, 0.5], [1, 0, 0]]


def test_ranks_of_designs_that_differ_by_chance_are_spread() -> None:
    found = ranking(np.random.default_rng(3).normal(0, 1, (4, 6, 5)), 1)
    assert np.allclose(found.chance.sum(axis=0), 1)
    assert np.allclose(found.chance.sum(axis=1), 1)
    assert found.expected[found.order[0]].high > 1


def test_regret_by_hand() -> None:
    """A wins in future 1 by 4, B in future 2 by 1: less is better."""
    values = np.array([[[1.0, 1.0], [3.0, 3.0]], [[5.0, 5.0], [2.0, 2.0]]])
    found = regret(values, -1)
    assert found.by_future.tolist() == [[0.0, 1.0], [4.0, 0.0]]
    assert [e.value for e in found.mean] == [0.5, 2.0]
    assert [e.value for e in found.worst] == [1.0, 4.0]
    assert found.least_worst[0] == pytest.approx(0.75, abs=0.05)  # B alone is drawn a quarter of the time


def test_one_seed_gives_no_interval_for_the_worst() -> None:
    found = regret(np.random.default_rng(4).normal(0, 1, (2, 9, 1)), 1)
    assert np.isnan(found.worst[0].low)
    assert found.mean[0].low <= found.mean[0].value <= found.mean[0].high


def test_a_direction_is_asked_for() -> None:
    with pytest.raises(ValueError, match="better"):
        ranking(np.ones((2, 1, 3)), 0)
