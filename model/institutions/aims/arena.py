"""Support for standing arenas where municipality, citizens and businesses meet."""

from typing import ClassVar, Literal

from model.institutions.phrases import reach
from model.institutions.support import Help


class Arena(Help):
    """Standing arenas for municipality, citizens and businesses are supported."""

    rule: ClassVar[str] = "arena"
    kind: Literal["arena"]

    def phrase(self, language: str) -> str:
        what = {
            "en": "support standing arenas where municipality, citizens and businesses work out solutions together",
            "nb": "støtte faste arenaer der kommune, innbyggere og næringsliv utvikler løsninger sammen",
        }[language]
        return what + reach(self.strength, language)
