"""How far solutions are taken up: the mean uptake of each kind of solution."""

from typing import Any, Final

from agents.vocabulary import KINDS
from viz.app import lines
from viz.app.answers import Ensemble
from viz.app.texts import Voice
from viz.app.yardsticks import of_kind

TOKENS: Final = {
    "efficiency": "design-0",
    "substitution": "design-1",
    "sharing": "design-4",
    "circular": "design-2",
    "prevention": "design-5",
}


def adoption(ensemble: Ensemble, voice: Voice) -> dict[str, Any]:
    """One curve a kind, %."""
    curves = [
        lines.Curve(voice(f"adoption.{k}"), 100 * ensemble.uptake(of_kind(k)), TOKENS[k]) for k in KINDS if of_kind(k)
    ]
    return lines.framed(
        {
            "title": voice("adoption.title"),
            "about": voice("adoption.about", runs=lines.runs_said(voice, len(ensemble.runs))),
            "option": lines.option(ensemble.years, curves, digits=0, top=100),
            "table": lines.table(ensemble.years, curves, voice, digits=1),
            "answer": ensemble.answer,
        },
        voice,
    )
