"""Share of municipalities that have each institutional element, as strips over the years, one panel a design."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from agents.vocabulary import ELEMENTS
from viz.canvas import Drawing, Panel, frame, panel, year_axis
from viz.curves import run_count, short, spread
from viz.palette import LIGHT, look
from viz.results import Floats, Results, quantiles
from viz.words import Both, number, same

NAMES = {
    "platform": Both("platform", "plattform"),
    "plan": Both("plan", "plan"),
    "roles": Both("roles", "roller"),
    "budget": Both("climate budget", "klimabudsjett"),
    "finance": Both("finance", "finansiering"),
    "competence": Both("competence", "kompetanse"),
    "routines": Both("routines", "rutiner"),
    "indicators": Both("indicators", "indikatorer"),
    "cross_sector": Both("cross-sector", "på tvers"),
    "network": Both("network", "nettverk"),
    "arena": Both("arena", "arena"),
}
BOUNDS = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95)  # upper ends of all classes but the last


def draw(results: Results) -> Drawing | None:
    """The drawing, from the columns `…_share` of the nation table."""
    cubes = [quantiles(results.cube(f"{e}_share")) for e in ELEMENTS]
    panels = []
    for d, design in enumerate(results.designs):
        figure, axes = panel(400, 258, (96, 78, 4, 26))
        year_axis(axes, results.first, results.last + 1, frame(axes)[0])
        for row, (low, middle, high) in enumerate(cubes):
            _strip(axes, row, results, middle[d])
            _ends(axes, row, low[d, -1], middle[d, -1], high[d, -1])
        axes.set_ylim(len(ELEMENTS) - 0.45, -0.55)
        axes.set_yticks(range(len(ELEMENTS)), [NAMES[e].seamed() for e in ELEMENTS])
        panels.append(Panel(figure, results.title(design), look(d)))
    header = (Both("Element", "Element"), *(short(results, d, 60) for d in results.designs))
    rows = tuple(
        (NAMES[e], *(spread(low[d, -1], middle[d, -1], high[d, -1], 0, 100) for d in range(len(results.designs))))
        for e, (low, middle, high) in zip(ELEMENTS, cubes, strict=True)
    )
    return Drawing(
        "elements",
        Both("Which elements municipalities have", "Hvilke elementer kommunene har"),
        Both(
            "Share of municipalities with the element at any stage, %",
            "Andel kommuner som har elementet på et hvilket som helst trinn, %",
        ),
        Both(
            "Strip: median of the runs, in seven classes. Figures on the right: {y}, median and 5–95 % interval. n "
            "= {n}.",
            "Stripe: median av kjøringene, i sju klasser. Tall til høyre: {y}, median og 5–95 %-intervall. n = {n}.",
        ).fill(y=str(results.last), n=run_count(results)),
        Both(
            "Strips of eleven elements for each design; the figures are in the table.",
            "Striper for elleve elementer for hver utforming; tallene står i tabellen.",
        ),
        tuple(panels),
        header,
        rows,
        columns=3,
        legend=_legend(),
    )


def _strip(axes: Axes, row: int, results: Results, shares: Floats) -> None:
    """Rectangles of one class each; years of the same class in a row are one rectangle."""
    classes = np.digitize(np.nan_to_num(shares), BOUNDS)
    starts = np.flatnonzero(np.r_[True, classes[1:] != classes[:-1]])
    for a, b in zip(starts, np.r_[starts[1:], len(classes)], strict=True):
        axes.barh(row, b - a, left=results.years[a], height=0.8, color=LIGHT[f"scale-{classes[a]}"], linewidth=0)


def _ends(axes: Axes, row: int, low: float, middle: float, high: float) -> None:
    both = Both("{l}–{h}", "{l}–{h}").fill(l=number(low * 100, 0), h=number(high * 100, 0))
    where: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center_baseline"}
    axes.text(1.115, row, number(middle * 100, 0).seamed(), ha="right", fontweight="bold", color=LIGHT["ink"], **where)
    axes.text(1.34, row, both.seamed(), ha="right", color=LIGHT["muted"], fontsize=10, **where)


def _legend() -> tuple[tuple[str, Both], ...]:
    ends = (0, *(round(100 * b) for b in BOUNDS), 100)
    return tuple((f"scale-{i}", same(f"{ends[i]}–{ends[i + 1]} %")) for i in range(len(ends) - 1))
