"""Compare: two designs in the same worlds: what differs in the rules, in emissions, in institutions, in money, and for whom."""

from typing import Any

import solara

from viz.app import rulebook
from viz.app.contrast import MEASURES, Contrast, contrast
from viz.app.controls import Controls, Status
from viz.app.laboratory import Laboratory
from viz.app.options import contrasts, levels, towns, uptake, verdicts
from viz.app.question import title_of
from viz.app.widgets import drawn


@solara.component
def Compare(lab: Laboratory) -> Any:
    """Controls at the side; the verdict, figures and rules of both."""
    chosen, set_chosen = solara.use_state(MEASURES[0].name)
    with solara.v.Html(tag="div", class_="split"):
        with solara.v.Html(tag="aside", class_="side", attributes={"aria-label": lab.voice("lever.heading")}):
            Controls(lab, has_second=True)
        with solara.v.Html(tag="main", class_="stage", attributes={"id": "main", "tabindex": "-1"}):
            Status(lab)
            Verdict(lab, chosen, set_chosen)
            Rules(lab)


@solara.component
def Verdict(lab: Laboratory, chosen: str, choose: Any) -> Any:
    """What the worlds so far say; what is there stays until something newer is."""
    ensembles = lab.answer.ensembles if lab.answer else ()
    if len(ensembles) < 2 or lab.answer is None:
        solara.v.Html(tag="div", class_="waiting", attributes={"aria-hidden": "true"})
        return
    pair = contrast(ensembles)
    if pair is None:
        solara.v.Html(tag="p", class_="notice", attributes={"role": "alert"}, children=[lab.voice("compare.apart")])
        return
    place = lab.answer.question.place

    def hear(said: dict[str, Any]) -> None:
        if said.get("measure") in [m.name for m in MEASURES]:
            choose(said["measure"])

    with solara.v.Html(tag="div", class_="comparison"):
        solara.v.Html(tag="p", class_="lead", children=[verdicts.headline(pair, lab.voice)])
        drawn("verdicts", verdicts.verdicts(pair, chosen, lab.voice), hear)
        Figures(lab, pair, chosen, place)


@solara.component
def Figures(lab: Laboratory, pair: Contrast, chosen: str, place: str) -> Any:
    """The chosen measure of both and its difference; levels, costs, and who gains."""
    voice = lab.voice
    measure = next(m for m in MEASURES if m.name == chosen)
    of_towns = chosen if chosen in towns.COLUMNS else MEASURES[0].name
    with solara.v.Html(tag="div", class_="figures"):
        drawn("chart", contrasts.both(pair, measure, voice))
        drawn("chart", contrasts.gap(pair, measure, voice))
        drawn("chart", contrasts.costs(pair, voice))
        for spec in levels.levels_of_two(pair.first, pair.second, voice):
            drawn("chart", spec)
        drawn("chart", uptake.largest(pair, voice))
        drawn("groups", towns.by_group(pair, place, of_towns, voice))
        drawn("chart", towns.towns(pair, place, of_towns, voice))


@solara.component
def Rules(lab: Laboratory) -> Any:
    """Both designs statement by statement."""
    q, voice = lab.question, lab.voice
    rows = rulebook.differences(q.design, q.second, voice.language)
    words = ("changed", "removed", "added", "same", "none")
    drawn(
        "rules",
        {
            "title": voice("rules.title"),
            "designs": [title_of(d, voice.language) for d in (q.design, q.second)],
            "rows": list(rows),
            "words": {w: voice(f"rules.{w}") for w in words},
        },
    )
