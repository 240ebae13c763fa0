"""Curves over the years, one for each design with its ribbon, and the table behind them. Shared by several figures."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from viz.canvas import Drawing, Panel, end_labels, line, panel, ribbon, value_axis, year_axis
from viz.palette import LIGHT, look
from viz.results import Floats, Results, quantiles
from viz.words import Both, measured, number, runs, same

WIDE = (456.0, 318.0)
SMALL = (300.0, 210.0)
TINY = (240.0, 190.0)
MEANING = Both(
    "Line: median of the runs. Ribbon: 5th to 95th percentile of the runs. n = {n}.",
    "Linje: median av kjøringene. Bånd: 5.–95. persentil av kjøringene. n = {n}.",
)

APART = Both(
    "At the end of each line: its last value, highest first. Where lines lie on each other, “run by run” shows the "
    "differences.",
    "Ved enden av hver linje: den siste verdien, høyest først. Der linjer ligger oppå hverandre, viser «kjøring for "
    "kjøring» forskjellene.",
)


def curves(
    results: Results, cube: Floats, *, size: tuple[float, float] = WIDE, scale: float = 1.0, ceiling: float = 0.0
) -> tuple[Figure, Axes]:
    """One line and ribbon a design from a cube (D, R, Y); wide ones end in value and title, small in letters."""
    is_small = size[0] < 400
    right = 30 if is_small else 24 + 6.5 * min(max(max(map(len, short(results, d))) for d in results.designs) + 5, 27)
    figure, axes = panel(*size, (38, right, 12, 30))
    low, middle, high = quantiles(cube)
    top = max(ceiling, float(np.nanmax(high)) if np.isfinite(high).any() else 1.0, 1e-6)
    value_axis(axes, min(0.0, float(np.nanmin(low))), top, scale=scale, count=4 if is_small else 5)
    year_axis(axes, results.first, results.last, size[0] - 38 - right)
    labels = []
    for place, design in enumerate(results.designs):
        style = look(place)
        ribbon(axes, results.years, low[place], high[place], style.colour)
        line(axes, results.years, middle[place], style, width=1.9 if is_small else 2.3)
        end = float(middle[place, -1])
        text = same(style.letter) if is_small else valued(results, design, number(end * scale, 2 if scale == 1 else 1))
        labels.append((end, text, style.colour))
    end_labels(axes, labels, apart=13 if is_small else 16)
    return figure, axes


def towards_goal(axes: Axes, results: Results, cube: Floats) -> Both:
    """Draw the goal of 1-2 t and half of the first year's median fifteen years on; returns what the marks mean."""
    axes.axhspan(1, 2, color=LIGHT["band"], linewidth=0, zorder=1)
    goal = Both("goal for 2050: 1–2 t", "mål for 2050: 1–2 t").seamed()
    axes.text(results.first + 0.4, 1.5, goal, color=LIGHT["goal"], va="center_baseline", fontweight="bold")
    half = float(np.nanmedian(quantiles(cube)[1][:, 0])) / 2
    axes.plot([results.half], [half], "D", color=LIGHT["goal"], markersize=6, zorder=6, clip_on=False)
    mark = Both(f"−50 % in {results.half}", f"−50 % i {results.half}").seamed()
    where: dict[str, Any] = {"xytext": (-9, -1), "textcoords": "offset points", "ha": "right", "va": "center_baseline"}
    axes.annotate(mark, (results.half, half), color=LIGHT["goal"], fontweight="bold", zorder=6, **where)
    return Both(
        "Band: 1–2 t, the goal for 2050. Diamond: half of the {a} value per inhabitant, in {b}.",
        "Felt: 1–2 t, målet for 2050. Rute: halvparten av verdien per innbygger i {a}, i {b}.",
    ).fill(a=str(results.first), b=str(results.half))


def account(results: Results, column: str, title: Both, subtitle: Both, *, note: Both | None = None) -> Drawing:
    """The figure of one account per inhabitant with its goal; `column` of the nation table, t CO2e per inhabitant."""
    cube = results.cube(column)
    figure, axes = curves(results, cube, ceiling=2.4)
    meaning = towards_goal(axes, results, cube)
    header, rows = table_by_year(results, cube, digits=2)
    alt = Both(
        "Line chart. In {y}, t per inhabitant with interval: {v}.",
        "Linjediagram. I {y}, t per innbygger med intervall: {v}.",
    )
    values = last_values(results, cube, lambda a, b, c: spread(a, b, c, 1))
    caption = MEANING.fill(n=run_count(results)).then(meaning)
    caption = caption if note is None else caption.then(note)
    if len(results.designs) > 1:
        caption = caption.then(APART)
    name = column.removesuffix("_per_inhabitant")
    return Drawing(
        name, title, subtitle, caption, alt.fill(y=str(results.last), v=values), (Panel(figure),), header, rows
    )


def valued(results: Results, design: str, value: Both) -> Both:
    """Letter, value and title of a design, for the end of its line: lines on top of each other stay readable."""
    letter, title = look(results.designs.index(design)).letter, short(results, design)
    return Both(*(f"{letter} {v} {t.removeprefix(letter).strip()}" for v, t in zip(value, title, strict=True)))


def short(results: Results, design: str, most: int = 20) -> Both:
    """Letter and title of a design, cut where it would be too long for the end of a line."""
    letter, title = look(results.designs.index(design)).letter, results.title(design)
    en, nb = (t if len(t) <= most else t[: most - 1].rstrip() + "…" for t in title)
    return Both(f"{letter} {en}", f"{letter} {nb}")


def table_by_year(
    results: Results, cube: Floats, *, digits: int, scale: float = 1.0
) -> tuple[tuple[Both, ...], tuple[tuple[Both, ...], ...]]:
    """Header and rows: a row a year (every fifth where there are more than forty), a column a design."""
    low, middle, high = quantiles(cube)
    header = (Both("Year", "År"), *(short(results, d, 60) for d in results.designs))
    step = 1 if len(results.years) <= 40 else 5
    rows = []
    for y in range(0, len(results.years), step):
        cells = (spread(low[d, y], middle[d, y], high[d, y], digits, scale) for d in range(len(results.designs)))
        rows.append((same(results.years[y]), *cells))
    return header, tuple(rows)


def spread(low: float, middle: float, high: float, digits: int, scale: float = 1.0) -> Both:
    """Median and interval, as in `5.2 (4.9 to 5.6)`."""
    if not np.isfinite(middle):
        return same("–")
    median, around = measured(low, middle, high, digits, scale=scale)
    return Both("{m} ({i})", "{m} ({i})").fill(m=median, i=around)


def run_count(results: Results) -> Both:
    """The number of runs in words: once where all designs have as many, else by letter."""
    counts = list(results.runs.values())
    if len(set(counts)) == 1:
        return Both("{r} of each design", "{r} av hver utforming").fill(r=runs(counts[0]))
    each = ", ".join(f"{look(i).letter} {n}" for i, n in enumerate(counts))
    return Both(f"{each} runs", f"{each} kjøringer")


def last_values(results: Results, cube: Floats, text: Callable[[float, float, float], Both]) -> Both:
    """The last year's values of all designs in one sentence, for alternative text."""
    low, middle, high = quantiles(cube)
    parts = []
    for place, design in enumerate(results.designs):
        value = text(low[place, -1], middle[place, -1], high[place, -1])
        parts.append(Both("{d}: {v}", "{d}: {v}").fill(d=results.title(design), v=value))
    return Both("; ".join(p.en for p in parts), "; ".join(p.nb for p in parts))
