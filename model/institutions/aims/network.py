"""Learning networks between municipalities."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from model.institutions.help import Help
from model.institutions.phrases import reach
from model.terms import Terms


class Network(Help):
    """A learning network in which municipalities exchange experience is on offer."""

    actors = ("state", "county", "municipality")
    lifts: ClassVar[tuple[str, ...]] = ("network",)
    price: ClassVar[str] = "network_cost"
    kind: Literal["network"]

    def column(self, terms: Terms) -> NDArray[np.float64]:
        return terms.network

    def phrase(self, language: str) -> str:
        what = {
            "en": "run learning networks in which municipalities exchange experience",
            "nb": "drive læringsnettverk der kommunene utveksler erfaringer",
        }[language]
        return what + reach(self.strength, language)
