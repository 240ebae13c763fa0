"""Means over futures × seeds: intervals that hold as often as they say, with a declared false-alarm rate."""

import numpy as np
import pytest
from scipy.stats import binom

from experiments.contrast import contrast
from experiments.crossed import mean_over, resampled, share_of
from experiments.sizing import size
from experiments.statistics import mean_interval
from experiments.variance import parts

FALSE_ALARM = 1e-5  # chance that a right interval fails one of these tests, were the seed not fixed
TRIALS = 800


def worlds(rng: np.random.Generator, shape: tuple[int, int], spreads: tuple[float, float, float]) -> np.ndarray:
    """One array (S, R) of futures, seeds and rest with the given standard deviations, mean 1."""
    futures, seeds = shape
    own, luck, rest = spreads
    return (
        1.0 + rng.normal(0, own, (futures, 1)) + rng.normal(0, luck, (1, seeds)) + rng.normal(0, rest, (futures, seeds))
    )


def held(found: list[bool]) -> int:
    return sum(found)


def least(share: float) -> int:
    """Fewer hits than this in TRIALS happen with a chance of FALSE_ALARM when the interval holds its share."""
    return int(binom.ppf(FALSE_ALARM, TRIALS, share))


@pytest.mark.parametrize(
    ("shape", "spreads"),
    [
        ((1, 8), (0.0, 0.0, 1.0)),
        ((40, 1), (1.0, 0.0, 0.5)),
        ((12, 6), (1.0, 0.7, 0.5)),
        ((30, 5), (0.2, 1.0, 0.5)),
        ((12, 6), (0.0, 0.0, 1.0)),
    ],
)
def test_the_interval_of_a_mean_holds_for_new_futures_and_seeds(shape, spreads) -> None:
    rng = np.random.default_rng(3)
    found = [e.low <= 1.0 <= e.high for e in (mean_over(worlds(rng, shape, spreads)) for _ in range(TRIALS))]
    assert held(found) >= least(0.93)  # Satterthwaite's is approximate: two points below nominal are allowed for


def test_counting_cells_as_observations_would_be_wrong() -> None:
    """The reason for the room: with a common list of seeds the naive interval misses far more often than it says."""
    rng = np.random.default_rng(4)
    naive = [mean_interval(worlds(rng, (40, 5), (0.1, 1.0, 0.3)).ravel()) for _ in range(200)]
    assert sum(low <= 1.0 <= high for _, low, high in naive) < 100


def test_one_future_or_one_seed_is_students_t() -> None:
    values = np.array([1.0, 2.0, 4.0, 8.0])
    for array in (values[None, :], values[:, None]):
        assert mean_over(array)[:3] == pytest.approx(mean_interval(values))


def test_what_cannot_be_known_is_not_a_number() -> None:
    assert np.isnan(mean_over(np.array([[3.0]])).low)
    with pytest.raises(ValueError, match="missing"):
        mean_over(np.array([[1.0, np.nan]]))


@pytest.mark.parametrize(("shape", "chance"), [((1, 20), 0.5), ((1, 20), 0.9), ((60, 1), 0.97)])
def test_the_interval_of_a_share_holds(shape, chance) -> None:
    rng = np.random.default_rng(5)
    found = [share_of((rng.random(shape) < chance).astype(float)) for _ in range(TRIALS)]
    assert held([e.low <= chance <= e.high for e in found]) >= least(0.945)


def test_a_share_of_all_is_not_certain() -> None:
    sure = share_of(np.ones((1, 10)))
    assert (sure.value, sure.high) == (1.0, 1.0)
    assert sure.low == pytest.approx(0.025 ** (1 / 10))
    assert share_of(np.ones((50, 4))).low == pytest.approx(0.025 ** (1 / 50)), "four seeds do not make 200 futures"


def test_the_interval_of_the_paired_effect_holds() -> None:
    rng = np.random.default_rng(6)
    found = []
    for _ in range(TRIALS):
        base = rng.normal(0, 3, (1, 15))
        found.append(contrast(base + rng.normal(0.8, 1.0, (1, 15)), base).paired)
    assert held([e.low <= 0.8 <= e.high for e in found]) >= least(0.93)


def test_pairs_see_what_two_samples_would_not() -> None:
    rng = np.random.default_rng(7)
    luck = rng.normal(0, 10, (1, 20))
    told = contrast(luck + 0.5 + rng.normal(0, 0.1, (1, 20)), luck)
    assert told.telling == "higher"
    assert told.ahead.value == 1.0
    assert told.paired.value > 3
    assert abs(told.standardised.value) < 0.2


def test_designs_that_are_alike_are_told_apart_as_seldom_as_declared() -> None:
    rng = np.random.default_rng(8)
    told = [contrast(rng.normal(0, 1, (10, 4)), rng.normal(0, 1, (10, 4))).telling for _ in range(TRIALS)]
    assert held([t != "cannot be told apart" for t in told]) <= binom.ppf(1 - FALSE_ALARM, TRIALS, 0.05)


def test_nothing_is_made_of_identical_designs_or_of_few_pairs() -> None:
    same = contrast(np.ones((1, 9)), np.ones((1, 9)))
    assert same.telling == "identical"
    assert np.isnan(same.paired.value)
    assert same.ahead.value == 0.5
    assert contrast(np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]])).telling == "too few"
    with pytest.raises(ValueError, match="same futures"):
        contrast(np.ones((1, 3)), np.ones((1, 4)))


def test_resampled_means_spread_as_their_formula_says() -> None:
    values = np.random.default_rng(9).normal(0, 1, (1, 30))
    drawn = resampled(values, 20_000, np.random.default_rng(1))
    assert drawn.std() == pytest.approx(values.std() / 30**0.5, rel=0.03)


def test_as_many_runs_as_said_give_the_wanted_width() -> None:
    rng = np.random.default_rng(10)
    found = size(rng.normal(0, 1.0, 12), 0.25)
    assert not found.is_enough
    assert found.careful > found.needed > 12
    many = size(rng.normal(0, 1.0, 200), 0.25)
    assert many.is_enough
    assert many.needed == pytest.approx(64, abs=12)  # (1.96 / 0.25)² and a little


def test_a_width_below_nothing_or_a_single_run_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        size(np.arange(5.0), 0.0)
    with pytest.raises(ValueError, match="two finite values"):
        size(np.array([1.0]), 1.0)


def test_variance_is_divided_as_it_was_made() -> None:
    found = parts(worlds(np.random.default_rng(11), (400, 60), (2.0, 1.0, 0.5)))
    assert found.parameters.value == pytest.approx(4.0, rel=0.15)
    assert found.mixed.value == pytest.approx(0.25, rel=0.05)
    assert found.parameter_share.value + found.luck_share.value == pytest.approx(1.0)
    assert found.parameter_share.low < 4 / 5.25 < found.parameter_share.high


def test_the_interval_of_the_parameters_share_holds() -> None:
    rng = np.random.default_rng(12)
    truth = 1.0 / (1.0 + 0.25 + 0.49)
    found = [parts(worlds(rng, (20, 6), (1.0, 0.5, 0.7))).parameter_share for _ in range(TRIALS // 4)]
    assert held([e.low <= truth <= e.high for e in found]) >= binom.ppf(FALSE_ALARM, TRIALS // 4, 0.93)


def test_an_outcome_that_never_moves_has_no_shares() -> None:
    found = parts(np.full((5, 3), 7.0))
    assert found.is_constant
    assert np.isnan(found.parameter_share.value)
