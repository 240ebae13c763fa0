"""What every or-else shares. Knows none of them."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

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
    """An or-else. `credibility`: how far people believe it follows, 0-1 (assumed, each default in its class).

    `or_else` is what follows when this one is not obeyed either; it is read and read out, only the first acts.
    """

    credibility: float = Field(default=WITHOUT, ge=0, le=1)
    or_else: "AnySanction | None" = None

    @abstractmethod
    def act(self, terms: Terms, reading: Reading, breach: Breach) -> None:
        """Write into `terms` what befalls those who break the statement."""

    @abstractmethod
    def phrase(self, language: str) -> str:
        """A clause: subject first in English, verb first in Norwegian, so that it follows 'Otherwise,' and 'Ellers'."""


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
