"""Hooks for pages that look closer than an ensemble does: the full record of one run."""

import threading
from typing import Any

import solara

from viz.app.answers import Record, key_of, record_of
from viz.app.laboratory import Laboratory


def use_record(lab: Laboratory, design: str = "", *, replicate: int = 0) -> tuple[Record | None, str]:
    """Everything that one run of the question recorded, once it is there, and what went wrong, in a sentence.

    design: one of those asked about, by default the first. The run is the same as in the ensemble, made once more with
    all its tables (county 0.1 s, Norway about 1 s), and shared by all sessions that look at it.
    """
    found, set_found = solara.use_state((None, ""))
    arguments = lab.question.case(design or lab.question.design)
    arguments["seed"] += replicate
    asked = repr(sorted(arguments.items()))
    newest = solara.use_ref("")

    def look() -> Any:
        newest.current = asked

        def wait() -> None:
            try:
                key = key_of(arguments)
                record, error = lab.desk.ask(key, arguments, work=record_of).result(), ""
            except Exception as failure:  # whatever a run raises is told on the page
                record, error = None, str(failure)[:300] or type(failure).__name__
            if newest.current == asked:
                set_found((record, error))

        threading.Thread(target=wait, daemon=True).start()

    solara.use_effect(look, [asked])
    return found
