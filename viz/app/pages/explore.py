"""Explore: choose a place and a design, move levers, and see the whole trajectory at once."""

from typing import Any

import solara

from viz.app.controls import Controls, Status
from viz.app.laboratory import Laboratory
from viz.app.options import accounts, adoption, elements, headlines, institutions
from viz.app.options import levels as by_level
from viz.app.widgets import drawn

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
    if lab.answer is None:
        solara.v.Html(tag="div", class_="waiting", attributes={"aria-hidden": "true"})
        return
    ensemble = lab.answer.ensembles[0]
    with solara.v.Html(tag="div"):
        drawn("cards", headlines.headlines(ensemble, lab.voice))
        with solara.v.Html(tag="div", class_="figures"):
            for figure in FIGURES:
                if figure is adoption.adoption:
                    spec = figure(ensemble, lab.voice, solution=lab.question.solution)
                    drawn("chart", spec, lambda said: lab.change(solution=said.get("solution", "")))
                else:
                    drawn("chart", figure(ensemble, lab.voice))
