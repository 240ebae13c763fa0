"""Hooks for pages that look closer than an ensemble does: what a process of the pool makes of one run."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from typing import Any, NamedTuple

import solara

from viz.app.answers import Ensemble, Record, key_of, record_of
from viz.app.desk import Desk, Work
from viz.app.laboratory import Laboratory
from viz.app.life import Life, life_of
from viz.app.question import REPLICATES
from viz.app.seeker import Answer, Seeker

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


def use_life(lab: Laboratory, town: str, *, replicate: int = 0) -> tuple[Life | None, str]:
    """The life of a municipality (its number) in one run of the question; as `use_record`, but small."""
    made = use_made(lab, arguments_of(lab, replicate=replicate, town=town), work=life_of)
    return made.thing, made.error


def use_ensembles(lab: Laboratory, designs: tuple[str, ...], *, is_on: bool) -> tuple[tuple[Ensemble, ...], str]:
    """Runs of other designs than the question's at its place, and with its levers, as they come; and what went wrong.

    designs: names, or texts of design files.
    """
    found, set_found = solara.use_state(Answer(lab.question))
    q = lab.question

    def live() -> Any:
        set_found(Answer(q))
        if not is_on:
            return None
        seeker = Seeker(lab.desk, set_found)
        seeker.ask(q, designs, REPLICATES)
        return seeker.close

    solara.use_effect(live, [designs, is_on, q.place, q.settings, q.citizens, q.seed, q.choice])
    return found.ensembles, found.error


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

    def look() -> Any:
        if arguments is None:
            set_found(Made())
            return None
        return _Look(lab.desk, arguments, work, set_found).leave

    solara.use_effect(look, [asked])
    return found


class _Look:
    """One thing that is waited for by a thread of its own, until it is told or nobody waits any more."""

    def __init__(self, desk: Desk, arguments: Arguments, work: Work, tell: Callable[[Made], None]) -> None:
        self.desk, self.arguments, self.work, self.tell = desk, arguments, work, tell
        self.key, self.seed = "", int(arguments["seed"])
        self.is_left = False
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        try:
            case = {name: value for name, value in self.arguments.items() if name not in EXTRA}
            extra = "".join(f" {self.arguments[name]}" for name in EXTRA if name in self.arguments)
            key = key_of(case) + extra
            future = self.desk.ask(key, self.arguments, work=self.work)
            self.key = key
            if self.is_left:
                self.leave()
            made = Made(future.result(), "", f"{key} {self.seed}")
        except CancelledError:
            return
        except Exception as failure:  # whatever a run raises is told on the page
            made = Made(None, str(failure)[:300] or type(failure).__name__)
        self.key = ""
        if not self.is_left:
            self.tell(made)

    def leave(self) -> None:
        """Say that nobody waits any more."""
        self.is_left = True
        if self.key:
            self.desk.leave(self.key, self.seed, work=self.work)
            self.key = ""
