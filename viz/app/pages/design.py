"""Design: write an institutional design with forms that the grammar gives, read it as sentences, and try it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import solara

from model import bill
from model.costs import costs, is_open_ended, years_of
from model.institutions.errors import DesignError
from model.institutions.grammar import STATEMENTS, Design
from model.institutions.sentences import kind_of
from model.places import load_place
from viz.app import choices
from viz.app.drafts import draft as drafts
from viz.app.drafts.faults import in_language
from viz.app.drafts.fields import Field, form, head
from viz.app.laboratory import Laboratory
from viz.app.looking import use_ensembles
from viz.app.options.own import figures
from viz.app.question import place_title, title_of
from viz.app.texts import Voice
from viz.app.widgets import drawn

FIRST: Final = "todays-practice"


@dataclass(frozen=True)
class Work:
    """What somebody is at: the draft, what it began as, the statement that is open (-1: none), the latest message."""

    draft: drafts.Data
    base: str
    open: int = -1
    message: tuple[str, ...] = ()


_WORK: solara.Reactive[Work | None] = solara.reactive(None)  # Solara keeps one for each session


@solara.component
def DesignPage(lab: Laboratory) -> Any:
    """The head of the design at the side, its statements in the middle, and below them what it does."""
    work = _WORK.value or Work(drafts.begun(FIRST), FIRST)
    tried, set_tried = solara.use_state("")
    check = drafts.checked(work.draft)
    text = drafts.text_of(work.draft)

    def change(**more: Any) -> None:
        _WORK.set(replace(work, **({"message": ()} | more)))

    with solara.v.Html(tag="div", class_="split teach"):
        label = {"aria-label": lab.voice("draft.heading")}
        with solara.v.Html(tag="aside", class_="side", attributes=label), solara.v.Html(tag="div"):
            _side(lab, work, check, change)
        with solara.v.Html(tag="main", class_="stage design-stage", attributes={"id": "main", "tabindex": "-1"}):
            _verdict(check, lab.voice)
            drawn("statements", _statements(work, check, lab.voice), lambda said: _heard(said, work, change))
            if check.design is not None:
                _bill(check.design, lab.voice)
            ready = check.design is not None
            button = {"name": "try", "title": lab.voice("draft.try"), "tone": "main", "isOff": not ready}
            drawn("actions", {"buttons": [button]}, lambda said: set_tried(text if ready else ""))
            if tried:
                _Tried(lab, tried, work.base, is_old=tried != text)


def _side(lab: Laboratory, work: Work, check: drafts.Check, change: Callable[..., None]) -> None:
    voice = lab.voice

    def begin(said: dict[str, Any]) -> None:
        try:
            name = str(said.get("design", ""))
            change(draft=drafts.begun(name), base=name, open=-1)
        except DesignError as error:
            change(message=tuple(str(fault) for fault in error.faults))

    def read(said: dict[str, Any]) -> None:
        try:
            change(draft=drafts.opened(str(said.get("text", "")) if "tooLarge" not in said else "#" * 300_000), open=-1)
        except DesignError as error:
            change(message=tuple(_told(fault, voice) for fault in error.faults[:5]))

    solara.v.Html(tag="h2", class_="story-name", children=[voice("draft.heading")])
    solara.v.Html(tag="p", children=[voice("draft.lead")])
    field = choices.design_field(work.base, voice, name="design", title=voice("draft.begin"))
    drawn("chooser", {"fields": [field]}, begin)
    drawn("opener", {"title": voice("draft.open"), "largest": drafts.LARGEST}, read)
    for text in work.message:
        solara.v.Html(tag="p", class_="note wrong", attributes={"role": "alert"}, children=[text])
    file = {"name": "save", "title": voice("draft.save"), "file": f"{_file(work.draft)}.toml"}
    drawn("actions", {"buttons": [file | {"text": drafts.text_of(work.draft)}]}, lambda said: None)
    own = [_shown(one, work.draft, _wrong(check, 0, voice), voice) for one in head()]
    drawn("head", {"fields": own}, lambda said: change(draft=drafts.with_head(work.draft, *_pair(said, "head"))))


def _file(draft: drafts.Data) -> str:
    name = str(draft.get("name", ""))
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-"))[:64] or "design"


def _pair(said: Mapping[str, Any], key: str) -> tuple[str, Any]:
    return str(said.get(key, "")), said.get("value")


def _told(fault: Any, voice: Voice) -> str:
    where = f"{voice('draft.statement', n=fault.statement)}: " if fault.statement else ""
    line = f" ({voice('draft.line', n=fault.line)})" if fault.line else ""
    said = [in_language(part, voice.language) for part in (fault.wrong, fault.remedy) if part]
    return f"{where}{'; '.join(said)}{line}"


def _wrong(check: drafts.Check, statement: int, voice: Voice) -> dict[str, str]:
    """What is wrong in a statement (0: the head), by field."""
    found: dict[str, str] = {}
    for fault in check.faults:
        if fault.statement == statement:
            parts = (in_language(part, voice.language) for part in (fault.wrong, fault.remedy) if part)
            found.setdefault(fault.field, "; ".join(parts))
    return found


def _shown(field: Field, data: Mapping[str, Any], wrong: Mapping[str, str], voice: Voice) -> dict[str, Any]:
    told = voice.say(field.help)
    default, value = "", drafts.shown(field, data)
    if isinstance(field.default, int | float):
        default = f" {voice('draft.usual', n=_comma(f'{field.default:g}', voice))}"
    return {
        "path": field.path,
        "kind": field.kind,
        "title": voice.say(field.title),
        "help": f"{told}{default}",
        "choices": [[value, voice.say(word)] for value, word in field.choices],
        "value": _comma(value, voice) if field.kind == "number" else value,
        "wrong": wrong.get(field.path, ""),
    }


def _comma(value: str, voice: Voice) -> str:
    """A number as the language writes it."""
    return value.replace(".", ",") if voice.language == "nb" else value


def _statements(work: Work, check: drafts.Check, voice: Voice) -> dict[str, Any]:
    listed, told = work.draft["statement"], []
    for nth, text in enumerate(check.sentences):
        wrong = _wrong(check, nth + 1, voice)
        known = {field.path for field in form(listed[nth])} if nth == work.open else set()
        whole = [said for path, said in wrong.items() if path not in known]
        kind = kind_of(check.design.statements[nth], voice.language) if check.design else ""
        says = voice.say(text) if text else voice("draft.unreadable")
        told.append({"says": says, "kind": kind, "faults": whole, "isWrong": bool(wrong)})
    is_open = 0 <= work.open < len(listed)
    wrong = _wrong(check, work.open + 1, voice) if is_open else {}
    fields = [_shown(one, listed[work.open], wrong, voice) for one in form(listed[work.open])] if is_open else []
    words = {name: voice(f"draft.{name}") for name in ("add", "up", "down", "remove")}
    return {
        "statements": told,
        "open": work.open if is_open else -1,
        "fields": fields,
        "words": words,
        "isFull": len(listed) >= STATEMENTS,
    }


def _heard(said: Mapping[str, Any], work: Work, change: Callable[..., None]) -> None:
    """One thing that somebody did with the statements; whatever is not understood changes nothing."""

    def whole(key: str) -> int:
        value = said.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else -1

    if "open" in said:
        change(open=whole("open"))
    elif said.get("add"):
        grown = drafts.added(work.draft)
        change(draft=grown, open=len(grown["statement"]) - 1)
    elif "remove" in said:
        change(draft=drafts.without(work.draft, whole("remove")), open=-1)
    elif "move" in said:
        moved = drafts.moved(work.draft, whole("move"), 1 if whole("by") == 1 else -1)
        change(draft=moved, open=-1)
    elif "field" in said:
        change(draft=drafts.with_field(work.draft, work.open, *_pair(said, "field")))


def _verdict(check: drafts.Check, voice: Voice) -> None:
    count = len(check.faults)
    text = voice("draft.ready", n=len(check.sentences)) if not count else voice("draft.faulty", n=count)
    live = {"role": "status", "aria-live": "polite"}
    solara.v.Html(tag="p", class_=f"verdict {'bad' if count else ''}", attributes=live, children=[text])


def _bill(design: Design, voice: Voice) -> None:
    """What it costs the state, as the command line tells it."""
    years = years_of(design)
    told = bill.told(
        design,
        costs(design, years),
        voice.language,
        people_of=load_place("norway").first_year,
        is_open=is_open_ended(design, years),
    )
    with solara.v.Html(tag="div", class_="bill"):
        for nth, line in enumerate(told):
            solara.v.Html(tag="p", children=[solara.v.Html(tag="b" if not nth else "span", children=[line.strip()])])


@solara.component
def _Tried(lab: Laboratory, text: str, base: str, *, is_old: bool) -> Any:
    """The draft against what it began as, at the place and with the levers of Explore."""
    voice = lab.voice
    ensembles, error = use_ensembles(lab, (text, base), is_on=True)
    names = (voice("own.mine"), title_of(base, voice.language))
    place = place_title(lab.question.place, voice("own.norway"))
    with solara.v.Html(tag="section", attributes={"aria-label": voice("own.heading")}):
        solara.v.Html(tag="h2", children=[voice("own.heading")])
        said = voice("own.about", place=place, base=names[1])
        solara.v.Html(tag="p", class_="lead", children=[f"{said} {voice('own.old')}" if is_old else said])
        if error:
            solara.v.Html(tag="p", class_="status wrong", children=[voice("why.failed", reason=error)])
        elif not ensembles:
            solara.v.Html(tag="p", class_="status first", children=[voice("why.waiting")])
        with solara.v.Html(tag="div", class_="own-figures"):
            for spec in figures(ensembles, names, voice) if ensembles else ():
                drawn("chart", spec)
