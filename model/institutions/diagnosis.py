"""From what pydantic and tomllib refuse to what a reader can mend: faults with place and remedy."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from model.institutions.aims import AIMS
from model.institutions.errors import DesignError, Fault, nearest, quoted
from model.institutions.grammar import Pair as Texts
from model.institutions.sanctions import SANCTIONS

FAULTS: Final = 20  # shown at most
KINDS: Final[Mapping[str, Mapping[str, type[BaseModel]]]] = {"aim": AIMS, "or_else": SANCTIONS}
HEADER: Final = re.compile(r"^[ \t]*\[\[[ \t]*statement[ \t]*\]\]", re.MULTILINE)


def faults(error: ValidationError, whole: type[BaseModel]) -> list[Fault]:
    """One fault for each thing refused, without place; `whole` is the model that was read."""
    found = []
    for detail in error.errors(include_url=False)[:FAULTS]:
        where = _place(detail["loc"], whole)[0]
        found += [replace(fault, field=fault.field or where) for fault in _explained(detail, whole)]
    return list(dict.fromkeys(found))


def line_of(text: str, statement: int, fault: Fault) -> int:
    """Line of the fault, from 1: the one with the word it quotes, else the statement's first; 0 where unknown."""
    starts = [match.start() for match in HEADER.finditer(text)]
    if statement > len(starts):
        return 0
    low = starts[statement - 1] if statement else 0
    high = (starts[statement] if statement < len(starts) else len(text)) if statement else (starts or [len(text)])[0]
    quotes = re.search(r"'([^']+)'", fault.wrong)
    at = text.find(quotes.group(1).rstrip("…"), low, high) if quotes else -1
    return text.count("\n", 0, at if at >= 0 else low) + 1 if statement or at >= 0 else 0


def _place(loc: tuple[Any, ...], whole: type[BaseModel]) -> tuple[str, type[BaseModel]]:
    """Where in the statement, as people write it, and the model whose keys stand there."""
    names, model, i = [], whole, 0
    while i < len(loc):
        part = str(loc[i])
        if part in KINDS and i + 1 < len(loc) and loc[i + 1] in KINDS[part]:
            model, i = KINDS[part][str(loc[i + 1])], i + 1
        elif part in ("title", "question"):
            model = Texts
        names.append(part)
        i += 1
    return ".".join(names), model


def _explained(detail: Mapping[str, Any], whole: type[BaseModel]) -> Iterator[Fault]:
    loc, what, given = detail["loc"], detail["type"], detail.get("input")
    inner = detail.get("ctx", {}).get("error")
    if isinstance(inner, DesignError):
        yield from inner.faults
        return
    keyed = what in ("missing", "extra_forbidden")
    place, model = _place(loc[:-1] if keyed else loc, whole)
    within = f" in {place}" if place else ""
    if what == "missing":
        yield Fault(f"'{loc[-1]}' is missing{within}", f"add {loc[-1]} = …")
    elif what == "extra_forbidden":
        known = [field.alias or name for name, field in model.model_fields.items()]
        yield Fault(f"unknown key {quoted(loc[-1])}{within}", nearest(loc[-1], known))
    elif what == "union_tag_invalid":
        yield Fault(
            f"unknown kind {quoted(detail['ctx']['tag'])}{within}", nearest(detail["ctx"]["tag"], KINDS[str(loc[-1])])
        )
    elif what in ("union_tag_not_found", "model_attributes_type"):
        last = str(loc[-1]) if loc else "aim"
        yield Fault(f"{last} has no kind", "use one of: " + ", ".join(sorted(KINDS.get(last, AIMS))))
    elif what == "literal_error":
        yield Fault(
            f"unknown word {quoted(given)}{within}", nearest(given, re.findall(r"'([^']+)'", detail["ctx"]["expected"]))
        )
    elif what == "string_pattern_mismatch":
        yield Fault(
            f"{quoted(given)} is no name{within}", "use small letters and digits joined by hyphens, such as my-design"
        )
    elif what in ("model_type", "dict_type"):
        yield Fault(f"{place or 'the statement'} is not a table", "write key = value pairs")
    else:
        message = detail["msg"].replace("Input should be ", "it should be ").replace("Value error, ", "")
        shown = f" {quoted(given)}" if isinstance(given, str | int | float) else ""
        yield Fault(f"{place or 'the file'}{shown} is refused", message[0].lower() + message[1:])
