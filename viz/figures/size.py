"""Small and large municipalities: institutions and emissions over the years by size of population."""

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes

from viz.canvas import Drawing, Panel, end_labels, panel, ribbon, value_axis, year_axis
from viz.curves import TINY, run_count, short, spread
from viz.palette import LIGHT, look
from viz.results import Floats, Results
from viz.words import Both, same

# Upper bound in inhabitants, name, line style, marker, colour; the classes of EVIDENCE on small municipalities.
CLASSES = (
    (5_000.0, Both("< 5,000", "< 5 000"), (0, (1.2, 1.6)), "o", "goal"),
    (20_000.0, Both("5–20,000", "5–20 000"), (0, (5, 2)), "s", "design-9"),
    (np.inf, Both("> 20,000", "> 20 000"), "solid", "^", "accent"),
)
MEASURES = (
    ("institutionalisation", Both("institutionalisation, 0–100", "institusjonalisering, 0–100")),
    ("reduction_share", Both("fall in emissions, %", "nedgang i utslipp, %")),
)
CAPTION = Both(
    "Line: median municipality; ribbon: the middle half of the municipalities in the class (25–75 %). Each "
    "municipality is the mean of its runs; n = {n}. The median municipality can fall more than the total, on which "
    "heavy industry in a few municipalities weighs.",
    "Linje: mediankommunen; bånd: den midterste halvparten av kommunene i klassen (25–75 %). Hver kommune er "
    "gjennomsnittet av sine kjøringer; n = {n}. Mediankommunen kan falle mer enn totalen, der tung industri i noen få "
    "kommuner veier.",
)


def by_class(results: Results, column: str) -> Iterator[tuple[int, int, Floats, int]]:
    """(design, class, quartiles (3, Y) over the municipalities of the class, how many they are)."""
    table = results.tables["municipality"]
    for d, design in enumerate(results.designs):
        own = table[table["design"] == design]
        wide = own.pivot(index="number", columns="year", values=column)
        people = own[own["year"] == results.first].set_index("number")["population"].reindex(wide.index)
        chosen = np.digitize(people.to_numpy(dtype=float), [c[0] for c in CLASSES[:-1]])
        for k in range(len(CLASSES)):
            values = wide.to_numpy(dtype=float)[chosen == k]
            if len(values):
                yield d, k, np.nanquantile(values, (0.25, 0.5, 0.75), axis=0), len(values)


def draw(results: Results) -> Drawing | None:
    """The drawing, from the municipality table (means over the runs)."""
    panels, rows = [], []
    for column, name in MEASURES:
        found = list(by_class(results, column))
        if not found:
            return None
        top, bottom = max(float(q.max()) for *_, q, _ in found), min(0.0, min(float(q.min()) for *_, q, _ in found))
        for d, design in enumerate(results.designs):
            figure, axes = panel(*TINY, (32, 64, 10, 26))
            value_axis(axes, bottom, max(top, 0.1), scale=100, count=4)
            year_axis(axes, results.first, results.last, TINY[0] - 96)
            own = [(k, q, n) for e, k, q, n in found if e == d]
            _lines(axes, results, own)
            panels.append(Panel(figure, name, look(d)))
            for k, q, n in own:
                cells = (spread(q[0, y], q[1, y], q[2, y], 0, 100) for y in (0, results.at(results.half), -1))
                rows.append((short(results, design, 60), name, CLASSES[k][1], *cells, same(n)))
    return Drawing(
        "size",
        Both("Small and large municipalities", "Små og store kommuner"),
        Both("Municipalities by inhabitants in the first year", "Kommuner etter innbyggertall i det første året"),
        CAPTION.fill(n=run_count(results)),
        Both(
            "Line charts by size of municipality; the figures are in the table.",
            "Linjediagrammer etter kommunestørrelse; tallene står i tabellen.",
        ),
        tuple(panels),
        (
            Both("Design", "Utforming"),
            Both("measure", "mål"),
            Both("inhabitants", "innbyggere"),
            *(same(y) for y in (results.first, results.half, results.last)),
            Both("municipalities", "kommuner"),
        ),
        tuple(rows[:60]),
        columns=max(1, min(5, len(results.designs))),
        is_row=True,
        has_key=True,
    )


def _lines(axes: Axes, results: Results, own: list[tuple[int, Floats, int]]) -> None:
    labels = []
    for k, quartiles, _ in own:
        _, name, dash, marker, token = CLASSES[k]
        colour = LIGHT[token]
        ribbon(axes, results.years, quartiles[0], quartiles[2], colour)
        axes.plot(results.years, quartiles[1], color=colour, linestyle=dash, linewidth=2, zorder=4)
        axes.plot(results.years[-1:], quartiles[1, -1:], marker, color=colour, markersize=5, zorder=5, clip_on=False)
        labels.append((float(quartiles[1, -1]), name, colour))
    end_labels(axes, labels, apart=14)
