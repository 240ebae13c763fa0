"""Space, procurement and municipal own use for solutions."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from model.institutions.aim import Reading, Share
from model.institutions.phrases import reach
from model.institutions.selection import SolutionAim
from model.terms import Terms


class Facility(SolutionAim):
    """Reserved space, procurement and own use; `strength` is the share of the need met, scaled by the deontic."""

    actors = ("state", "county", "municipality", "businesses")
    kind: Literal["facility"]
    strength: Annotated[Share, Field(description="Share of the need that is met, 0-1; scaled by the deontic.")]

    def write(self, terms: Terms, reading: Reading) -> None:
        offered = self.spread(reading, self.strength * reading.strength)
        terms.facility_statement[offered > terms.facility] = reading.index
        np.maximum(terms.facility, offered, out=terms.facility)

    def phrase(self, language: str) -> str:
        what, part = self.spoken(language), reach(self.strength, language)
        if language == "en":
            return f"make room for {what} through space, procurement and own use" + part
        return f"legge til rette for {what} gjennom areal, innkjøp og egen bruk" + part
