"""What differs between two designs, statement by statement, in words. Knows nothing of pages and runs."""

from functools import lru_cache
from typing import Any

from model.institutions.comparison import Change, diff
from model.institutions.design import load_design
from model.institutions.differences import told_part
from model.institutions.grammar import Statement
from model.institutions.sentences import sentence


@lru_cache(maxsize=64)
def differences(first: str, second: str, language: str) -> tuple[dict[str, Any], ...]:
    """A row a difference (`what`: changed, removed or added; `a`, `b`: sentences or empty; `parts`: what changed).

    Last come the statements that are the same in both (`what`: same).
    """
    one, other = load_design(first), load_design(second)
    changes = diff(one, other)
    rows = [
        _row(change, language)
        for change in sorted(changes, key=lambda c: ("changed", "removed", "added").index(c.what))
    ]
    touched = {c.places[1] for c in changes}
    kept = [s for place, s in enumerate(other.statements) if place not in touched]
    return (*rows, *(_same(s, language) for s in kept))


def _row(change: Change, language: str) -> dict[str, Any]:
    a, b = (sentence(s, language) if s else "" for s in (change.before, change.after))
    parts = [told_part(part, change, language, sides=("A", "B")) for part in change.parts if part.path != "source"]
    return {"what": change.what, "a": a, "b": b, "parts": parts}


def _same(statement: Statement, language: str) -> dict[str, Any]:
    return {"what": "same", "a": sentence(statement, language), "b": "", "parts": []}
