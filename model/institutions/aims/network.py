"""Learning networks between municipalities."""

from typing import Literal

import numpy as np

from model.institutions.aim import Aim, Reading, Share
from model.institutions.phrases import reach
from model.terms import Terms


class Network(Aim):
    """A learning network on offer; `strength` is how active it is, scaled by the deontic."""

    actors = ("state", "county", "municipality")
    kind: Literal["network"]
    strength: Share

    def write(self, terms: Terms, reading: Reading) -> None:
        np.maximum(terms.network, reading.mask * (self.strength * reading.strength), out=terms.network)
        terms.name_help("network", reading.mask, reading.index)

    def phrase(self, language: str) -> str:
        if language == "en":
            return "run learning networks where municipalities exchange experience" + reach(self.strength, language)
        return "drive læringsnettverk der kommunene utveksler erfaringer" + reach(self.strength, language)
