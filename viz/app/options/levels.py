"""What the fall in territorial emissions is made of: national path, population, and the three levels of measures."""

import math
from typing import Any, Final

import numpy as np

from agents.vocabulary import FACTORS
from viz.app import lines
from viz.app.answers import Ensemble
from viz.app.texts import Voice

LEAST: Final = 0.5  # % below which an area is too thin to be named beside it; the table has it
# From below: what municipalities do not steer first, so that the top of the stack is the whole fall.
ORDER: Final = ("population", "national", "I", "II", "III")


def levels(ensemble: Ensemble, voice: Voice) -> dict[str, Any]:
    """Stacked areas, % of the first year's emissions taken off; means, because only they add up."""
    start = ensemble.cube("territorial")[:, :1]
    parts = {f: (-100 * ensemble.cube(f"change_{f}") / start).mean(axis=0) for f in FACTORS}
    lowest = min(0.0, *(np.cumsum([parts[f] for f in ORDER], axis=0).min(axis=1)))
    names = {f: voice(f"levels.{f}") for f in FACTORS}
    option: dict[str, Any] = {
        "grid": {"left": 40, "right": 12 + 7 * max(map(len, names.values())), "top": 12, "bottom": 24},
        "xAxis": lines.year_axis(ensemble.years),
        "yAxis": lines.value_axis(0) | {"min": 10 * math.floor((lowest + 1) / 10)},
        "tooltip": {"trigger": "axis", **lines.tip()},
        "series": [_area(names[f], lines.rounded(parts[f]), f) for f in ORDER],
    }
    total = sum(parts.values())
    rows = zip(ensemble.years, *(lines.rounded(parts[f]) for f in FACTORS), lines.rounded(total), strict=True)
    count = len(ensemble.runs)
    return lines.framed(
        {
            "title": voice("levels.title"),
            "about": voice("levels.one") if count == 1 else voice("levels.about", n=count),
            "option": option,
            "table": {
                "head": [voice("chart.year"), *names.values(), voice("levels.total")],
                "rows": [[str(year), *row] for year, *row in rows],
                "digits": 1,
            },
            "answer": ensemble.answer,
        },
        voice,
    )


def _area(name: str, values: list[float], factor: str) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "data": values,
        "stack": "fall",
        "stackStrategy": "all",
        "symbol": "none",
        "lineStyle": {"color": "@paper", "width": 1},
        "areaStyle": {"color": f"@factor-{factor}", "opacity": 1},
        "endLabel": {
            "show": abs(values[-1]) >= LEAST,
            "formatter": "{a}",
            "color": "@ink",
            "fontSize": 12,
            "minMargin": 7,
        },
        "labelLayout": {"moveOverlap": "shiftY"},
    }
