"""Scenario discovery: the futures in which a design fails, as a box in few parameters, and its standing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from experiments.contrast import SEED
from experiments.crossed import Floats
from experiments.prim import Box, Mask, best_box, inside, measured, quasi_p

FOLDS: Final = 5
RESAMPLES: Final = 50
SHUFFLES: Final = 99
LEAST_FUTURES: Final = 50
LEAST_HITS: Final = 10


class DiscoveryError(ValueError):
    """Futures that no box can be looked for in; the text says why."""


@dataclass(frozen=True)
class Limit:
    """One restriction of a box: parameter by path, its bounds (None: open), and how often resamples restrict it too."""

    path: str
    low: float | None
    high: float | None
    quasi_p: float
    stability: float


@dataclass(frozen=True, eq=False)
class Scenario:
    """Where something happens.

    limits: the box in words' order, most stable first; coverage, density, mass: as it does on the futures it was found
    in; held_coverage, held_density, held_p: over
    futures it had not seen (five folds), and how likely such a density is if the box tells nothing; base: share of hits
    in all futures; chance: how often hits dealt out at random give as good a box (one in a hundred at least); trail:
    the peeling as rows of coverage, density, mass and number of restrictions; inside: which futures lie in the box.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    held_coverage: float
    held_density: float
    held_p: float
    base: float
    hits: int
    futures: int
    chance: float
    trail: Floats
    inside: Mask

    @property
    def is_found(self) -> bool:
        """Whether there is a box, chance rarely makes one as good, and it tells something of unseen futures."""
        return bool(self.limits) and self.chance <= 0.05 and self.held_p <= 0.05


def discover(points: Floats, hits: Mask, paths: Sequence[str]) -> Scenario:
    """The box that best tells hits (N,) from the rest by parameters (N, P), named by path.

    Raises DiscoveryError with fewer than 50 futures, 10 hits or 10 misses, or a missing value.
    """
    points, hits = np.asarray(points, dtype=np.float64), np.asarray(hits, dtype=bool)
    _check(points, hits)
    box, boxes = best_box(points, hits)
    rng = np.random.default_rng(SEED)
    often = _stability(points, hits, rng)
    chances = quasi_p(box, points, hits)
    limits = [
        _limit(box, j, paths[j], (max(p for (k, _), p in chances.items() if k == j), float(often[j])))
        for j in box.restricted
    ]
    held = _held_out(points, hits, rng)
    return Scenario(
        tuple(sorted(limits, key=lambda limit: (-limit.stability, limit.quasi_p, limit.path))),
        box.coverage,
        box.density,
        box.mass,
        held[0],
        held[1],
        held[2],
        float(hits.mean()),
        int(hits.sum()),
        len(hits),
        _chance(points, hits, box, rng),
        np.array([(b.coverage, b.density, b.mass, len(b.restricted)) for b in boxes]),
        inside(box.low, box.high, points),
    )


def _check(points: Floats, hits: Mask) -> None:
    if not np.isfinite(points).all():
        raise DiscoveryError("a parameter value is missing; leave out its future")
    if len(hits) < LEAST_FUTURES:
        raise DiscoveryError(f"{len(hits)} futures; at least {LEAST_FUTURES} are needed to look for a box")
    count = int(hits.sum())
    if min(count, len(hits) - count) < LEAST_HITS:
        raise DiscoveryError(
            f"{count} of {len(hits)} futures are hits; at least {LEAST_HITS} on either side are needed: "
            "choose another limit"
        )


def _limit(box: Box, j: int, path: str, told: tuple[float, float]) -> Limit:
    low, high = (float(v) if np.isfinite(v) else None for v in (box.low[j], box.high[j]))
    return Limit(path, low, high, *told)


def _stability(points: Floats, hits: Mask, rng: np.random.Generator) -> Floats:
    """Share of resamples in which each parameter is restricted (P,)."""
    often = np.zeros(points.shape[1])
    for _ in range(RESAMPLES):
        drawn = rng.integers(len(hits), size=len(hits))
        box, _boxes = best_box(points[drawn], hits[drawn])
        often[list(box.restricted)] += 1.0 / RESAMPLES
    return often


def _held_out(points: Floats, hits: Mask, rng: np.random.Generator) -> tuple[float, float, float]:
    """Coverage and density on futures that the box was not made from, over five folds, and chance's of such density."""
    from scipy.special import betainc

    fold = rng.permutation(len(hits)) % FOLDS
    caught = held = 0.0
    for k in range(FOLDS):
        box, _ = best_box(points[fold != k], hits[fold != k])
        seen = measured(box.low, box.high, points[fold == k], hits[fold == k])
        size = seen.mass * (fold == k).sum()
        caught, held = caught + seen.density * size, held + size
    chance = float(betainc(caught, held - caught + 1.0, hits.mean())) if caught else 1.0
    return caught / hits.sum(), caught / held if held else 0.0, chance


def _chance(points: Floats, hits: Mask, box: Box, rng: np.random.Generator) -> float:
    """Share of deals of the hits at random, with this one, whose best box scores as well."""
    as_good = sum(best_box(points, rng.permutation(hits))[0].score >= box.score for _ in range(SHUFFLES))
    return (as_good + 1) / (SHUFFLES + 1)


def to_ema(
    frame: pd.DataFrame, parameters: Sequence[str], measures: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """A study's frame as `(experiments, outcomes)` of the EMA workbench, for its own PRIM, CART and feature scoring.

    Levers stand in `policy` (the design), futures in `scenario` (the sample), `model` is the place; outcomes are arrays
    by measure, a value a run. The workbench itself is not needed here.
    """
    experiments = frame.loc[:, list(parameters)].reset_index(drop=True)
    experiments["scenario"] = frame["sample"].to_numpy()
    experiments["policy"] = frame["design"].astype(str).to_numpy()
    experiments["model"] = frame["place"].astype(str).to_numpy()
    return experiments, {name: frame[name].to_numpy(dtype=np.float64) for name in measures}
