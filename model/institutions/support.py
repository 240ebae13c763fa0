"""Help in kind that reaches municipalities: one strength, the strongest offer counts, and what it costs the state."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from agents.vocabulary import HELP
from model.institutions.aim import Aim, Reading, Share
from model.terms import Terms


class Help(Aim):
    """An offer of help in kind; `strength` is the share of the need that it meets, scaled by the deontic.

    The state pays for each municipality within reach, in proportion to the strength; where several statements offer the
    same the strongest counts and is paid.
    """

    rule: ClassVar[str]  # which of HELP it is: a column of Terms, and with `_cost` its price in the parameters of money
    strength: Share = Field(description="Share of the need that is met, 0-1; scaled by the deontic.")

    def _offer(self, reading: Reading) -> NDArray[np.float64]:
        return np.multiply(reading.mask, self.strength * reading.strength, dtype=np.float64)

    def write(self, terms: Terms, reading: Reading) -> None:
        column, offer = getattr(terms, self.rule), self._offer(reading)
        np.maximum(column, offer, out=column)
        for element in HELP[self.rule]:
            terms.name_help(element, offer, reading.index)

    def cost(self, reading: Reading, terms: Terms, prices: Mapping[str, float]) -> float:
        more = np.maximum(self._offer(reading) - getattr(terms, self.rule), 0.0)
        return float(prices[f"{self.rule}_cost"] * more.sum())
