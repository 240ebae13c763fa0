"""Designs from files, and what they mean in a year: load, check, evaluate.

Nothing in a design file can run; every refusal is a DesignError with file, statement, line and remedy.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import ValidationError

from agents.vocabulary import ELEMENTS
from model.institutions.aim import Reading
from model.institutions.conditions import Situation, condition
from model.institutions.diagnosis import FAULTS, faults, line_of
from model.institutions.errors import DesignError, Fault, nearest, printable, quoted
from model.institutions.grammar import STATEMENTS, Design, Statement
from model.institutions.sanction import WITHOUT, Breach
from model.institutions.selection import SolutionAim
from model.terms import Terms

FOLDER: Final = Path(__file__).parent.parent / "library" / "designs"
SIZE: Final = 256_000  # bytes of a file
LINE: Final = 20_000  # characters of a line
NESTING: Final = 12  # tables and lists within one another
# A key of very many parts would keep the reader busy for minutes.
DOTTED: Final = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}""")
GRACE: Final = 2  # years before a missing element counts as a breach


def design_names() -> tuple[str, ...]:
    """Names of the designs that come with the program, in alphabetical order."""
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
        raise DesignError(Fault(f"unknown design {quoted(text)}", nearest(text, names) + " A file is named with .toml"))
    return _shipped(text)


@lru_cache(maxsize=64)
def _shipped(name: str) -> Design:
    return parse_design(_read(FOLDER / f"{name}.toml"), file=f"designs/{name}.toml")


def _read(path: Path) -> str:
    shown = printable(path.as_posix()[-80:])
    try:
        if not path.is_file():
            raise DesignError(Fault("there is no such file", "check the path, or name a shipped design", shown))
        with path.open("rb") as handle:
            raw = handle.read(SIZE + 1)
        if len(raw) > SIZE:
            raise DesignError(Fault(f"the file is larger than {SIZE // 1000} kB", "split the design", shown))
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DesignError(Fault("the file is not UTF-8 text", "save it as UTF-8", shown)) from error
    except (OSError, ValueError) as error:
        if isinstance(error, DesignError):
            raise
        raise DesignError(Fault("the file cannot be read", "check its name and permissions", shown)) from error


def parse_design(text: str, *, file: str = "design") -> Design:
    """The design written in `text`; `file` is the name that errors show. Raises DesignError with all faults found."""
    try:
        data = _tables(text)
        found = _statement_faults(data, text)
        if found:
            raise DesignError(*found[:FAULTS])
        try:
            design = Design.model_validate(data)
        except ValidationError as error:
            listed = faults(error, Design)
            raise DesignError(*(fault.within("", 0, line_of(text, 0, fault)) for fault in listed)) from error
        return design
    except DesignError as error:
        raise DesignError(*(fault.within(printable(file[-80:])) for fault in error.faults)) from error.__cause__


def _tables(text: str) -> dict[str, Any]:
    """The TOML in `text` as plain data of limited size, depth and effort."""
    if len(text.encode("utf-8", "replace")) > SIZE:
        raise DesignError(Fault(f"the design is larger than {SIZE // 1000} kB", "split it"))
    for at, line in enumerate(text.split("\n"), 1):
        if len(line) > LINE:
            raise DesignError(Fault(f"the line has {len(line)} characters", f"at most {LINE} are read", line=at))
    dotted = DOTTED.search(text)
    if dotted:
        line_number = text.count("\n", 0, dotted.start()) + 1
        raise DesignError(Fault("a key has too many parts", "write plain keys without dots", line=line_number))
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        where = re.search(r"\(at line (\d+), column \d+\)", reason)
        shown = reason.replace(where.group(0), "").strip() if where else reason
        fault = Fault(
            f"this is not TOML: {shown}", "text stands in quotes, each key once", line=int(where[1]) if where else 0
        )
        raise DesignError(fault) from error
    if _depth(data) > NESTING:
        raise DesignError(Fault(f"tables are nested more than {NESTING} deep", "write plain statements"))
    return data


def _depth(data: Any) -> int:
    """Levels of tables and lists within one another, found without recursion."""
    level, deepest = [data], 0
    while level and deepest <= NESTING:
        level = [
            part
            for one in level
            if isinstance(one, dict | list)
            for part in (one.values() if isinstance(one, dict) else one)
        ]
        deepest += 1
    return deepest


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


def evaluate(design: Design, situation: Situation, terms: Terms) -> None:
    """Write into `terms` what the design's statements in force mean in the situation's year.

    Statements act in the order of the file, counted from 0; then the or-elses befall those who break them.
    """
    everywhere = np.ones(situation.population.shape, dtype=bool)
    everywhere.flags.writeable = False
    broken = []
    for index, statement in enumerate(design.statements):
        if not statement.is_in_force(situation.year):
            continue
        mask = everywhere if statement.condition is None else condition(statement.condition).mask(situation)
        reading = Reading(
            year=situation.year,
            mask=mask,
            strength=statement.strength,
            credibility=WITHOUT if statement.or_else is None else statement.or_else.credibility,
            index=index,
            situation=situation,
            age=0 if statement.first is None else situation.year - statement.first + 1,
        )
        statement.aim.write(terms, reading)
        if statement.or_else is not None and situation.breach is not None:
            broken.append((statement, reading))
    for statement, reading in broken:
        _punish(statement, reading, terms)


def _punish(statement: Statement, reading: Reading, terms: Terms) -> None:
    """Let the or-else act on those among the masked who break the statement."""
    breach, element = reading.situation.breach, statement.aim.breakable
    if breach is None or statement.or_else is None:
        return
    years = breach[:, ELEMENTS.index(element)]
    if years.dtype == bool:  # not told for how long: since the statement's grace ended
        years = years * max(1, reading.age - GRACE)
    years = years * reading.mask
    if years.any():
        statement.or_else.act(terms, reading, Breach(element, years))


def schema() -> dict[str, Any]:
    """JSON schema of a design file."""
    return Design.model_json_schema(by_alias=True)
