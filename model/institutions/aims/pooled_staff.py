"""Specialist staff that municipalities share."""

from typing import ClassVar, Literal

from model.institutions.phrases import reach
from model.institutions.support import Help


class PooledStaff(Help):
    """Climate specialists whom several municipalities share are within reach."""

    actors = ("state", "county", "municipality")
    rule: ClassVar[str] = "staff"
    kind: Literal["pooled_staff"]

    def phrase(self, language: str) -> str:
        what = {
            "en": "provide climate specialists whom several municipalities share",
            "nb": "stille med klimafagfolk som flere kommuner deler",
        }[language]
        return what + reach(self.strength, language)
