"""What a run answers, small enough to travel and to keep: the nation's columns and the uptake of each solution by year.

A process of the pool makes a Run of a case, or a Record where everything is wanted; an Ensemble is the runs of one case
with different luck. Knows nothing of pages, queues or threads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Run:
    """One run: columns of the table `nation` by name (Y,), and uptake (S, Y) in the order of `solutions`."""

    seed: int
    years: tuple[int, ...]
    nation: Mapping[str, Floats]
    solutions: tuple[str, ...]
    uptake: Floats


def run_of(arguments: Mapping[str, Any]) -> Run:
    """The run of the case that `Case.load` makes of the arguments. Raises what it raises."""
    from model.case import Case
    from model.simulation import Simulation

    case = Case.load(**arguments)
    tables = Simulation(case).run().tables
    nation, uptake = tables["nation"], tables["uptake"]
    years = tuple(int(y) for y in case.years)
    ids = tuple(s.id for s in case.catalogue.solutions)
    return Run(
        seed=case.seed,
        years=years,
        nation={n: nation[n].to_numpy().astype(np.float64) for n in nation.column_names if n != "year"},
        solutions=ids,
        uptake=uptake["uptake"].to_numpy().reshape(len(years), len(ids)).T.copy(),
    )


@dataclass(frozen=True, eq=False)
class Record:
    """Everything one run recorded: the Arrow tables of `model.schema` by name."""

    seed: int
    years: tuple[int, ...]
    tables: Mapping[str, Any]


def record_of(arguments: Mapping[str, Any]) -> Record:
    """The record of the case that `Case.load` makes of the arguments: a county 4 MB, Norway 14 MB."""
    from model.case import Case
    from model.simulation import Simulation

    case = Case.load(**arguments)
    return Record(case.seed, tuple(int(y) for y in case.years), Simulation(case).run().tables)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """The runs so far of one case. `key` names the case; `wanted` is how many there will be."""

    key: str
    design: str
    wanted: int
    runs: tuple[Run, ...] = ()

    @property
    def answer(self) -> str:
        """Names what is known so far: changes with every run."""
        return f"{self.key}-{len(self.runs)}"

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the runs; empty before the first."""
        return self.runs[0].years if self.runs else ()

    def with_run(self, run: Run) -> "Ensemble":
        """The ensemble with one more run."""
        return replace(self, runs=(*self.runs, run))

    def cube(self, column: str) -> Floats:
        """One column of the nation table, (R, Y)."""
        return np.stack([run.nation[column] for run in self.runs])

    def uptake(self, solutions: frozenset[str]) -> Floats:
        """Mean uptake of some solutions, (R, Y)."""
        rows = [i for i, name in enumerate(self.runs[0].solutions) if name in solutions]
        return np.stack([run.uptake[rows].mean(axis=0) for run in self.runs])


def key_of(arguments: Mapping[str, Any]) -> str:
    """The digest of a case. Raises what `Case.load` raises, each a ValueError with a remedy."""
    from model.case import Case

    return Case.load(**arguments).digest
