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
from model.parameters import declared
from model.terms import Terms

if TYPE_CHECKING:
    from model.institutions.sanctions import AnySanction

AFTER: Final = "sanction.after"  # parameter: years a sanction acts before the one behind it comes in as well
CREDIBILITY: Final = "How far people believe that it follows, 0-1; left out: the parameter of its kind."


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
    """An or-else. `credibility`: how far people believe it follows, 0-1; None: `sanction.credibility` of its kind."""

    kind: str
    credibility: Annotated[Annotated[float, Field(ge=0, le=1)] | None, Field(description=CREDIBILITY)] = None
    after: Annotated[
        Annotated[int, Field(ge=1, le=40)] | None,
        Field(
            description="Years of breach for which the or_else in front of this one has acted when this one comes in "
            f"as well; the parameter {AFTER} when left out, and only for an or_else behind another."
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


def usual_wait() -> int:
    """Years that an or-else waits for the one in front of it when neither it nor the case says otherwise."""
    return round(declared()[AFTER].value)


def chain(first: Sanction | None, usual: int) -> Iterator[Link]:
    """The or-else and those behind it, in the order in which they come in; usual: wait where none is named."""
    link, start, wait = first, 0, 0
    while link is not None:
        yield Link(link, start, wait)
        link = link.or_else
        if link is not None:
            wait = usual if link.after is None else link.after
            start += wait


def believed(first: Sanction | None, p: Any) -> float:
    """How far a statement with this or-else is believed, 0-1: the chance that at least one link of its chain follows.

    p: the parameters `sanction`. Each link counts by its own credibility times `delay` for each year that it lies off.
    With 0.8 publicity, loss of grant two years on and a standard four years on are believed as far as the graduated
    series (0.75).
    """
    if first is None:
        return float(p.without)
    if first.or_else is None:
        return _credibility(first, p)
    doubt = 1.0
    for sanction, start, _ in chain(first, round(p.after)):
        doubt *= 1.0 - _credibility(sanction, p) * p.delay**start
    return float(1.0 - doubt)


def _credibility(sanction: Sanction, p: Any) -> float:
    own = sanction.credibility
    return float(getattr(p.credibility, sanction.kind)) if own is None else own


def punish(first: Sanction, terms: Terms, reading: Reading, breach: Breach) -> None:
    """Let the chain act: each link on those whose breach has gone on for longer than the link waits."""
    for sanction, start, _ in chain(first, round(reading.situation.p.sanction.after)):
        late = np.maximum(breach.years - start, 0)
        if late.any():
            sanction.act(terms, reading, Breach(breach.element, late))


def exposed(terms: Terms, mask: NDArray[Any], reach: float) -> None:
    """Compare the masked municipalities in public."""
    np.maximum(terms.publicity, mask * reach, out=terms.publicity)


def shut_out(terms: Terms, mask: NDArray[np.bool_]) -> None:
    """Take from the masked municipalities the right to apply for grants."""
    np.logical_or(terms.blocked, mask, out=terms.blocked)


def imposed(terms: Terms, mask: NDArray[np.bool_], element: str, reading: Reading) -> None:
    """Let the state's own standard stand in: a full duty that is almost sure to take hold."""
    e = ELEMENTS.index(element)
    terms.duty[mask, e] = 1.0
    terms.credibility[mask, e] = np.maximum(terms.credibility[mask, e], reading.situation.p.sanction.standing)
    terms.duty_statement[mask, e] = reading.index
