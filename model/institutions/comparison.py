"""Two designs compared statement by statement, and a design written back as TOML."""

import json
from typing import Any, NamedTuple

from model.institutions.grammar import Design, Statement


class Change(NamedTuple):
    """`what` is added, removed or changed; `before` and `after` are the statements, None where there is none."""

    what: str
    before: Statement | None
    after: Statement | None


def diff(a: Design, b: Design) -> list[Change]:
    """What turns the statements of `a` into those of `b`: removed and changed in a's order, then added in b's order.

    Statements with the same attribute, kind of aim and subject (element, solutions) are one that changed.
    """
    old = [s for s in a.statements if s not in b.statements]
    new = [s for s in b.statements if s not in a.statements]
    changes = []
    for before in old:
        after = next((s for s in new if _subject(s) == _subject(before)), None)
        changes.append(Change("removed" if after is None else "changed", before, after))
        if after is not None:
            new.remove(after)
    return changes + [Change("added", None, after) for after in new]


def _subject(statement: Statement) -> tuple[Any, ...]:
    aim = statement.aim
    names = ("element", "scope", "solutions", "solution_kind", "domain", "level")
    return (statement.attribute, aim.kind, *(getattr(aim, name, None) for name in names))


def to_toml(design: Design) -> str:
    """The design as TOML that reads back as an equal design; every default is written out."""
    data = design.model_dump(by_alias=True, exclude_none=True)
    lines = [f"{key} = {_value(data[key])}" for key in ("name", "title", "question")]
    for statement in data["statement"]:
        lines += ["", "[[statement]]", *(f"{key} = {_value(value)}" for key, value in statement.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any, key: str = "") -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        kind_first = sorted(value, key=lambda k: k != "kind")
        inner = ", ".join(f"{k} = {_value(value[k], k)}" for k in kind_first if value[k] != ())
        return "{ " + inner + " }"
    if isinstance(value, tuple | list):
        if key == "million_nok":
            return _value({str(year): money for year, money in value})
        return "[" + ", ".join(_value(v) for v in value) + "]"
    return repr(value)
