"""What a design costs the state, statement by statement and year by year, before it is run.

Counted as the ledger pays it: money by what a statement says, help in kind (pooled staff, networks, arenas) by
municipality within reach at the prices of the parameters. A condition counts where it may hold: what depends on how
things go is a sum at most. People are those of the place's first year, so that designs and years can be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.vocabulary import ELEMENTS
from model.institutions.conditions import Situation
from model.institutions.design import readings
from model.institutions.grammar import Design
from model.institutions.possibility import may_hold
from model.institutions.words import is_election_year
from model.parameters import values_of
from model.places import Place, load_place
from model.solutions import load_catalogue
from model.terms import Terms


@dataclass(frozen=True)
class Cost:
    """What a design costs in each year from `first` to `last`, both included, NOK a year.

    statements: sum of each statement that costs something, by its place in the design, from 0; help that an earlier
    statement offers already costs nothing more.
    """

    first: int
    last: int
    statements: Mapping[int, float]

    @property
    def total(self) -> float:
        """NOK a year."""
        return sum(self.statements.values())

    def by_kind(self, design: Design) -> dict[str, float]:
        """NOK a year by kind of aim, in the order of the statements."""
        sums: dict[str, float] = {}
        for index, cost in self.statements.items():
            kind = design.statements[index].aim.kind
            sums[kind] = sums.get(kind, 0.0) + cost
        return sums


def costs(
    design: Design, years: range, *, place: Place | None = None, settings: Mapping[str, float] | None = None
) -> list[Cost]:
    """What the design costs the state in a place, by default all of Norway, in spans of years that cost the same.

    settings: parameters by path, as for a case; the prices of help in kind are in the group money.
    """
    where = place or load_place("norway")
    p = values_of(settings or {})
    prices = vars(p.money)
    by_year = [(year, _statements(design, _situation(where, year, p), prices)) for year in years]
    spans = []
    for sums, group in groupby(by_year, key=lambda one: one[1]):
        inside = [year for year, _ in group]
        spans.append(Cost(inside[0], inside[-1], sums))
    return spans


def sum_by_year(
    design: Design, years: range, *, place: Place | None = None, settings: Mapping[str, float] | None = None
) -> dict[int, float]:
    """NOK that the design costs the state in each year, as in `costs`."""
    spans = costs(design, years, place=place, settings=settings)
    return {year: span.total for span in spans for year in range(span.first, span.last + 1)}


def years_of(design: Design, place: Place | None = None) -> range:
    """The years that a design is meant for; what it leaves out is taken from the place, by default Norway."""
    where = place or load_place("norway")
    first = where.first_year if design.first is None else design.first
    last = max(where.last_year, first) if design.last is None else design.last
    return range(min(first, last), last + 1)


def is_open_ended(design: Design, years: range) -> bool:
    """Whether the design also costs what nobody knows beforehand, such as the price of what is used."""
    return any(s.aim.is_open_ended and any(s.is_in_force(year) for year in years) for s in design.statements)


def _statements(design: Design, situation: Situation, prices: Mapping[str, float]) -> dict[int, float]:
    terms = Terms(len(situation.population), len(situation.solution_ids))
    sums = {}
    for statement, reading in readings(design, situation, may_hold):
        cost = statement.aim.cost(reading, terms, prices)
        statement.aim.write(terms, reading)
        if cost:
            sums[reading.index] = cost
    return sums


def _situation(place: Place, year: int, p: SimpleNamespace) -> Situation:
    """The place as it is known before a run: people and geography, and nothing of what municipalities will do."""
    people = place.population[0]
    nothing = np.zeros((len(people), len(ELEMENTS)))
    words: dict[str, Any] = {
        "density": people / place.area,
        "centrality": place.centrality,
        "is_north": place.is_north,
        "election_year": float(is_election_year(year)),
    }
    return Situation(
        year=year,
        words=words,
        stage=nothing.astype(np.int8),
        practice=nothing,
        county_of=place.county_of,
        county_numbers=place.county_numbers,
        numbers=place.numbers,
        population=people,
        solution_ids=load_catalogue().ids,
        population_share=float(people.sum() / place.nation),
        municipality_share=len(people) / place.nation_size,
        p=p,
    )
