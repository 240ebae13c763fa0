"""One design against another over the same futures and seeds: difference, chance to be ahead, size, verdict."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from experiments.crossed import FEW, LEVEL, Estimate, Floats, mean_over, negligible, resampled, share_of, units

Telling = Literal["higher", "lower", "cannot be told apart", "identical", "too few"]
ROUNDS: Final = 2000
SEED: Final = 20250101  # of every bootstrap: the same frame gives the same figures


@dataclass(frozen=True)
class Contrast:
    """The first design less the second, pair by pair.

    difference: in the measure's unit; ahead: chance that the first is higher in a pair, ties half; paired: mean
    difference over the standard deviation of differences; standardised: over the pooled standard deviation of the two
    designs; pairs: cells compared; telling: what may be said of it.
    """

    difference: Estimate
    ahead: Estimate
    paired: Estimate
    standardised: Estimate
    pairs: int
    telling: Telling


def contrast(first: Floats, second: Floats) -> Contrast:
    """Compare two complete arrays (S, R) whose cells met the same future and seed.

    Raises ValueError when the shapes differ or a value is missing.
    """
    first, second = (np.atleast_2d(np.asarray(v, dtype=np.float64)) for v in (first, second))
    if first.shape != second.shape:
        raise ValueError(f"contrast: {first.shape} cells against {second.shape}; pairs need the same futures and seeds")
    gaps = first - second
    difference = mean_over(gaps)
    ahead = share_of(np.where(gaps > 0, 1.0, np.where(gaps == 0, 0.5, 0.0)))
    return Contrast(
        difference,
        ahead,
        _paired(units(gaps)),
        _standardised(first, second),
        int(gaps.size),
        _telling(gaps, difference),
    )


def _telling(gaps: Floats, difference: Estimate) -> Telling:
    if not gaps.any():
        return "identical"
    if difference.n < FEW:
        return "too few"
    if difference.low > 0:
        return "higher"
    return "lower" if difference.high < 0 else "cannot be told apart"


def _paired(gaps: Floats) -> Estimate:
    """Mean over standard deviation of units (n,), less its bias, with an interval (Hedges & Olkin 1985)."""
    from scipy.special import stdtrit

    count = len(gaps)
    spread = float(gaps.std(ddof=1)) if count > 1 else 0.0
    if count < 3 or spread <= negligible(gaps):
        return Estimate(np.nan, np.nan, np.nan, count)  # a difference without spread has no size in spreads
    effect = float(gaps.mean()) / spread * (1.0 - 3.0 / (4.0 * (count - 1) - 1.0))
    half = float(stdtrit(count - 1, 0.5 + LEVEL / 2.0)) * (1.0 / count + effect**2 / (2.0 * (count - 1))) ** 0.5
    return Estimate(effect, effect - half, effect + half, count)


def _standardised(first: Floats, second: Floats) -> Estimate:
    """Mean difference over the pooled standard deviation of both designs, with a bootstrap interval."""
    count = len(units(first))
    pooled = float(((first.var() + second.var()) / 2.0) ** 0.5)
    if count < 3 or pooled <= negligible(first):
        return Estimate(np.nan, np.nan, np.nan, count)
    both = np.stack([first, second, first**2, second**2])
    a, b, aa, bb = resampled(both, ROUNDS, np.random.default_rng(SEED)).T
    spread = np.sqrt(np.maximum((aa - a**2 + bb - b**2) / 2.0, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        effects = (a - b) / spread
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(effects[np.isfinite(effects)], [tail, 1.0 - tail])
    return Estimate(float(first.mean() - second.mean()) / pooled, float(low), float(high), count)
