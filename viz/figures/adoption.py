"""Uptake of sharing and circular solutions over the years: which spread, and which are given up again."""

from typing import Any

import numpy as np

from viz.canvas import Drawing, Panel
from viz.curves import MEANING, SMALL, curves, run_count, short, spread
from viz.results import Floats, Results, quantiles, readable
from viz.words import Both, pair, same

MOST = 9
_KINDS = ("sharing", "circular")


def interesting(results: Results) -> tuple[str, ...]:
    """Up to nine, sharing and circular first: where designs differ most or uptake falls most after its peak."""
    return tuple(name for _, _, name in sorted(_score(results, name) for name in results.solutions)[:MOST])


def _score(results: Results, name: str) -> tuple[bool, float, str]:
    middle = quantiles(results.uptake(name))[1]
    differ = float(np.nanmax(middle[:, -1]) - np.nanmin(middle[:, -1]))
    fall = float(np.nanmax(np.nanmax(middle, axis=1) - middle[:, -1]))
    return kind(results, name) not in _KINDS, -round(differ + fall, 9), name


def kind(results: Results, name: str) -> str:
    """The kind of a solution in the catalogue, or nothing where it is not there."""
    entry = _entry(results, name)
    return str(getattr(entry, "kind", ""))


def solution_title(results: Results, name: str) -> Both:
    """A solution's title in the catalogue, or its id in words."""
    entry = _entry(results, name)
    for field in ("names", "title"):
        value: Any = getattr(entry, field, None)
        value = value.model_dump() if hasattr(value, "model_dump") else value
        if value:
            return pair(value, name)
    return readable(name)


def _entry(results: Results, name: str) -> object:
    return next((s for s in getattr(results.catalogue, "solutions", ()) if s.id == name), None)


def draw(results: Results) -> Drawing | None:
    """The drawing, from the uptake table; none when the table is empty."""
    names = interesting(results)
    if not names:
        return None
    cubes = {name: results.uptake(name) for name in names}
    panels = tuple(
        Panel(curves(results, cube, size=SMALL, scale=100, ceiling=0.05)[0], solution_title(results, n))
        for n, cube in cubes.items()
    )
    first, last = str(results.first), str(results.last)
    return Drawing(
        "adoption",
        Both(
            "Sharing and circular solutions: taken up, kept, given up",
            "Dele- og sirkulærløsninger: tatt i bruk, beholdt, oppgitt",
        ),
        Both(
            "Uptake, % of possible users or of full implementation; the vertical scales differ",
            "Bruk, % av mulige brukere eller full gjennomføring; de loddrette skalaene er ulike",
        ),
        MEANING.fill(n=run_count(results)).then(_choice(len(names))),
        Both("Small line charts of {s}.", "Små linjediagrammer for {s}.").fill(
            s=", ".join(solution_title(results, n).en for n in names)
        ),
        panels,
        (
            Both("Solution", "Løsning"),
            Both("Design", "Utforming"),
            same(first),
            Both("peak (year)", "topp (år)"),
            same(last),
        ),
        tuple(row for name, cube in cubes.items() for row in _rows(results, name, cube))[:60],
        columns=3,
        has_key=True,
    )


def _rows(results: Results, name: str, cube: Floats) -> list[tuple[Both, ...]]:
    low, middle, high = quantiles(cube)
    rows: list[tuple[Both, ...]] = []
    for d, design in enumerate(results.designs):
        if np.isnan(middle[d]).all():
            continue
        peak = int(np.nanargmax(middle[d]))
        at_peak = spread(low[d, peak], middle[d, peak], high[d, peak], 1, 100)
        summit = Both("{v}, {y}", "{v}, {y}").fill(v=at_peak, y=str(results.years[peak]))
        ends = (spread(low[d, y], middle[d, y], high[d, y], 1, 100) for y in (0, -1))
        start, end = ends
        rows.append((solution_title(results, name), short(results, design, 60), start, summit, end))
    return rows


def _choice(count: int) -> Both:
    return Both(
        f"Shown: the {count} solutions, sharing and circular ones first, where designs differ most or uptake falls "
        f"most after its peak.",
        f"Vist: de {count} løsningene, dele- og sirkulærløsninger først, der utformingene skiller seg mest eller "
        f"bruken faller mest etter toppen.",
    )
