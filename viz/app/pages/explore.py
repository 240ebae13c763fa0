"""Explore: choose a place and a design, move levers, and see the whole trajectory at once."""

from typing import Any

import solara

from viz.app.answers import Ensemble
from viz.app.controls import Controls, Status
from viz.app.laboratory import Laboratory
from viz.app.options import accounts, adoption, elements, headlines, institutions
from viz.app.options import levels as by_level
from viz.app.texts import Voice
from viz.app.widgets import Sealed, board, drawn

FIGURES = (
    accounts.territorial,
    by_level.levels,
    institutions.institutions,
    accounts.footprint,
    adoption.adoption,
    elements.elements,
)


@solara.component
def Explore(lab: Laboratory) -> Any:
    """Controls at the side, headline numbers above, six figures below."""
    with solara.v.Html(tag="div", class_="split"):
        with solara.v.Html(tag="aside", class_="side", attributes={"aria-label": lab.voice("lever.heading")}):
            Controls(lab)
        with solara.v.Html(tag="main", class_="stage", attributes={"id": "main", "tabindex": "-1"}):
            Status(lab)
            Figures(lab)


@solara.component
def Figures(lab: Laboratory) -> Any:
    """The headline numbers and the figures of the answer; what is there stays until something newer is."""
    ensemble, solution = lab.answer.ensembles[0] if lab.answer else None, lab.question.solution
    spec = solara.use_memo(lambda: spec_of(ensemble, lab.voice, solution), [ensemble, lab.voice.language, solution])
    if spec is None:
        solara.v.Html(tag="div", class_="waiting", attributes={"aria-hidden": "true"})
        return
    drawn("board", spec, lambda said: lab.change(solution=said.get("solution", "")))


def spec_of(ensemble: Ensemble | None, voice: Voice, solution: str) -> Sealed | None:
    """The headline numbers and the figures; nothing before there is an answer."""
    if ensemble is None:
        return None
    figures = [
        figure(ensemble, voice, solution=solution) if figure is adoption.adoption else figure(ensemble, voice)
        for figure in FIGURES
    ]
    return board([("cards", headlines.headlines(ensemble, voice)), *(("chart", spec) for spec in figures)])
