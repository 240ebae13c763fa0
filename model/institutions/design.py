"""Designs from files, and what they mean in a year: load, check, evaluate.

Nothing in a design file can run; every refusal is a DesignError with file, statement, line and remedy.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from agents.vocabulary import ELEMENTS
from model.institutions.aim import Reading
from model.institutions.conditions import Condition, Situation, condition
from model.institutions.diagnosis import FAULTS, faults, line_of
from model.institutions.errors import DesignError, Fault, nearest, printable, quoted
from model.institutions.grammar import STATEMENTS, Design, Statement
from model.institutions.sanction import Breach, believed, punish
from model.institutions.selection import SolutionAim
from model.plain_text import TextError, text_of
from model.plain_toml import SIZE, tables
from model.terms import Terms

FOLDER: Final = Path(__file__).parent.parent / "library" / "designs"
Mask = NDArray[np.bool_]


@lru_cache(maxsize=1)
def design_names() -> tuple[str, ...]:
    """Names of the designs that come with the program, in alphabetical order; the folder is read once."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load_design(name_or_path: str | Path) -> Design:
    """A shipped design by name (kept after the first reading), or the one in a file (text with `.toml` or a separator).

    Raises DesignError for an unknown name, an unreadable file and everything wrong in it.
    """
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        return parse_design(_read(Path(name_or_path)), file=text)
    names = design_names()
    if text not in names:
        remedy = f"a file's name ends with .toml; {nearest(text, names)}"
        raise DesignError(Fault(f"unknown design {quoted(text)}", remedy))
    return _shipped(text)


@lru_cache(maxsize=64)
def _shipped(name: str) -> Design:
    return parse_design(_read(FOLDER / f"{name}.toml"), file=f"designs/{name}.toml")


def _read(path: Path) -> str:
    try:
        return text_of(path, limit=SIZE)
    except TextError as error:
        raise DesignError(Fault(error.wrong, error.remedy, printable(path.as_posix()[-80:]))) from error


def parse_design(text: str, *, file: str = "design") -> Design:
    """The design written in `text`; `file` is the name that errors show. Raises DesignError with all faults found."""
    try:
        return read_design(_tables(text), text)
    except DesignError as error:
        raise DesignError(*(fault.within(printable(file[-80:])) for fault in error.faults)) from error.__cause__


def read_design(data: dict[str, Any], text: str = "") -> Design:
    """The design in plain data as a file holds it; `text`, where there is one, gives faults their lines.

    Raises DesignError with all faults found, each with its statement and field.
    """
    found = _statement_faults(data, text)
    if found:
        raise DesignError(*found[:FAULTS])
    try:
        return Design.model_validate(data)
    except ValidationError as error:
        listed = faults(error, Design)
        raise DesignError(*(fault.within("", 0, line_of(text, 0, fault)) for fault in listed)) from error


def _tables(text: str) -> dict[str, Any]:
    """The TOML in `text` as plain data of limited size, depth and effort."""
    try:
        return tables(text)
    except TextError as error:
        raise DesignError(Fault(error.wrong, error.remedy, line=error.line)) from error


def _statement_faults(data: dict[str, Any], text: str) -> list[Fault]:
    """What is wrong in each statement, and which solutions the catalogue lacks."""
    listed = data.get("statement")
    if not isinstance(listed, list) or not listed:
        return [Fault("there is no statement", "add at least one [[statement]]")]
    if len(listed) > STATEMENTS:
        return [Fault(f"there are {len(listed)} statements", f"at most {STATEMENTS} are allowed")]
    found = []
    for i, one in enumerate(listed, 1):
        try:
            statement = Statement.model_validate(one)
            if isinstance(statement.aim, SolutionAim):
                statement.aim.check_solutions()
            continue
        except ValidationError as error:
            wrong = faults(error, Statement)
        except DesignError as error:
            wrong = list(error.faults)
        found += [fault.within("", i, line_of(text, i, fault)) for fault in wrong]
    return found


def readings(
    design: Design, situation: Situation, holds: Callable[[Condition, Situation], Mask] = Condition.mask
) -> Iterator[tuple[Statement, Reading]]:
    """The statements in force in the situation's year, in the order of the file, each with its reading.

    `holds` says for whom a condition holds, bool (M,).
    """
    everywhere = np.ones(situation.population.shape, dtype=bool)
    everywhere.flags.writeable = False
    for index, statement in enumerate(design.statements):
        if not statement.is_in_force(situation.year):
            continue
        yield (
            statement,
            Reading(
                year=situation.year,
                mask=everywhere if statement.condition is None else holds(condition(statement.condition), situation),
                strength=getattr(situation.p.deontic, statement.deontic),
                credibility=believed(statement.or_else, situation.p.sanction),
                index=index,
                situation=situation,
                age=0 if statement.first is None else situation.year - statement.first + 1,
            ),
        )


def evaluate(design: Design, situation: Situation, terms: Terms) -> None:
    """Write into `terms` what the design's statements in force mean in the situation's year.

    Statements act in the order of the file, counted from 0; then the or-elses befall those who break them.
    """
    broken = []
    for statement, reading in readings(design, situation):
        statement.aim.write(terms, reading)
        element = statement.aim.breakable
        if element and (statement.deontic == "must" or statement.or_else is not None):
            terms.binding[reading.mask, ELEMENTS.index(element)] = True
        if statement.or_else is not None and situation.breach is not None:
            broken.append((statement, reading))
    for statement, reading in broken:
        _punish(statement, reading, terms)


def _punish(statement: Statement, reading: Reading, terms: Terms) -> None:
    """Let the or-elses act on those among the masked who break the statement, at most since its own grace ended."""
    breach, element = reading.situation.breach, statement.aim.breakable
    if breach is None or statement.or_else is None:
        return
    years = breach[:, ELEMENTS.index(element)]
    own = max(0, reading.age - round(reading.situation.p.sanction.grace))
    if years.dtype == bool:  # not told for how long: since the statement's grace ended
        years = years * max(1, own)
    elif reading.age:
        years = np.minimum(years, own)
    years = years * reading.mask
    if years.any():
        punish(statement.or_else, terms, reading, Breach(element, years))
