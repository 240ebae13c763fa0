"""Which parameters an outcome answers to: Morris' screening and Sobol' indices of the mean over seeds.

A block is what must be whole: the rows of one trajectory (Morris) or of one base sample (Saltelli). A block that lacks
a value is left out and counted, for one missing value alone would turn every index into nothing without a word. How
much of the spread is luck is told apart (`luck_share`): it is not a parameter's doing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from experiments.contrast import SEED
from experiments.crossed import LEVEL, Floats, negligible

ROUNDS: Final = 1000
LEAST: Final = 4  # blocks below which nothing is said
CHANGE: Final = 0.05  # of the total variance (Sobol') or of the largest effect (Morris), at the last doubling
WIDTH: Final = 0.10  # half-width allowed, on the same scale
SMALL: Final = 0.05  # of the variance or of the largest effect: less is of no practical size; our judgement

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


class SensitivityError(ValueError):
    """Rows that no analysis can be made of; the text says what is missing."""


@dataclass(frozen=True, eq=False)
class Step:
    """The leading index at a smaller number of blocks: value and ends (K, 3)."""

    blocks: int
    index: Floats


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Indices of K factors (parameters or groups), each (K, 3): value, low and high.

    indices: `S1`, `ST` (Sobol', shares of variance) or `mu`, `mu_star`, `sigma` (Morris, the outcome's unit for a move
    over a parameter's whole range); second: (K, K, 3) interactions or None; blocks used and dropped; runs behind them;
    luck_share: spread between seeds over all spread of single runs, NaN with one seed; steps: the leading index as
    blocks grow.
    """

    method: str
    factors: tuple[str, ...]
    indices: Mapping[str, Floats]
    second: Floats | None
    blocks: int
    dropped: int
    seeds: int
    luck_share: float
    steps: tuple[Step, ...]
    is_constant: bool

    @property
    def leading(self) -> Floats:
        """The index that ranks: total effect, or mean absolute effect."""
        return self.indices["ST" if self.method == "sobol" else "mu_star"]

    @property
    def scale(self) -> float:
        """What a leading index is compared with: the whole variance, or the largest effect."""
        return 1.0 if self.method == "sobol" else max(float(np.nanmax(self.leading[:, 0])), 1e-300)

    @property
    def is_settled(self) -> bool:
        """Whether the last doubling changed no leading index by more than 0.05 and no interval is wider than ±0.10."""
        if self.is_constant or len(self.steps) < 2:
            return False
        change = np.abs(self.steps[-1].index[:, 0] - self.steps[-2].index[:, 0]) / self.scale
        half = (self.leading[:, 2] - self.leading[:, 1]) / 2.0 / self.scale
        return bool(np.nanmax(change) <= CHANGE and np.nanmax(half) <= WIDTH)

    def standing(self, factor: int) -> str:
        """`matters`, `small` or `unclear`: where the whole interval lies against 5 % of the scale."""
        _, low, high = self.leading[factor] / self.scale
        if self.is_constant or not np.isfinite(low):
            return "unclear"
        return "matters" if low >= SMALL else "small" if high < SMALL else "unclear"


def factors_of(problem: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the groups of SALib's problem, in order of appearance, or of its parameters."""
    return tuple(dict.fromkeys(problem.get("groups") or problem["names"]))


def sobol(problem: Mapping[str, Any], values: Floats, *, second: bool = False) -> Sensitivity:
    """Sobol' indices from values (rows, R) in Saltelli's order, R seeds; NaN where a run is missing.

    Estimators of Saltelli et al. 2010 as SALib has them; percentile intervals by bootstrap over base samples.
    Raises SensitivityError when the rows do not fit the problem or too few blocks are whole.
    """
    factors = factors_of(problem)
    rows = (2 if second else 1) * len(factors) + 2
    blocks, kept = _whole(values, rows)
    means = blocks.mean(axis=2)
    if _is_constant(means):
        return _nothing("sobol", factors, blocks, kept)
    rng = np.random.default_rng(SEED)
    draws = rng.integers(len(means), size=(len(means), ROUNDS))
    steps = _steps(means, lambda part, drawn: {"ST": _orders(part, len(factors), drawn)["ST"]})
    indices = _orders(means, len(factors), draws)
    return Sensitivity(
        "sobol",
        factors,
        indices,
        _pairs(means, len(factors), draws) if second else None,
        len(blocks),
        kept.size - int(kept.sum()),
        values.shape[1],
        _luck(blocks),
        steps,
        False,
    )


def morris(problem: Mapping[str, Any], inputs: Floats, values: Floats) -> Sensitivity:
    """Elementary effects from inputs (rows, parameters) and values (rows, R) in order of trajectories.

    Morris 1991 with Campolongo's mean of absolute effects; the effect is per whole range of the parameter. A step that
    moved nothing (a range rounded to whole numbers) has no effect and counts for none. Percentile intervals by
    bootstrap over trajectories. Raises SensitivityError as `sobol`.
    """
    factors = factors_of(problem)
    blocks, kept = _whole(values, len(factors) + 1)
    means = blocks.mean(axis=2)
    if _is_constant(means):
        return _nothing("morris", factors, blocks, kept)
    moved = np.asarray(inputs, dtype=np.float64).reshape(len(kept), len(factors) + 1, -1)[kept]
    effects = _effects(problem, factors, moved, means)
    rng = np.random.default_rng(SEED)
    draws = rng.integers(len(effects), size=(len(effects), ROUNDS))
    steps = _steps(effects, lambda part, drawn: {"mu_star": _moments(part, drawn)["mu_star"]})
    return Sensitivity(
        "morris",
        factors,
        _moments(effects, draws),
        None,
        len(blocks),
        kept.size - int(kept.sum()),
        values.shape[1],
        _luck(blocks),
        steps,
        False,
    )


def _whole(values: Floats, rows: int) -> tuple[Floats, Mask]:
    """Blocks without a missing value (N, rows, R), and which of all blocks they are."""
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 2 or len(values) % rows or not len(values):
        raise SensitivityError(
            f"{values.shape} values do not divide into blocks of {rows} rows; run the whole study first"
        )
    blocks = values.reshape(-1, rows, values.shape[1])
    kept: Mask = np.asarray(np.isfinite(blocks).all(axis=(1, 2)))
    if kept.sum() < LEAST:
        raise SensitivityError(
            f"{int(kept.sum())} of {len(kept)} blocks of {rows} runs are whole; at least {LEAST} are needed: "
            "run the missing ones, or more of them"
        )
    return blocks[kept], kept


def _is_constant(means: Floats) -> bool:
    return bool(np.ptp(means) <= negligible(means))


def _nothing(method: str, factors: tuple[str, ...], blocks: Floats, kept: Mask) -> Sensitivity:
    """An outcome that never moved: there is nothing to divide, which is not the same as indices of zero."""
    names = ("S1", "ST") if method == "sobol" else ("mu", "mu_star", "sigma")
    unknown = {name: np.full((len(factors), 3), np.nan) for name in names}
    lost = kept.size - int(kept.sum())
    return Sensitivity(method, factors, unknown, None, len(blocks), lost, blocks.shape[2], np.nan, (), is_constant=True)


def _luck(blocks: Floats) -> float:
    """Spread between seeds over the spread of single runs."""
    if blocks.shape[2] < 2:
        return float("nan")
    within = float(blocks.var(axis=2, ddof=1).mean())
    between = max(float(blocks.mean(axis=2).var(ddof=1)) - within / blocks.shape[2], 0.0)
    return within / (within + between) if within + between > 0 else float("nan")


def _ends(value: Floats, drawn: Floats) -> Floats:
    """Value, low and high along a new last axis; drawn (..., ROUNDS)."""
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.nanquantile(drawn, [tail, 1.0 - tail], axis=-1)
    return np.stack([value, np.minimum(low, value), np.maximum(high, value)], axis=-1)


def _orders(means: Floats, count: int, draws: Whole) -> dict[str, Floats]:
    from SALib.analyze.sobol import first_order, total_order

    centred = (means - means.mean()) / means.std()
    a, b = centred[:, 0], centred[:, -1]
    found = {}
    for name, order in (("S1", first_order), ("ST", total_order)):
        each = [(order(a, centred[:, j], b), order(a[draws], centred[draws, j], b[draws])) for j in range(1, count + 1)]
        found[name] = np.stack([_ends(np.asarray(value), drawn) for value, drawn in each])
    return found


def _pairs(means: Floats, count: int, draws: Whole) -> Floats:
    """Second-order indices above the diagonal (K, K, 3); NaN elsewhere."""
    from SALib.analyze.sobol import second_order

    centred = (means - means.mean()) / means.std()
    a, b = centred[:, 0], centred[:, -1]
    found = np.full((count, count, 3), np.nan)
    for j in range(count):
        for k in range(j + 1, count):
            columns = [centred[:, 1 + j], centred[:, 1 + k], centred[:, 1 + count + j]]
            drawn = second_order(a[draws], *(c[draws] for c in columns), b[draws])
            found[j, k] = _ends(np.asarray(second_order(a, *columns, b)), drawn)
    return found


def _effects(problem: Mapping[str, Any], factors: tuple[str, ...], inputs: Floats, means: Floats) -> Floats:
    """Elementary effects (trajectories, K); NaN where a step moved nothing."""
    low, high = np.asarray(problem["bounds"], dtype=np.float64).T
    groups = list(problem.get("groups") or problem["names"])
    member = np.array([[name == factor for name in groups] for factor in factors])
    steps = np.diff((inputs - low) / (high - low), axis=1)  # (N, K, parameters)
    rises = np.diff(means, axis=1)
    found = np.full((len(means), len(factors)), np.nan)
    moves = np.abs(steps)
    for n, s in np.argwhere(moves.max(axis=2) > 1e-9):
        own = steps[n, s]
        factor = int(np.argmax(member @ moves[n, s]))
        sign = np.sign(own[member[factor]].sum()) or 1.0
        found[n, factor] = rises[n, s] / (sign * moves[n, s].max())
    return found


def _moments(effects: Floats, draws: Whole) -> dict[str, Floats]:
    def told(part: Floats) -> tuple[Floats, Floats, Floats]:
        return np.nanmean(part, axis=0), np.nanmean(np.abs(part), axis=0), np.nanstd(part, axis=0, ddof=1)

    rng = np.random.default_rng(SEED)  # of factors that some steps did not move
    found: dict[str, list[Floats]] = {"mu": [], "mu_star": [], "sigma": []}
    for column in effects.T:
        seen = column[np.isfinite(column)]
        if len(seen) < LEAST:
            for rows in found.values():
                rows.append(np.full(3, np.nan))
            continue
        whole = len(seen) == len(column)
        drawn = seen[draws if whole else rng.integers(len(seen), size=(len(seen), draws.shape[1]))]
        for rows, value, spread in zip(found.values(), told(seen), told(drawn), strict=True):
            rows.append(_ends(np.asarray(value), spread))
    return {name: np.stack(rows) for name, rows in found.items()}


def _steps(blocks: Floats, measured: Callable[[Floats, Whole], Mapping[str, Floats]]) -> tuple[Step, ...]:
    """The leading index of the first eighth, quarter, half and all of the blocks, as far as there are enough."""
    rng = np.random.default_rng(SEED)
    found = []
    for share in (8, 4, 2, 1):
        part = blocks[: len(blocks) // share]
        if len(part) >= LEAST and not _is_constant(np.nan_to_num(part)):
            drawn = rng.integers(len(part), size=(len(part), 200))
            found.append(Step(len(part), next(iter(measured(part, drawn).values()))))
    return tuple(found)
