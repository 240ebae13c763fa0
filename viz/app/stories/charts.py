"""The figures of a story: each look as curves over the years, one for each world, from many runs."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from experiments.evidence.shipped import is_stale, shipped
from viz.app import lines
from viz.app.question import Question
from viz.app.stories.lesson import Tales
from viz.app.stories.measures import MEASURES, POINTS, SHARE
from viz.app.stories.story import Look, Story, both
from viz.app.stories.tale import MOST, Tale
from viz.app.texts import Voice
from viz.words import Both, capital

TOKENS: Final = ("design-0", "design-2", "design-6")  # of the worlds, in their order


def chart(story: Story, look: Look, tales: Tales, voice: Voice) -> dict[str, Any]:
    """The measure of a look by year in the worlds it compares; two measures in one world where it compares these."""
    curves = _curves(story, look, tales, voice)
    years = tales[look.world][0].years
    measure = MEASURES[look.measure]
    count = min(len(runs) for runs in tales.values())
    spec: dict[str, Any] = {
        "title": voice.say(both(look.title)),
        "about": voice.say(capital(_about(look))) + f" ({voice.say(measure.unit)}). " + lines.runs_said(voice, count),
        "option": lines.option(years, curves, digits=0, top=_top(measure.unit, curves)),
        "table": lines.table(years, curves, voice, digits=2),
        "answer": f"{look.id}-{count}-{id(tales)}",
        "size": "third",
    }
    spec["option"]["series"][-1]["markLine"] = _mark(years[look.at])
    return lines.framed(spec, voice)


def _top(unit: Both, curves: Sequence[lines.Curve]) -> float | None:
    """The end of the axis where values cannot pass 100 and come near it."""
    is_near = max(float(curve.values.max()) for curve in curves) > 80.0
    return 100.0 if is_near and unit in (POINTS, SHARE) else None


def _about(look: Look) -> Both:
    name = MEASURES[look.measure].name
    return Both("{a}, and {b}", "{a}, og {b}").fill(a=name, b=MEASURES[look.than].name) if look.than else name


def _curves(story: Story, look: Look, tales: Tales, voice: Voice) -> list[lines.Curve]:
    worlds = [name for name in (look.against, look.world) if name and not (look.than and name == look.against)]
    measures = [name for name in (look.measure, look.than) if name]
    order = [world.id for world in story.worlds]
    made = []
    for nth, measure in enumerate(measures):
        for world in worlds:
            name = voice.say(both(story.world(world).name))
            if len(measures) > 1:
                name = voice.say(capital(MEASURES[measure].short))
            made.append(lines.Curve(name, _values(tales[world], measure), TOKENS[order.index(world)], nth > 0))
    return made


def _values(runs: Sequence[Tale], measure: str) -> Any:
    values = np.stack([tale.series[measure] for tale in runs])
    seen = values[np.isfinite(values).all(axis=1)]
    return seen if len(seen) else np.zeros((1, values.shape[1]))


def _mark(year: int) -> dict[str, Any]:
    """A quiet line at the year that the words are about."""
    return {
        "silent": True,
        "symbol": "none",
        "data": [{"xAxis": str(year)}],
        "lineStyle": {"color": "@axis", "type": "dotted", "width": 1.2},
        "label": {"show": True, "formatter": str(year), "position": "insideEndTop", "color": "@muted", "fontSize": 11},
    }


def citizens_of(where: str) -> int:
    """Citizen agents of a story's run at a place."""
    return min(MOST, Question(place=where).agents)


def evidence(story: Story, voice: Voice) -> str:
    """What the shipped results say of the claim that the story is near; empty where they are of another version."""
    document = shipped("claims")
    if document is None or is_stale(document):
        return ""
    row = next((row for row in document["claims"] if row["id"] == story.claim), None)
    if row is None:
        return ""
    title = voice.say(Both(row["title"], row["title_nb"]))
    return voice("teach.evidence", title=title, verdict=voice(f"verdict.{row['verdict']}"))
