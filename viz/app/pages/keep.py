"""Keep: the link, the case file, the citation and the numbers to take along; and a case file that somebody brings."""

from typing import Any

import solara

from viz.app import keeping
from viz.app.controls import Status
from viz.app.laboratory import Laboratory
from viz.app.question import Question
from viz.app.widgets import drawn
from viz.words import number


@solara.component
def Keep(lab: Laboratory) -> Any:
    """Cards: link, case file, citation, numbers, pictures, and a file to open."""
    voice = lab.voice
    with solara.v.Html(tag="main", class_="stage alone", attributes={"id": "main", "tabindex": "-1"}):
        solara.v.Html(tag="h2", class_="headline", children=[voice("keep.title")])
        solara.v.Html(tag="p", class_="sub", children=[voice("keep.lead")])
        Status(lab)
        with solara.v.Html(tag="div", class_="keeps"):
            with solara.v.Html(tag="div"):
                Link(lab)
                Case(lab)
            with solara.v.Html(tag="div"):
                Citation(lab)
                Numbers(lab)
                drawn("keepsake", {"title": voice("keep.pictures"), "note": voice("keep.pictures_note")} | _words(lab))
                Bring(lab)


@solara.component
def Link(lab: Laboratory) -> Any:
    """The address of the question, to be opened on a page of choice."""
    voice, linked = lab.voice, asked_of(lab)
    card = {"title": voice("keep.link"), "note": voice("keep.link_note"), "query": linked.written(), "copy": True}
    drawn("keepsake", card | _words(lab))


def asked_of(lab: Laboratory) -> Question:
    """The question on the page where its answer is seen."""
    return lab.question.changed(page="compare" if lab.question.against else "explore")


@solara.component
def Case(lab: Laboratory) -> Any:
    """The case file, to be seen and saved."""
    voice, asked = lab.voice, asked_of(lab)
    name = keeping.case_name(asked)

    def made() -> tuple[str, str]:
        try:
            return keeping.case_file(asked, voice), ""
        except ValueError as failure:
            return "", voice("keep.failed", reason=str(failure)[:300])

    text, error = solara.use_memo(made, [asked])
    save = (
        [] if error else [{"title": voice("keep.case_button"), "file": name, "text": text, "type": "application/toml"}]
    )
    card = {"title": voice("keep.case"), "note": voice("keep.case_note", file=name), "text": text, "wrong": error}
    drawn("keepsake", card | {"files": save} | _words(lab))


@solara.component
def Citation(lab: Laboratory) -> Any:
    """How to cite what is seen."""
    voice, asked = lab.voice, asked_of(lab)
    cited = solara.use_memo(lambda: keeping.citation(asked, voice), [asked])
    card = {"title": voice("keep.citation"), "note": voice("keep.citation_note"), "text": cited, "copy": True}
    drawn("keepsake", card | _words(lab))


@solara.component
def Numbers(lab: Laboratory) -> Any:
    """Every run as CSV; a table is made when it is asked for, and sent to be saved."""
    file, set_file = solara.use_state(None)
    voice, answer = lab.voice, lab.answer
    is_there = answer is not None and answer.is_complete and not lab.is_behind
    counts = {} if not is_there or answer is None else keeping.sizes(answer.ensembles, answer.question.place)

    def make(said: dict[str, Any]) -> None:
        name = said.get("table")
        if name in counts and answer is not None:
            head, rows = keeping.table(name, answer.ensembles, answer.question.place)
            set_file(
                {
                    "file": f"omstilling-{name}.csv",
                    "text": keeping.written(head, rows),
                    "type": "text/csv",
                    "count": said.get("count", 0),
                }
            )

    buttons = [
        {"table": name, "title": voice(f"keep.{name}", n=voice.say(number(count, 0)))} for name, count in counts.items()
    ]
    note = voice("keep.numbers_note") if is_there else voice("keep.waiting")
    card = {"title": voice("keep.numbers"), "note": note, "asks": buttons, "file": file}
    drawn("keepsake", card | _words(lab), make)


@solara.component
def Bring(lab: Laboratory) -> Any:
    """A case file from this machine, as text."""
    told, tell = solara.use_state(("", False))
    voice = lab.voice

    def read(said: dict[str, Any]) -> None:
        try:
            new, dropped = keeping.brought(str(said.get("brought", "")), lab.question)
        except keeping.KeepError as error:
            tell((voice("keep.refused", reason=str(error)[:400]), True))
            return
        lab.ask(new)
        names = ", ".join(dropped)
        tell((voice("keep.opened_partly", names=names) if names else voice("keep.opened"), False))

    text, is_wrong = told
    card = {"title": voice("keep.open"), "note": voice("keep.open_note"), "brings": keeping.LONGEST}
    drawn("keepsake", card | {"wrong": text if is_wrong else "", "right": "" if is_wrong else text} | _words(lab), read)


def _words(lab: Laboratory) -> dict[str, Any]:
    return {"words": {w: lab.voice(f"keep.{w}") for w in ("copy", "copied", "choose")}}
