"""A study as somebody writes it: a TOML file, checked into a Plan. Writes nothing.

Knows nothing of how a study is carried out. Errors are RequestError with file, key and remedy.
"""

import difflib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from experiments.kinds import KINDS
from experiments.layout import Outline
from experiments.request import MOST_REPLICATES, RequestError, located
from experiments.selection import flat
from model.institutions.errors import quoted
from model.parameters import ParameterError, checked
from model.plain_text import TextError, text_of
from model.plain_toml import SIZE, tables

RUNS, MOST_RUNS, MOST_VALUES = 100_000, 5_000_000, 200_000_000
KEEP: Final = ("nation", "municipality", "uptake")
TEXTS: Final = ("kind", "title", "question", "choice")
WHOLES: Final = ("first", "last", "seed", "replicates", "most_runs")
LISTS: Final = ("designs", "places", "keep")
NUMBERS: Final = ("time_limit", "memory_limit")
KEYS: Final = (*TEXTS, *LISTS, "citizens", *WHOLES, *NUMBERS, "settings")


@dataclass(frozen=True)
class Plan:
    """A checked plan. time_limit: seconds a run; memory_limit: GB a run; outline: what its kind lays out."""

    source: Path
    kind: str
    outline: Outline
    title: str = ""
    question: str = ""
    designs: tuple[str, ...] = ()
    places: tuple[str, ...] = ("norway",)
    citizens: int | str | None = None
    first: int | None = None
    last: int | None = None
    seed: int = 1
    replicates: int = 10
    choice: str = "planned"
    keep: tuple[str, ...] = ("nation",)
    time_limit: float | None = None
    memory_limit: float | None = None
    most_runs: int = RUNS
    settings: Mapping[str, float] = field(default_factory=dict)
    table: Mapping[str, Any] = field(default_factory=dict)  # the kind's own, as written

    @property
    def seeds(self) -> tuple[int, ...]:
        """One seed a replicate, the same for every design, place and sample."""
        return tuple(self.seed + r for r in range(self.replicates))

    @property
    def runs(self) -> int:
        """How many runs the plan asks for."""
        return len(self.designs) * len(self.places) * self.outline.samples * self.replicates


def read_plan(path: Path) -> Plan:
    """The plan in a TOML file. Raises RequestError; nothing is drawn or simulated yet."""
    try:
        facts = tables(text_of(path, limit=SIZE))
    except TextError as error:
        raise RequestError(f"{path}: not a plan ({error})") from None
    try:
        return _plan(path, facts)
    except (RequestError, ParameterError) as error:
        told = str(error)
        raise RequestError(told if told.startswith(str(path)) else f"{path}: {told}") from None


def _plan(path: Path, facts: dict[str, Any]) -> Plan:
    kind = facts.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        told = "is missing" if kind is None else f"= {quoted(kind)} is unknown"
        raise RequestError(f"kind {told}; the kinds are {', '.join(KINDS)}")
    _check_keys(facts, kind)
    table = facts.pop(kind, {})
    if not isinstance(table, dict):
        raise RequestError(f"[{kind}] has the wrong type; write it as a table")
    settings = checked(flat(facts.pop("settings", {}), "settings"))
    for name in LISTS:
        if name in facts:
            facts[name] = tuple(facts[name])
    try:
        outline = KINDS[kind].outline(table, settings, path.parent)
    except RequestError as error:
        told = str(error)
        raise RequestError(told if told.startswith(("[", str(path.parent))) else f"[{kind}] {told}") from None
    facts["places"] = tuple(located(name, path.parent) for name in facts.get("places", ("norway",)))
    facts["designs"] = tuple(located(name, path.parent) for name in facts.get("designs", ()))
    plan = Plan(path, **facts, outline=outline, settings=settings, table=table)
    _check_values(plan)
    return plan


def _check_keys(facts: Mapping[str, Any], kind: str) -> None:
    for key in facts:
        if key == "fails":
            raise RequestError(f"fails stands at the top; it belongs under [{kind}], where that kind takes it")
        if key not in KEYS and key != kind:
            near = difflib.get_close_matches(key, (*KEYS, kind), n=1)
            hint = f"this plan is of kind {kind}" if key in KINDS else f"the keys are {', '.join((*KEYS, kind))}"
            raise RequestError(f"unknown key {quoted(key)}; " + (f"did you mean '{near[0]}'? " if near else "") + hint)
    for names, right, fits in (
        (TEXTS, "a text", lambda v: isinstance(v, str) and len(v) <= 2_000),
        (WHOLES, "a whole number", _is_whole),
        (("citizens",), 'a whole number or "all"', lambda v: _is_whole(v) or v == "all"),
        (NUMBERS, "a number above 0", lambda v: _is_number(v) and v > 0),
        (LISTS, "a list of texts, each once", _is_list),
    ):
        for name in names:
            if name in facts and not fits(facts[name]):
                raise RequestError(f"{name} = {quoted(facts[name])} cannot be; give {right}")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_list(value: Any) -> bool:
    texts = (
        isinstance(value, list) and 1 <= len(value) <= 1_000 and all(isinstance(v, str) and v.strip() for v in value)
    )
    return texts and len(set(value)) == len(value)


def _check_values(plan: Plan) -> None:
    if not plan.designs:
        raise RequestError('no design; name at least one, such as designs = ["todays-practice"]')
    if not 1 <= plan.replicates <= MOST_REPLICATES:
        raise RequestError(f"replicates = {plan.replicates}; give from 1 to {MOST_REPLICATES}")
    if not 0 <= plan.seed < 2**63 - MOST_REPLICATES:
        raise RequestError(f"seed = {plan.seed}; give a whole number from 0 to {2**63 - MOST_REPLICATES - 1}")
    strange = [name for name in plan.keep if name not in KEEP]
    if strange:
        raise RequestError(f"keep: {quoted(strange[0])} cannot be kept; the tables are {', '.join(KEEP)}")
    if not 1 <= plan.most_runs <= MOST_RUNS:
        raise RequestError(f"most_runs = {plan.most_runs}; give from 1 to {MOST_RUNS:,}")
    if plan.runs > plan.most_runs:
        raise RequestError(
            f"asks for {plan.runs:,} runs ({describe(plan)}); how many may there be at most? "
            f"Make it smaller, or set most_runs, now {plan.most_runs:,} (up to {MOST_RUNS:,})"
        )
    if plan.outline.samples * max(len(plan.outline.parameters), 1) > MOST_VALUES:
        raise RequestError(f"asks for more than {MOST_VALUES:,} parameter values; vary fewer or take fewer samples")


def describe(plan: Plan) -> str:
    """What the number of runs is made of: `2 designs × 1 place × 64 samples × 10 seeds`."""
    parts = (
        (len(plan.designs), "design"),
        (len(plan.places), "place"),
        (plan.outline.samples, "sample"),
        (plan.replicates, "seed"),
    )
    return " × ".join(f"{n:,} {word}{'s' * (n != 1)}" for n, word in parts)


def to_toml(plan: Plan, designs: list[str], places: list[str], list_file: str) -> str:
    """The plan as TOML that runs again as it is, beside the files that `designs`, `places` and `list_file` name."""
    told: dict[str, Any] = {"kind": plan.kind, "title": plan.title, "question": plan.question}
    told |= {"designs": designs, "places": places}
    told |= {k: getattr(plan, k) for k in ("citizens", *WHOLES, "choice", *NUMBERS)} | {"keep": list(plan.keep)}
    lines = [f"{key} = {_toml(value)}" for key, value in told.items() if value is not None and value != ""]
    lines += ["", "[settings]", *(f"{json.dumps(path)} = {value!r}" for path, value in plan.settings.items())]
    table = {**plan.table, "file": list_file} if plan.kind == "list" else plan.table
    return "\n".join([*lines, "", f"[{plan.kind}]", *(f"{_key(k)} = {_toml(v)}" for k, v in table.items())]) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else json.dumps(key)
