"""Learning networks between municipalities."""

from typing import ClassVar, Literal

from model.institutions.phrases import reach
from model.institutions.support import Help


class Network(Help):
    """A learning network in which municipalities exchange experience is on offer."""

    actors = ("state", "county", "municipality")
    rule: ClassVar[str] = "network"
    kind: Literal["network"]

    def phrase(self, language: str) -> str:
        what = {
            "en": "run learning networks in which municipalities exchange experience",
            "nb": "drive læringsnettverk der kommunene utveksler erfaringer",
        }[language]
        return what + reach(self.strength, language)
