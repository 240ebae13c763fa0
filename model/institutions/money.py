"""Sums of money in statements: a fixed sum or a sum for each year, its share for a place, and how it is said."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, WithJsonSchema

from agents.vocabulary import ELEMENTS
from model.institutions.aim import Aim, Reading, Share
from model.institutions.errors import DesignError, Fault, quoted
from model.institutions.phrases import kroner, listed, years_from
from model.terms import Terms

LARGEST: Final = 100_000.0  # million NOK a year
EARMARK: Final = "The money is for this element and nothing else; give covers as well."
COVERS: Final = "Share of the element's cost that earmarked money meets, 0-1."
PAIRED: Final[dict[str, Any]] = {"dependentRequired": {"element": ["covers"], "covers": ["element"]}}
EXACT: Final = 4  # spans of years that a sentence tells one by one; more are told as a range
REMEDY: Final = "write million_nok = 250 or million_nok = {2025 = 108, 2026 = 160}"


def _sum(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DesignError(Fault(f"{quoted(value)} is not a sum of money in million_nok", REMEDY))
    if not 0 <= value <= LARGEST:
        raise DesignError(Fault(f"{quoted(value)} is out of bounds in million_nok", f"give 0 to {LARGEST:,.0f}"))
    return float(value)


def _amount(given: Any) -> Any:
    """A sum, or years and sums in order; TOML keys are text, so the years are turned into whole numbers."""
    pairs = given.items() if isinstance(given, dict) else given
    if not isinstance(pairs, Iterable) or isinstance(pairs, str):
        return _sum(given)
    sums = []
    for pair in pairs:
        if not (isinstance(pair, tuple | list) and len(pair) == 2 and re.fullmatch(r"(19|20|21)\d\d", str(pair[0]))):
            raise DesignError(Fault(f"{quoted(pair[0] if isinstance(given, dict) else given)} is not a year", REMEDY))
        sums.append((int(pair[0]), _sum(pair[1])))
    if not sums:
        raise DesignError(Fault("million_nok is an empty table", REMEDY))
    return tuple(sorted(sums))


_SCHEMA: Final[dict[str, Any]] = {
    "type": "number",
    "minimum": 0,
    "maximum": LARGEST,
    "description": "Million NOK a year, the whole nation.",
}
_TABLE: Final[dict[str, Any]] = {
    "type": "object",
    "description": "Million NOK by year, the whole nation: a sum holds until the next year, and ends after the last.",
    "minProperties": 1,
    "patternProperties": {"^(19|20|21)[0-9]{2}$": _SCHEMA},
    "additionalProperties": False,
}
Amount = Annotated[
    float | tuple[tuple[int, float], ...],
    BeforeValidator(_amount),
    WithJsonSchema({"anyOf": [_SCHEMA, _TABLE]}),
]


def amount(given: Any, year: int) -> float:
    """Million NOK in `year`. A sum of a table holds until the next year given, and ends after the last one.

    >>> amount(((2025, 108.0), (2027, 160.0)), 2026), amount(((2025, 108.0),), 2026)
    (108.0, 0.0)
    """
    if isinstance(given, float | int):
        return float(given)
    if year > given[-1][0]:
        return 0.0
    return float(next((value for start, value in reversed(given) if start <= year), 0.0))


class Span(NamedTuple):
    """`value` million NOK a year from `first` to `last`, both included."""

    first: int
    last: int
    value: float


def spans(given: tuple[tuple[int, float], ...]) -> list[Span]:
    """The sums of a table as spans of years with one sum, in order.

    >>> [tuple(span) for span in spans(((1998, 10.0), (2000, 0.0), (2001, 0.0), (2002, 25.0)))]
    [(1998, 1999, 10.0), (2000, 2001, 0.0), (2002, 2002, 25.0)]
    """
    found: list[Span] = []
    ends = [year - 1 for year, _ in given[1:]] + [given[-1][0]]
    for (year, value), end in zip(given, ends, strict=True):
        if found and found[-1].value == value:
            year = found.pop().first
        found.append(Span(year, end, value))
    return found


def told(given: Any, language: str, *, exact: bool = True) -> str:
    """The sum in words, years one by one; unless `exact` a table of many sums is told as a range.

    >>> told(((1998, 10.0), (1999, 0.0), (2000, 25.0)), "en")
    'NOK 10 million in 1998, nothing in 1999 and NOK 25 million in 2000'
    """
    a_year = {"en": " a year", "nb": " i året"}[language]
    if isinstance(given, float | int):
        return kroner(given, language) + a_year
    listing = spans(given)
    if len(listing) > EXACT and not exact:
        low, high = min(span.value for span in listing), max(span.value for span in listing)
        sums = kroner(high, language, least=low)
        return f"{sums}{a_year} {years_from(listing[0].first, listing[-1].last, language)}"
    parts = []
    for span in listing:
        nothing = {"en": "nothing", "nb": "ingenting"}[language]
        sums = kroner(span.value, language) + a_year * (span.first != span.last) if span.value else nothing
        parts.append(f"{sums} {years_from(span.first, span.last, language)}")
    return listed(parts, language)


def distributed(total: float, base_share: float, reading: Reading) -> NDArray[np.float64]:
    """The nation's `total` NOK as it reaches the masked municipalities, (M,): `base_share` equally, the rest by head.

    A place that is part of a country gets the equal part by its municipalities and the rest by its inhabitants, so that
    a municipality is paid the same alone as in the whole.
    """
    mask, situation = reading.mask, reading.situation
    count = int(np.count_nonzero(mask))
    if not count:
        return np.zeros(mask.shape)
    people = situation.population * mask
    everyone = float(people.sum())
    base = base_share if everyone > 0 else 1.0
    inhabitants, towns = situation.population_share, situation.municipality_share
    equal = base * (inhabitants if towns is None else towns)
    shares: NDArray[np.float64] = mask * (equal / count) + people * ((1.0 - base) * inhabitants / max(everyone, 1.0))
    return total * shares


class MoneyAim(Aim):
    """Money from the state; the sum is the nation's, a smaller place gets its share by population.

    The deontic does not scale money: what the statement says is what is paid.
    """

    million_nok: Amount = Field(description="Money of the state for the whole nation: one sum a year, or sums by year.")

    def sum(self, year: int) -> float:
        """NOK for the whole nation in one year."""
        return amount(self.million_nok, year) * 1e6

    def money(self, reading: Reading) -> float:
        """NOK for the place in the year of the reading."""
        return self.sum(reading.year) * reading.situation.population_share

    def cost(self, reading: Reading, terms: Terms, prices: Mapping[str, float]) -> float:
        return self.money(reading) if reading.mask.any() else 0.0

    def earmark(self, terms: Terms, reading: Reading, element: str, *, covers: Share, base_share: Share) -> None:
        """Give the money for one element and nothing else; `covers` is the share of its cost that it meets."""
        total = self.sum(reading.year)
        if not total:
            return
        e = ELEMENTS.index(element)
        terms.earmarked[:, e] += distributed(total, base_share, reading)
        terms.earmarked_share[:, e] = np.minimum(1.0, terms.earmarked_share[:, e] + covers * reading.mask)
        terms.money_statement[reading.mask, e] = reading.index

    def spoken(self, language: str) -> str:
        """The sum in words."""
        return told(self.million_nok, language, exact=False)
