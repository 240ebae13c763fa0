"""Means over futures × seeds: what one can say when every future met the same list of seeds. Knows no study.

An array (S, R) holds a figure for S futures (samples of uncertain parameters; one where nothing is sampled) and R
seeds. Cells that share a future or a seed are not independent, so their number is not the number of observations.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVEL: Final = 0.95  # of every interval
FEW: Final = 5  # units below which nothing is concluded


class Estimate(NamedTuple):
    """A figure with the ends of its interval and the number of independent units it rests on; NaN: not known."""

    value: float
    low: float
    high: float
    n: int

    @property
    def half(self) -> float:
        """Half of the interval's width."""
        return (self.high - self.low) / 2.0


def negligible(values: Floats) -> float:
    """The spread that rounding alone makes among numbers of this size: what spreads less does not spread.

    >>> negligible(np.array([-3.0, 2.0])) == 3e-12
    True
    """
    return 1e-12 * max(float(np.abs(values).max()), 1e-300)


def units(values: Floats) -> Floats:
    """The independent units of an array (S, R): futures by their mean over seeds; seeds where there is one future.

    >>> units(np.array([[1.0, 3.0], [5.0, 7.0]])).tolist(), units(np.array([[1.0, 3.0]])).tolist()
    ([2.0, 6.0], [1.0, 3.0])
    """
    return np.asarray(values[0] if len(values) == 1 else values.mean(axis=1), dtype=np.float64)


def squares(values: Floats) -> tuple[float, float, float]:
    """Mean squares of futures, seeds and what is left in an array (S, R) with S and R of at least two."""
    futures, seeds = values.shape
    mean, rows, columns = values.mean(), values.mean(axis=1), values.mean(axis=0)
    left = values - rows[:, None] - columns[None, :] + mean
    return (
        float(seeds * ((rows - mean) ** 2).sum() / (futures - 1)),
        float(futures * ((columns - mean) ** 2).sum() / (seeds - 1)),
        float((left**2).sum() / ((futures - 1) * (seeds - 1))),
    )


def mean_over(values: Floats, level: float = LEVEL) -> Estimate:
    """Mean of (S, R) with an interval for new futures and new seeds alike.

    Two-way random effects: the variance of the mean is (MS_futures + MS_seeds - MS_rest) / SR, never taken for less
    than the larger of the first two, with Satterthwaite's degrees of freedom (Searle, Casella & McCulloch 1992, ch. 4).
    With one future or one seed it is Student's t. Raises ValueError on a missing value: leave its unit out before.

    >>> [round(x, 2) for x in mean_over(np.array([[1.0, 2.0, 3.0]]))]
    [2.0, -0.48, 4.48, 3]
    """
    from scipy.special import stdtrit

    values = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if not np.isfinite(values).all():
        raise ValueError("mean_over: a value is missing; leave out the whole future or seed that lacks it")
    count, mean = len(units(values)), float(values.mean())
    if count < 2:
        return Estimate(mean, np.nan, np.nan, count)
    variance, freedom = _variance(values)
    half = float(stdtrit(freedom, 0.5 + level / 2.0)) * variance**0.5 if variance > 0 else 0.0
    return Estimate(mean, mean - half, mean + half, count)


def _variance(values: Floats) -> tuple[float, float]:
    """Variance of the mean and its degrees of freedom."""
    futures, seeds = values.shape
    if min(futures, seeds) == 1:
        each = values.ravel()
        return float(each.var(ddof=1)) / len(each), float(len(each) - 1)
    of_futures, of_seeds, rest = squares(values)
    total, cells = of_futures + of_seeds - rest, futures * seeds
    largest = max((of_futures, futures - 1), (of_seeds, seeds - 1))
    if total <= largest[0]:  # futures or seeds do not show over the rest: the larger of the two is the careful answer
        return largest[0] / cells, float(largest[1])
    parts = of_futures**2 / (futures - 1) + of_seeds**2 / (seeds - 1) + rest**2 / ((futures - 1) * (seeds - 1))
    return total / cells, float(total**2 / parts)


def share_of(hits: Floats, level: float = LEVEL) -> Estimate:
    """Mean of an array (S, R) of 0, ½ and 1 as a share, with Clopper and Pearson's interval.

    Its n is cut down to what cells that share futures and seeds are worth; where all agree, to the number of futures
    (or of seeds, when there is one future).

    >>> [round(x, 3) for x in share_of(np.ones((1, 20)))]
    [1.0, 0.832, 1.0, 20]
    """
    from scipy.special import betaincinv

    hits = np.atleast_2d(np.asarray(hits, dtype=np.float64))
    share, count = float(hits.mean()), len(units(hits))
    worth = float(count)
    if 0.0 < share < 1.0 and hits.size > 1:
        variance, _ = _variance(hits)
        worth = min(float(hits.size), max(1.0, share * (1.0 - share) / variance)) if variance > 0 else worth
    tail = (1.0 - level) / 2.0
    seen = share * worth
    low = 0.0 if share <= 0 else float(betaincinv(seen, worth - seen + 1.0, tail))
    high = 1.0 if share >= 1 else float(betaincinv(seen + 1.0, worth - seen, 1.0 - tail))
    return Estimate(share, low, high, count)


def weights(count: int, rounds: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """How often each of `count` units is drawn in each round of a bootstrap (rounds, count)."""
    return rng.multinomial(count, np.full(count, 1.0 / count), size=rounds)


def resampled(values: Floats, rounds: int, rng: np.random.Generator) -> Floats:
    """Means of (..., S, R) over futures and seeds drawn anew with replacement: (rounds, ...).

    Owen's pigeonhole bootstrap (2007): rows and columns are drawn apart, which is right or slightly careful.
    """
    futures, seeds = values.shape[-2:]
    by_seed = weights(seeds, rounds, rng) if seeds > 1 else np.ones((rounds, 1))
    by_future = weights(futures, rounds, rng) if futures > 1 else np.ones((rounds, 1))
    total = np.einsum("bs,...sr,br->b...", by_future.astype(float), values, by_seed.astype(float), optimize=True)
    return np.asarray(total / (futures * seeds))
