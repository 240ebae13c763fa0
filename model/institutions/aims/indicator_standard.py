"""A standard for the indicators by which emissions are followed."""

from typing import Annotated, Final, Literal

import numpy as np
from pydantic import Field

from model.institutions.aim import Aim, Reading, Share
from model.institutions.phrases import percent
from model.terms import Terms

SCOPES: Final = {
    "own": {"en": "the municipality's own operations", "nb": "kommunens egen drift"},
    "community": {"en": "the whole local community", "nb": "hele lokalsamfunnet"},
}


class IndicatorStandard(Aim):
    """What is published, own operations or the whole community, and how much noise and delay the standard removes."""

    actors = ("state", "county")
    kind: Literal["indicator_standard"]
    scope: Annotated[
        Literal["own", "community"], Field(description="Emissions of own operations, or of the whole local community.")
    ]
    precision: Annotated[
        Share, Field(description="Share of noise and delay that the standard removes, 0-1; scaled by the deontic.")
    ]

    def write(self, terms: Terms, reading: Reading) -> None:
        if self.scope == "community":
            np.maximum(terms.scope, reading.mask * reading.strength, out=terms.scope)
        precision = np.multiply(reading.mask, self.precision * reading.strength, dtype=np.float64)
        np.maximum(terms.precision, precision, out=terms.precision)
        terms.name_help("indicators", precision, reading.index)

    def phrase(self, language: str) -> str:
        what, part = SCOPES[self.scope][language], percent(self.precision, language)
        if language == "en":
            how = f"by a standard that removes {part} of the noise and delay"
            return f"publish the emissions of {what} every year, {how}"
        how = f"etter en standard som fjerner {part} av støyen og forsinkelsen"
        return f"publisere utslippene fra {what} hvert år, {how}"
