"""Two designs compared statement by statement and part by part, and a design written back as TOML."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from model.institutions.grammar import Design, Statement

SUBJECT: Final = ("element", "solutions", "solution_kind", "domain", "level")  # what an aim is about
Plain = dict[str, Any]


class Part(NamedTuple):
    """One part that differs: its `path` as in a file (`aim.million_nok`), and both values as plain data or None."""

    path: str
    before: Any
    after: Any


class Change(NamedTuple):
    """`what` is added, removed or changed; `before` and `after` are the statements, None where there is none.

    parts: what differs between them; places: where they stand in their designs, from 0.
    """

    what: str
    before: Statement | None
    after: Statement | None
    parts: tuple[Part, ...] = ()
    places: tuple[int | None, int | None] = (None, None)


def diff(a: Design, b: Design) -> list[Change]:
    """What turns the statements of `a` into those of `b`: removed and changed in a's order, then added in b's order.

    Statements about the same thing (kind of aim, element, solutions) are one that changed, first those of the same
    attribute; where several could be meant, those that differ least. The order of statements does not count.
    """
    old, new = dict(enumerate(a.statements)), dict(enumerate(b.statements))
    for i, statement in list(old.items()):
        same = next((j for j, other in new.items() if other == statement), None)
        if same is not None:
            del old[i], new[same]
    pairs = _pairs(old, new, lambda s: (s.attribute, *_subject(s)))
    pairs |= _pairs(_without(old, pairs), _without(new, pairs.values()), _subject)
    changes = []
    for i, before in old.items():
        j = pairs.get(i)
        if j is None:
            changes.append(Change("removed", before, None, (), (i, None)))
        else:
            changes.append(Change("changed", before, new[j], parts_of(before, new[j]), (i, j)))
    return changes + [Change("added", None, s, (), (None, j)) for j, s in _without(new, pairs.values()).items()]


def about(a: Design, b: Design) -> list[Part]:
    """What differs between two designs beside their statements: name, title, question, years."""
    return _parts("", _head(a), _head(b))


def parts_of(before: Statement, after: Statement) -> tuple[Part, ...]:
    """The parts in which two statements differ; or-elses of other kinds are told as a whole."""
    old, new = plain(before), plain(after)
    if _kinds(old) != _kinds(new):
        told = Part("or_else", old.pop("or_else", None), new.pop("or_else", None))
        return (*_parts("", old, new), told)
    return tuple(_parts("", old, new))


def plain(model: BaseModel) -> Plain:
    """A design, statement or part of one as it stands in a file, every default written out."""
    return dict(_plain(model.model_dump(by_alias=True, exclude_none=True)))


def to_toml(design: Design) -> str:
    """The design as TOML that reads back as an equal design; every default is written out."""
    return written(_head(design), [plain(statement) for statement in design.statements])


def written(head: Mapping[str, Any], statements: Iterable[Mapping[str, Any]]) -> str:
    """A design in plain data as TOML, be it valid or not; its keys are those of a design file."""
    lines = [f"{key} = {_value(value)}" for key, value in head.items()]
    for statement in statements:
        lines += ["", "[[statement]]", *(f"{key} = {_value(value)}" for key, value in statement.items())]
    return "\n".join(lines) + "\n"


def _head(design: Design) -> Plain:
    return {key: value for key, value in plain(design).items() if key != "statement"}


def _subject(statement: Statement) -> tuple[Any, ...]:
    return (statement.aim.kind, *(getattr(statement.aim, name, None) for name in SUBJECT))


def _without(statements: Mapping[int, Statement], taken: Iterable[int]) -> dict[int, Statement]:
    gone = set(taken)
    return {i: s for i, s in statements.items() if i not in gone}


def _pairs(
    old: Mapping[int, Statement], new: Mapping[int, Statement], key: Callable[[Statement], tuple[Any, ...]]
) -> dict[int, int]:
    """Statements of one key joined two by two, those that differ in the fewest parts first."""
    told = {i: (key(s), plain(s)) for i, s in old.items()}
    other = {j: (key(s), plain(s)) for j, s in new.items()}
    close = sorted(
        (len(_parts("", mine, theirs)), i, j)
        for i, (subject, mine) in told.items()
        for j, (theme, theirs) in other.items()
        if subject == theme
    )
    pairs: dict[int, int] = {}
    for _, i, j in close:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _kinds(statement: Plain) -> list[str]:
    """Kinds of the or-elses behind one another."""
    kinds, link = [], statement.get("or_else")
    while link is not None:
        kinds.append(link["kind"])
        link = link.get("or_else")
    return kinds


def _parts(path: str, old: Any, new: Any) -> list[Part]:
    if old == new:
        return []
    if not (isinstance(old, dict) and isinstance(new, dict)) or path.endswith("million_nok"):
        return [Part(path, old, new)]
    keys = [*old, *(key for key in new if key not in old)]
    return [part for key in keys for part in _parts(f"{path}.{key}".lstrip("."), old.get(key), new.get(key))]


def _plain(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        kind_first = sorted(value, key=lambda k: k != "kind") if "kind" in value else list(value)
        return {k: _plain(value[k], k) for k in kind_first if value[k] != ()}
    if isinstance(value, tuple):
        if key == "million_nok":
            return {str(year): money for year, money in value}
        return [_plain(one) for one in value]
    return value


def _value(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return repr(value)
