"""The state's own standard takes the place of what is missing."""

from typing import Literal

from model.institutions.aim import Reading
from model.institutions.sanction import Breach, Sanction, imposed
from model.terms import Terms


class DefaultStandard(Sanction):
    """A penalty default (Sabel & Zeitlin 2012): whoever makes no solution of their own gets the state's."""

    kind: Literal["default_standard"]

    def act(self, terms: Terms, reading: Reading, breach: Breach) -> None:
        imposed(terms, breach.mask, breach.element, reading)

    def phrase(self, language: str) -> str:
        if language == "en":
            return "a standard set by the state takes effect in the municipality"
        return "trer en standard fastsatt av staten i kraft i kommunen"
