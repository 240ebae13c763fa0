"""Curves over the years as chart options: a median, a ribbon from the 5th to the 95th percentile, a name at its end.

Options are plain data for ECharts; "@token" is a colour of `viz.palette` and "#1" a number with one decimal, both read
in the browser. Knows nothing of what the curves mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from experiments import provenance
from experiments.statistics import quantiles
from viz.app.answers import Floats
from viz.app.texts import Voice


@dataclass(frozen=True, eq=False)
class Curve:
    """One quantity: values (R, Y) of every run, its name, its colour, and whether it is drawn dashed."""

    name: str
    values: Floats
    token: str = "accent"
    is_dashed: bool = False

    @cached_property
    def spread(self) -> tuple[list[float], list[float], list[float]]:
        """5th percentile, median and 95th percentile by year."""
        low, middle, high = quantiles(self.values)
        return rounded(low), rounded(middle), rounded(high)


def rounded(values: Floats) -> list[float]:
    """Five significant digits: more than is drawn, and light to send."""
    return [float(f"{v:.5g}") for v in np.asarray(values, dtype=np.float64)]


def fitting(values: Floats) -> int:
    """Decimals that tell the ticks of an axis from nought to the highest value apart."""
    return 0 if float(np.max(values)) > 4.5 else 1


def known(value: float) -> float | None:
    """A number as it is sent: five significant digits, and nothing where there is none."""
    return float(f"{value:.5g}") if np.isfinite(value) else None


def option(years: Sequence[int], curves: Sequence[Curve], *, digits: int, top: float | None = None) -> dict[str, Any]:
    """The chart of some curves; `digits` on the axis, `top` its upper end where it is fixed."""
    longest = max((len(c.name) for c in curves), default=0)
    return {
        "grid": {"left": 40, "right": 14 + round(6.6 * longest), "top": 12, "bottom": 24},
        "xAxis": year_axis(years),
        "yAxis": value_axis(digits, top),
        "tooltip": {"trigger": "axis", **tip()},
        "series": [part for nth, curve in enumerate(curves) for part in _series(curve, nth)],
    }


def year_axis(years: Sequence[int]) -> dict[str, Any]:
    """The years, every fifth named."""
    return {
        "type": "category",
        "data": [str(y) for y in years],
        "boundaryGap": False,
        "axisLine": {"lineStyle": {"color": "@axis"}},
        "axisTick": {"show": False},
        "axisLabel": {"color": "@muted", "interval": 4, "fontSize": 12, "hideOverlap": True, "showMaxLabel": True},
    }


def value_axis(digits: int, top: float | None = None) -> dict[str, Any]:
    """Numbers from nought, with quiet lines."""
    return {
        "type": "value",
        "min": 0,
        **({} if top is None else {"max": top, "interval": top / 4}),
        "splitNumber": 4,
        "axisLabel": {"color": "@muted", "formatter": f"#{digits}", "fontSize": 12},
        "splitLine": {"lineStyle": {"color": "@grid"}},
    }


def tip() -> dict[str, Any]:
    """How what the pointer shows is dressed."""
    return {
        "backgroundColor": "@paper",
        "borderColor": "@rule",
        "textStyle": {"color": "@ink", "fontSize": 12},
        "axisPointer": {"type": "line", "lineStyle": {"color": "@axis"}},
    }


def _series(curve: Curve, nth: int) -> list[dict[str, Any]]:
    """Ribbon (where there is more than one run) and line; the ribbon is two stacked areas, of which one is unseen."""
    low, middle, high = curve.spread
    unseen = {"type": "line", "symbol": "none", "lineStyle": {"opacity": 0}, "silent": True, "stack": f"ribbon-{nth}"}
    wide = [float(f"{h - b:.5g}") for h, b in zip(high, low, strict=True)]
    shade = {"areaStyle": {"color": f"@{curve.token}", "opacity": 0.18}}
    ribbon = [unseen | {"data": low}, unseen | {"data": wide} | shade] if len(curve.values) > 1 else []
    line = {
        "type": "line",
        "name": curve.name,
        "data": middle,
        "symbol": "none",
        "z": 3,
        "lineStyle": {
            "color": f"@{curve.token}",
            "width": 1.6 if curve.is_dashed else 2.4,
            "type": "dashed" if curve.is_dashed else "solid",
        },
        "itemStyle": {"color": f"@{curve.token}"},
        "endLabel": {
            "show": True,
            "formatter": "{a}",
            "color": f"@{curve.token}",
            "fontSize": 12,
            "fontWeight": 600,
            "minMargin": 7,
        },
        "labelLayout": {"moveOverlap": "shiftY"},
    }
    return [*ribbon, line]


def table(years: Sequence[int], curves: Sequence[Curve], voice: Voice, *, digits: int) -> dict[str, Any]:
    """The table behind: the median of each curve by year, with its interval where there is more than one run."""
    head, columns = [voice("chart.year")], []
    for curve in curves:
        low, middle, high = curve.spread
        head.append(curve.name)
        columns.append(middle)
        if len(curve.values) > 1:
            head += [f"{curve.name}, {voice('chart.low')}", f"{curve.name}, {voice('chart.high')}"]
            columns += [low, high]
    return {"head": head, "rows": [[str(y), *row] for y, *row in zip(years, *columns, strict=True)], "digits": digits}


def runs_said(voice: Voice, count: int) -> str:
    """Of how many runs a figure tells."""
    return voice("chart.one_run") if count == 1 else voice("chart.runs", n=count)


def framed(spec: Mapping[str, Any], voice: Voice) -> dict[str, Any]:
    """A spec with the words every figure shows, and what it says to those who cannot see it.

    spec: `title`, `about`, `option`, `table`, `answer`, and where wanted `note`, `size`, `height`.
    """
    rows, head = spec["table"]["rows"], spec["table"]["head"]
    ends = [f"{head[1]} {row[1]}" if len(row) > 1 else "" for row in (rows[0], rows[-1])]
    told = voice(
        "chart.alt", title=spec["title"], first=ends[0], last=ends[1], **{"from": rows[0][0], "to": rows[-1][0]}
    )
    source = voice("chart.source", version=version())
    words = {"table": voice("chart.table"), "save": voice("chart.save"), "source": source}
    return {**spec, "alt": told, "words": words}


@lru_cache(maxsize=1)
def version() -> str:
    """Of this program."""
    return provenance.version()
