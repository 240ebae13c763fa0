"""Each design against the reference, run by run with the same seed: median difference with interval."""

import numpy as np
from matplotlib.axes import Axes

from viz.canvas import Drawing, Panel, digits_of, nice, panel
from viz.curves import short, spread
from viz.palette import LIGHT, Look, look
from viz.results import Floats, Results, quantiles
from viz.words import Both, number, percent, runs, same

MEASURES = (
    (
        "territorial_per_inhabitant",
        Both("territorial, t CO₂e per inhabitant", "direkte utslipp, t CO₂e per innbygger"),
        1.0,
        -1,
    ),
    ("footprint_per_inhabitant", Both("footprint, t CO₂e per inhabitant", "fotavtrykk, t CO₂e per innbygger"), 1.0, -1),
    (
        "institutionalisation",
        Both("institutionalisation, points of 100", "institusjonalisering, poeng av 100"),
        100.0,
        1,
    ),
)
HEADER = (
    Both("Design", "Utforming"),
    Both("measure", "mål"),
    Both("difference (5–95 %)", "forskjell (5–95 %)"),
    Both("better in % of pairs", "bedre i % av parene"),
    Both("pairs", "par"),
)


def differences(results: Results, column: str) -> Floats:
    """Last year's value less the reference's in the same replicate (D, R); NaN where one of the two is missing."""
    values = results.cube(column)[:, :, -1]
    return values - values[results.designs.index(results.reference)]


def better(gaps: Floats, direction: int) -> float:
    """Share of pairs in which the design does better; ties count half. NaN without pairs."""
    seen = gaps[np.isfinite(gaps)] * direction
    return float(((seen > 0).sum() + 0.5 * (seen == 0).sum()) / len(seen)) if len(seen) else float("nan")


def draw(results: Results) -> Drawing | None:
    """The drawing, from pairs of runs with the same replicate; none with a single design."""
    others = [d for d in results.designs if d != results.reference]
    if not others:
        return None
    panels, rows = [], []
    for column, name, scale, direction in MEASURES:
        gaps = differences(results, column) * scale
        low, middle, high = quantiles(gaps, axis=1)
        figure, axes = panel(340, 48 + 30 * len(others), (52, 22, 8, 30))
        for row, design in enumerate(others):
            d = results.designs.index(design)
            _mark(axes, row, look(d), (float(low[d]), float(middle[d]), float(high[d])))
            value = spread(low[d], middle[d], high[d], 2 if scale == 1 else 1)
            count = int(np.isfinite(gaps[d]).sum())
            rows.append((short(results, design, 60), name, value, percent(better(gaps[d], direction)), same(count)))
        _frame(axes, nice(min(0.0, float(np.nanmin(low))), max(0.0, float(np.nanmax(high))), 4))
        letters = [look(results.designs.index(d)).letter for d in others]
        axes.set_yticks(range(len(others)), letters, fontweight="bold", color=LIGHT["ink"])
        axes.set_ylim(len(others) - 0.5, -0.5)
        panels.append(Panel(figure, name))
    return Drawing(
        "differences",
        Both("Against “{r}”, run by run", "Mot «{r}», kjøring for kjøring").fill(r=results.title(results.reference)),
        Both(
            f"Difference in {results.last}; both runs of a pair start from the same random seed",
            f"Forskjell i {results.last}; begge kjøringer i et par har samme tilfeldige frø",
        ),
        Both(
            "Marker: median of the pairs; bar: 5–95 % of the pairs; line at zero: no difference. n = {n} in each arm.",
            "Merke: median av parene; strek: 5–95 % av parene; linje ved null: ingen forskjell. n = {n} i hver arm.",
        ).fill(n=runs(int(np.isfinite(differences(results, MEASURES[0][0])).sum(axis=1).max()))),
        Both("Interval chart; the figures are in the table.", "Intervalldiagram; tallene står i tabellen."),
        tuple(panels),
        HEADER,
        tuple(rows[:60]),
        columns=3,
        has_key=True,
    )


def _mark(axes: Axes, row: int, style: Look, spread_: tuple[float, float, float]) -> None:
    """A bar from low to high with the design's marker at the median."""
    low, middle, high = spread_
    colour = style.colour
    axes.plot([low, high], [row, row], color=colour, linewidth=3.2, solid_capstyle="round", zorder=3)
    edge = LIGHT["paper"]
    axes.plot([middle], [row], style.marker, color=colour, markersize=8.5, markeredgecolor=edge, zorder=4)


def _frame(axes: Axes, ticks: Floats) -> None:
    axes.set_xlim(ticks[0], ticks[-1])
    axes.set_xticks(ticks, [number(t, digits_of(ticks)).seamed() for t in ticks])
    axes.grid(axis="x", color=LIGHT["grid"], linewidth=1)
    axes.axvline(0, color=LIGHT["ink"], linewidth=1.2, zorder=2)
