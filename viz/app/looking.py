"""Hooks for pages that look closer than an ensemble does: what a process of the pool makes of one run."""

import threading
from collections.abc import Mapping
from concurrent.futures import CancelledError
from typing import Any, NamedTuple

import solara

from viz.app.answers import Record, key_of, record_of
from viz.app.desk import Work
from viz.app.laboratory import Laboratory

Arguments = Mapping[str, Any]
EXTRA = ("town",)  # arguments of a work beside those of the case


class Made(NamedTuple):
    """What a work made (None until it is there), what went wrong, and a name that only this has."""

    thing: Any = None
    error: str = ""
    key: str = ""


def use_record(lab: Laboratory, design: str = "", *, replicate: int = 0) -> tuple[Record | None, str]:
    """Everything that one run of the question recorded, once it is there, and what went wrong, in a sentence.

    design: one of those asked about, by default the first. The run is the same as in the ensemble, made once more with
    all its tables (county 0.1 s, Norway about 1 s), and shared by all sessions that look at it.
    """
    made = use_made(lab, arguments_of(lab, design, replicate=replicate), work=record_of)
    return made.thing, made.error


def arguments_of(lab: Laboratory, design: str = "", *, replicate: int = 0, **extra: Any) -> Arguments:
    """Arguments of a work that looks at one run of the question, with what it needs beside the case."""
    arguments = lab.question.case(design or lab.question.design)
    return {**arguments, "seed": arguments["seed"] + replicate, **extra}


def use_made(lab: Laboratory, arguments: Arguments | None, *, work: Work) -> Made:
    """What `work` makes of the arguments, once it is there; nothing where there are none.

    work: a function that a process can import, with its place in `desk.KEPT`. What was made before stays until the new
    is there; what nobody waits for any more is not begun.
    """
    found, set_found = solara.use_state(Made())
    asked = "" if arguments is None else repr(sorted(arguments.items()))
    newest = solara.use_ref("")

    def look() -> Any:
        newest.current = asked
        if arguments is None:
            set_found(Made())
            return None
        thread = threading.Thread(target=wait, args=(arguments,), daemon=True)
        thread.start()
        return leave

    waiting: list[tuple[str, int]] = []

    def wait(given: Arguments) -> None:
        try:
            case = {name: value for name, value in given.items() if name not in EXTRA}
            extra = "".join(f" {given[name]}" for name in EXTRA if name in given)
            key = key_of(case) + extra
            waiting.append((key, int(given["seed"])))
            made = Made(lab.desk.ask(key, given, work=work).result(), "", f"{key} {given['seed']}")
        except CancelledError:
            return
        except Exception as failure:  # whatever a run raises is told on the page
            made = Made(None, str(failure)[:300] or type(failure).__name__)
        waiting.clear()
        if newest.current == asked:
            set_found(made)

    def leave() -> None:
        newest.current = ""
        for key, seed in waiting:
            lab.desk.leave(key, seed, work=work)

    solara.use_effect(look, [asked])
    return found
