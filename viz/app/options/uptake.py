"""Single solutions: where two designs differ most in what is in use."""

from typing import Any, Final

import numpy as np

from model.solutions import load_catalogue
from viz.app import lines
from viz.app.contrast import Contrast
from viz.app.texts import Voice

SHOWN: Final = 8  # solutions in the figure; its table has all
TOKENS: Final = (("A", "design-1", "diamond"), ("B", "accent", "circle"))


def names(language: str) -> dict[str, str]:
    """What each solution is called, by its id."""
    return {s.id: str(getattr(s.names, language)) for s in load_catalogue().solutions}


def largest(pair: Contrast, voice: Voice) -> dict[str, Any]:
    """Solutions whose uptake in the last year differs most: A and B joined by a line, medians; the table has all."""
    ids, called = pair.first.runs[0].solutions, names(voice.language)
    ends = [100 * np.stack([run.uptake[:, -1] for run in e.runs]) for e in (pair.first, pair.second)]  # (R, S)
    middle = [np.median(end, axis=0) for end in ends]
    gaps = (ends[1] - ends[0]).mean(axis=0)
    order = np.argsort(-np.abs(gaps), kind="stable")
    shown = [int(s) for s in order[:SHOWN]]
    titles = [called[ids[s]] for s in shown]
    bars = [[nth, float(f"{m[s]:.4g}")] for m in middle for nth, s in enumerate(shown)]
    option: dict[str, Any] = {
        "grid": {"left": 12 + round(6.2 * min(26, max(map(len, titles)))), "right": 20, "top": 4, "bottom": 24},
        "xAxis": lines.value_axis(0, 100),
        "yAxis": _names(titles),
        "tooltip": {"trigger": "item", **lines.tip()},
        "series": [_joins(middle, shown), *(_ends(bars[n * len(shown) :][: len(shown)], titles, n) for n in (0, 1))],
    }
    rows = [[called[ids[s]], *(float(f"{x[s]:.4g}") for x in (*middle, gaps))] for s in order]
    about = voice("compare.uptake_about", year=pair.years[-1], runs=lines.runs_said(voice, pair.pairs))
    return lines.framed(
        {
            "title": voice("compare.uptake"),
            "about": about,
            "option": option,
            "table": {"head": [voice("compare.solution"), "A", "B", voice("compare.mean")], "rows": rows, "digits": 1},
            "answer": pair.answer,
        },
        voice,
    )


def _names(titles: list[str]) -> dict[str, Any]:
    return {
        "type": "category",
        "data": titles,
        "inverse": True,
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"color": "@ink", "fontSize": 12, "width": 164, "overflow": "truncate"},
    }


def _joins(middle: list[Any], shown: list[int]) -> dict[str, Any]:
    """A line from A to B for each solution, as the mark lines of an empty series."""
    pairs = [[{"coord": [float(m[s]), nth]} for m in middle] for nth, s in enumerate(shown)]
    return {
        "type": "scatter",
        "data": [],
        "silent": True,
        "markLine": {
            "silent": True,
            "symbol": "none",
            "data": pairs,
            "label": {"show": False},
            "lineStyle": {"color": "@axis", "type": "solid", "width": 2},
        },
    }


def _ends(found: list[list[float]], titles: list[str], nth: int) -> dict[str, Any]:
    name, token, symbol = TOKENS[nth]
    return {
        "type": "scatter",
        "name": name,
        "symbol": symbol,
        "symbolSize": 11,
        "z": 3,
        "data": [{"name": titles[int(row)], "value": [value, row]} for row, value in found],
        "itemStyle": {"color": f"@{token}", "opacity": 1},
    }
