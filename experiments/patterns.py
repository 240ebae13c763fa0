"""The patterns that the model must show: histories, what is read from them, and within what tolerance.

The numbers stand in `patterns.toml`, each with its source; the figures themselves are read by `experiments.measures`.
Knows nothing of how the runs are made.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "patterns.toml"


@dataclass(frozen=True)
class History:
    """A run that patterns are read from: a design in a span of years, all municipalities."""

    name: str
    design: str
    first: int
    last: int


@dataclass(frozen=True)
class Part:
    """One figure of a pattern; it passes when the 5-95 % interval over replicates lies from `low` to `high`.

    role: fitted (parameters were calibrated to it), input (it is put in), implied (it follows from another part), or
    held out (nothing was fitted to it); scale: by how much it may miss in calibration, 0 where it takes no part in one.
    """

    name: str
    title: str
    title_nb: str
    unit: str
    target: float
    low: float
    high: float
    role: str
    scale: float = 0.0


@dataclass(frozen=True)
class Pattern:
    """A pattern; its first part is the headline, and it passes when all its parts do."""

    id: str
    title: str
    title_nb: str
    history: str
    source: str
    parts: tuple[Part, ...]

    @property
    def by_construction(self) -> bool:
        """Whether all of it is put in, so that it can hardly come out otherwise."""
        return all(part.role == "input" for part in self.parts)


@lru_cache(maxsize=1)
def _file() -> tuple[tuple[History, ...], tuple[Pattern, ...]]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    histories = tuple(History(name=name, **facts) for name, facts in data["history"].items())
    patterns = tuple(
        Pattern(**(facts | {"parts": tuple(Part(name=name, **part) for name, part in facts["parts"].items())}))
        for facts in data["pattern"]
    )
    return histories, patterns


def histories() -> tuple[History, ...]:
    """The runs that patterns are read from."""
    return _file()[0]


def patterns() -> tuple[Pattern, ...]:
    """All patterns, in the order of the file."""
    return _file()[1]
