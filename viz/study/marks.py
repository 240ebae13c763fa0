"""Marks that figures of a study share: frames with a value axis along the bottom, dots with intervals."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.crossed import Estimate
from viz.canvas import digits_of, nice, panel
from viz.palette import LIGHT, Look
from viz.words import Both, number, same

ROW = 30.0


def across(count: int, low: float, high: float, *, width: float = 340.0, left: float = 46.0) -> tuple[Figure, Axes]:
    """A frame of `count` rows with round values from low to high along the bottom."""
    figure, axes = panel(width, 44 + ROW * max(count, 1), (left, 22, 8, 30))
    if not (np.isfinite(low) and np.isfinite(high)):
        low, high = 0.0, 1.0
    if low == high:
        low, high = low - abs(low or 1.0) / 2, high + abs(high or 1.0) / 2
    ticks = nice(low, high, 4)
    axes.set_xlim(min(low, ticks[0]), max(high, ticks[-1]))
    axes.set_xticks(ticks, [number(t, digits_of(ticks)).seamed() for t in ticks])
    axes.grid(axis="x", color=LIGHT["grid"], linewidth=1)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_yticks([])
    return figure, axes


def letters(axes: Axes, looks: Sequence[Look]) -> None:
    """The letters of designs as row labels."""
    axes.set_yticks(range(len(looks)), [style.letter for style in looks], fontweight="bold", color=LIGHT["ink"])


def names(axes: Axes, texts: Sequence[Both | str], *, most: int = 30) -> None:
    """Row labels in words, cut where too long."""
    kept = [t if isinstance(t, Both) else same(t) for t in texts]
    short = [Both(*(part if len(part) <= most else part[: most - 1] + "…" for part in text)).seamed() for text in kept]
    axes.set_yticks(range(len(short)), short, color=LIGHT["ink"])


def dot(axes: Axes, row: float, estimate: Estimate, style: Look, *, is_hollow: bool = False) -> None:
    """An interval with its value; hollow where it tells nothing apart."""
    if not np.isfinite(estimate.value):
        return
    if np.isfinite(estimate.low):
        ends = [estimate.low, estimate.high]
        axes.plot(ends, [row, row], color=style.colour, linewidth=3.2, solid_capstyle="round", zorder=3, clip_on=False)
    face = LIGHT["paper"] if is_hollow else style.colour
    edge = style.colour if is_hollow else LIGHT["paper"]
    axes.plot(
        [estimate.value],
        [row],
        style.marker,
        color=face,
        markersize=8.5,
        markeredgecolor=edge,
        markeredgewidth=1.6 if is_hollow else 1.0,
        zorder=4,
        clip_on=False,
    )


def reach(estimates: Sequence[Estimate], *more: float) -> tuple[float, float]:
    """Lowest and highest end of all estimates and further values."""
    ends = [v for e in estimates for v in e[:3] if np.isfinite(v)] + [v for v in more if np.isfinite(v)]
    return (min(ends), max(ends)) if ends else (0.0, 1.0)
