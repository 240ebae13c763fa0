"""Help in kind that reaches municipalities: one strength, the strongest offer counts, and what it costs the state."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from model.institutions.aim import Aim, Reading, Share
from model.terms import Terms


class Help(Aim):
    """An offer of help in kind; `strength` is the share of the need that it meets, scaled by the deontic.

    The state pays for each municipality within reach, in proportion to the strength (`price` names the parameter of
    money); where several statements offer the same the strongest counts and is paid.
    """

    lifts: ClassVar[tuple[str, ...]]  # the elements that are helped
    price: ClassVar[str]  # parameter of money: NOK a year and municipality at full strength
    strength: Share = Field(description="Share of the need that is met, 0-1; scaled by the deontic.")

    @abstractmethod
    def column(self, terms: Terms) -> NDArray[np.float64]:
        """Where the offer stands in `terms`, (M,) 0-1."""

    def _offer(self, reading: Reading) -> NDArray[np.float64]:
        return np.multiply(reading.mask, self.strength * reading.strength, dtype=np.float64)

    def write(self, terms: Terms, reading: Reading) -> None:
        column = self.column(terms)
        np.maximum(column, self._offer(reading), out=column)
        for element in self.lifts:
            terms.name_help(element, reading.mask, reading.index)

    def cost(self, reading: Reading, terms: Terms, prices: Mapping[str, float]) -> float:
        more = np.maximum(self._offer(reading) - self.column(terms), 0.0)
        return float(prices[self.price] * more.sum())
