"""Which design comes first, how surely, and what is lost with it where it does not: ranks and regret."""

from dataclasses import dataclass

import numpy as np

from experiments.contrast import ROUNDS, SEED
from experiments.crossed import LEVEL, Estimate, Floats, negligible, resampled, units, weights


@dataclass(frozen=True, eq=False)
class Ranking:
    """Of D designs, by mean over futures and seeds.

    chance: (D, D), row a design, column a rank (best first), each row and column sums to 1; expected: rank 1-D with
    interval; order: designs, best expected rank first; n: independent units.
    """

    chance: Floats
    expected: tuple[Estimate, ...]
    order: tuple[int, ...]
    n: int


@dataclass(frozen=True, eq=False)
class Regret:
    """What D designs lose against the best design of each future, in the measure's unit, never below zero.

    by_future: (D, S); mean: for new futures and seeds; worst: over the futures tried, for new seeds only (no interval
    with one seed); least_mean, least_worst: chance that the design has the least mean or worst regret (D,).
    Chance alone makes designs that are alike regret something: the fewer the seeds, the more.
    """

    by_future: Floats
    mean: tuple[Estimate, ...]
    worst: tuple[Estimate, ...]
    least_mean: Floats
    least_worst: Floats


def ranking(values: Floats, better: int) -> Ranking:
    """Ranks of designs from a complete array (D, S, R); better: 1 where more is better, -1 where less is.

    Bootstrap over futures and seeds; designs that tie share their ranks.
    """
    values = np.asarray(values, dtype=np.float64) * _sign(better)
    count = len(units(values[0]))
    drawn = resampled(values, ROUNDS, np.random.default_rng(SEED)) if count > 1 else values.mean(axis=(1, 2))[None]
    slack = negligible(values)
    above = (drawn[:, None, :] > drawn[:, :, None] + slack).sum(axis=2)  # how many designs are strictly better
    tied = (np.abs(drawn[:, None, :] - drawn[:, :, None]) <= slack).sum(axis=2)  # with itself
    places = np.arange(len(values))
    held = (places >= above[..., None]) & (places < (above + tied)[..., None])
    chance = (held / tied[..., None]).mean(axis=0)
    ranks = above + (tied + 1) / 2.0
    expected = tuple(_estimate(ranks[:, d], float(ranks[:, d].mean()), count) for d in range(len(values)))
    order = tuple(int(d) for d in np.argsort([e.value for e in expected], kind="stable"))
    return Ranking(chance, expected, order, count)


def regret(values: Floats, better: int) -> Regret:
    """Regret of designs from a complete array (D, S, R); futures weigh the same."""
    values = np.asarray(values, dtype=np.float64) * _sign(better)
    designs, futures, seeds = values.shape
    by_future = _lost(values.mean(axis=2))
    rng = np.random.default_rng(SEED)
    means, worsts, alone = [], [], []
    for by_seed in weights(seeds, ROUNDS, rng) if seeds > 1 else np.ones((ROUNDS, 1)):
        lost = _lost(values @ (by_seed / seeds))
        drawn = weights(futures, 1, rng)[0]
        means.append(lost @ (drawn / futures))
        worsts.append(lost.max(axis=1))
        alone.append(lost[:, drawn > 0].max(axis=1))
    of_means, of_worsts = np.array(means), np.array(worsts)
    count = len(units(values[0]))
    mean = tuple(_estimate(of_means[:, d], float(by_future[d].mean()), count) for d in range(designs))
    worst = tuple(_estimate(of_worsts[:, d], float(by_future[d].max()), seeds) for d in range(designs))
    return Regret(by_future, mean, worst, _least(of_means), _least(np.array(alone)))


def _sign(better: int) -> int:
    if better not in (1, -1):
        raise ValueError(f"better = {better}: give 1 where more is better, -1 where less is")
    return better


def _lost(values: Floats) -> Floats:
    return np.asarray(values.max(axis=0) - values)


def _least(drawn: Floats) -> Floats:
    """How often each design has the least regret (D,); designs that tie share."""
    least = drawn <= drawn.min(axis=1, keepdims=True) + negligible(drawn)
    return np.asarray((least / least.sum(axis=1, keepdims=True)).mean(axis=0))


def _estimate(drawn: Floats, value: float, count: int) -> Estimate:
    if count < 2:
        return Estimate(value, np.nan, np.nan, count)
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(drawn, [tail, 1.0 - tail])
    return Estimate(value, float(min(low, value)), float(max(high, value)), count)
