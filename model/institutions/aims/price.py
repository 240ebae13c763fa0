"""What a solution costs its users."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from model.institutions.aim import Reading
from model.institutions.phrases import percent
from model.institutions.selection import SolutionAim
from model.terms import Terms


class Price(SolutionAim):
    """A share of the user's cost is removed (positive) or added (negative), scaled by the deontic; they add up."""

    actors = ("state", "county", "municipality")
    kind: Literal["price"]
    is_open_ended: ClassVar[bool] = True  # the state pays what the use of cheaper solutions makes it cost
    share: Annotated[float, Field(ge=-1, le=1, description="Share of the user's cost that is removed; below 0: added.")]

    def write(self, terms: Terms, reading: Reading) -> None:
        np.add(terms.price, self.spread(reading, self.share * reading.strength), out=terms.price)
        np.clip(terms.price, -1.0, 1.0, out=terms.price)

    def phrase(self, language: str) -> str:
        what, part = self.spoken(language), percent(abs(self.share), language)
        if language == "en":
            return f"make {what} {part} {'cheaper' if self.share >= 0 else 'dearer'} for those who use them"
        return f"gjøre {what} {part} {'billigere' if self.share >= 0 else 'dyrere'} for dem som bruker dem"
