"""What stands beside and above the figures of a page that asks: the controls, and how far the answer is."""

from typing import Any

import solara

from viz.app import choices, levers
from viz.app.laboratory import Laboratory
from viz.app.widgets import drawn
from viz.words import number


@solara.component
def Controls(lab: Laboratory, *, has_second: bool = False) -> Any:
    """Place, design (two where they are compared), levers, and how the runs are made."""
    (typed, unknown), set_typed = solara.use_state(("", ()))

    def choose(said: dict[str, Any]) -> None:
        where = choices.place_chosen(said)
        if where is None:
            told: dict[str, Any] = {
                name: said[name] for name in ("design", "against", "citizens", "choice", "seed") if name in said
            }
            lab.change(**choices.designs_chosen(lab.question, told) if has_second else told)
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

    fields = choices.fields(lab.question, lab.voice, typed, unknown)
    if has_second:
        fields = choices.with_second(fields, lab.question, lab.voice)
    with solara.v.Html(tag="div", class_="controls"):
        drawn("chooser", {"fields": fields}, choose)
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
