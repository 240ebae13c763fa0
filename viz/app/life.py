"""The life of one municipality in one run: its elements, people and money by year, and every event with its causes.

Made in a process of the pool from a simulation that is over; small enough to travel. Knows nothing of pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from agents.vocabulary import ELEMENTS
from model.institutions.phrases import LANGUAGES
from model.institutions.reasons import WHAT, reason
from model.regime import STATEMENT, Names
from model.story import Link, Story, told
from viz.words import Both

if TYPE_CHECKING:
    from model.simulation import Simulation
    from model.solutions import Catalogue

Floats = NDArray[np.float64]
COLUMNS: Final = (
    *("agenda", "institutionalisation", "capacity", "champions", "projects", "population"),
    *("territorial_per_inhabitant", "footprint_per_inhabitant"),
    *("project_money", "permanent_money", "own_money"),
)
RULES, PEOPLE, MONEY, MEASURES, POLITICS = GROUPS = ("rules", "people", "money", "measures", "politics")

# What happens to a municipality beside its rules, which `reasons.WHAT` tells; {} is the solution.
TOLD: Final[Mapping[str, tuple[str, Both]]] = {
    "champion appeared": (PEOPLE, Both("a champion appeared", "en ildsjel kom til")),
    "last champion left": (PEOPLE, Both("the last champion left", "den siste ildsjelen sluttet")),
    "grant won": (MONEY, Both("won a grant: {}", "fikk tilskudd: {}")),
    "project results kept": (MONEY, Both("kept the results of a project: {}", "førte videre et prosjekt: {}")),
    "project results lost": (MONEY, Both("lost the results of a project: {}", "mistet resultatene av et prosjekt: {}")),
    "measure started": (MEASURES, Both("started a measure: {}", "satte i gang et tiltak: {}")),
    "measure stopped": (MEASURES, Both("gave up a measure: {}", "ga opp et tiltak: {}")),
    "arena convened": (
        POLITICS,
        Both("an arena for dialogue was convened", "det ble kalt sammen til en arena for dialog"),
    ),
    "election raised ambition": (
        POLITICS,
        Both("the election gave a more ambitious council", "valget ga et mer ambisiøst kommunestyre"),
    ),
    "election lowered ambition": (
        POLITICS,
        Both("the election gave a less ambitious council", "valget ga et mindre ambisiøst kommunestyre"),
    ),
}
PLAIN: Final = ("project grant", "somebody convened it", "voters")  # causes that the words of the event have told
# The earlier event of the same municipality, about the same thing, that an event follows on.
FOLLOWS: Final = {
    "project results kept": "grant won",
    "project results lost": "grant won",
    "measure stopped": "measure started",
    "last champion left": "champion appeared",
}


class LifeError(ValueError):
    """A municipality that the place does not have: the text says which, and what would be right."""


@dataclass(frozen=True)
class Event:
    """Something that happened. steps: what led there, (depth, text) from 1 on, the nearest first."""

    year: int
    group: str
    subject: str
    says: Both
    steps: tuple[tuple[int, Both], ...]


@dataclass(frozen=True, eq=False)
class Life:
    """One municipality in one run. columns (Y,) by name; stage (E, Y) 0-3 and practice (E, Y) 0-1 in order of ELEMENTS.

    others: mean institutionalisation of the place's municipalities, (Y,).
    """

    number: str
    name: str
    county: str
    seed: int
    years: tuple[int, ...]
    columns: Mapping[str, Floats]
    stage: NDArray[np.int8]
    practice: Floats
    others: Floats
    events: tuple[Event, ...]


def life_of(arguments: Mapping[str, Any]) -> Life:
    """The life of the municipality `town` (its number) in the run of the case in the other arguments.

    Raises LifeError for a number that the place does not have, and what the case raises.
    """
    from model.simulation import Simulation
    from viz.app.cases import case_of

    case = case_of({k: v for k, v in arguments.items() if k != "town"})
    number = str(arguments["town"])
    if number not in case.place.numbers:
        raise LifeError(f"{case.place.name} has no municipality {number[:12]}; choose one of its own")
    return life_in(Simulation(case).run(), number)


def life_in(sim: "Simulation", number: str) -> Life:
    """The life of one municipality in a simulation that was run. Raises ValueError for an unknown number."""
    place, case, tables = sim.place, sim.case, sim.tables
    row, size, years = place.numbers.index(number), len(place.numbers), len(case.years)

    def grid(table: str, column: str) -> NDArray[Any]:
        values: NDArray[Any] = tables[table][column].to_numpy().reshape(years, size, -1)
        return values

    return Life(
        number=number,
        name=place.names[row],
        county=place.county_names[int(place.county_of[row])],
        seed=case.seed,
        years=tuple(case.years),
        columns={name: grid("municipality", name)[:, row, 0].astype(np.float64) for name in COLUMNS},
        stage=grid("element", "stage")[:, row].T.astype(np.int8),
        practice=grid("element", "practice")[:, row].T.astype(np.float64),
        others=grid("municipality", "institutionalisation")[:, :, 0].mean(axis=1).astype(np.float64),
        events=tuple(events_of(number, tables, Names(place, case.design), sim.catalogue)),
    )


def events_of(number: str, tables: Mapping[str, pa.Table], names: Names, catalogue: "Catalogue") -> Iterator[Event]:
    """Everything that happened to a municipality, oldest first, each with the chain of its causes.

    tables: `event` and `regime` of a run.
    """
    story = Story(tables["regime"], tables["event"])
    told_rules = {subject: _chains(story.why(number, subject)) for subject in ELEMENTS}
    titles = {one.id: Both(one.names.en, one.names.nb) for one in catalogue.solutions}
    rows = tables["event"].filter(pa.compute.equal(tables["event"]["actor"], number)).to_pylist()
    known: dict[tuple[str, str], Event] = {}  # the latest of each kind about each thing
    for row in rows:
        what, subject = row["what"], row["subject"]
        if subject in told_rules and what in WHAT:
            yield _rule(row, told_rules[subject], names)
        elif what in TOLD:
            event = _other(row, titles.get(subject, Both(subject, subject)), names, known)
            known[what, subject] = event
            yield event


def _chains(links: Sequence[Link]) -> dict[tuple[int, str], list[Link]]:
    """The links of a rule's history by what they begin with: its year and what happened."""
    chains: dict[tuple[int, str], list[Link]] = {}
    chain: list[Link] = []
    for link in links:
        if link.depth == 0:
            chain = chains.setdefault((link.year, link.what), [])
        chain.append(link)
    return chains


def _rule(row: Mapping[str, Any], chains: Mapping[tuple[int, str], list[Link]], names: Names) -> Event:
    chain = chains.get((row["year"], row["what"])) or [
        Link(0, row["year"], row["actor"], row["subject"], row["what"], row["cause"], row["because_of"])
    ]
    own = names.actor(row["actor"], "en")
    says = _capital(_both(lambda n: _without(told(chain[0], names, n), f"{row['year']} {own}, ")))
    steps = tuple((link.depth, _capital(_both(lambda n, link=link: told(link, names, n)))) for link in chain[1:])
    return Event(row["year"], RULES, row["subject"], says, steps)


def _other(row: Mapping[str, Any], thing: Both, names: Names, known: Mapping[tuple[str, str], Event]) -> Event:
    group, words = TOLD[row["what"]]
    cause, because = row["cause"], row["because_of"]
    says = Both(words.en.replace("{}", _lower(thing.en)), words.nb.replace("{}", _lower(thing.nb)))
    if cause and cause not in PLAIN:
        why = _both(lambda n: reason(cause, names.behind(because, n), n))
        says = Both(f"{says.en}; {why.en}", f"{says.nb}; {why.nb}")
    steps: list[tuple[int, Both]] = []
    if STATEMENT in because:
        steps.append((1, _both(lambda n: f"{names.behind(because, n)}: {names.statement(because, n)}")))
    earlier = known.get((FOLLOWS.get(row["what"], ""), row["subject"]))
    if earlier is not None:
        steps.append((1, Both(f"{earlier.year} {earlier.says.en}", f"{earlier.year} {earlier.says.nb}")))
        steps += [(depth + 1, text) for depth, text in earlier.steps]
    return Event(row["year"], group, row["subject"], _capital(says), tuple(steps))


def _both(say: Any) -> Both:
    return Both(*(say(language) for language in LANGUAGES))


def _without(text: str, start: str) -> str:
    return text.removeprefix(start)


def _capital(text: Both) -> Both:
    return Both(*(one[:1].upper() + one[1:] for one in text))


def _lower(text: str) -> str:
    """A solution's name within a sentence: small unless it is an abbreviation."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]
