"""What the change in territorial emissions is made of: national path, population, levels I, II and III."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from agents.vocabulary import FACTORS
from viz.canvas import Drawing, Panel, nice, panel
from viz.curves import run_count, short, spread
from viz.palette import LIGHT, look
from viz.results import Floats, Results, quantiles
from viz.words import Both, number, same

NAMES = {
    "national": Both("national path", "nasjonal bane"),
    "population": Both("population", "befolkning"),
    "I": Both("level I", "nivå I"),
    "II": Both("level II", "nivå II"),
    "III": Both("level III", "nivå III"),
}
_INSIDE = {
    "national": Both("nat.", "nasj."),
    "population": Both("pop.", "bef."),
    "I": same("I"),
    "II": same("II"),
    "III": same("III"),
}
_ROW = 50.0
_BOLD: dict[str, Any] = {"va": "center_baseline", "fontweight": "bold"}


def parts(results: Results) -> Floats:
    """Fall due to each factor until the last year, percentage points of the first year's emissions (F, D, R)."""
    start = results.cube("territorial")[:, :, 0]
    return np.stack([-100 * results.cube(f"change_{f}")[:, :, -1] / start for f in FACTORS])


def draw(results: Results) -> Drawing | None:
    """The drawing, from the columns `change_…` of the nation table."""
    shares = parts(results)
    low, middle, high = quantiles(shares, axis=2)
    total = quantiles(shares.sum(axis=0), axis=1)
    figure, axes = panel(440, 46 + _ROW * len(results.designs), (136, 52, 8, 30))
    ends = [_bar(axes, row, low[:, row], middle[:, row], high[:, row]) for row in range(len(results.designs))]
    for row, design in enumerate(results.designs):
        _total(axes, row, (float(total[0][row]), float(total[1][row]), float(total[2][row])), ends[row])
        axes.text(
            *(-0.05, row, short(results, design).seamed()),
            **{"transform": axes.get_yaxis_transform(), "ha": "right", "color": look(row).colour, **_BOLD},
        )
    lowest = float(np.nanmin(np.minimum(low, 0).sum(axis=0)))
    _frame(axes, lowest, float(max(np.nanmax(total[2]), max(ends))), len(results.designs))
    header = (Both("Design", "Utforming"), *(NAMES[f] for f in FACTORS), Both("sum", "sum"))
    rows = []
    for d, design in enumerate(results.designs):
        cells = [spread(low[f, d], middle[f, d], high[f, d], 1) for f in range(len(FACTORS))]
        rows.append((short(results, design, 60), *cells, spread(total[0][d], total[1][d], total[2][d], 1)))
    return Drawing(
        "decomposition",
        Both(f"What the fall until {results.last} is made of", f"Hva nedgangen fram til {results.last} består av"),
        Both(
            f"Territorial emissions, percentage points of the emissions in {results.first}",
            f"Direkte utslipp, prosentpoeng av utslippet i {results.first}",
        ),
        _caption().fill(n=run_count(results)),
        Both("Stacked bars, one a design.", "Stablede søyler, en for hver utforming.").then(_told(results, middle)),
        (Panel(figure),),
        header,
        tuple(rows),
        legend=tuple((f"factor-{f}", NAMES[f]) for f in FACTORS),
    )


def _total(axes: Axes, row: int, spread_: tuple[float, float, float], end: float) -> None:
    """The sum above its bar, with its interval, and as a number at the bar's end."""
    low, middle, high = spread_
    ink = LIGHT["ink"]
    axes.plot([low, high], [row - 0.38] * 2, color=ink, linewidth=1.6, zorder=6)
    axes.plot([middle], [row - 0.38], "|", color=ink, markersize=8, markeredgewidth=2.2, zorder=6)
    words = Both("−{v} %", "−{v} %").fill(v=number(middle, 0)).seamed().replace("−−", "+")
    where: dict[str, Any] = {"xytext": (9, 0), "textcoords": "offset points", "color": ink, **_BOLD}
    axes.annotate(words, (max(end, high), row), **where)


def _bar(axes: Axes, row: int, low: Floats, middle: Floats, high: Floats) -> float:
    """Draw one stack; falls right of zero, rises left; each part has its whisker. Returns the right end."""
    right = left = 0.0
    for f, factor in enumerate(FACTORS):
        size = float(middle[f])
        start = right if size >= 0 else left
        axes.barh(
            row,
            size,
            left=start,
            height=0.5,
            color=LIGHT[f"factor-{factor}"],
            edgecolor=LIGHT["paper"],
            linewidth=1,
            zorder=3,
        )
        offset = 0.31 + 0.06 * (f % 2)
        axes.plot(
            [start + low[f], start + high[f]],
            [row + offset] * 2,
            color=LIGHT[f"factor-{factor}"],
            linewidth=2.6,
            zorder=4,
            solid_capstyle="butt",
        )
        if abs(size) > 6:
            ink = "factor-on_deep" if factor == "III" else "factor-on_pale"
            axes.text(
                start + size / 2,
                row,
                _INSIDE[factor].seamed(),
                color=LIGHT[ink],
                ha="center",
                va="center_baseline",
                zorder=5,
                fontsize=10.5,
            )
        right, left = (start + size, left) if size >= 0 else (right, start + size)
    return right


def _frame(axes: Axes, low: float, high: float, count: int) -> None:
    ticks = nice(min(low, 0), high, 5)
    axes.set_xlim(min(low * 1.05, 0), ticks[-1])
    axes.set_xticks(
        [t for t in ticks if t >= min(low * 1.05, 0)], [number(t, 0).seamed() for t in ticks if t >= min(low * 1.05, 0)]
    )
    axes.set_ylim(count - 0.4, -0.6)
    axes.set_yticks([])
    axes.grid(axis="x", color=LIGHT["grid"], linewidth=1)
    axes.axvline(0, color=LIGHT["axis"], linewidth=1, zorder=2)


def _caption() -> Both:
    return Both(
        "Bars: median of each part; falls point right, growth left. Thin line below a part: its 5–95 % interval. "
        "Mark above: the sum "
        "with its 5–95 % interval. The national path is given from outside and no municipality is credited with "
        "it. Its bar still differs slightly between designs: the exact decomposition shares out what the parts do "
        "together. A level left of zero: its solutions are used less than today. n = {n}.",
        "Søyler: median av hver del; nedgang mot høyre, vekst mot venstre. Tynn linje under en del: 5–95 "
        "%-intervallet. Merke over: summen "
        "med 5–95 %-intervall. Den nasjonale banen er gitt utenfra og godskrives ingen kommune. Søylen er likevel "
        "litt ulik mellom utformingene: den eksakte dekomponeringen fordeler det delene gjør sammen. Et nivå til "
        "venstre for null: løsningene brukes mindre enn i dag. n = {n}.",
    )


def _told(results: Results, middle: Floats) -> Both:
    told = []
    for d, design in enumerate(results.designs):
        own = number(float(np.nansum(middle[2:, d])), 0)
        told.append(
            Both("{t}: {v} points from levels I to III", "{t}: {v} poeng fra nivå I til III").fill(
                t=results.title(design), v=own
            )
        )
    return Both("; ".join(p.en for p in told) + ".", "; ".join(p.nb for p in told) + ".")
