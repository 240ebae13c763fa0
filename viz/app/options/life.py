"""The figures of one municipality in one run: its course, its people, its money, its elements, and its events."""

from typing import Any, Final

import numpy as np

from agents.vocabulary import ELEMENTS, STAGES
from viz.app import lines
from viz.app.life import GROUPS, Life
from viz.app.texts import Voice

SOURCES: Final = {"own": "design-0", "project": "design-1", "permanent": "design-4"}  # of money, and their colours


def course(life: Life, voice: Voice) -> dict[str, Any]:
    """How firmly climate work is built in, against the mean of the place, and the attention it gets."""
    curves = [
        lines.Curve(life.name, 100 * life.columns["institutionalisation"][None], "accent"),
        lines.Curve(voice("why.mean"), 100 * life.others[None], "design-0", is_dashed=True),
        lines.Curve(voice("why.agenda"), 100 * life.columns["agenda"][None], "design-2"),
    ]
    return _figure(life, curves, voice, name="course", digits=0)


def people(life: Life, voice: Voice) -> dict[str, Any]:
    """Champions by year, as steps."""
    curves = [lines.Curve(voice("why.champions"), life.columns["champions"][None], "design-3")]
    spec = _figure(life, curves, voice, name="people", digits=0)
    spec["option"]["series"][-1]["step"] = "middle"
    spec["option"]["yAxis"] |= {"max": 3, "interval": 1}
    return spec


def money(life: Life, voice: Voice) -> dict[str, Any]:
    """NOK per inhabitant by source, stacked."""
    heads = life.columns["population"]
    curves = [
        lines.Curve(voice(f"why.{source}"), (life.columns[f"{source}_money"] / heads)[None], token)
        for source, token in SOURCES.items()
    ]
    spec = _figure(life, curves, voice, name="money", digits=0)
    spec["option"]["series"] = [_bars(curve) for curve in curves]
    spec["option"]["xAxis"] |= {"boundaryGap": True}
    spec["option"]["grid"]["right"] = 12
    spec["option"]["legend"] = {"top": 0, "right": 0, "itemWidth": 12, "itemHeight": 12, "textStyle": {"color": "@ink"}}
    spec["option"]["grid"]["top"] = 28
    return spec


def _bars(curve: lines.Curve) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": curve.name,
        "stack": "money",
        "data": lines.rounded(curve.values[0]),
        "itemStyle": {"color": f"@{curve.token}"},
        "barCategoryGap": "25%",
    }


def _figure(life: Life, curves: list[lines.Curve], voice: Voice, *, name: str, digits: int) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "title": voice(f"why.{name}"),
        "about": voice(f"why.{name}_about"),
        "option": lines.option(life.years, curves, digits=digits),
        "table": lines.table(life.years, curves, voice, digits=1),
        "answer": f"{life.number}-{life.seed}-{name}",
    }
    spec["option"]["grid"]["right"] = 16 + 8 * max(len(curve.name) for curve in curves)
    return lines.framed(spec, voice)


def grid(life: Life, voice: Voice) -> dict[str, Any]:
    """Every element by year: its stage, and how far it is lived."""
    rows = [
        {"title": voice(f"elements.{name}"), "stage": stage.tolist(), "practice": np.round(practice, 2).tolist()}
        for name, stage, practice in zip(ELEMENTS, life.stage, life.practice, strict=True)
    ]
    return {
        "title": voice("why.elements"),
        "about": voice("why.elements_about"),
        "years": list(life.years),
        "rows": rows,
        "stages": [voice(f"why.stage_{name}") for name in STAGES],
        "words": {"what": voice("why.elements"), "practice": voice("why.practice", p="{p}")},
    }


def feed(life: Life, voice: Voice) -> dict[str, Any]:
    """What happened, with the chain of causes behind each event."""
    events = [
        {
            "year": event.year,
            "group": event.group,
            "says": voice.say(event.says),
            "steps": [[depth, voice.say(text)] for depth, text in event.steps],
        }
        for event in life.events
    ]
    return {
        "title": voice("why.events"),
        "about": voice("why.events_about", n=len(events)),
        "groups": [[name, voice(f"group.{name}")] for name in GROUPS],
        "events": events,
        "key": f"{life.number}-{life.seed}-{voice.language}-{len(events)}-{hash(life.events)}",
        "words": {name: voice(f"why.{name}") for name in ("all", "chain", "nothing")},
    }
