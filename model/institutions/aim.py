"""What every aim shares: the reading of a statement in one year, and the base class. Knows none of the aims."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agents.vocabulary import EARLIEST, LATEST
from model.institutions.conditions import Situation
from model.terms import Terms

ATTRIBUTES: Final = ("state", "county", "municipality", "citizens", "businesses")
Element = Literal[
    "platform", "plan", "roles", "budget", "finance", "competence", "routines", "indicators", "cross_sector",
    "network", "arena",
]  # fmt: skip
Share = Annotated[float, Field(ge=0, le=1)]
Year = Annotated[int, Field(ge=EARLIEST, le=LATEST)]
Kebab = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=50)]


class Frozen(BaseModel):
    """Strict data: unknown keys, wrong types and numbers that are not finite are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


@dataclass(frozen=True, eq=False)
class Reading:
    """One statement as it is read in one year.

    mask: bool (M,), the municipalities it holds for; strength: of the deontic, 0-1; credibility: of the or-else, 0-1;
    index: position of the statement in its design, from 0; age: years in force (0 when it has no first year).
    """

    year: int
    mask: NDArray[np.bool_]
    strength: float
    credibility: float
    index: int
    situation: Situation
    age: int = 0


class Aim(Frozen, ABC):
    """What a statement is about. A subclass has a literal `kind`, its parameters, `write` and `phrase`."""

    actors: ClassVar[tuple[str, ...]] = ATTRIBUTES  # who can be the attribute of a statement with this aim
    is_open_ended: ClassVar[bool] = False  # costs the state what use makes it cost, which nobody knows beforehand

    @property
    def breakable(self) -> str:
        """The element whose absence breaks the statement; empty when nobody can be found to break it."""
        return ""

    def cost(self, reading: Reading, terms: Terms, prices: Mapping[str, float]) -> float:
        """NOK that the state pays in the year of the reading, beyond what the statements in `terms` cost already.

        prices: NOK a year and municipality for help in kind, by name as in the parameters of money.
        """
        return 0.0

    @abstractmethod
    def write(self, terms: Terms, reading: Reading) -> None:
        """Write what the aim means this year into `terms`, for the municipalities of `reading.mask`."""

    @abstractmethod
    def phrase(self, language: str) -> str:
        """The aim as a bare infinitive in `language` (en, nb): fits after must, should, may, skal, bør, kan."""
