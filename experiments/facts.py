"""What a study is, apart from its numbers: the facts that analysis and report need beside the frame."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from experiments.arms import Text


class Varied(NamedTuple):
    """A parameter that a study varies: path, range, unit, meaning, and whether it is a lever or an uncertainty."""

    path: str
    low: float
    high: float
    unit: str
    meaning: str
    kind: str


@dataclass(frozen=True)
class Outcome:
    """A measure of one run as it is told: more is better (1), less is (-1), or neither (0).

    scale: what the value is multiplied with to be in `unit`; digits: decimals when told.
    """

    name: str
    title: Text
    unit: Text
    better: int
    scale: float = 1.0
    digits: int = 2


@dataclass(frozen=True)
class StudyFacts:
    """A study's plan and standing.

    first, last: years; problem: SALib's dictionary, empty where nothing is sampled; options: the table of its kind;
    runs: planned; done, failed: of these; warned: runs in which a check warned.
    """

    kind: str
    title: str
    question: str
    designs: tuple[str, ...]
    places: tuple[str, ...]
    citizens: int | str
    first: int
    last: int
    choice: str
    replicates: int
    seeds: tuple[int, ...]
    parameters: tuple[Varied, ...]
    problem: Mapping[str, Any]
    options: Mapping[str, Any]
    version: str
    revision: str
    results_version: int
    runs: int
    done: int
    failed: int
    warned: int
    titles: Mapping[str, Any] = field(default_factory=dict)  # of designs, as their files have them
