"""What a kind of study lays out: parameters that vary and their values, one row a sample.

Knows nothing of designs, places and seeds, which every sample meets alike.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.facts import Varied

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Layout:
    """Points (S, P): row s is sample s, column p the value of parameter p.

    problem: SALib's dictionary, empty where nothing is sampled; options: the kind's table with its defaults filled in.
    """

    parameters: tuple[Varied, ...] = ()
    points: Floats = field(default_factory=lambda: np.empty((1, 0)))
    problem: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    def returns(self) -> list[int]:
        """For each sample, how often its point stood before: drawn trajectories cross, what somebody wrote must not."""
        seen: Counter[bytes] = Counter()
        before = []
        for point in self.points + 0.0 if self.problem else ():
            before.append(seen[point.tobytes()])
            seen[point.tobytes()] += 1
        return before or [0] * len(self.points)


@dataclass(frozen=True)
class Outline:
    """What can be said before anything is drawn: how many samples, of which parameters, with which options."""

    samples: int
    parameters: tuple[Varied, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def problem_of(parameters: tuple[Varied, ...], *, grouped: bool = False) -> dict[str, Any]:
    """SALib's dictionary; where grouped, the parameters of a table of the library move as one."""
    told: dict[str, Any] = {
        "num_vars": len(parameters),
        "names": [p.path for p in parameters],
        "bounds": [[p.low, p.high] for p in parameters],
    }
    if grouped:
        told["groups"] = [p.path.partition(".")[0] for p in parameters]
    return told
