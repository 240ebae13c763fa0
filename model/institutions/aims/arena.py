"""Support for standing arenas where municipality, citizens and businesses meet."""

from typing import Literal

import numpy as np

from model.institutions.aim import Aim, Reading, Share
from model.institutions.phrases import reach
from model.terms import Terms


class Arena(Aim):
    """Standing arenas are supported; `strength` is how well, scaled by the deontic."""

    kind: Literal["arena"]
    strength: Share

    def write(self, terms: Terms, reading: Reading) -> None:
        np.maximum(terms.arena, reading.mask * (self.strength * reading.strength), out=terms.arena)
        terms.name_help("arena", reading.mask, reading.index)

    def phrase(self, language: str) -> str:
        if language == "en":
            return (
                "support standing arenas where municipality, citizens and businesses work out solutions together"
                + reach(self.strength, language)
            )
        return "støtte faste arenaer der kommune, innbyggere og næringsliv utvikler løsninger sammen" + reach(
            self.strength, language
        )
