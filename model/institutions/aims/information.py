"""Knowledge of solutions that reaches those who can use them."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from model.institutions.aim import Reading, Share
from model.institutions.phrases import percent
from model.institutions.selection import SolutionAim
from model.terms import Terms


class Information(SolutionAim):
    """Information about solutions; `strength` is the share of possible users it reaches, scaled by the deontic."""

    kind: Literal["information"]
    strength: Annotated[Share, Field(description="Share of possible users reached, 0-1; scaled by the deontic.")]

    def write(self, terms: Terms, reading: Reading) -> None:
        np.maximum(terms.information, self.spread(reading, self.strength * reading.strength), out=terms.information)

    def phrase(self, language: str) -> str:
        what, part = self.spoken(language), percent(self.strength, language)
        if language == "en":
            return f"spread knowledge of {what} to {part} of those who can use them"
        return f"spre kunnskap om {what} til {part} av dem som kan bruke dem"
