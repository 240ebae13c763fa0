"""A design in the making: plain data as a design file holds it, changed field by field, checked and read out.

Whatever comes from a browser is read here and not believed: unknown fields, statements and values are left.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from model.institutions.aims import AIMS
from model.institutions.comparison import plain, written
from model.institutions.design import load_design, parse_design, read_design
from model.institutions.errors import DesignError, Fault
from model.institutions.grammar import STATEMENTS, Design, Statement
from model.institutions.phrases import LANGUAGES
from model.institutions.sentences import read_out, sentence
from viz.app.drafts.fields import UNIONS, Field, definitions, form, head
from viz.words import Both

Data = dict[str, Any]
LONGEST: Final = 500  # characters of what is typed into a field
LARGEST: Final = 256_000  # characters of a file that is opened
SUMS: Final = re.compile(r"\s*((?:19|20|21)\d\d)\s*[:=]\s*([0-9][0-9\s.,]*)\s*")
FRESH: Final[Data] = {
    "attribute": "municipality",
    "deontic": "should",
    "aim": {"kind": "duty", "element": "plan"},
    "source": "Our own proposal / Vårt eget forslag",
}
EXAMPLE: Final[Data] = {"attribute": "municipality", "aim": {"kind": "duty", "element": "plan"}, "source": "none"}


@dataclass(frozen=True)
class Placed:
    """A fault at the field it belongs to. statement: from 1, 0 the head; field: path, empty for the whole of it."""

    statement: int
    field: str
    wrong: str
    remedy: str


@dataclass(frozen=True)
class Check:
    """What a draft comes to: the design (None where something is wrong), sentences that can be read, and faults."""

    design: Design | None
    sentences: tuple[Both | None, ...]
    faults: tuple[Placed, ...]


def begun(name: str) -> Data:
    """A draft that begins as a shipped design. Raises DesignError for an unknown name."""
    data = plain(load_design(name))
    return data | {"name": f"{name[:56]}-own"}


def opened(text: str) -> Data:
    """A draft of a design file that somebody opened. Raises DesignError with everything wrong, at once also for text

    that is made to be large, deep or slow.
    """
    if len(text) > LARGEST:
        raise DesignError(Fault(f"the file is larger than {LARGEST // 1000} kB", "split it"))
    return plain(parse_design(text))


def text_of(draft: Data) -> str:
    """The draft as the TOML of a design file, be it finished or not."""
    return written({k: v for k, v in draft.items() if k != "statement"}, draft["statement"])


def checked(draft: Data) -> Check:
    """The draft as it stands, every statement by itself, and the whole."""
    data = deepcopy(draft)
    try:
        design = read_design(data)
        told = [read_out(design, language) for language in LANGUAGES]
        return Check(design, tuple(Both(*pair) for pair in zip(*told, strict=True)), ())
    except DesignError as error:
        faults = list(error.faults)
    if all(fault.statement for fault in faults):
        faults += _of_head(data)
    return Check(None, tuple(_read(one) for one in data["statement"]), tuple(_placed(fault) for fault in faults))


def _of_head(data: Data) -> list[Fault]:
    """What is wrong above the statements, which is not seen as long as one of these is wrong."""
    try:
        read_design(data | {"statement": [deepcopy(EXAMPLE)]})
    except DesignError as error:
        return [fault for fault in error.faults if not fault.statement]
    return []


def _read(statement: Any) -> Both | None:
    try:
        read_design({"name": "one", "title": _PAIR, "question": _PAIR, "statement": [statement]})
    except DesignError:
        return None
    known = Statement.model_validate(statement)
    return Both(*(sentence(known, language) for language in LANGUAGES))


_PAIR: Final = {"en": "one", "nb": "ett"}


def _placed(fault: Fault) -> Placed:
    return Placed(fault.statement, fault.field, fault.wrong, fault.remedy)


# -- changing ----------------------------------------------------------------------------------------------------


def added(draft: Data) -> Data:
    """The draft with one more statement, or as it was where there are as many as a design can have."""
    listed = draft["statement"]
    return draft if len(listed) >= STATEMENTS else draft | {"statement": [*listed, deepcopy(FRESH)]}


def without(draft: Data, index: int) -> Data:
    """The draft without a statement; the last one stays."""
    listed = draft["statement"]
    if len(listed) < 2 or not 0 <= index < len(listed):
        return draft
    return draft | {"statement": [one for i, one in enumerate(listed) if i != index]}


def moved(draft: Data, index: int, by: int) -> Data:
    """The draft with a statement moved up (-1) or down (1)."""
    listed, to = list(draft["statement"]), index + by
    if by not in (-1, 1) or not (0 <= index < len(listed) and 0 <= to < len(listed)):
        return draft
    listed[index], listed[to] = listed[to], listed[index]
    return draft | {"statement": listed}


def with_head(draft: Data, path: str, raw: Any) -> Data:
    """The draft with a field above the statements as somebody typed it."""
    field = next((one for one in head() if one.path == path), None)
    return draft if field is None else _put(deepcopy(draft), field, raw)


def with_field(draft: Data, index: int, path: str, raw: Any) -> Data:
    """The draft with a field of a statement (from 0) as somebody typed or chose it."""
    listed = draft["statement"]
    if not 0 <= index < len(listed):
        return draft
    statement = deepcopy(listed[index])
    field = next((one for one in form(statement) if one.path == path), None)
    if field is None:
        return draft
    if path.endswith(".kind"):
        _choose(statement, path.removesuffix(".kind"), str(raw)[:LONGEST])
    else:
        _put(statement, field, raw)
    return draft | {"statement": [statement if i == index else one for i, one in enumerate(listed)]}


def _choose(statement: Data, path: str, kind: str) -> None:
    """Another kind of aim or or-else: what both have is kept, what the new one needs is filled in."""
    known = UNIONS[path.rpartition(".")[2]]
    holder, name = _holder(statement, path)
    if not kind:
        holder.pop(name, None)
        return
    if kind not in known:
        return
    found = holder.get(name)
    old: Data = found if isinstance(found, dict) else {}
    before = definitions()[known[old["kind"]].__name__]["required"] if old.get("kind") in known else ()
    holder[name] = {"kind": kind}
    for field in form(statement):
        own = field.path.rpartition(".")
        if own[0] != path or own[2] in ("kind", "or_else"):
            continue
        if own[2] in old and (field.is_required or own[2] not in before):
            holder[name][own[2]] = old[own[2]]
        elif field.is_required:
            holder[name][own[2]] = _usual(field)
    if "or_else" in old:
        holder[name]["or_else"] = old["or_else"]
    if name == "aim":
        _agree(statement)


def _agree(statement: Data) -> None:
    """After another aim: an actor that can have it, solutions where it needs some, an or-else where one breaks it."""
    aim = AIMS[statement["aim"]["kind"]]
    if statement.get("attribute") not in aim.actors:
        statement["attribute"] = aim.actors[0]
    paths = {field.path for field in form({k: v for k, v in statement.items() if k != "or_else"})}
    has_solutions = {"solutions", "solution_kind", "domain", "level"} & statement["aim"].keys()
    if "aim.solution_kind" in paths and not has_solutions:
        statement["aim"]["solution_kind"] = "sharing"
    if "or_else.kind" not in paths:
        statement.pop("or_else", None)


def _usual(field: Field) -> Any:
    if field.choices:
        return field.choices[0][0]
    return {"number": 0.5, "whole": int(field.low or 1), "money": 100.0}.get(field.kind, "")


def _holder(data: Data, path: str) -> tuple[Data, str]:
    """The table in which a path ends, made where it is missing, and its last key."""
    *tables, name = path.split(".")
    for table in tables:
        if not isinstance(data.get(table), dict):
            data[table] = {}
        data = data[table]
    return data, name


def _put(data: Data, field: Field, raw: Any) -> Data:
    value = value_of(field, raw)
    holder, name = _holder(data, field.path)
    if value is None and not (field.is_required and field.kind == "text"):
        holder.pop(name, None)
    else:
        holder[name] = "" if value is None else value
    return data


def value_of(field: Field, raw: Any) -> Any:
    """What was typed or chosen as the value that a file has; None where it was emptied.

    What cannot be read stays as it was typed, so that the check can say what is wrong with it.
    """
    if field.kind == "many":
        listed = raw if isinstance(raw, list) else []
        known = {value for value, _ in field.choices}
        return list(dict.fromkeys(one for one in listed[:200] if isinstance(one, str) and one in known)) or None
    text = str(raw if isinstance(raw, str | int | float) else "")[:LONGEST].strip()
    if not text:
        return None
    if field.kind == "money":
        return _sums(text)
    if field.kind == "whole":
        return int(text) if re.fullmatch(r"-?\d{1,9}", text) else text
    return _number(text) if field.kind == "number" else text


def _number(text: str) -> float | str:
    plain_text = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".").replace("−", "-")
    return float(plain_text) if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", plain_text) else text


def _sums(text: str) -> Any:
    """`250`, or `2025: 108; 2027: 160` as sums by year."""
    parts = [part for part in text.split(";") if part.strip()]
    found = [SUMS.fullmatch(part) for part in parts]
    if not any(found):
        return _number(text)
    sums: Mapping[str, Any] = {m[1]: _number(m[2]) for m in found if m}
    return dict(sums) if all(found) else text


def shown(field: Field, data: Mapping[str, Any]) -> Any:
    """The value of a field as the form shows it: text, or a list for many choices."""
    value: Any = data
    for part in field.path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if field.kind == "many":
        return list(value) if isinstance(value, list | tuple) else []
    if isinstance(value, Mapping):
        return "; ".join(f"{year}: {_shown(money)}" for year, money in value.items())
    if value is None:
        return str(field.default) if field.kind == "choice" and field.default is not None else ""
    return _shown(value)


def _shown(value: Any) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
