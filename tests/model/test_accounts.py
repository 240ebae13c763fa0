"""The arithmetic of the accounts: ceilings hold, and the parts of a change sum to the whole, whatever the numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model import accounts
from model.solutions import load_catalogue
from tests import worlds

M, X, S = 3, 4, 6
LEVEL = np.array([0, 0, 1, 1, 2, 2], dtype=np.int8)
tonnes = arrays(np.float64, (M, X), elements=st.floats(1e-3, 1e7))
ratios = arrays(np.float64, (M, X), elements=st.floats(1e-3, 10.0))
uptake = arrays(np.float64, (M, S), elements=st.floats(-1.0, 1.0))
effects = arrays(np.float64, (S, X), elements=st.floats(0.0, 1.0))
ceilings = arrays(np.float64, 3, elements=st.floats(0.05, 0.9))


@given(uptake, effects, ceilings)
def test_no_level_removes_more_than_its_ceiling(change, effect, most):
    removed = accounts.level_reduction(change, effect, LEVEL, most)
    assert removed.shape == (3, M, X)
    assert (removed <= most[:, None, None] + 1e-12).all()
    assert (removed >= -0.5).all()


@given(uptake, effects, ceilings)
def test_a_level_is_moved_by_its_own_solutions_alone(change, effect, most):
    removed = accounts.level_reduction(change, effect, LEVEL, most)
    for k in range(3):
        others = np.where(np.equal(LEVEL, k), change, 0.0)
        assert np.allclose(accounts.level_reduction(others, effect, LEVEL, most)[k], removed[k])


@given(arrays(np.float64, (M, S), elements=st.floats(0.0, 1.0)), effects, ceilings)
def test_more_uptake_removes_no_less(change, effect, most):
    less = accounts.level_reduction(0.5 * change, effect, LEVEL, most)
    more = accounts.level_reduction(change, effect, LEVEL, most)
    assert (more >= less - 1e-12).all()
    assert (less >= 0.0).all()


def test_small_effects_count_in_full():
    change, effect = np.full((1, 1), 0.01), np.full((1, 1), 0.1)
    removed = accounts.level_reduction(change, effect, np.array([0], dtype=np.int8), np.array([0.25, 0.3, 0.6]))
    assert np.isclose(removed[0, 0, 0], 0.001, rtol=1e-4)
    assert not removed[1:].any()


@given(tonnes, st.lists(ratios, min_size=1, max_size=5))
def test_the_parts_sum_to_the_whole(first, factors):
    now = first * np.prod(factors, axis=0)
    parts = accounts.decomposed(now, first, factors)
    assert parts.shape == (len(factors), M)
    whole = (now - first).sum(axis=1)
    assert np.allclose(parts.sum(axis=0), whole, rtol=0.0, atol=1e-8 * np.maximum(now, first).sum())


@given(tonnes, ratios)
def test_a_factor_that_does_not_move_has_no_part(first, factor):
    parts = accounts.decomposed(first * factor, first, [np.ones((M, X)), factor])
    assert (parts[0] == 0.0).all()


@given(tonnes, ratios)
def test_the_order_of_factors_does_not_matter(first, factor):
    other = np.sqrt(factor) + 0.1
    now = first * factor * other
    one, two = accounts.decomposed(now, first, [factor, other]), accounts.decomposed(now, first, [other, factor])
    assert np.allclose(one, two[::-1])


@given(tonnes, tonnes)
def test_the_log_mean_lies_between(a, b):
    mean = accounts.log_mean(a, b)
    assert (mean >= np.minimum(a, b) * (1 - 1e-6)).all()
    assert (mean <= np.maximum(a, b) * (1 + 1e-6)).all()
    assert np.allclose(mean, accounts.log_mean(b, a))


def test_nothing_is_nothing():
    zero = np.zeros((M, X))
    assert not accounts.log_mean(zero, zero).any()
    assert not accounts.decomposed(zero, zero, [np.full((M, X), 0.5)]).any()


def test_the_shipped_effects_need_the_ceiling():
    """Without a ceiling the level I solutions of the catalogue together would break it in some sector."""
    cat, most = load_catalogue(), worlds.defaults().ceiling
    change = np.ones((1, len(cat.ids)))
    limits = np.array([most.I, most.II, most.III])
    removed = accounts.level_reduction(change, cat.territorial, cat.level, limits)
    assert cat.territorial[cat.level == 0].sum(axis=0).max() > most.I
    assert (removed <= limits[:, None, None]).all()
