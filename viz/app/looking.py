"""Hooks for pages that look closer than an ensemble does: the record of one run, the life of a town, other designs."""

import threading
from collections.abc import Mapping
from typing import Any

import solara

from viz.app.answers import Ensemble, Record, key_of, record_of
from viz.app.desk import Work
from viz.app.laboratory import Laboratory
from viz.app.life import Life, life_of
from viz.app.question import REPLICATES
from viz.app.seeker import Answer, Seeker


def use_record(lab: Laboratory, design: str = "", *, replicate: int = 0) -> tuple[Record | None, str]:
    """Everything that one run of the question recorded, once it is there, and what went wrong, in a sentence.

    design: one of those asked about, by default the first. The run is the same as in the ensemble, made once more with
    all its tables (county 0.1 s, Norway about 1 s), and shared by all sessions that look at it.
    """
    found: tuple[Record | None, str] = _use_work(lab, design, replicate=replicate, work=record_of)
    return found


def use_life(lab: Laboratory, town: str, *, replicate: int = 0) -> tuple[Life | None, str]:
    """The life of a municipality (its number) in one run of the question; as `use_record`, but small."""
    found: tuple[Life | None, str] = _use_work(lab, "", replicate=replicate, work=life_of, more={"town": town})
    return found


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


def _use_work(
    lab: Laboratory, design: str, *, replicate: int, work: Work, more: Mapping[str, Any] | None = None
) -> tuple[Any, str]:
    """What `work` makes of one run; more: what it is given beside the case."""
    found, set_found = solara.use_state((None, ""))
    arguments = lab.question.case(design or lab.question.design)
    arguments["seed"] += replicate
    asked = repr((sorted(arguments.items()), more))
    newest = solara.use_ref("")

    def look() -> Any:
        newest.current = asked

        def wait() -> None:
            try:
                key = " ".join([key_of(arguments), *(str(value) for value in (more or {}).values())])
                made, error = lab.desk.ask(key, {**arguments, **(more or {})}, work=work).result(), ""
            except Exception as failure:  # whatever a run raises is told on the page
                made, error = None, str(failure)[:300] or type(failure).__name__
            if newest.current == asked:
                set_found((made, error))

        threading.Thread(target=wait, daemon=True).start()

    solara.use_effect(look, [asked])
    return found
