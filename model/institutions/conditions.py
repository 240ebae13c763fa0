"""Conditions of statements: a small safe language over declared words, interpreted for all municipalities at once.

`population < 5000 and has("network")` is taken apart by a tokeniser and `ast`, checked node by node against a white
list and turned into nested functions on arrays; nothing is ever handed to the interpreter. Knows nothing of designs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.institutions.parsing import compiled, parsed
from model.institutions.words import FUNCTIONS, WORDS
from model.parameters import default_values

__all__ = ["FUNCTIONS", "WORDS", "Condition", "Situation", "condition"]


@dataclass(frozen=True, eq=False)
class Situation:
    """What the rules of one year look at; M municipalities, E elements.

    words: one number or (M,) for each of WORDS (`year`, `population`, `number` and `county` are taken from the fields);
    stage: int8 (M, E); practice: (M, E) 0-1; county_of: (M,) index into `county_numbers`; population: (M,) persons;
    population_share: population of the place as a share of the nation's, scales national sums of money;
    municipality_share: municipalities of the place as a share of the nation's, scales what is equal for all (None: as
    population_share);
    breach: (M, E) of bool, or whole years, for which a rule in force has been broken; None where nobody is;
    p: parameters; read are the groups sanction and deontic.
    """

    year: int
    words: Mapping[str, Any]
    stage: NDArray[np.int8]
    practice: NDArray[np.float64]
    county_of: NDArray[np.int32]
    county_numbers: tuple[str, ...]
    numbers: tuple[str, ...]
    population: NDArray[np.float64]
    solution_ids: tuple[str, ...]
    population_share: float = 1.0
    municipality_share: float | None = None
    breach: NDArray[Any] | None = None
    p: Any = field(default_factory=default_values)


@dataclass(frozen=True, eq=False)
class Condition:
    """A checked condition; `tree` is its syntax tree, for reading it out. Equal texts are one object."""

    text: str
    tree: Any
    reader: Any

    def mask(self, situation: Situation) -> NDArray[np.bool_]:
        """Where the condition holds: bool (M,). Comparing with NaN or a division by zero is false."""
        with np.errstate(over="ignore", invalid="ignore"):
            truth = self.reader(situation)
        if isinstance(truth, np.ndarray) and truth.shape == situation.population.shape:
            return truth
        return np.full(situation.population.shape, truth, dtype=bool)

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return condition, (self.text,)


@lru_cache(maxsize=4096)
def condition(text: str) -> Condition:
    """The condition written in `text`; DesignError says what is wrong with it and what would be right.

    >>> condition("population < 5000 and is_north").text
    'population < 5000 and is_north'
    """
    tree = parsed(text)
    return Condition(text=text, tree=tree, reader=compiled(tree))
