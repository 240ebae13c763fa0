"""The patient rule induction method: boxes in the space of uncertainties in which something happens often.

Friedman & Fisher 1999; for scenario discovery Bryant & Lempert 2010. Peels a small share of the futures at a time off
the side that raises the share of hits most per future given up, then pastes back what does not lower it. Knows no
study.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.crossed import Floats

Mask = NDArray[np.bool_]
Whole = NDArray[np.int64]
Side = tuple[int, bool]
PEEL: Final = 0.05  # share of the futures in the box peeled at a time
LEAST: Final = 0.05  # share of all futures that a box holds at least
SEARCHED: Final = 24  # parameters that are searched
MOST: Final = 4  # restrictions a reader can hold in mind; our judgement


@dataclass(frozen=True, eq=False)
class Box:
    """Bounds (P,) of a box, infinite where it is open, and how well it tells hits from the rest.

    coverage: share of all hits inside; density: share of hits among the futures inside; mass: share of futures inside.
    """

    low: Floats
    high: Floats
    coverage: float
    density: float
    mass: float

    @property
    def restricted(self) -> tuple[int, ...]:
        """Parameters with a bound."""
        return tuple(int(j) for j in np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)))

    @property
    def sides(self) -> tuple[Side, ...]:
        """Parameter and whether it is its low side, of every bound."""
        return tuple((j, is_low) for j in self.restricted for is_low in (True, False) if self._is_bound(j, is_low))

    def _is_bound(self, j: int, is_low: bool) -> bool:
        return bool(np.isfinite((self.low if is_low else self.high)[j]))

    @property
    def score(self) -> float:
        """Correlation of lying inside and being hit, -1 to 1: nothing for all futures, whatever the share of hits."""
        if not self.coverage or self.mass >= 1.0:
            return 0.0
        both = self.density * self.mass
        base = both / self.coverage
        spread = base * (1.0 - base) * self.mass * (1.0 - self.mass)
        return float((both - base * self.mass) / spread**0.5) if spread > 0 else 0.0


def inside(low: Floats, high: Floats, points: Floats) -> Mask:
    """Which of the points (N, P) lie in a box."""
    return np.asarray(((points >= low) & (points <= high)).all(axis=1))


def measured(low: Floats, high: Floats, points: Floats, hits: Mask) -> Box:
    """A box as it does on points (N, P) and hits (N,)."""
    within = inside(low, high, points)
    caught, total = int((hits & within).sum()), int(hits.sum())
    held = int(within.sum())
    return Box(low, high, caught / total if total else 0.0, caught / held if held else 0.0, held / len(points))


def peeled(points: Floats, hits: Mask) -> list[Box]:
    """The boxes of one peeling, from all futures to the smallest."""
    low, high = np.full(points.shape[1], -np.inf), np.full(points.shape[1], np.inf)
    boxes = [measured(low, high, points, hits)]
    within = np.ones(len(points), dtype=bool)
    while 0.0 < boxes[-1].density < 1.0:
        side = _best_side(points[within], hits[within], round(LEAST * len(points)))
        if side is None:
            break
        j, is_low, bound = side
        low, high = low.copy(), high.copy()
        (low if is_low else high)[j] = bound
        within = inside(low, high, points)
        boxes.append(measured(low, high, points, hits))
    return boxes


def _best_side(points: Floats, hits: Mask, least: int) -> tuple[int, bool, float] | None:
    """Parameter, whether its low side goes, and the new bound; None when nothing more may go."""
    best: tuple[float, int, bool, float] | None = None
    density, count = hits.mean(), len(points)
    for sign in (1.0, -1.0):  # the low sides of all parameters, then the high sides
        columns = points * sign
        bounds = _cuts(columns)
        kept = columns > bounds
        held = kept.sum(axis=0)
        allowed = np.isfinite(bounds) & (held >= max(least, 1)) & (held < count)
        if not allowed.any():
            continue
        gains = np.full(len(bounds), -np.inf)
        caught = hits.astype(np.float64) @ kept
        gains[allowed] = (caught[allowed] / held[allowed] - density) / (count - held[allowed])
        j = int(np.argmax(gains))
        if best is None or gains[j] > best[0]:
            best = (float(gains[j]), j, sign > 0, float(bounds[j] * sign))
    return None if best is None else best[1:]  # even one that gains nothing: the side beyond may


def _cuts(columns: Floats) -> Floats:
    """Bounds (P,) that take away about PEEL of the lowest values, halfway to what stays; NaN where all are the same."""
    ordered = np.sort(columns, axis=0)
    out = ordered[max(int(PEEL * len(ordered)), 1) - 1]
    is_above = ordered > out
    above = np.take_along_axis(ordered, is_above.argmax(axis=0)[None], axis=0)[0]
    return np.where(is_above.any(axis=0), (out + above) / 2.0, np.nan)


def pasted(box: Box, points: Floats, hits: Mask) -> Box:
    """The box widened side by side, by the few nearest futures outside, as long as its density does not fall."""
    step = max(int(PEEL * box.mass * len(points)), 1)
    is_wider = True
    while is_wider:
        is_wider = False
        for j in box.restricted:
            for is_low in (True, False):
                wider = _wider(box, points, hits, (j, is_low, step))
                if wider is not None:
                    box, is_wider = wider, True
    return box


def _wider(box: Box, points: Floats, hits: Mask, side: tuple[int, bool, int]) -> Box | None:
    j, is_low, step = side
    bound = (box.low if is_low else box.high)[j]
    if not np.isfinite(bound):
        return None
    low, high = box.low.copy(), box.high.copy()
    (low if is_low else high)[j] = -np.inf if is_low else np.inf
    within = inside(low, high, points)
    column = points[within, j] * (1 if is_low else -1)
    edge = bound * (1 if is_low else -1)
    outside = np.sort(column[column < edge])[::-1]
    if len(outside) > step:
        new = (outside[step - 1] + outside[step]) / 2.0
        (low if is_low else high)[j] = new * (1 if is_low else -1)
    found = measured(low, high, points, hits)
    return found if found.density >= box.density else None


def quasi_p(box: Box, points: Floats, hits: Mask) -> dict[Side, float]:
    """Per side with a bound: chance of as many hits inside if it did nothing, given the others (one-sided binomial).

    'Quasi', for the box was chosen by the same data.
    """
    from scipy.special import betainc

    found = {}
    within = inside(box.low, box.high, points)
    caught, held = int((hits & within).sum()), int(within.sum())
    for side in box.sides:
        without = measured(*_open(box, (side,)), points, hits)
        found[side] = 1.0 if not caught else float(betainc(caught, held - caught + 1, without.density))
    return found


def _open(box: Box, sides: Iterable[Side]) -> tuple[Floats, Floats]:
    """Bounds without those of some sides."""
    low, high = box.low.copy(), box.high.copy()
    for j, is_low in sides:
        (low if is_low else high)[j] = -np.inf if is_low else np.inf
    return low, high


def pruned(box: Box, points: Floats, hits: Mask, level: float = 0.05) -> Box:
    """The box without bounds that do nothing, and with four parameters at most: the least useful go first."""
    while box.sides:
        chances = quasi_p(box, points, hits)
        gone = [max(chances, key=lambda side: chances[side])]
        if chances[gone[0]] <= level:
            if len(box.restricted) <= MOST:
                break
            each = [[side for side in box.sides if side[0] == j] for j in box.restricted]
            gone = max(each, key=lambda sides: measured(*_open(box, sides), points, hits).score)
        box = measured(*_open(box, gone), points, hits)
    return box


def best_box(points: Floats, hits: Mask) -> tuple[Box, list[Box]]:
    """The box that goes most with the hits, pruned and pasted, and all boxes of the peeling.

    Of many parameters only the 24 that tell most by themselves are searched. The choice is made anew each time, so that
    held-out futures and shuffled hits judge it too.
    """
    searched = telling(points, hits)
    few = points[:, searched]
    boxes = peeled(few, hits)
    chosen = max(boxes, key=lambda b: b.score)
    box = pruned(pasted(pruned(chosen, few, hits), few, hits), few, hits)
    low, high = np.full(points.shape[1], -np.inf), np.full(points.shape[1], np.inf)
    low[searched], high[searched] = box.low, box.high
    return replace(box, low=low, high=high), boxes


def telling(points: Floats, hits: Mask) -> Whole:
    """The parameters, in order, whose ranks or distances from the middle rank go most with hits; 24 at most."""
    if points.shape[1] <= SEARCHED:
        return np.arange(points.shape[1])
    ranks = points.argsort(axis=0).argsort(axis=0) / (len(points) - 1.0) - 0.5
    weight = hits - hits.mean()
    along, across = np.abs(weight @ ranks) / ranks.std(), np.abs(weight @ ranks**2) / (ranks**2).std()
    return np.sort(np.argsort(-np.maximum(along, across), kind="stable")[:SEARCHED])
