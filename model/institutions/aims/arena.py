"""Support for standing arenas where municipality, citizens and businesses meet."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from model.institutions.help import Help
from model.institutions.phrases import reach
from model.terms import Terms


class Arena(Help):
    """Standing arenas for municipality, citizens and businesses are supported."""

    lifts: ClassVar[tuple[str, ...]] = ("arena",)
    price: ClassVar[str] = "arena_cost"
    kind: Literal["arena"]

    def column(self, terms: Terms) -> NDArray[np.float64]:
        return terms.arena

    def phrase(self, language: str) -> str:
        what = {
            "en": "support standing arenas where municipality, citizens and businesses work out solutions together",
            "nb": "støtte faste arenaer der kommune, innbyggere og næringsliv utvikler løsninger sammen",
        }[language]
        return what + reach(self.strength, language)
