"""The tables of the model's description, each read off the code or the data that it describes. Knows no prose."""

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from agents.businesses import Businesses
from agents.citizens import Citizens
from agents.county import County, CountyRules
from agents.municipality import Municipalities
from agents.population import Population
from agents.state import State
from agents.vocabulary import ELEMENTS
from model import schema
from model.checks import CHECKS
from model.institutions.aims import AIMS
from model.institutions.design import design_names, load_design
from model.institutions.phrases import THINGS
from model.institutions.sanctions import SANCTIONS
from model.parameters import declared, values_of
from model.phases import YEAR
from model.places import Place
from model.solution import QUANTITIES, solution_numbers
from model.solutions import Catalogue
from model.streams import STREAMS
from model.terms import Terms

HOUSES: Final = ("agents", "model")
POPULATIONS: Final[tuple[type[Population], ...]] = (Municipalities, Citizens, Businesses, CountyRules)
ACTORS: Final = (State, County)
DRAWS: Final = {
    "uniform": "uniform 0-1",
    "normal": "mean 0, variance 1",
    "keys": "keys of a compiled draw",
    "waits": "patience of a spell of waiting",
    "tries": "luck of each try",
}
TYPE_BOUND: Final = 1e9
_STATE = re.compile(r"`(\w+)` \(([^)]+)\) ([^.]+)\.")
_TERM = re.compile(r"^ {4}(\w+): [^=\n]+= field\(\s*init=False\s*\)\s*#\s*(.+)$", re.MULTILINE)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; a bar inside a cell is escaped.

    >>> table(("a", "b"), [(1, "x|y")]).splitlines()
    ['| a | b |', '|---|---|', '| 1 | x\\\\|y |']
    """
    lines = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (list(head), *lines)).replace(
        "\n", f"\n|{'---|' * len(head)}\n", 1
    )


def first_line(thing: Any) -> str:
    """First line of what a thing says of itself. Raises ValueError when it says nothing."""
    text = inspect.getdoc(thing)
    if not text:
        raise ValueError(f"{thing!r} has no docstring; write one that begins with what it is")
    return text.splitlines()[0]


def code(text: object) -> str:
    """Text set as code."""
    return f"`{text}`"


def number(value: float) -> str:
    """A number as people write it: up to six digits, no trailing zeros.

    >>> number(500000.0), number(0.30), number(2.0**64)
    ('500000', '0.3', '1.84467e+19')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e9 else f"{value:g}"


def span(low: float, high: float) -> str:
    """A range; a bound that only the type sets is left out.

    >>> span(0.0, 0.5), span(0.0, 2.0**62)
    ('0 to 0.5', '0 or more')
    """
    return f"{number(low)} or more" if high >= TYPE_BOUND else f"{number(low)} to {number(high)}"


# -- entities ----------------------------------------------------------------------------------------------------


def attributes(population: type[Population]) -> str:
    """State variables of a population: name, unit, range, meaning, and what there is more than one value of."""
    rows = (
        (code(a.name), a.unit or "yes or no", span(a.low, a.high), a.meaning, a.width) for a in population.attributes
    )
    return table(("variable", "unit", "range", "meaning", "one for each of the"), rows)


def actor_states() -> str:
    """State variables of the actors that keep their own, from their docstrings."""
    rows = []
    for actor in ACTORS:
        found = _STATE.findall(inspect.getdoc(actor) or "")
        if not found:
            raise ValueError(f"the docstring of {actor.__name__} names no state as in: `name` (unit) what it is.")
        rows += [
            (actor.__name__.lower(), code(name), unit, meaning.removeprefix("is ")) for name, unit, meaning in found
        ]
    return table(("actor", "variable", "unit", "meaning"), rows)


def terms() -> str:
    """What rules write and actors read, from the comments of `Terms`."""
    told = dict(_TERM.findall(inspect.getsource(Terms)))
    for field in fields(Terms):
        if not field.init and field.name not in told:
            raise ValueError(f"Terms.{field.name} says nothing; add a comment with its shape and meaning")
    return table(("term", "shape and meaning"), ((code(name), meaning) for name, meaning in told.items()))


# -- schedule, streams, checks, outputs --------------------------------------------------------------------------


def schedule() -> str:
    """The phases of a year, in order."""
    rows = []
    for place, phase in enumerate(YEAR, 1):
        told = first_line(sys.modules[phase.__module__]).removeprefix(f"{phase.__name__.capitalize()}: ")
        rows.append((place, code(phase.__name__), told, code(f"{phase.__module__.replace('.', '/')}.py")))
    return table(("", "phase", "what happens", "code"), rows)


def _draws(root: Path) -> Iterator[tuple[str, str, str]]:
    """Every draw of a named stream in the two houses: stream, method, file."""
    for house in HOUSES:
        for path in sorted((root / house).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Attribute(attr=method), args=[ast.Constant(value=str(name)), *_]):
                        pass
                    case ast.Subscript(value=ast.Attribute(attr=method), slice=ast.Constant(value=str(name))):
                        pass
                    case _:
                        continue
                if method in DRAWS:
                    yield name, method, path.relative_to(root).as_posix()


def streams(root: Path) -> str:
    """The named streams of random numbers, what each draws and where."""
    drawn: dict[str, list[tuple[str, str]]] = {name: [] for name in STREAMS}
    for name, method, file in _draws(root):
        if name in drawn and (DRAWS[method], code(file)) not in drawn[name]:
            drawn[name].append((DRAWS[method], code(file)))
    rows = (
        (code(name), ", ".join(dict.fromkeys(d for d, _ in where)), ", ".join(dict.fromkeys(f for _, f in where)))
        for name, where in drawn.items()
    )
    return table(("stream", "draw", "where"), rows)


def checks() -> str:
    """The invariants of every year."""
    rows = ((code(c.name), first_line(c.broken), "stops the run" if c.is_strict else "warns") for c in CHECKS)
    return table(("check", "what must hold", "when broken"), rows)


def outputs(name: str) -> str:
    """The columns of one output table."""
    return table(("column", "unit", "meaning"), ((code(c.name), c.unit, c.meaning) for c in schema.TABLES[name]))


# -- parameters --------------------------------------------------------------------------------------------------


def groups() -> dict[str, str]:
    """A table of parameters for each group of the file."""
    of_group: dict[str, list[tuple[object, ...]]] = {}
    for p in declared().values():
        group, _, rest = p.path.partition(".")
        row = (code(rest), number(p.value), span(p.low, p.high), p.unit, p.meaning, p.source, p.grade, p.kind)
        of_group.setdefault(group, []).append(row)
    head = ("parameter", "value", "range", "unit", "meaning", "source", "grade", "kind")
    return {group: table(head, rows) for group, rows in of_group.items()}


def grades() -> str:
    """How many parameters there are of each grade and kind."""
    every = list(declared().values())
    kinds = sorted({p.kind for p in every})
    of_grade = (
        (g, *(sum(p.grade == g and p.kind == k for p in every) for k in kinds))
        for g in sorted({p.grade for p in every})
    )
    return table(("grade", *kinds), of_grade)


def value(path: str) -> str:
    """The default of a parameter, for a sentence. Raises KeyError for an unknown path."""
    return number(declared()[path].value)


# -- institutions and solutions ----------------------------------------------------------------------------------


def elements() -> str:
    """The institutional elements, with their parameters."""
    p = values_of({}).element
    rows = (
        (code(e), THINGS[e]["en"], *(number(getattr(getattr(p, e), n)) for n in ("weight", "ease", "first")))
        for e in ELEMENTS
    )
    return table(("element", "what it is", "weight", "ease", "share in the first year"), rows)


def aims() -> str:
    """The aims that a statement can have."""
    return table(("aim", "what it does"), ((code(kind), first_line(aim)) for kind, aim in AIMS.items()))


def sanctions() -> str:
    """The or-elses, and how far each is believed unless a design says otherwise."""
    rows = ((code(k), first_line(s), value(f"sanction.credibility.{k}")) for k, s in SANCTIONS.items())
    return table(("or else", "what befalls those who break the statement", "credibility"), rows)


def designs() -> str:
    """The designs that ship."""
    every = [load_design(name) for name in design_names()]
    return table(
        ("design", "question", "statements"), ((code(d.name), d.question.en, len(d.statements)) for d in every)
    )


def solutions(cat: Catalogue) -> str:
    """The catalogue: what each solution is, needs, and how many of its numbers are assumed."""
    rows = []
    for s in cat.solutions:
        numbers = [n for _, n in solution_numbers(s)]
        needs = [word for word, is_needed in (("offers", s.needs_offers), ("facility", s.needs_facility)) if is_needed]
        assumed = sum(n.grade == "assumed" for n in numbers)
        share = number(s.initial_share.value)
        rows.append(
            (
                s.names.en,
                s.domain,
                s.level,
                s.kind,
                s.chooser,
                s.contagion,
                " and ".join(needs) or "nothing",
                share,
                f"{assumed} of {len(numbers)}",
            )
        )
    head = (
        "solution",
        "domain",
        "level",
        "kind",
        "who chooses",
        "contagion",
        "needs",
        "share today",
        "assumed numbers",
    )
    return table(head, rows)


def quantities() -> str:
    """The numbers that describe a solution."""
    rows = ((code(n), q.unit, span(q.low, q.high), q.meaning) for n, q in QUANTITIES.items())
    return table(("quantity", "unit", "range", "meaning"), rows)


def sources(place: Place) -> str:
    """Where the tables of a place come from."""
    rows = ((s["what"], s["source"], s["licence"], s["confidence"]) for s in place.sources)
    return table(("what", "source", "licence", "confidence"), rows)
