"""A standard for the indicators by which emissions are followed."""

from typing import Final, Literal

import numpy as np

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
    scope: Literal["own", "community"]
    precision: Share

    def write(self, terms: Terms, reading: Reading) -> None:
        if self.scope == "community":
            np.maximum(terms.scope, reading.mask * reading.strength, out=terms.scope)
        np.maximum(terms.precision, reading.mask * (self.precision * reading.strength), out=terms.precision)

    def phrase(self, language: str) -> str:
        what, part = SCOPES[self.scope][language], percent(self.precision, language)
        if language == "en":
            return f"publish each year the emissions of {what}, by a standard that removes {part} of noise and delay"
        return f"publisere utslippene fra {what} hvert år, etter en standard som fjerner {part} av støy og forsinkelse"
