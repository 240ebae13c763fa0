"""How firmly climate work is built in: institutionalisation, attention, and form without practice."""

from typing import Any, Final

from viz.app import lines
from viz.app.answers import Ensemble
from viz.app.texts import Voice

SHOWN: Final = {"institutionalisation": "accent", "agenda": "design-1", "decoupling": "design-3"}


def institutions(ensemble: Ensemble, voice: Voice) -> dict[str, Any]:
    """Three curves, means of the municipalities, 0-100."""
    curves = [lines.Curve(voice(f"institutions.{c}"), 100 * ensemble.cube(c), token) for c, token in SHOWN.items()]
    return lines.framed(
        {
            "title": voice("institutions.title"),
            "about": voice("institutions.about", runs=lines.runs_said(voice, len(ensemble.runs))),
            "option": lines.option(ensemble.years, curves, digits=0, top=100),
            "table": lines.table(ensemble.years, curves, voice, digits=1),
            "answer": ensemble.answer,
        },
        voice,
    )
