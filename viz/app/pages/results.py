"""Results: the designs of a results folder that the laboratory was started with, two beside each other."""

from typing import Any

import solara

from viz.app.beside import Beside
from viz.app.contrast import contrast
from viz.app.laboratory import Laboratory
from viz.app.opened import Opened
from viz.app.widgets import drawn


@solara.component
def Results(lab: Laboratory) -> Any:
    """What the folder holds; without one, how to open it."""
    with solara.v.Html(tag="main", class_="stage alone", attributes={"id": "main", "tabindex": "-1"}):
        if lab.opened is None:
            solara.v.Html(tag="p", class_="headline", children=[lab.voice("results.none")])
        else:
            Folder(lab, lab.opened)


@solara.component
def Folder(lab: Laboratory, folder: Opened) -> Any:
    """Two designs of the folder."""
    names = list(folder.ensembles)
    (first, second), choose = solara.use_state((names[0], names[-1]))
    voice = lab.voice
    one = folder.ensembles[first]
    told = {"n": len(names), "runs": len(one.runs), "version": folder.version}
    about = voice("results.about", years=f"{one.years[0]}–{one.years[-1]}", **told)
    options = [(name, voice.say(folder.titles[name])) for name in names]
    chosen = (("first", first), ("second", second))
    titles = (voice.say(folder.titles[first]), voice.say(folder.titles[second]))
    pair = contrast((one, folder.ensembles[second])) if len(names) > 1 else None

    def hear(said: dict[str, Any]) -> None:
        a, b = (said.get(field, usual) for field, usual in (("first", first), ("second", second)))
        if a in names and b in names:
            choose((a, b) if a != b else (second, first))

    with solara.v.Html(tag="div"):
        solara.v.Html(tag="h2", class_="headline", children=[voice("results.title", name=folder.name)])
        solara.v.Html(tag="p", class_="status done", children=[about])
        if len(names) > 1:
            drawn("chooser", {"fields": [_field(voice, which, value, options) for which, value in chosen]}, hear)
        if pair is None:
            why = voice("compare.apart" if len(names) > 1 else "results.single")
            solara.v.Html(tag="p", class_="notice", attributes={"role": "alert"}, children=[why])
        else:
            Beside(pair, titles, voice, "", lab.question.measure, lambda name: lab.change(measure=name))


def _field(voice: Any, which: str, value: str, options: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "name": which,
        "title": voice(f"compare.{which}"),
        "groups": [{"title": "", "options": options}],
        "value": value,
    }
