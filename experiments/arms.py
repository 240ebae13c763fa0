"""Arms of experiments as data: a shipped design with statements dropped, ended, changed and added, and settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from model.case import Case
    from model.institutions.grammar import Design, Statement

Pattern = Mapping[str, Any]  # words of a statement or of its aim: {"kind": "duty", "element": "plan"}
SOURCE = "An experiment; no rule in force"


class Text(NamedTuple):
    """The same text in English and Norwegian Bokmål."""

    en: str
    nb: str


class ArmError(ValueError):
    """An arm names a statement that its design does not have."""


@dataclass(frozen=True)
class Arm:
    """One world of an experiment.

    design: name of a shipped design; drop: statements that fall away; end: statements that end with a year; change: new
    values in the aims of statements; add: statements in the words of a design file; settings: parameters by path.
    paid_as: its permanent money is in every year the project money that the state paid in that arm with the same seed,
    and where `is_matched` the municipalities' own share of the projects as well.
    """

    title: Text
    design: str
    drop: tuple[Pattern, ...] = ()
    end: tuple[tuple[Pattern, int], ...] = ()
    change: tuple[tuple[Pattern, Pattern], ...] = ()
    add: tuple[Pattern, ...] = ()
    settings: Mapping[str, float] = field(default_factory=dict)
    paid_as: "Arm | None" = None
    is_matched: bool = False


def duty(element: str, **more: Any) -> Pattern:
    """A binding duty on an element from the first year on, with a standard for those who break it."""
    aim = {"kind": "duty", "element": element}
    rule = {"attribute": "municipality", "deontic": "must", "aim": aim, "or_else": {"kind": "default_standard"}}
    return {**rule, "source": SOURCE, **more}


def design_of(arm: Arm) -> "Design":
    """The design of an arm; the shipped one itself where nothing is changed. Raises ArmError and DesignError."""
    from model.institutions.design import load_design
    from model.institutions.grammar import Design, Statement

    base = load_design(arm.design)
    if not (arm.drop or arm.end or arm.change or arm.add):
        return base
    kept = list(base.statements)
    for pattern in arm.drop:
        found = _found(kept, pattern, arm)
        kept = [s for s in kept if s not in found]
    for pattern, year in arm.end:
        found = _found(kept, pattern, arm)
        kept = [s.model_copy(update={"last": year}) if s in found else s for s in kept]
    for pattern, values in arm.change:
        found = _found(kept, pattern, arm)
        aims = {id(s): s.aim.model_copy(update=dict(values)) for s in found}
        kept = [s.model_copy(update={"aim": aims[id(s)]}) if id(s) in aims else s for s in kept]
    kept += [Statement.model_validate(dict(words)) for words in arm.add]
    told = "\n".join(s.model_dump_json() for s in kept)
    name = f"{base.name}-{blake2b(told.encode(), digest_size=4).hexdigest()}"
    words = {"name": name, "title": base.title, "question": base.question, "statement": tuple(kept)}
    return Design.model_validate(words)


def _found(statements: "list[Statement]", pattern: Pattern, arm: Arm) -> "list[Statement]":
    found = [s for s in statements if all(_word(s, key) == value for key, value in pattern.items())]
    if not found:
        raise ArmError(f"{arm.design} has no statement with {dict(pattern)}; the arm '{arm.title.en}' asks for one")
    return found


def _word(statement: "Statement", key: str) -> Any:
    return getattr(statement.aim, key) if hasattr(statement.aim, key) else getattr(statement, key, None)


def case_of(arm: Arm, asked: Mapping[str, Any]) -> "Case":
    """The case of an arm; asked: what `Case.load` takes beside the design; the arm's own settings come first.

    Where the arm is paid as another, the flows are not in yet: see `paid`.
    """
    from model.case import Case

    settings = {**(asked.get("settings") or {}), **arm.settings}
    case = Case.load(**{**asked, "settings": settings}, design=arm.design)
    design = design_of(arm)
    return case if design is case.design else replace(case, design_name=design.name, design=design)


def paid(arm: Arm, asked: Mapping[str, Any], flows: Mapping[int, float]) -> "Case":
    """The case of an arm whose permanent money is `flows`: NOK paid to the municipalities of the place, by year."""
    case = case_of(replace(arm, paid_as=None), asked)
    (statement,) = (s for s in case.design.statements if s.aim.kind == "permanent_finance")
    aim: Any = statement.aim
    base = aim.base_share
    place = case.place
    people = float(place.population[0].sum()) / place.nation
    part = base * len(place.numbers) / place.nation_size + (1.0 - base) * people  # of the nation's sum that comes here
    sums = {str(year): nok / 1e6 / part for year, nok in flows.items()}
    money = {"kind": "permanent_finance", "million_nok": sums, "base_share": base}
    words = {"attribute": "state", "deontic": "must", "aim": money, "source": SOURCE}
    again = replace(
        arm, paid_as=None, is_matched=False, drop=(*arm.drop, {"kind": "permanent_finance"}), add=(*arm.add, words)
    )
    return case_of(again, asked)
