"""Compare: two designs in the same worlds: what differs in emissions, institutions, money and rules, and for whom."""

from typing import Any

import solara

from viz.app import rulebook
from viz.app.beside import Beside
from viz.app.contrast import contrast
from viz.app.controls import Controls, Status
from viz.app.laboratory import Laboratory
from viz.app.question import title_of
from viz.app.widgets import drawn


@solara.component
def Compare(lab: Laboratory) -> Any:
    """Controls at the side; the verdict, figures and rules of both."""
    with solara.v.Html(tag="div", class_="split"):
        with solara.v.Html(tag="aside", class_="side", attributes={"aria-label": lab.voice("lever.heading")}):
            Controls(lab, has_second=True)
        with solara.v.Html(tag="main", class_="stage", attributes={"id": "main", "tabindex": "-1"}):
            Status(lab)
            Verdict(lab)
            Rules(lab)


@solara.component
def Verdict(lab: Laboratory) -> Any:
    """What the worlds so far say; what is there stays until something newer is."""
    answer = lab.answer
    pair = solara.use_memo(lambda: contrast(answer.ensembles) if answer else None, [answer])
    if answer is None or len(answer.ensembles) < 2:
        solara.v.Html(tag="div", class_="waiting", attributes={"aria-hidden": "true"})
        return
    if pair is None:
        solara.v.Html(tag="p", class_="notice", attributes={"role": "alert"}, children=[lab.voice("compare.apart")])
        return
    titles = tuple(title_of(e.design, lab.voice.language) for e in answer.ensembles)
    place, measure = answer.question.place, lab.question.measure
    Beside(pair, titles, lab.voice, place, measure, lambda name: lab.change(measure=name))


@solara.component
def Rules(lab: Laboratory) -> Any:
    """Both designs statement by statement."""
    q, voice = lab.question, lab.voice
    words = ("changed", "removed", "added", "same", "none")
    drawn(
        "rules",
        {
            "title": voice("rules.title"),
            "designs": [title_of(d, voice.language) for d in (q.design, q.second)],
            "rows": list(rulebook.differences(q.design, q.second, voice.language)),
            "words": {w: voice(f"rules.{w}") for w in words},
        },
    )
