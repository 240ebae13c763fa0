"""The patient rule induction method: boxes in the space of uncertainties in which something happens often.

Friedman & Fisher 1999; for scenario discovery Bryant & Lempert 2010. Peels a small share of the futures at a time off
the side that raises the share of hits most per future given up, then pastes back what does not lower it. Knows no
study.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.crossed import Floats

Mask = NDArray[np.bool_]
PEEL: Final = 0.05  # share of the futures in the box peeled at a time
LEAST: Final = 0.05  # share of all futures that a box holds at least
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
    def score(self) -> float:
        """Harmonic mean of coverage and density, 0-1."""
        total = self.coverage + self.density
        return 2.0 * self.coverage * self.density / total if total else 0.0


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
    """The boxes of one peeling, from all futures to the smallest; each is pasted where that costs no density."""
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
    for j in range(points.shape[1]):
        column = points[:, j]
        for is_low in (True, False):
            cut = _cut(column if is_low else -column)
            if cut is None:
                continue
            bound = cut if is_low else -cut
            kept = column > bound if is_low else column < bound
            held = int(kept.sum())
            if held < max(least, 1):
                continue
            gain = (hits[kept].mean() - density) / (count - held)
            if best is None or gain > best[0]:
                best = (gain, j, is_low, bound)
    return None if best is None else best[1:]  # even one that gains nothing: the side beyond may


def _cut(column: Floats) -> float | None:
    """A bound that takes away about PEEL of the lowest values, halfway to what stays; None for one value only."""
    ordered = np.sort(column)
    if ordered[0] == ordered[-1]:
        return None
    last_out = ordered[max(int(PEEL * len(ordered)), 1) - 1]
    above = ordered[ordered > last_out]
    return None if not len(above) else float((last_out + above[0]) / 2.0)


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


def quasi_p(box: Box, points: Floats, hits: Mask) -> dict[int, float]:
    """Per restriction: chance of as many hits inside if it did nothing, given the others (one-sided binomial).

    'Quasi', for the box was chosen by the same data.
    """
    from scipy.special import betainc

    found = {}
    within = inside(box.low, box.high, points)
    caught, held = int((hits & within).sum()), int(within.sum())
    for j in box.restricted:
        without = measured(*_open(box, j), points, hits)
        found[j] = 1.0 if not caught else float(betainc(caught, held - caught + 1, without.density))
    return found


def _open(box: Box, j: int) -> tuple[Floats, Floats]:
    low, high = box.low.copy(), box.high.copy()
    low[j], high[j] = -np.inf, np.inf
    return low, high


def pruned(box: Box, points: Floats, hits: Mask, level: float = 0.05) -> Box:
    """The box without restrictions that do nothing, and with four at most: the least useful go first."""
    while box.restricted:
        chances = quasi_p(box, points, hits)
        worst = max(chances, key=lambda j: chances[j])
        if chances[worst] <= level:
            if len(box.restricted) <= MOST:
                break
            worst = max(box.restricted, key=lambda j: measured(*_open(box, j), points, hits).score)
        box = measured(*_open(box, worst), points, hits)
    return box


def best_box(points: Floats, hits: Mask) -> tuple[Box, list[Box]]:
    """The box with the best balance of coverage and density, pruned and pasted, and all boxes of the peeling."""
    boxes = peeled(points, hits)
    chosen = max(boxes, key=lambda b: b.score)
    return pasted(pruned(chosen, points, hits), points, hits), boxes
