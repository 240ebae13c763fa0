"""Both accounts per inhabitant: the territorial one against the goal and half of the first year, and the footprint."""

from typing import Any

import numpy as np

from viz.app import lines
from viz.app.answers import Ensemble
from viz.app.texts import Voice
from viz.app.yardsticks import GOAL


def territorial(ensemble: Ensemble, voice: Voice) -> dict[str, Any]:
    """Emissions inside the borders, with the goal of 1-2 t as a band and half of the first year as a line."""
    spec = _account(ensemble, voice, "territorial", "accent")
    first = float(np.median(ensemble.cube("territorial_per_inhabitant")[:, 0]))
    spec["option"]["series"][-1]["markLine"] = {
        "silent": True,
        "symbol": "none",
        "data": [{"yAxis": float(f"{first / 2:.5g}")}],
        "lineStyle": {"color": "@goal", "type": "dashed", "width": 1.4},
        "label": {**_quiet(voice("chart.half")), "position": "insideStartTop"},
    }
    return spec


def footprint(ensemble: Ensemble, voice: Voice) -> dict[str, Any]:
    """The footprint of residents' consumption."""
    return _account(ensemble, voice, "footprint", "design-2")


def _account(ensemble: Ensemble, voice: Voice, name: str, token: str) -> dict[str, Any]:
    values = ensemble.cube(f"{name}_per_inhabitant")
    curve = lines.Curve("", values, token)
    option = lines.option(ensemble.years, [curve], digits=0)
    option["series"][-1] |= {
        "endLabel": {"show": True, "formatter": "#1", "color": f"@{token}", "fontSize": 13, "fontWeight": 700},
        "markArea": {
            "silent": True,
            "data": [[{"yAxis": GOAL[0]}, {"yAxis": GOAL[1]}]],
            "itemStyle": {"color": "@band"},
            "label": {**_quiet(voice("chart.goal_band")), "position": "insideLeft"},
        },
    }
    option["grid"]["right"] = 40
    told = lines.Curve(voice("unit.tonnes"), values, token)
    return lines.framed(
        {
            "title": voice(f"{name}.title"),
            "about": voice(f"{name}.about", runs=lines.runs_said(voice, len(values))),
            "option": option,
            "table": lines.table(ensemble.years, [told], voice, digits=2),
            "answer": ensemble.answer,
        },
        voice,
    )


def _quiet(text: str) -> dict[str, Any]:
    return {"show": True, "formatter": text, "color": "@goal", "fontSize": 12, "fontWeight": 600}
