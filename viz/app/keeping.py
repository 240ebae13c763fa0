"""What can be taken along: the case file, the citation, the numbers as CSV; and a case file that somebody brings.

A file that is brought is a stranger's text: it is parsed within bounds, no path in it is opened, and what the
laboratory cannot do is named. Knows nothing of pages.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from experiments import request as requests
from experiments.provenance import version
from model.schema import MUNICIPALITY, NATION, UPTAKE, Column
from viz.app import grounds
from viz.app.answers import ENDS, YEARLY, Ensemble, key_of
from viz.app.question import REPLICATES, Question
from viz.app.texts import Voice

WHO: Final = "The Omstilling developers"
TITLE: Final = "Omstilling: institutional designs and the transition of Norwegian municipalities to low emissions"
LONGEST: Final = 200_000  # characters of a file that are looked at
TABLES: Final = ("nation", "uptake", "municipalities", "variables")


class KeepError(ValueError):
    """A file cannot be made or used; the text says why and what would be right."""


def case_file(question: Question, voice: Voice) -> str:
    """The question as TOML that `omstilling run --case` runs, with the citation above. Raises KeepError."""
    wish = requests.Request(
        designs=question.designs,
        place=grounds.located(question.place),
        citizens=question.agents,
        seed=question.seed,
        choice=question.choice,
        replicates=REPLICATES,
        settings=dict(question.settings),
    )
    try:
        cases = requests.cases_of(wish)
    except ValueError as error:
        raise KeepError(str(error)) from None
    return f"# {citation(question, voice)}\n{requests.to_toml(wish, cases, Path.cwd())}"


def citation(question: Question, voice: Voice) -> str:
    """How to cite the answer: who, which version, and which worlds."""
    return voice(
        "keep.cited",
        who=WHO,
        title=TITLE,
        version=version(),
        digest=key_of(question.case(question.design))[:12],
        place=question.place,
        designs=", ".join(question.designs),
        citizens=question.agents,
        first=question.seed,
        last=question.seed + REPLICATES - 1,
    )


def case_name(question: Question) -> str:
    """What the case file is called."""
    return f"omstilling-{question.place.replace(',', '-')[:40]}-{'-'.join(question.designs)[:60]}.toml"


def table(name: str, ensembles: Sequence[Ensemble], place: str) -> tuple[list[str], list[list[Any]]]:
    """Head and rows of one of TABLES."""
    if name == "variables":
        return ["table", "column", "unit", "meaning"], [list(row) for row in _variables()]
    head, of = {"nation": (_NATION, _nation), "uptake": (_UPTAKE, _uptake), "municipalities": (_TOWNS, _towns)}[name]
    found = [row for e in ensembles for run in e.runs for row in of(e.design, run, place)]
    return list(head), found


_NATION: Final = ("design", "seed", *(c.name for c in NATION))
_UPTAKE: Final = ("design", "seed", "year", "solution", "uptake")
_TOWNS: Final = ("design", "seed", "number", "name", *ENDS, *(f"{name}_a_year" for name in YEARLY))


def _nation(design: str, run: Any, place: str) -> Iterable[list[Any]]:
    columns = [run.nation[c.name] for c in NATION[1:]]
    for nth, year in enumerate(run.years):
        yield [design, run.seed, year, *(_shown(column[nth]) for column in columns)]


def _uptake(design: str, run: Any, place: str) -> Iterable[list[Any]]:
    for s, solution in enumerate(run.solutions):
        for nth, year in enumerate(run.years):
            yield [design, run.seed, year, solution, _shown(run.uptake[s, nth])]


def _towns(design: str, run: Any, place: str) -> Iterable[list[Any]]:
    towns = grounds.load(place)
    for m, (number, name) in enumerate(zip(towns.numbers, towns.names, strict=True)):
        yield [design, run.seed, number, name, *(_shown(run.towns[c][m]) for c in (*ENDS, *YEARLY))]


def _variables() -> Iterable[tuple[str, str, str, str]]:
    def told(table: str, columns: Iterable[Column]) -> Iterable[tuple[str, str, str, str]]:
        return ((table, c.name, c.unit, c.meaning) for c in columns)

    yield from told("nation", NATION)
    yield from told("uptake", (c for c in UPTAKE if c.name in _UPTAKE))
    for c in MUNICIPALITY:
        if c.name in ENDS:
            yield "municipalities", c.name, c.unit, f"{c.meaning}, in the last year"
        elif c.name in YEARLY:
            yield "municipalities", f"{c.name}_a_year", c.unit, f"{c.meaning}: mean of all years"


def _shown(value: float) -> float:
    return float(f"{value:.8g}")


def written(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table as CSV. Words of the laboratory's own only, so nothing in it can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def brought(text: str, question: Question) -> tuple[Question, tuple[str, ...]]:
    """The question with what a case file asks, and the names of what the laboratory cannot do. Raises KeepError."""
    if len(text) > LONGEST:
        raise KeepError(f"case file: longer than {LONGEST // 1000} kB; a case file of the command line is far shorter")
    try:
        wish = requests.request_in(text, Path("case.toml"))
    except (requests.RequestError, RecursionError) as error:
        raise KeepError(str(error)) from None
    asked: dict[str, Any] = {"place": wish.place, "design": wish.designs[0], "seed": wish.seed, "choice": wish.choice}
    asked |= {"against": wish.designs[1]} if len(wish.designs) > 1 else {}
    new, dropped = question.taken(wish.settings, citizens=wish.citizens, **asked)
    more = ["designs"] if len(wish.designs) > 2 else []
    return new, (*dropped, *more, *_other_years(new, wish))


def _other_years(question: Question, wish: requests.Request) -> Iterable[str]:
    """The years of a file that are not those the laboratory runs: a design's own, or the usual ones."""
    from model.case import Case

    case = Case.load(**question.case(question.design))
    for name in ("first", "last"):
        if getattr(wish, name) not in (None, getattr(case, name)):
            yield name


def sizes(ensembles: Sequence[Ensemble], place: str) -> dict[str, int]:
    """How many rows each of TABLES has."""
    runs = sum(len(e.runs) for e in ensembles)
    one = ensembles[0].runs[0]
    years = len(one.years)
    rows = (
        runs * years,
        runs * years * len(one.solutions),
        runs * len(grounds.load(place).numbers),
        len(list(_variables())),
    )
    return dict(zip(TABLES, rows, strict=True))
