"""The fields of a statement's form, derived from the JSON schema of design files: kind, bounds, choices, words.

No field is listed here: a new aim, or-else or parameter of the grammar appears by itself; a test asks for its words.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from model.institutions.aim import Aim
from model.institutions.aims import AIMS
from model.institutions.aims.indicator_standard import SCOPES
from model.institutions.differences import NAMES
from model.institutions.file_schema import schema
from model.institutions.grammar import CHAIN
from model.institutions.phrases import ACTORS, DOMAINS, MODALS, SOLUTION_KINDS, THINGS
from model.institutions.sanctions import SANCTIONS
from model.solutions import load_catalogue
from viz.words import Both

FILE: Final = Path(__file__).parent / "fields.toml"
UNIONS: Final = {"aim": AIMS, "or_else": SANCTIONS}


@dataclass(frozen=True)
class Field:
    """One field of a form. path: as in a file, `aim.strength`; kind: choice, many, number, whole, money or text.

    choices: (value, words); an empty value means left out. default: what holds where it is left out, for display.
    """

    path: str
    kind: str
    title: Both
    help: Both
    is_required: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[tuple[str, Both], ...] = ()
    default: Any = None


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, Any]:
    """The definitions of the schema of design files."""
    return dict(schema()["$defs"]) | {"Design": schema()}


@lru_cache(maxsize=1)
def words() -> Mapping[str, Mapping[str, Both]]:
    """Titles and helps of fields and of kinds in both languages, by table and name."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {table: {name: Both(t["en"], t["nb"]) for name, t in found.items()} for table, found in tables.items()}


def form(statement: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields that a statement in plain data has, in the order of a file."""
    return tuple(_statement(statement))


def head() -> tuple[Field, ...]:
    """The fields above the statements."""
    return tuple(_head())


def _head() -> Iterator[Field]:
    design, pair = definitions()["Design"], definitions()["Pair"]["properties"]
    for name, node in design["properties"].items():
        is_required = name in design["required"]
        if "$ref" in node:  # a text in two languages
            yield from (_field(f"{name}.{language}", one, is_required=is_required) for language, one in pair.items())
        elif node.get("type") != "array":
            yield _field(name, node, is_required=is_required)


def _statement(statement: Mapping[str, Any]) -> Iterator[Field]:
    whole = definitions()["Statement"]
    aim = AIMS.get(str(_of(statement.get("aim"), "kind")))
    for name, node in whole["properties"].items():
        is_required = name in whole["required"]
        if name == "aim":
            yield from _union("aim", statement.get("aim"), is_required=True)
        elif name == "or_else":
            if _can_break(statement):
                yield from _chain(statement.get("or_else"))
        elif name == "attribute" and aim is not None:
            yield _field(name, node | {"enum": list(aim.actors)}, is_required=True)
        else:
            yield _field(name, node, is_required=is_required)


def _can_break(statement: Mapping[str, Any]) -> bool:
    """Whether somebody can be found to break it: otherwise it has no or-else."""
    aim = AIMS.get(str(_of(statement.get("aim"), "kind")))
    is_breakable = aim is not None and aim.breakable is not Aim.breakable
    return (is_breakable and statement.get("deontic") in ("must", "should")) or "or_else" in statement


def _chain(first: Any) -> Iterator[Field]:
    """The or-elses behind one another, each with its fields, and room for one more."""
    link, path = first, "or_else"
    for place in range(CHAIN):
        for one in _union(path, link, is_required=False):
            if place or not one.path.endswith(".after"):
                yield one
        if _of(link, "kind") not in SANCTIONS:
            return
        link, path = link.get("or_else"), f"{path}.or_else"


def _union(path: str, given: Any, *, is_required: bool) -> Iterator[Field]:
    """The choice of a kind, and the fields of the kind that is chosen."""
    union = path.rpartition(".")[2]
    known = UNIONS[union]
    choices = [(kind, words()[union][kind]) for kind in known]
    title = words()["title"]["or_else_next" if path.count(".") else union]
    kind = str(_of(given, "kind"))
    about = words()[f"{union}_help"].get(kind, words()["help"][union])
    nothing = [] if is_required else [("", words()["word"]["nothing"])]
    yield Field(f"{path}.kind", "choice", title, about, is_required, choices=(*nothing, *choices))
    if kind in known:
        chosen = definitions()[known[kind].__name__]
        for name, node in chosen["properties"].items():
            if name not in ("kind", "or_else"):
                yield _field(f"{path}.{name}", node, is_required=name in chosen["required"])


def _of(given: Any, key: str) -> Any:
    return given.get(key) if isinstance(given, Mapping) else None


def _field(path: str, node: Mapping[str, Any], *, is_required: bool) -> Field:
    name = path.rpartition(".")[2]
    kind = _kind_of(name, node)
    choices: tuple[tuple[str, Both], ...] = ()
    if kind in ("choice", "many"):
        found = node["enum"] if kind == "choice" else node["items"].get("enum", ())
        choices = tuple((value, _word(name, value)) for value in found if kind == "choice" or value in _own())
        if kind == "choice" and not is_required and "default" not in node:
            choices = (("", words()["word"]["any"]), *choices)
    low, high = node.get("minimum"), node.get("maximum")
    told = words()["help"].get(path.replace("or_else.or_else", "or_else"), words()["help"].get(name))
    if told is None:
        raise KeyError(f"{FILE.name}: no help for the field {path}")
    return Field(path, kind, _title(path), told, is_required, low, high, choices, node.get("default"))


def _kind_of(name: str, node: Mapping[str, Any]) -> str:
    if name == "million_nok":
        return "money"
    if node.get("type") == "array":
        return "many"
    if "enum" in node:
        return "choice"
    return {"number": "number", "integer": "whole"}.get(str(node.get("type")), "text")


def _title(path: str) -> Both:
    name, pair = path.rpartition(".")[2], ".".join(path.split(".")[-2:])
    own = words()["title"].get(pair) or words()["title"].get(name)
    if own is not None:
        return own
    found = NAMES.get(pair) or NAMES[name]
    return Both(found["en"], found["nb"])


@lru_cache(maxsize=1)
def _own() -> frozenset[str]:
    """Solutions that a rule of a design can move."""
    return frozenset(one.id for one in load_catalogue().solutions if not one.is_national)


def _word(name: str, value: str) -> Both:
    """A value of a field in words."""
    if name == "solutions":
        names = {one.id: one.names for one in load_catalogue().solutions}
        return Both(names[value].en, names[value].nb)
    listed: Mapping[str, Mapping[str, Mapping[str, str]]] = {
        "attribute": ACTORS,
        "deontic": MODALS,
        "element": THINGS,
        "scope": SCOPES,
        "solution_kind": SOLUTION_KINDS,
        "domain": DOMAINS,
    }
    found = listed.get(name, {}).get(value)
    if found is not None:
        return Both(found["en"], found["nb"])
    return words()["word"].get(f"{name}_{value}", Both(value, value))
