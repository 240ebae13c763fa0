"""Which institutional elements municipalities have, year by year, as strips."""

from typing import Any, Final

import numpy as np

from agents.vocabulary import ELEMENTS
from viz.app import lines
from viz.app.answers import Ensemble
from viz.app.texts import Voice
from viz.palette import CLASSES

_BARE: Final = {
    "axisLine": {"show": False},
    "axisTick": {"show": False},
    "axisLabel": {"color": "@ink", "fontSize": 12},
}


def elements(ensemble: Ensemble, voice: Voice) -> dict[str, Any]:
    """Eleven strips, % of municipalities, medians; darker is more, and the last year is written at the end."""
    names = [voice(f"elements.{e}") for e in ELEMENTS]
    shares = [100 * np.median(ensemble.cube(f"{e}_share"), axis=0) for e in ELEMENTS]
    years = [str(y) for y in ensemble.years]
    cells = [_cell(x, y, v, x == len(years) - 1) for y, s in enumerate(reversed(shares)) for x, v in enumerate(s)]
    option: dict[str, Any] = {
        "grid": {"left": 9 * max(map(len, names)), "right": 30, "top": 4, "bottom": 24},
        "xAxis": lines.year_axis(ensemble.years) | {"boundaryGap": True},
        "yAxis": {"type": "category", "data": names[::-1], **_BARE},
        "tooltip": {"trigger": "item", **lines.tip()},
        "visualMap": {
            "show": False,
            "min": 0,
            "max": 100,
            "inRange": {"color": [f"@scale-{i}" for i in range(CLASSES)]},
        },
        "series": [
            {
                "type": "heatmap",
                "data": cells,
                "itemStyle": {"borderColor": "@paper", "borderWidth": 1},
                "silent": False,
            }
        ],
    }
    rows = [[year, *(float(f"{s[x]:.4g}") for s in shares)] for x, year in enumerate(years)]
    return lines.framed(
        {
            "title": voice("elements.title"),
            "about": voice("elements.about", runs=lines.runs_said(voice, len(ensemble.runs))),
            "option": option,
            "table": {"head": [voice("chart.year"), *names], "rows": rows, "digits": 0},
            "answer": ensemble.answer,
        },
        voice,
    )


def _cell(x: int, y: int, value: float, is_last: bool) -> dict[str, Any]:
    """One year of one strip; the last is written out."""
    label = {"show": True, "position": "right", "formatter": "#0", "color": "@ink"}
    return {"value": [x, y, float(f"{value:.4g}")], **({"label": label} if is_last else {})}
