"""The page that Solara serves: it keeps one session's question, its seeker and its newest answer, and shows one page.

`open_with` gives it the desk before the first page is served.
"""

from typing import Any

import solara

from viz.app.desk import Desk
from viz.app.laboratory import Laboratory, same_answer
from viz.app.pages import PAGES
from viz.app.question import REPLICATES, Question
from viz.app.seeker import Answer, Seeker
from viz.app.texts import Voice
from viz.app.widgets import drawn


class _Served:
    desk: Desk | None = None


def open_with(desk: Desk) -> None:
    """Serve all sessions from this desk."""
    _Served.desk = desk


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
    answer, set_answer = solara.use_state(None)
    error, set_error = solara.use_state("")
    desk = _Served.desk
    voice = Voice(question.language)
    trouble, retry = solara.use_exception()

    def publish(found: Answer) -> None:
        set_error(found.error)
        if not found.error:
            set_answer(found)

    seeker = _use_seeker(desk, publish)

    def ask(new: Question) -> None:  # the seeker first: what is drawn anew can wait for no run
        if seeker is not None and not same_answer(new, question):
            seeker.ask(new, _designs(new), REPLICATES)
        set_question(new)

    def begin() -> None:
        if seeker is not None:
            seeker.ask(question, _designs(question), REPLICATES)

    solara.use_effect(begin, [seeker is None])

    with solara.v.Html(tag="div", class_="room"):
        drawn("bar", _bar(question, voice), lambda said: ask(question.changed(**_heard(said))))
        if dropped and question == first:
            solara.v.Html(
                tag="p",
                class_="notice",
                attributes={"role": "alert"},
                children=[voice("status.dropped", names=", ".join(dropped))],
            )
        if trouble is not None:
            _Trouble(voice, retry)
        elif desk is not None:
            lab = Laboratory(question, answer, error, voice, ask, desk)
            PAGES.get(question.page, PAGES["explore"])(lab)


def _use_seeker(desk: Desk | None, publish: Any) -> Seeker | None:
    """A seeker that lives as long as the session."""
    seeker, set_seeker = solara.use_state(None)

    def live() -> Any:
        if desk is None:
            return None
        made = Seeker(desk, publish)
        set_seeker(made)
        return made.close

    solara.use_effect(live, [])
    return seeker


@solara.component
def _Trouble(voice: Voice, retry: Any) -> Any:
    with solara.v.Html(tag="main", class_="trouble", attributes={"id": "main", "role": "alert"}):
        solara.v.Html(tag="p", children=[voice("status.broken")])
        drawn("again", {"title": voice("status.again")}, lambda said: retry())


def _designs(question: Question) -> tuple[str, ...]:
    return tuple(filter(None, (question.design, question.against)))


def _heard(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("page", "language", "theme") if name in said}


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
        "pages": [{"name": name, "title": voice(f"page.{name}")} for name in PAGES],
        "words": words,
    }
