"""Drawing on paper: one small matplotlib panel at a time, its axes, lines, ribbons and labels.

Sizes are CSS pixels. Text carries both languages (`Both.seamed`) until it is written. Knows nothing of results.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from viz.palette import LIGHT, Look
from viz.words import Both, number

SIZE = 11.5  # px, text in a figure
_RULES: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "omstilling",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",  # shipped with matplotlib: the layout is the same everywhere
    "font.size": SIZE,
    "text.color": LIGHT["ink"],
    "path.simplify": False,
}


@dataclass(frozen=True, eq=False)
class Panel:
    """One picture; its title stands above it, with the letter of its design where it is about one."""

    figure: Figure
    title: Both | None = None
    look: Look | None = None
    note: Both | None = None


@dataclass(frozen=True, eq=False)
class Drawing:
    """A whole figure: what it shows, its unit, what the marks mean, the number of runs, and the numbers behind it."""

    name: str
    title: Both
    subtitle: Both
    caption: Both
    alt: Both
    panels: tuple[Panel, ...]
    header: tuple[Both, ...]
    rows: tuple[tuple[Both, ...], ...]
    columns: int = 1
    is_row: bool = False  # one column of panels a design, as far as the page is wide enough
    has_key: bool = False  # the page repeats letters and line styles of the designs above it
    legend: tuple[tuple[str, Both], ...] = ()  # colour token and what it stands for


@contextmanager
def paper() -> Iterator[None]:
    """Matplotlib settings under which panels are made and written."""
    with mpl.rc_context():
        mpl.rcdefaults()  # a user's own settings must not change the pictures
        settings: Any = mpl.rcParams
        settings.update(_RULES)
        yield


def panel(width: float, height: float, margins: tuple[float, float, float, float]) -> tuple[Figure, Axes]:
    """A figure of `width` × `height` px with one frame; margins left, right, top, bottom in px."""
    left, right, top, bottom = margins
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    figure.patch.set_alpha(0)
    size = (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    axes = figure.add_axes(size)
    axes.patch.set_alpha(0)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(LIGHT["axis"])
        spine.set_linewidth(1)
    axes.tick_params(length=0, colors=LIGHT["muted"], labelsize=SIZE, pad=5)
    axes.tick_params(axis="x", pad=8)
    axes.set_axisbelow(True)
    return figure, axes


def year_axis(axes: Axes, first: int, last: int, room: float) -> None:
    """Years along the bottom, as many as `room` px hold."""
    step = next((s for s in (1, 2, 5, 10, 20, 50) if (last - first) / s <= max(room / 48, 1)), 100)
    ticks = [y for y in range(first, last + 1) if y % step == 0] or [first]
    axes.set_xlim(first, max(last, first + 1))
    axes.set_xticks(ticks, [str(y) for y in ticks])


def value_axis(axes: Axes, low: float, high: float, *, scale: float = 1.0, count: int = 5) -> None:
    """Round values on the left with light lines across; labels are the values times `scale`."""
    ticks = nice(low, high, count)
    digits = digits_of(ticks * scale)
    axes.set_ylim(min(low, ticks[0]), max(high, ticks[-1]))
    axes.set_yticks(ticks, [number(t * scale, digits).seamed() for t in ticks])
    axes.grid(axis="y", color=LIGHT["grid"], linewidth=1)


def nice(low: float, high: float, count: int = 5) -> NDArray[np.float64]:
    """About `count` round values that cover low to high, or half a unit about them where they are all but the same.

    >>> [float(v) for v in nice(0, 8.2, 4)]
    [0.0, 2.5, 5.0, 7.5, 10.0]
    >>> [float(v) for v in nice(0, 0, 4)]
    [-0.5, -0.25, 0.0, 0.25, 0.5]
    """
    if high - low < 1e-3:  # closer than `digits_of` can write: an axis needs two ends
        low, high = low - 0.5, high + 0.5
    span = high - low
    power = 10.0 ** np.floor(np.log10(span / count))
    step = next(m for m in (1, 2, 2.5, 5, 10) if m * power >= span / count * 0.999) * power
    start = np.floor(low / step + 1e-9)
    return np.round(np.arange(start, np.ceil(high / step - 1e-9) + 1) * step, 10)


def digits_of(values: NDArray[np.float64]) -> int:
    """Decimals needed to write all values as they are, three at most.

    >>> digits_of(np.array([0.0, 2.5]))
    1
    """
    return next((d for d in range(3) if np.allclose(values, np.round(values, d), atol=1e-9)), 3)


def ribbon(axes: Axes, x: ArrayLike, low: ArrayLike, high: ArrayLike, colour: str) -> None:
    """A pale area between two lines."""
    xs, a, b = (np.asarray(v, dtype=float) for v in (x, low, high))
    seen = np.isfinite(a) & np.isfinite(b)
    if seen.any():
        outline = np.r_[xs[seen], xs[seen][::-1]], np.r_[a[seen], b[seen][::-1]]
        axes.fill(*outline, color=colour, alpha=0.15, linewidth=0, zorder=2)


def line(axes: Axes, x: ArrayLike, y: ArrayLike, look: Look, *, width: float = 2.2) -> None:
    """The line of a design in its colour and style, a marker at its end."""
    xs, ys = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    axes.plot(xs, ys, color=look.colour, linestyle=look.dash, linewidth=width, zorder=4, solid_capstyle="round")
    axes.plot(xs[-1:], ys[-1:], look.marker, color=look.colour, markersize=5, zorder=5, clip_on=False)


def end_labels(
    axes: Axes, labels: Sequence[tuple[float, Both, str]], *, apart: float = 15.0, offset: float = 9.0
) -> None:
    """Write (value, text, colour) at the right of the frame, moved apart to `apart` px, with a leader where moved."""
    known = [entry for entry in labels if np.isfinite(entry[0])]
    if not known:
        return
    low, high = axes.get_ylim()
    wide, tall = frame(axes)
    wanted = [(value - low) / (high - low) * tall for value, _, _ in known]
    places = apart_from(wanted, apart, tall)
    moved = any(abs(place - pixel) > 2.5 for place, pixel in zip(places, wanted, strict=True))  # then all have one
    for (_, text, colour), pixel, place in zip(known, wanted, places, strict=True):
        if moved:
            ends = [(wide + offset - 3) / wide, (wide + offset + 6) / wide], [pixel / tall, place / tall]
            axes.plot(*ends, transform=axes.transAxes, color=colour, linewidth=0.8, clip_on=False)
        at = (wide + offset + (9 if moved else 0)) / wide, place / tall
        axes.text(*at, text.seamed(), transform=axes.transAxes, color=colour, va="center_baseline", fontweight="bold")


def frame(axes: Axes) -> tuple[float, float]:
    """Width and height of the frame in px."""
    figure, place = cast(Figure, axes.figure), axes.get_position()
    wide, tall = figure.get_size_inches() * 72
    return float(place.width * wide), float(place.height * tall)


def apart_from(wanted: Sequence[float], apart: float, tall: float) -> list[float]:
    """Positions nearest to the wanted ones that keep order and distance, within 0 to `tall` where there is room.

    >>> apart_from([5, 6], 10, 100)
    [0.5, 10.5]
    """
    order = np.argsort(np.asarray(wanted), kind="stable")
    blocks: list[tuple[float, int]] = []  # centre, members
    for index in order:
        blocks.append(_within(float(wanted[index]), 1, apart, tall))
        while len(blocks) > 1 and blocks[-1][0] - blocks[-2][0] < apart * (blocks[-1][1] + blocks[-2][1]) / 2:
            (upper, n), (lower, m) = blocks.pop(), blocks.pop()
            blocks.append(_within((upper * n + lower * m) / (n + m), n + m, apart, tall))
    spots = [centre + apart * (i - (count - 1) / 2) for centre, count in blocks for i in range(count)]
    places = [0.0] * len(spots)
    for index, spot in zip(order, spots, strict=True):
        places[int(index)] = spot
    return places


def _within(centre: float, count: int, apart: float, tall: float) -> tuple[float, int]:
    """A block of labels moved into the frame where it fits."""
    half = apart * (count - 1) / 2
    return (min(max(centre, half), tall - half) if 2 * half <= tall else tall / 2), count
