"""How far solutions are taken up: the mean uptake of each kind, or a single solution."""

from typing import Any, Final

from agents.vocabulary import KINDS
from model.solutions import load_catalogue
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


def adoption(ensemble: Ensemble, voice: Voice, *, solution: str = "") -> dict[str, Any]:
    """One curve a kind, %, or one solution where it is asked for; a field to choose stands in the figure."""
    catalogue = {s.id: s for s in load_catalogue().solutions}
    if solution in catalogue:
        curves = [_of(ensemble, catalogue[solution].names, solution, voice)]
    else:
        curves = [
            lines.Curve(voice(f"adoption.{k}"), 100 * ensemble.uptake(of_kind(k)), TOKENS[k])
            for k in KINDS
            if of_kind(k)
        ]
    spec = _framed(ensemble, curves, solution, voice)
    if solution in catalogue:
        spec["option"]["grid"]["right"] = 40
        spec["option"]["series"][-1]["endLabel"] |= {"formatter": "#0", "fontSize": 13}
    return spec


def _of(ensemble: Ensemble, names: Any, solution: str, voice: Voice) -> lines.Curve:
    name = str(getattr(names, voice.language))
    return lines.Curve(name, 100 * ensemble.uptake(frozenset({solution})), "accent")


def _field(solution: str, voice: Voice) -> dict[str, Any]:
    """A field with `by kind` and every solution under its kind."""
    found = load_catalogue().solutions
    groups = [{"title": "", "options": [("", voice("adoption.by_kind"))]}]
    for kind in KINDS:
        options = sorted((str(getattr(s.names, voice.language)), s.id) for s in found if s.kind == kind)
        groups.append({"title": voice(f"adoption.{kind}"), "options": [(name, title) for title, name in options]})
    shown = [group for group in groups if group["options"]]
    return {"name": "solution", "title": voice("adoption.field"), "value": solution, "groups": shown}


def _framed(ensemble: Ensemble, curves: list[lines.Curve], solution: str, voice: Voice) -> dict[str, Any]:
    about = "adoption.about_one" if solution else "adoption.about"
    return lines.framed(
        {
            "title": voice("adoption.title"),
            "about": voice(about, runs=lines.runs_said(voice, len(ensemble.runs))),
            "option": lines.option(ensemble.years, curves, digits=0, top=100),
            "table": lines.table(ensemble.years, curves, voice, digits=1),
            "answer": ensemble.answer,
            "field": _field(solution, voice),
        },
        voice,
    )
