"""What a run answers, small enough to travel and to keep: the nation by year, and where each municipality ends.

A process of the pool makes a Run of a case, or a Record where everything is wanted; an Ensemble is the runs of one case
with different luck. Knows nothing of pages, queues or threads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Columns of the municipality table that a run keeps: some as they are in the last year, money as a mean over the years.
ENDS: Final = ("territorial_per_inhabitant", "footprint_per_inhabitant", "institutionalisation", "population")
TABLES: Final = frozenset({"nation", "uptake", "municipality", "flow"})  # that a run is read from
YEARLY: Final = ("project_money", "permanent_money", "own_money")


@dataclass(frozen=True, eq=False)
class Run:
    """One run: columns of the table `nation` by name (Y,), and uptake (S, Y) in the order of `solutions`.

    towns: ENDS in the last year and YEARLY a year, by municipality in the order of the place (M,). money: NOK a year,
    the mean of all years, by the purpose of payments in the table `flow`.
    """

    seed: int
    years: tuple[int, ...]
    nation: Mapping[str, Floats]
    solutions: tuple[str, ...]
    uptake: Floats
    towns: Mapping[str, Floats] = field(default_factory=dict)
    money: Mapping[str, float] = field(default_factory=dict)


def run_of(arguments: Mapping[str, Any]) -> Run:
    """The run of the case that `case_of` makes of the arguments. Raises what it raises."""
    from model.recorder import tables_of
    from model.simulation import Simulation
    from viz.app.cases import case_of

    case = case_of(arguments)
    tables = tables_of(Simulation(case, events=False).run(), only=TABLES)
    nation, uptake = tables["nation"], tables["uptake"]
    years = tuple(int(y) for y in case.years)
    ids = tuple(s.id for s in case.catalogue.solutions)
    return Run(
        seed=case.seed,
        years=years,
        nation={n: nation[n].to_numpy().astype(np.float64) for n in nation.column_names if n != "year"},
        solutions=ids,
        uptake=uptake["uptake"].to_numpy().reshape(len(years), len(ids)).T.copy(),
        towns=_towns(tables["municipality"], len(years)),
        money=_money(tables["flow"], len(years)),
    )


def _towns(table: Any, years: int) -> dict[str, Floats]:
    """Where municipalities end, and their money a year: (M,) each. The table is sorted by year, then municipality."""
    cubes = {name: table[name].to_numpy().astype(np.float64).reshape(years, -1) for name in (*ENDS, *YEARLY)}
    return {name: cube[-1].copy() if name in ENDS else cube.mean(axis=0) for name, cube in cubes.items()}


def _money(table: Any, years: int) -> dict[str, float]:
    """NOK a year by purpose, the mean of all years; amounts are in øre."""
    sums = table.group_by("purpose").aggregate([("amount", "sum")]).to_pydict()
    return {str(p): ore / 100 / years for p, ore in zip(sums["purpose"], sums["amount_sum"], strict=True)}


@dataclass(frozen=True, eq=False)
class Record:
    """Everything one run recorded: the Arrow tables of `model.schema` by name."""

    seed: int
    years: tuple[int, ...]
    tables: Mapping[str, Any]


def record_of(arguments: Mapping[str, Any]) -> Record:
    """The record of the case that `case_of` makes of the arguments: a county 4 MB, Norway 14 MB."""
    from model.simulation import Simulation
    from viz.app.cases import case_of

    case = case_of(arguments)
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
    """The digest of a case. Raises what `case_of` raises, each a ValueError with a remedy."""
    from viz.app.cases import case_of

    return case_of(arguments).digest
