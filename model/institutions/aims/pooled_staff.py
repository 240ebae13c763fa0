"""Specialist staff that municipalities share."""

from typing import Literal

import numpy as np

from model.institutions.aim import Aim, Reading, Share
from model.institutions.phrases import reach
from model.terms import Terms


class PooledStaff(Aim):
    """Specialists within reach; `strength` is the share of the need that they meet, scaled by the deontic."""

    actors = ("state", "county", "municipality")
    kind: Literal["pooled_staff"]
    strength: Share

    def write(self, terms: Terms, reading: Reading) -> None:
        np.maximum(terms.staff, reading.mask * (self.strength * reading.strength), out=terms.staff)
        terms.name_help("competence", reading.mask, reading.index)

    def phrase(self, language: str) -> str:
        if language == "en":
            return "provide climate specialists whom several municipalities share" + reach(self.strength, language)
        return "stille med klimafagfolk som flere kommuner deler" + reach(self.strength, language)
