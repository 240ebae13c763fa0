"""The results that come with the program: read, checked against the present defaults, and renewed.

One file a kind, as `omstilling claims --out` and `omstilling validate --json` write it, less what only mattered then.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from experiments import provenance, store

FOLDER: Final = Path(__file__).parent
KINDS: Final = ("claims", "patterns")
DIGITS: Final = 6  # significant, of every number
LEFT_OUT: Final = ("figures", "failed", "by_choice", "settings", "seconds", "digest", "kind", "revision")


class EvidenceError(ValueError):
    """A document that cannot be shipped; the text says why, and what would be right."""


def shipped(kind: str) -> dict[str, Any] | None:
    """The kept results of a kind, `claims` or `patterns`; None where there are none."""
    return store.read_document(FOLDER / f"{kind}.json")


def is_stale(document: Mapping[str, Any]) -> bool:
    """Whether results belong to other default parameters or to another version of the results than the present ones."""
    now = provenance.of_results()
    return any(document.get(key) != now[key] for key in ("parameters", "results_version"))


def checked(document: Mapping[str, Any]) -> str:
    """The kind of a document that can be shipped. Raises EvidenceError: it must be whole, and of the defaults."""
    kind = next((kind for kind in KINDS if isinstance(document.get(kind), list)), None)
    if kind is None:
        raise EvidenceError(
            "neither claims nor patterns: give what `omstilling claims --out` or `validate --json` wrote"
        )
    if document.get("settings"):
        raise EvidenceError(f"made with other parameters than the defaults ({', '.join(document['settings'])})")
    if kind == "claims":
        _check_claims(document)
    return kind


def _check_claims(document: Mapping[str, Any]) -> None:
    from experiments.claims import CLAIMS

    rows = [row for rows in document.get("by_choice", {"": document["claims"]}).values() for row in rows]
    if [row["id"] for row in document["claims"]] != [claim.id for claim in CLAIMS]:
        raise EvidenceError("not all claims, in their order: run `omstilling claims` without naming any")
    if any(row["failed"] for row in rows):
        raise EvidenceError("some runs failed; run it again")
    if document.get("place") != "norway":
        raise EvidenceError(f"made for {document.get('place')}; run it for norway")
    if is_stale(document):
        raise EvidenceError("made with other default parameters or another version; run it again")


def trimmed(value: Any) -> Any:
    """A document without what is left out, its numbers with `DIGITS` significant digits.

    >>> trimmed({"effect": 0.12345678, "figures": [1], "n": 20})
    {'effect': 0.123457, 'n': 20}
    """
    if isinstance(value, Mapping):
        return {key: trimmed(one) for key, one in value.items() if key not in LEFT_OUT}
    if isinstance(value, list | tuple):
        return [trimmed(one) for one in value]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def keep(document: Mapping[str, Any]) -> Path:
    """Ship a document in place of the kept one; returns its file. Raises EvidenceError."""
    kind = checked(document)
    path = FOLDER / f"{kind}.json"
    store.write_json(path, trimmed(document))
    return path
