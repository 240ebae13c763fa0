"""Sensitivity against functions whose indices are known: Ishigami's and Sobol's G."""

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami, Sobol_G

from experiments.sensitivity import SensitivityError, factors_of, morris, sobol

ISHIGAMI = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}
TRUE_FIRST, TRUE_TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)  # a = 7, b = 0.1
G = {"num_vars": 4, "names": ["p", "q", "r", "s"], "bounds": [[0, 1]] * 4}
WEIGHT = np.array([0.0, 1.0, 4.5, 9.0])


def g_indices() -> tuple[np.ndarray, np.ndarray]:
    own = 1 / (3 * (1 + WEIGHT) ** 2)
    total = np.prod(1 + own) - 1
    return own / total, own * np.array([np.prod(np.delete(1 + own, j)) for j in range(4)]) / total


def seeds(values: np.ndarray, count: int, noise: float = 0.0) -> np.ndarray:
    return values[:, None] + np.random.default_rng(1).normal(0, noise, (len(values), count))


def test_ishigami_by_sobol_within_its_intervals() -> None:
    points = sobol_sample.sample(ISHIGAMI, 1024, calc_second_order=True, seed=1)
    found = sobol(ISHIGAMI, seeds(Ishigami.evaluate(points), 1), second=True)
    assert found.indices["S1"][:, 0] == pytest.approx(TRUE_FIRST, abs=0.05)
    assert found.indices["ST"][:, 0] == pytest.approx(TRUE_TOTAL, abs=0.05)
    for name, truth in (("S1", TRUE_FIRST), ("ST", TRUE_TOTAL)):
        assert (found.indices[name][:, 1] <= truth).all()
        assert (found.indices[name][:, 2] >= truth).all()
    assert found.second is not None
    assert found.second[0, 2, 0] == pytest.approx(0.2437, abs=0.06)  # a and c act together only
    assert found.is_settled
    assert [found.standing(k) for k in range(3)] == ["matters"] * 3


def test_sobols_g_by_sobol() -> None:
    points = sobol_sample.sample(G, 1024, calc_second_order=False, seed=2)
    found = sobol(G, seeds(Sobol_G.evaluate(points, a=WEIGHT), 1))
    first, total = g_indices()
    assert found.indices["S1"][:, 0] == pytest.approx(first, abs=0.03)
    assert found.leading[:, 0] == pytest.approx(total, abs=0.03)
    assert found.standing(3) == "small"


def test_small_samples_are_not_settled() -> None:
    points = sobol_sample.sample(ISHIGAMI, 16, calc_second_order=False, seed=1)
    assert not sobol(ISHIGAMI, seeds(Ishigami.evaluate(points), 1)).is_settled


def test_one_missing_run_costs_one_block_and_is_told() -> None:
    points = sobol_sample.sample(ISHIGAMI, 256, calc_second_order=False, seed=1)
    values = seeds(Ishigami.evaluate(points), 2)
    values[17, 1] = np.nan
    found = sobol(ISHIGAMI, values)
    assert (found.blocks, found.dropped) == (255, 1)
    assert found.leading[:, 0] == pytest.approx(TRUE_TOTAL, abs=0.07)


def test_luck_is_told_apart_and_not_given_to_a_parameter() -> None:
    points = sobol_sample.sample(ISHIGAMI, 256, calc_second_order=False, seed=1)
    clean = Ishigami.evaluate(points)
    found = sobol(ISHIGAMI, seeds(clean, 4, noise=float(clean.std())))
    assert found.luck_share == pytest.approx(0.5, abs=0.05)
    assert np.isnan(sobol(ISHIGAMI, seeds(clean, 1)).luck_share)


def test_an_outcome_that_never_moves_has_no_indices_instead_of_zeros() -> None:
    found = sobol(ISHIGAMI, np.full((5 * 16, 2), 3.0))
    assert found.is_constant
    assert np.isnan(found.leading).all()
    assert found.standing(0) == "unclear"
    assert not found.is_settled


def test_rows_that_do_not_fit_or_are_too_few_are_refused() -> None:
    with pytest.raises(SensitivityError, match="blocks of 5 rows"):
        sobol(ISHIGAMI, np.ones((7, 1)))
    with pytest.raises(SensitivityError, match="0 of 3 blocks"):
        sobol(ISHIGAMI, np.full((15, 1), np.nan))


@pytest.mark.parametrize("groups", [None, ["one", "one", "two", "three"]])
def test_morris_agrees_with_salib(groups) -> None:
    problem = {**G, "bounds": [[0, 1], [0, 10], [-2, 2], [5, 6]]} | ({"groups": groups} if groups else {})
    points = morris_sample.sample(problem, 40, num_levels=4, seed=3)
    low, high = np.array(problem["bounds"], dtype=float).T
    unit = (points - low) / (high - low)
    values = Sobol_G.evaluate(unit, a=WEIGHT)
    found = morris(problem, points, values[:, None])
    theirs = salib_morris.analyze(problem, points, values, num_levels=4, seed=1)
    assert list(found.factors) == list(theirs["names"])
    assert found.indices["mu_star"][:, 0] == pytest.approx(np.asarray(theirs["mu_star"], dtype=float))
    if groups is None:
        assert found.indices["mu"][:, 0] == pytest.approx(np.asarray(theirs["mu"], dtype=float))
        assert found.indices["sigma"][:, 0] == pytest.approx(np.asarray(theirs["sigma"], dtype=float))


def test_morris_of_a_straight_line_is_its_slope() -> None:
    problem = {"num_vars": 2, "names": ["x", "y"], "bounds": [[0, 10], [0, 1]]}
    points = morris_sample.sample(problem, 12, num_levels=4, seed=4)
    found = morris(problem, points, (0.3 * points[:, 0] - 2 * points[:, 1])[:, None])
    assert found.indices["mu"][:, 0] == pytest.approx([3.0, -2.0])
    assert found.indices["sigma"][:, 0] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert found.is_settled


def test_a_step_rounded_away_counts_for_no_effect() -> None:
    problem = {"num_vars": 2, "names": ["x", "y"], "bounds": [[0, 1], [0, 1]]}
    points = morris_sample.sample(problem, 12, num_levels=4, seed=4)
    points[:, 0] = 0.0
    found = morris(problem, points, points[:, 1:2])
    assert np.isnan(found.indices["mu_star"][0]).all()
    assert found.indices["mu_star"][1, 0] == pytest.approx(1.0)


def test_where_some_steps_moved_nothing_each_effect_seen_is_drawn_as_often() -> None:
    """A quarter of the steps of x are rounded away; of the effects that remain a third are 1 and the rest 0."""
    problem = {"num_vars": 2, "names": ["x", "y"], "bounds": [[0, 1], [0, 1]]}
    blocks = np.zeros((40, 3, 2))
    blocks[:30, 1:, 0] = 1.0
    blocks[:, 2, 1] = 1.0
    values = np.zeros((40, 3))
    values[:10, 1:] = 1.0
    values[:, 2] += 1.0
    value, low, high = morris(problem, blocks.reshape(-1, 2), values.reshape(-1, 1)).indices["mu"][0]
    half = 1.96 * (2 / 9 / 30) ** 0.5
    assert (value, low, high) == pytest.approx((1 / 3, 1 / 3 - half, 1 / 3 + half), abs=0.04)


def test_groups_are_the_factors() -> None:
    assert factors_of({**ISHIGAMI, "groups": ["g", "g", "h"]}) == ("g", "h")
