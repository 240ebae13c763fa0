"""The page that Solara serves: it keeps one session's question, its seeker and its newest answer, and shows one page.

`open_with` gives it the desk before the first page is served.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import solara

from viz.app.desk import Desk
from viz.app.laboratory import Laboratory, same_answer
from viz.app.pages import PAGES, QUIET
from viz.app.question import REPLICATES, Question
from viz.app.seeker import Answer, Seeker
from viz.app.texts import Voice
from viz.app.widgets import drawn

if TYPE_CHECKING:
    from viz.app.opened import Opened


class _Served:
    desk: Desk | None = None
    opened: "Opened | None" = None


def open_with(desk: Desk, opened: "Opened | None" = None) -> None:
    """Serve all sessions from this desk, with the results folder that was opened, if any."""
    _Served.desk, _Served.opened = desk, opened


@solara.component
def Layout(children: Any = ()) -> Any:
    """Nothing around the page: Solara's own bars are left out."""
    return solara.v.Html(tag="div", class_="lab", children=list(children))


@solara.component
def Page() -> Any:
    """The laboratory. Whatever goes wrong below is told in a sentence, and the question is kept."""
    search = solara.use_router().search
    first, dropped = solara.use_memo(lambda: Question.read(search), [])
    question, set_question = solara.use_state(first)
    answer, error, seek = _use_answer(first)
    trouble, retry = solara.use_exception()
    voice = Voice(question.language)

    def ask(new: Question) -> None:  # the seeker first: a run need not wait for what is drawn anew
        seek(new)
        set_question(new)
        if trouble is not None:  # what is asked now may do better
            retry()

    with solara.v.Html(tag="div", class_="room"):
        drawn("bar", _bar(question, voice), lambda said: ask(_asked(said, question)))
        if dropped and question == first:
            names = voice("status.dropped", names=", ".join(dropped))
            solara.v.Html(tag="p", class_="notice", attributes={"role": "alert"}, children=[names])
        if trouble is not None:
            _Trouble(voice, retry)
        elif _Served.desk is not None:
            lab = Laboratory(question, answer, error, voice, ask, _Served.desk, _Served.opened, tuple(PAGES))
            PAGES.get(question.page, PAGES["explore"])(lab)


def _use_answer(first: Question) -> tuple[Answer | None, str, Callable[[Question], None]]:
    """The newest answer, what went wrong with the newest question, and how to seek another than `first`."""
    answer, set_answer = solara.use_state(None)
    error, set_error = solara.use_state("")
    seeker, set_seeker = solara.use_state(None)
    sought: Any = solara.use_ref(None)  # the question that the seeker has

    def publish(found: Answer) -> None:
        set_error(found.error)
        if not found.error:
            set_answer(found)

    def live() -> Any:
        if _Served.desk is None:
            return None
        made = Seeker(_Served.desk, publish)
        set_seeker(made)
        seek_with(made, first)
        return made.close

    def seek_with(seeker: Seeker, question: Question) -> None:
        is_had = sought.current is not None and same_answer(question, sought.current)
        if question.page not in QUIET and not is_had:
            sought.current = question
            seeker.ask(question, question.designs, REPLICATES)

    def seek(question: Question) -> None:
        if seeker is not None:
            seek_with(seeker, question)

    solara.use_effect(live, [])
    return answer, error, seek


@solara.component
def _Trouble(voice: Voice, retry: Any) -> Any:
    with solara.v.Html(tag="main", class_="trouble", attributes={"id": "main", "role": "alert"}):
        solara.v.Html(tag="p", children=[voice("status.broken")])
        drawn("again", {"title": voice("status.again")}, lambda said: retry())


def _asked(said: dict[str, Any], question: Question) -> Question:
    """The question after what the bar said: a page, a language, a theme, or the address that Back came to."""
    if isinstance(said.get("query"), str):
        return Question.read(said["query"])[0]
    told: dict[str, Any] = {name: said[name] for name in ("page", "language", "theme") if name in said}
    if told.get("page") == "keep" and question.page == "compare":
        told["against"] = question.second  # what is kept is what was compared
    return question.changed(**told)


def _bar(question: Question, voice: Voice) -> dict[str, Any]:
    words = {
        **{w: voice(f"bar.{w}") for w in ("motto", "pages", "skip", "light", "dark")},
        "otherLanguage": voice("bar.other_language"),
        "otherLanguageName": voice("bar.other_language_name"),
    }
    return {
        "language": question.language,
        "theme": question.theme,
        "title": voice("bar.title"),
        "query": question.written(),
        "page": question.page if question.page in PAGES else "explore",
        "pages": [
            {"name": name, "title": voice(f"page.{name}")} for name in PAGES if name != "results" or _Served.opened
        ],
        "words": words,
    }
