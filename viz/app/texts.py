"""What the laboratory says, in English and Bokmål, from texts.toml. Knows nothing of pages."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from viz.words import LANGUAGES, Both

FILE: Final = Path(__file__).parent / "texts.toml"


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Both]:
    """All texts by `table.key`. Raises KeyError where a language is missing."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        f"{table}.{key}": Both(*(entry[language] for language in LANGUAGES))
        for table, entries in tables.items()
        for key, entry in entries.items()
    }


class Voice:
    """One language: `voice("bar.title")`, `voice("status.done", n=5)`.

    >>> Voice("nb")("holder.state")
    'Stat'
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The text called `key` with its {names} filled in; a `Both` is said in this language. Raises KeyError."""
        return self.say(texts()[key].fill(**{n: v if isinstance(v, Both) else str(v) for n, v in values.items()}))

    def say(self, both: Both) -> str:
        """One language of a text that comes from elsewhere."""
        return both.nb if self.language == "nb" else both.en

    def all(self, table: str) -> dict[str, str]:
        """Every text of a table by its key."""
        head = table + "."
        return {key.removeprefix(head): self.say(both) for key, both in texts().items() if key.startswith(head)}
