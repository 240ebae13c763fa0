"""Maps of the municipalities in the last year, one a design, all with one scale."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from viz.canvas import Drawing, Panel, nice, panel
from viz.curves import run_count, short
from viz.palette import CLASSES, LIGHT, look
from viz.projection import rings_of, transverse_mercator
from viz.results import Floats, Results
from viz.words import Both, number, percent

_SIZE = 270.0  # px, longest side of a map
HEADER = (
    Both("Design", "Utforming"),
    *(Both(f"{p} % of municipalities below", f"{p} % av kommunene under") for p in (5, 25, 50, 75, 95)),
    Both("typical 5–95 % width over runs", "typisk 5–95 %-bredde over kjøringer"),
    Both("municipalities", "kommuner"),
)


def draw_reduction(results: Results) -> Drawing | None:
    """Map of the fall in territorial emissions; none where the place's boundaries cannot be read."""
    title = Both("Where emissions fall", "Hvor utslippene faller")
    unit = Both("Fall in territorial emissions {a}–{b}, %", "Nedgang i direkte utslipp {a}–{b}, %")
    return _draw(results, "map_reduction", "reduction_share", title, unit)


def draw_institutions(results: Results) -> Drawing | None:
    """Map of institutionalisation; none where the place's boundaries cannot be read."""
    title = Both("Where climate work takes root", "Hvor klimaarbeidet slår rot")
    unit = Both("Institutionalisation in {b}, 0–100", "Institusjonalisering i {b}, 0–100")
    return _draw(results, "map_institutions", "institutionalisation", title, unit)


def _draw(results: Results, name: str, column: str, title: Both, unit: Both) -> Drawing | None:
    shapes = outlines(results)
    values = last_year(results, column)
    if not shapes or not values:
        return None
    everything = np.concatenate([np.fromiter(v.values(), float) for v in values.values()])
    bounds = class_bounds(everything)
    panels, rows = [], []
    for d, design in enumerate(results.designs):
        found = values.get(design, {})
        figure = _map(shapes, found, bounds)
        width = _typical_spread(results, design, column)
        note = (
            Both("Typical interval ±{w} points", "Typisk intervall ±{w} poeng").fill(w=percent(width / 2))
            if np.isfinite(width)
            else None
        )
        panels.append(Panel(figure, results.title(design), look(d), note))
        cells = np.nanquantile(list(found.values()), (0.05, 0.25, 0.5, 0.75, 0.95)) if found else np.full(5, np.nan)
        rows.append((short(results, design, 60), *(percent(c) for c in cells), percent(width), number(len(found), 0)))
    years = {"a": str(results.first), "b": str(results.last)}
    return Drawing(
        name,
        title,
        unit.fill(**years),
        _caption().fill(n=run_count(results)),
        Both(
            "Maps, one a design, with one scale; the table gives the spread over municipalities.",
            "Kart, ett for hver utforming, med samme skala; tabellen gir spredningen over kommunene.",
        ),
        tuple(panels),
        HEADER,
        tuple(rows),
        columns=max(1, min(3, len(panels))),
        is_row=True,
        legend=_legend(bounds),
    )


def last_year(results: Results, column: str) -> dict[str, dict[str, float]]:
    """Mean over the runs in the last year, by design and municipality number."""
    table = results.tables["municipality"]
    table = table[(table["year"] == results.last) & table[column].notna()]
    return {
        str(d): dict(zip(rows["number"].astype(str), rows[column].astype(float), strict=True))
        for d, rows in table.groupby("design", observed=True)
    }


def class_bounds(values: Floats) -> Floats:
    """Round inner bounds of at most seven classes that hold the middle 96 % of the values.

    >>> [float(b) for b in class_bounds(np.linspace(0.1, 0.8, 50))]
    [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    """
    low, high = np.quantile(values, (0.02, 0.98))
    for count in range(CLASSES, 1, -1):
        ticks = nice(float(low), float(max(high, low + 0.01)), count)
        if len(ticks) - 1 <= CLASSES:
            return ticks[1:-1]
    return np.array([float(np.median(values))])


def outlines(results: Results) -> dict[str, Outline]:
    """Outline of each municipality in px, y upwards, by number; empty where the place could not be read."""
    if results.place is None:
        return {}
    from model.places import boundaries  # reads the boundary file: only when a map is drawn

    return project(boundaries(results.place))


def project(collection: Mapping[str, Any]) -> dict[str, Outline]:
    """Transverse Mercator around the middle of the place, scaled to the map, without points closer than a pixel."""
    rings = [(str(f["properties"]["number"]), ring) for f in collection["features"] for ring in rings_of(f["geometry"])]
    if not rings:
        return {}
    everything = np.concatenate([ring for _, ring in rings])
    centre = float((everything[:, 0].min() + everything[:, 0].max()) / 2)
    plane = transverse_mercator(everything, centre)
    low, size = plane.min(axis=0), np.ptp(plane, axis=0).max()
    shapes: dict[str, list[Outline]] = {}
    for number_, ring in rings:
        points = thinned((transverse_mercator(ring, centre) - low) / size * _SIZE)
        if len(points) >= 4:
            shapes.setdefault(number_, []).append(Outline(points, closed=True))
    return {n: Outline.make_compound_path(*parts) for n, parts in shapes.items()}


def thinned(points: Floats, pixel: float = 0.9) -> Floats:
    """The ring without points that lie within a pixel of the last one kept; it stays closed."""
    kept = [points[0]]
    for point in points[1:-1]:
        if np.abs(point - kept[-1]).max() >= pixel:
            kept.append(point)
    return np.array([*kept, points[0]])


def _map(shapes: Mapping[str, Outline], found: Mapping[str, float], bounds: Floats) -> Figure:
    corners = np.concatenate([s.vertices for s in shapes.values()])
    wide, tall = (float(v) + 8 for v in np.ptp(corners, axis=0))
    figure, axes = panel(wide, tall, (0, 0, 0, 0))
    axes.set_axis_off()
    axes.set_xlim(corners[:, 0].min() - 4, corners[:, 0].min() - 4 + wide)
    axes.set_ylim(corners[:, 1].min() - 4, corners[:, 1].min() - 4 + tall)
    _fill(axes, [s for n, s in shapes.items() if n not in found], "grid")
    for k in range(len(bounds) + 1):
        members = [s for n, s in shapes.items() if n in found and int(np.digitize(found[n], bounds)) == k]
        _fill(axes, members, class_token(k, len(bounds) + 1))
    return figure


def _fill(axes: Axes, members: list[Outline], token: str) -> None:
    if members:
        style = {"facecolor": LIGHT[token], "edgecolor": LIGHT["paper"], "linewidth": 0.35}
        axes.add_patch(PathPatch(Outline.make_compound_path(*members), **style))


def class_token(k: int, count: int) -> str:
    """Colour of class k of `count`, spread over the whole scale."""
    return f"scale-{round(k * (CLASSES - 1) / max(count - 1, 1))}"


def _typical_spread(results: Results, design: str, column: str) -> float:
    """Median over municipalities of the 5-95 % width over runs; NaN where it is not recorded."""
    table = results.tables["municipality_spread"]
    if f"{column}_p05" not in table.columns:
        return float("nan")
    own = table[table["design"] == design]
    return float((own[f"{column}_p95"] - own[f"{column}_p05"]).median())


def _legend(bounds: Floats) -> tuple[tuple[str, Both], ...]:
    marks = [percent(b) for b in bounds]
    words = [Both("below {b}", "under {b}").fill(b=marks[0])]
    words += [Both("{a}–{b}", "{a}–{b}").fill(a=a, b=b) for a, b in pairwise(marks)]
    words.append(Both("{b} and more", "{b} og mer").fill(b=marks[-1]))
    return tuple((class_token(k, len(words)), text) for k, text in enumerate(words))


def _caption() -> Both:
    return Both(
        "Colour: mean of the runs; darker (in dark mode lighter) is more. Below each map: how far single runs lie "
        "from each other in a "
        "typical municipality. A single municipality is far less certain than the whole. n = {n}.",
        "Farge: gjennomsnitt av kjøringene; mørkere (i mørk visning lysere) er mer. Under hvert kart: hvor langt "
        "enkeltkjøringer ligger fra "
        "hverandre i en typisk kommune. En enkelt kommune er langt mer usikker enn helheten. n = {n}.",
    )
