"""Who gains and who loses: the difference by municipality, and by small and large, south and north."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from viz.app import grounds, lines
from viz.app.answers import Floats
from viz.app.contrast import MEASURES, Contrast, gap_of
from viz.app.texts import Voice

# Upper bound in inhabitants of small and of middle-sized municipalities.
SIZES: Final = (("small", 0.0, 5000.0), ("middle", 5000.0, 20_000.0), ("large", 20_000.0, np.inf))
# Column of `Run.towns`, scale and digits, by what it is called in texts.toml.
COLUMNS: Final = {
    "territorial": ("territorial_per_inhabitant", 1.0, 1),
    "footprint": ("footprint_per_inhabitant", 1.0, 1),
    "institutions": ("institutionalisation", 100.0, 0),
    "money": ("money", 1.0, 0),
}
UNITS: Final = {m.name: m.unit for m in MEASURES}
_LOOKS: Final = {"north": ("diamond", "design-5"), "south": ("circle", "accent")}


def by_town(pair: Contrast, name: str) -> Floats:
    """The second less the first by pair and municipality (R, M), in the unit of the measure `name`."""
    column, scale, _ = COLUMNS[name]
    if column == "money":
        people = pair.ends("population")
        sums = [
            np.sum([pair.ends(c)[nth] for c in ("project_money", "permanent_money", "own_money")], 0) for nth in (0, 1)
        ]
        return sums[1] / people[1] - sums[0] / people[0]
    one, other = pair.ends(column)
    return scale * (other - one)


def groups(place: str) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Name (texts.toml, table `group`) and members (M,) of each group that a place has and that is not all of it."""
    towns = grounds.load(place)
    people = towns.population[0]
    found = [(name, (people >= low) & (people < high)) for name, low, high in SIZES]
    found += [("north", towns.is_north), ("south", ~towns.is_north)]
    yield "all", np.ones(len(people), dtype=bool)
    for name, members in found:
        if members.any() and not members.all():
            yield name, members


def by_group(pair: Contrast, place: str, name: str, voice: Voice) -> dict[str, Any]:
    """What the drawing `groups` shows: the mean municipality's difference in each group, over pairs of worlds."""
    gaps, digits = by_town(pair, name), COLUMNS[name][2]
    rows = []
    for group, members in groups(place):
        found = gap_of(gaps[:, members].mean(axis=1))
        ends = {end: lines.known(getattr(found, end)) for end in ("mean", "low", "high")}
        rows.append({"title": voice(f"group.{group}"), "count": int(members.sum()), **ends})
    heads = ("group", "count", "gap_head")
    return {
        "title": voice("compare.groups", measure=voice(f"measure.{name}").lower()),
        "about": voice("compare.groups_about", unit=voice(f"unit.{UNITS[name]}"), n=pair.pairs),
        "note": voice("compare.groups_note"),
        "heads": [voice(f"compare.{head}") for head in heads],
        "rows": rows,
        "to": voice("compare.to"),
        "digits": digits + 1,
        "answer": pair.answer,
    }


def towns(pair: Contrast, place: str, name: str, voice: Voice) -> dict[str, Any]:
    """A dot a municipality: inhabitants across (logarithmic), mean difference up; north and south differ in shape."""
    where, digits = grounds.load(place), COLUMNS[name][2]
    people, gaps = where.population[0], by_town(pair, name).mean(axis=0)
    kinds = [("south", ~where.is_north), ("north", where.is_north)]
    series = [
        _dots(
            voice(f"group.{kind}"),
            [(where.names[i], people[i], gaps[i]) for i in np.flatnonzero(members)],
            _LOOKS[kind],
        )
        for kind, members in kinds
        if members.any()
    ]
    option = _plot(people, series, digits)
    order = np.argsort(gaps)
    rows = [[where.names[i], float(f"{people[i]:.6g}"), float(f"{gaps[i]:.4g}")] for i in order]
    unit = voice(f"unit.{UNITS[name]}")
    head = [voice("compare.municipality"), voice("compare.inhabitants"), voice("compare.less")]
    several = len(series) > 1
    return lines.framed(
        {
            "title": voice("compare.towns", measure=voice(f"measure.{name}").lower()),
            "about": voice("compare.towns_about_both" if several else "compare.towns_about", unit=unit, n=pair.pairs),
            "option": option,
            "table": {"head": head, "rows": rows, "digits": [0, digits + 1]},
            "answer": pair.answer,
            "size": "wide",
        },
        voice,
    )


def _plot(people: Floats, series: list[dict[str, Any]], digits: int) -> dict[str, Any]:
    """The plot of some dots over inhabitants (M,)."""
    return {
        "grid": {"left": 48, "right": 16, "top": 12, "bottom": 24},
        "xAxis": {
            "type": "log",
            "min": _below(people.min()),
            "max": _above(people.max()),
            **_axis("#0"),
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "value",
            "scale": True,
            "splitNumber": 4,
            **_axis(f"+{digits}"),
            "splitLine": {"lineStyle": {"color": "@grid"}},
        },
        "tooltip": {"trigger": "item", **lines.tip()},
        "series": series,
    }


def _dots(name: str, found: list[tuple[str, float, float]], look: tuple[str, str]) -> dict[str, Any]:
    symbol, token = look
    nought = {"silent": True, "symbol": "none", "data": [{"yAxis": 0}], "label": {"show": False}}
    return {
        "type": "scatter",
        "name": name,
        "symbol": symbol,
        "symbolSize": 9 if len(found) < 60 else 6,
        "data": [{"name": town, "value": [float(p), float(f"{gap:.4g}")]} for town, p, gap in found],
        "itemStyle": {"color": f"@{token}", "opacity": 0.72},
        "markLine": nought | {"lineStyle": {"color": "@ink", "type": "solid", "width": 1}},
    }


def _axis(formatter: str) -> dict[str, Any]:
    return {
        "axisLine": {"lineStyle": {"color": "@axis"}},
        "axisTick": {"show": False},
        "axisLabel": {"color": "@muted", "fontSize": 12, "formatter": formatter, "hideOverlap": True},
    }


def _below(people: float) -> float:
    return float(10 ** np.floor(np.log10(people)))


def _above(people: float) -> float:
    return float(10 ** np.ceil(np.log10(people)))
