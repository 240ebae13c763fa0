"""What the spread of an outcome comes from: uncertain parameters, or the luck of a seed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.contrast import SEED
from experiments.crossed import LEVEL, Estimate, Floats, negligible, squares

DRAWS = 20_000


@dataclass(frozen=True)
class Parts:
    """Variance of a single run over futures and seeds, in the measure's unit squared, and the share of each part.

    parameters: futures' own means; seeds: luck that is the same in every future; mixed: luck that depends on the
    future. shares sum to 1. is_constant: no spread at all, nothing to divide.
    """

    parameters: Estimate
    seeds: Estimate
    mixed: Estimate
    parameter_share: Estimate
    luck_share: Estimate
    is_constant: bool


def parts(values: Floats) -> Parts:
    """Two-way random-effects decomposition of a complete array (S, R), S and R at least two.

    Estimates by analysis of variance, never below zero; intervals by generalised pivotal quantities (Weerahandi 1995),
    which take the effects for normal. Raises ValueError where a part cannot be seen.
    """
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 2 or min(values.shape) < 2 or not np.isfinite(values).all():
        raise ValueError("parts: futures × seeds are needed, two of each at least and none missing")
    futures, seeds = values.shape
    if np.ptp(values) <= negligible(values):
        none = Estimate(0.0, 0.0, 0.0, futures)
        unknown = Estimate(np.nan, np.nan, np.nan, futures)
        return Parts(none, none, none, unknown, unknown, True)
    found = squares(values)
    rng = np.random.default_rng(SEED)
    freedom = (futures - 1, seeds - 1, (futures - 1) * (seeds - 1))
    drawn = [m * f / rng.chisquare(f, DRAWS) for m, f in zip(found, freedom, strict=True)]
    seen, spread = _parts(found, values.shape), _parts(drawn, values.shape)
    counts = (futures, seeds, futures)
    each = [_estimate(float(v), d, n) for v, d, n in zip(seen, spread, counts, strict=True)]
    total, totals = sum(seen), sum(spread)
    share = _estimate(float(seen[0] / total), spread[0] / totals, futures)
    luck = _estimate(float((seen[1] + seen[2]) / total), (spread[1] + spread[2]) / totals, seeds)
    return Parts(each[0], each[1], each[2], share, luck, False)


def _parts(found: Sequence[Floats | float], shape: tuple[int, ...]) -> tuple[Floats, Floats, Floats]:
    """Variances of futures, seeds and rest from mean squares."""
    futures, seeds, rest = (np.asarray(mean_square) for mean_square in found)
    own = np.maximum(futures - rest, 0.0) / shape[1]
    luck = np.maximum(seeds - rest, 0.0) / shape[0]
    return own, luck, rest


def _estimate(value: float, drawn: Floats, count: int) -> Estimate:
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(drawn, [tail, 1.0 - tail])
    return Estimate(value, float(low), float(high), count)
