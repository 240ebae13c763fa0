"""Two designs against each other: both curves on one axis, their difference by year, and what they cost."""

import math
from typing import Any, Final

import numpy as np

from experiments.statistics import quantiles
from viz.app import lines
from viz.app.answers import Floats
from viz.app.contrast import Contrast, Measure, gap_of
from viz.app.texts import Voice
from viz.words import number

FIRST, SECOND = "design-1", "accent"  # colours of the two, everywhere on the page
# Purposes of the table `flow`: what the public pays for in the end, and whose money it is before that.
SPENT: Final = ("climate officers", "measures", "regional staff", "price support")
FUNDED: Final = ("tax to the state", "tax to the county", "own climate money")


def both(pair: Contrast, measure: Measure, voice: Voice) -> dict[str, Any]:
    """Both designs on one axis: A dashed, B solid, each with its ribbon."""
    one, other = (measure.values(e) for e in (pair.first, pair.second))
    curves = [lines.Curve("A", one, FIRST, is_dashed=True), lines.Curve("B", other, SECOND)]
    option = lines.option(pair.years, curves, digits=lines.fitting(np.concatenate((one, other))))
    option["grid"]["right"] = 30
    return lines.framed(
        {
            "title": voice(f"measure.{measure.name}"),
            "about": f"{voice(f'unit.{measure.unit}')} · {lines.runs_said(voice, pair.pairs)}",
            "option": option,
            "table": lines.table(pair.years, curves, voice, digits=measure.digits + 1),
            "answer": pair.answer,
        },
        voice,
    )


def gap(pair: Contrast, measure: Measure, voice: Voice) -> dict[str, Any]:
    """B less A by year: the mean with its 95 % interval, and behind it where 90 % of the worlds lie."""
    gaps = pair.gaps(measure)
    found = [gap_of(year) for year in gaps.T]
    mean, low, high = (lines.rounded(np.array([getattr(g, end) for g in found])) for end in ("mean", "low", "high"))
    worlds = quantiles(gaps)
    series = [] if pair.pairs == 1 else [*_ribbon(worlds[0], worlds[2], "worlds", 0.14)]
    series += [] if pair.pairs == 1 else [*_ribbon(np.array(low), np.array(high), "mean", 0.34)]
    series.append(_line(mean, voice("compare.less")))
    option: dict[str, Any] = {
        "grid": {"left": 48, "right": 54, "top": 12, "bottom": 24},
        "xAxis": lines.year_axis(pair.years),
        "yAxis": _signed_axis(worlds, measure),
        "tooltip": {"trigger": "axis", **lines.tip()},
        "series": series,
    }
    head = [voice("chart.year"), voice("compare.mean")]
    columns = [mean]
    if pair.pairs > 1:
        head += [voice("compare.low"), voice("compare.high")]
        columns += [low, high]
    rows = [[str(y), *row] for y, *row in zip(pair.years, *columns, strict=True)]
    return lines.framed(
        {
            "title": voice("compare.gap", measure=voice(f"measure.{measure.name}").lower()),
            "about": voice("compare.gap_about", n=pair.pairs),
            "option": option,
            "table": {"head": head, "rows": rows, "digits": measure.digits + 1},
            "answer": pair.answer,
        },
        voice,
    )


def _signed_axis(worlds: Floats, measure: Measure) -> dict[str, Any]:
    """An axis around nought, never narrower than twice what matters."""
    least, most = float(worlds.min()), float(worlds.max())
    room = {"min": min(least, -measure.smallest), "max": max(most, measure.smallest)}
    bounds = {end: float(f"{1.05 * value:.3g}") for end, value in room.items()}
    step = (bounds["max"] - bounds["min"]) / 4
    digits = max(0, math.ceil(-math.log10(step)))
    axis = lines.value_axis(digits) | bounds
    axis["axisLabel"] |= {"formatter": f"+{digits}", "showMinLabel": False, "showMaxLabel": False}
    return axis


def _ribbon(low: Floats, high: Floats, name: str, opacity: float) -> list[dict[str, Any]]:
    """An area from `low` to `high`, which may lie on either side of nought."""
    unseen = {"type": "line", "symbol": "none", "lineStyle": {"opacity": 0}, "silent": True, "stack": name}
    unseen |= {"stackStrategy": "all"}
    shade = {"areaStyle": {"color": f"@{SECOND}", "opacity": opacity}}
    return [unseen | {"data": lines.rounded(low)}, unseen | {"data": lines.rounded(high - low)} | shade]


def _line(values: list[float], name: str) -> dict[str, Any]:
    nought = {"silent": True, "symbol": "none", "data": [{"yAxis": 0}], "label": {"show": False}}
    return {
        "type": "line",
        "name": name,
        "data": values,
        "symbol": "none",
        "z": 3,
        "lineStyle": {"color": f"@{SECOND}", "width": 2.4},
        "itemStyle": {"color": f"@{SECOND}"},
        "endLabel": {"show": True, "formatter": "+1", "color": f"@{SECOND}", "fontSize": 13, "fontWeight": 700},
        "markLine": nought | {"lineStyle": {"color": "@ink", "type": "solid", "width": 1}},
    }


def costs(pair: Contrast, voice: Voice) -> dict[str, Any]:
    """What climate work costs the public: what it is spent on and whose money it is; A and B, NOK per head and year."""
    rows = [(group, p, pair.money(p)) for group, ps in (("spent", SPENT), ("funded", FUNDED)) for p in ps]
    rows = [row for row in rows if max(row[2][0].max(), row[2][1].max()) > 0.5]
    names = [voice(f"purpose.{purpose.replace(' ', '_')}") for _, purpose, _ in rows]
    bars = [
        _bar(letter, [float(np.median(money[nth])) for *_, money in rows], token, voice)
        for nth, (letter, token) in enumerate((("A", FIRST), ("B", SECOND)))
    ]
    option: dict[str, Any] = {
        "grid": {"left": 12 + round(6.4 * max(map(len, names), default=4)), "right": 44, "top": 4, "bottom": 8},
        "xAxis": {"type": "value", "show": False},
        "yAxis": {
            "type": "category",
            "data": names,
            "inverse": True,
            "axisLine": {"show": False},
            "axisTick": {"show": False},
            "axisLabel": {"color": "@ink", "fontSize": 12},
        },
        "tooltip": {"trigger": "item", **lines.tip()},
        "series": bars,
    }
    told = [[name, *_told(money)] for name, (*_, money) in zip(names, rows, strict=True)] or [["–", *[0.0] * 6]]
    ends = [voice(f"chart.{end}") for end in ("low", "high")]
    head = [voice("compare.purpose"), *(f"{x}{tail}" for x in "AB" for tail in ("", *(f", {end}" for end in ends)))]
    return lines.framed(
        {
            "title": voice("compare.costs"),
            "about": voice("compare.costs_about", runs=lines.runs_said(voice, pair.pairs)),
            "note": voice("compare.costs_note"),
            "option": option,
            "table": {"head": head, "rows": told, "digits": 0},
            "answer": pair.answer,
        },
        voice,
    )


def _told(money: tuple[Floats, Floats]) -> list[float]:
    """Median, 5th and 95th percentile of A, then of B."""
    return [float(f"{q:.4g}") for values in money for q in quantiles(values)[[1, 0, 2]]]


def _bar(name: str, values: list[float], token: str, voice: Voice) -> dict[str, Any]:
    told = [(v, f"{name} {voice.say(number(v, 0))}") for v in values]
    return {
        "type": "bar",
        "name": name,
        "data": [{"value": float(f"{v:.4g}"), "label": {"formatter": text}} for v, text in told],
        "barCategoryGap": "32%",
        "barGap": "8%",
        "itemStyle": {"color": f"@{token}", "borderRadius": 3},
        "label": {"show": True, "position": "right", "color": "@ink", "fontSize": 12},
    }
