"""Explore: choose a place and a design, move levers, and see the whole trajectory at once."""

from typing import Any

import solara

from viz.app import choices, levers
from viz.app.laboratory import Laboratory
from viz.app.options import accounts, adoption, elements, headlines, institutions
from viz.app.options import levels as by_level
from viz.app.widgets import drawn
from viz.words import number

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
def Controls(lab: Laboratory) -> Any:
    """Place, design, levers, and how the runs are made."""
    (typed, unknown), set_typed = solara.use_state(("", ()))

    def choose(said: dict[str, Any]) -> None:
        where = choices.place_chosen(said)
        if where is None:
            lab.change(**{name: said[name] for name in ("design", "citizens", "choice", "seed") if name in said})
            return
        set_typed((str(said.get("towns", "")) if where[1] else "", where[1]))
        if where[0]:
            lab.change(place=where[0])

    def move(said: dict[str, Any]) -> None:
        if said.get("reset"):
            lab.ask(type(lab.question)(**{**vars(lab.question), "settings": ()}))
        elif isinstance(said.get("path"), str):
            value = said.get("value")
            lab.ask(lab.question.with_lever(said["path"], float(value) if isinstance(value, int | float) else None))

    with solara.v.Html(tag="div", class_="controls"):
        drawn("chooser", {"fields": choices.fields(lab.question, lab.voice, typed, unknown)}, choose)
        solara.v.Html(tag="h2", children=[lab.voice("lever.heading")])
        drawn("levers", levers.spec(lab.question, lab.voice), move)
        solara.v.Html(tag="h2", children=[lab.voice("choose.more")])
        drawn("chooser", {"fields": choices.run_fields(lab.question, lab.voice)}, choose)


@solara.component
def Status(lab: Laboratory) -> Any:
    """How far the answer is, in one line that is read out when it changes for good."""
    text, kind = said_of(lab)
    live = {"role": "status", "aria-live": "polite" if kind != "filling" else "off"}
    solara.v.Html(tag="p", class_=f"status {kind}", attributes=live, children=[text])


def said_of(lab: Laboratory) -> tuple[str, str]:
    """What the status line says, and which kind of state that is."""
    if lab.error:
        return lab.voice("status.failed", reason=lab.error), "wrong"
    if lab.answer is None or lab.is_behind:
        return lab.voice("status.first", wanted=lab.wanted), "first"
    one = lab.answer.ensembles[0]
    if not lab.answer.is_complete:
        return lab.voice("status.filling", n=len(one.runs), wanted=one.wanted), "filling"
    citizens = lab.voice.say(number(lab.answer.question.agents, 0))
    years = f"{one.years[0]}–{one.years[-1]}"
    return lab.voice("status.done", n=len(one.runs), citizens=citizens, years=years), "done"


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
                drawn("chart", figure(ensemble, lab.voice))
