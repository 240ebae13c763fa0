"""What every or-else shares, and how or-elses follow one another. Knows none of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from agents.vocabulary import ELEMENTS
from model.institutions.aim import Frozen, Reading
from model.terms import Terms

if TYPE_CHECKING:
    from model.institutions.sanctions import AnySanction

# How far a duty without an or-else is believed, 0-1: assumed; soft guidelines with weak follow-up lifted form, not
# practice (Vista Analyse 2014/23; Research Council of Norway project 220575 on the Swedish law of 1977).
WITHOUT: Final = 0.15
STANDING: Final = 0.95  # 0-1, how surely a standard set by the state takes hold; assumed
GRACE: Final = 2  # years for which an element can be missing before that counts as a breach; assumed
AFTER: Final = 2  # years a sanction acts before the one behind it comes in as well, unless it says otherwise; assumed

Credibility = Annotated[float, Field(ge=0, le=1, description="How far people believe that it follows, 0-1; assumed.")]


@dataclass(frozen=True, eq=False)
class Breach:
    """Who breaks a statement: `element` is missing, `years` (M,) says for how many years, 0 where it is kept."""

    element: str
    years: NDArray[np.int64]

    @property
    def mask(self) -> NDArray[np.bool_]:
        """bool (M,), the municipalities that break it."""
        return self.years > 0


class Sanction(Frozen, ABC):
    """An or-else. `credibility`: how far people believe it follows, 0-1 (assumed, each default in its class)."""

    credibility: Credibility = WITHOUT
    after: Annotated[
        Annotated[int, Field(ge=1, le=40)] | None,
        Field(
            description="Years of breach for which the or_else in front of this one has acted when this one comes in "
            f"as well; {AFTER} when left out, and only for an or_else behind another."
        ),
    ] = None
    or_else: Annotated["AnySanction | None", Field(description="What follows when this does not help.")] = None

    @abstractmethod
    def act(self, terms: Terms, reading: Reading, breach: Breach) -> None:
        """Write into `terms` what befalls those who break the statement."""

    @abstractmethod
    def phrase(self, language: str) -> str:
        """A clause: subject first in English, verb first in Norwegian, so that it follows 'Otherwise,' and 'Ellers'."""


class Link(NamedTuple):
    """One or-else of a chain: it acts when the breach has lasted `start` years, `wait` years after the one before."""

    sanction: Sanction
    start: int
    wait: int


def chain(first: Sanction | None) -> Iterator[Link]:
    """The or-else and those behind it, in the order in which they come in."""
    link, start, wait = first, 0, 0
    while link is not None:
        yield Link(link, start, wait)
        link = link.or_else
        if link is not None:
            wait = AFTER if link.after is None else link.after
            start += wait


def believed(first: Sanction | None, delay: float) -> float:
    """How far a statement with this or-else is believed, 0-1: the chance that at least one link of its chain follows.

    Each link counts by its own credibility times `delay` (0-1) for each year that it lies off. With 0.8 publicity,
    loss of grant two years on and a standard four years on are believed as far as the graduated series (0.75).
    """
    if first is None:
        return WITHOUT
    doubt = 1.0
    for sanction, start, _ in chain(first):
        doubt *= 1.0 - sanction.credibility * delay**start
    return 1.0 - doubt if first.or_else is not None else first.credibility


def punish(first: Sanction, terms: Terms, reading: Reading, breach: Breach) -> None:
    """Let the chain act: each link on those whose breach has gone on for longer than the link waits."""
    for sanction, start, _ in chain(first):
        late = np.maximum(breach.years - start, 0)
        if late.any():
            sanction.act(terms, reading, Breach(breach.element, late))


def exposed(terms: Terms, mask: NDArray[Any], reach: float) -> None:
    """Compare the masked municipalities in public."""
    np.maximum(terms.publicity, mask * reach, out=terms.publicity)


def shut_out(terms: Terms, mask: NDArray[np.bool_]) -> None:
    """Take from the masked municipalities the right to apply for grants."""
    np.logical_or(terms.blocked, mask, out=terms.blocked)


def imposed(terms: Terms, mask: NDArray[np.bool_], element: str, index: int) -> None:
    """Let the state's own standard stand in: a full duty that is almost sure to take hold."""
    e = ELEMENTS.index(element)
    terms.duty[mask, e] = 1.0
    terms.credibility[mask, e] = np.maximum(terms.credibility[mask, e], STANDING)
    terms.duty_statement[mask, e] = index
