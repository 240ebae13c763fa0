"""Specialist staff that municipalities share."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from model.institutions.help import Help
from model.institutions.phrases import reach
from model.terms import Terms


class PooledStaff(Help):
    """Climate specialists whom several municipalities share are within reach."""

    actors = ("state", "county", "municipality")
    lifts: ClassVar[tuple[str, ...]] = ("competence", "plan", "indicators")
    price: ClassVar[str] = "staff_cost"
    kind: Literal["pooled_staff"]

    def column(self, terms: Terms) -> NDArray[np.float64]:
        return terms.staff

    def phrase(self, language: str) -> str:
        what = {
            "en": "provide climate specialists whom several municipalities share",
            "nb": "stille med klimafagfolk som flere kommuner deler",
        }[language]
        return what + reach(self.strength, language)
