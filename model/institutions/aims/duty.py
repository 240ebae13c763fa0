"""A duty to have an institutional element."""

from typing import Annotated, Literal

from pydantic import Field

from agents.vocabulary import ELEMENTS
from model.institutions.aim import Aim, Element, Reading
from model.institutions.phrases import DEEDS
from model.terms import Terms


class Duty(Aim):
    """Municipalities are to have the element; how hard depends on the deontic and on the or-else.

    Where several statements speak of one element the strongest counts, and among equals the most credible.
    """

    actors = ("municipality",)
    kind: Literal["duty"]
    element: Annotated[Element, Field(description="The institutional element that municipalities are to have.")]

    @property
    def breakable(self) -> str:
        return self.element

    def write(self, terms: Terms, reading: Reading) -> None:
        e = ELEMENTS.index(self.element)
        duty, credibility = terms.duty[:, e], terms.credibility[:, e]
        is_stronger = reading.strength > duty
        is_surer = (reading.strength == duty) & (reading.credibility > credibility)
        wins = reading.mask & (is_stronger | is_surer)
        duty[wins] = reading.strength
        credibility[wins] = reading.credibility
        terms.duty_statement[wins, e] = reading.index

    def phrase(self, language: str) -> str:
        return DEEDS[self.element][language]
