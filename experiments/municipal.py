"""Municipal tables of an ensemble, read run by run: means, spread in the last year, and what a lost champion leaves.

Memory stays flat: one run's table at a time, and sums.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from experiments.statistics import quantiles
from model.schema import MUNICIPALITY

Floats = NDArray[np.float64]
KEYS: Final = ("year", "number")
NUMERIC: Final = tuple(c.name for c in MUNICIPALITY if c.name not in KEYS)
SPREAD: Final = ("territorial_per_inhabitant", "reduction_share", "institutionalisation")
LAGS: Final = 6  # the year of the loss and the five years after it
LEAST: Final = 0.001  # institutionalisation before the loss below which there is nothing that could be left
GROUPS: Final = ("weak", "strong")


class UnlikeRunsError(ValueError):
    """Runs of one design whose municipal tables have other rows or columns: they cannot be averaged."""


@dataclass
class Ensemble:
    """What the runs of one design have in common so far. Rows are those of the municipal table, in its order."""

    design: str
    years: NDArray[np.int64]
    numbers: NDArray[np.str_]
    runs: int = 0
    sums: dict[str, Floats] = field(default_factory=dict)
    last: dict[str, list[Floats]] = field(default_factory=lambda: {name: [] for name in SPREAD})
    losses: list[NDArray[np.float32]] = field(default_factory=list)

    @cached_property
    def grid(self) -> NDArray[np.int64]:
        """Row of each year and municipality (Y, M); raises UnlikeRunsError when rows are missing or repeated."""
        years, y = np.unique(self.years, return_inverse=True)
        numbers, m = np.unique(self.numbers, return_inverse=True)
        rows = np.full((len(years), len(numbers)), -1)
        rows[y, m] = np.arange(len(y))
        if len(y) != rows.size or (rows < 0).any():
            raise UnlikeRunsError(f"{self.design}: the municipal table lacks rows, or has some twice")
        return rows

    def add(self, table: pa.Table) -> None:
        """Take one run in. Raises UnlikeRunsError when its rows are others than those of the first run."""
        years, numbers = _rows_of(table)
        if not (np.array_equal(years, self.years) and np.array_equal(numbers, self.numbers)):
            raise UnlikeRunsError(f"{self.design}: a run has other municipalities or years than the first one")
        values = {name: table.column(name).to_numpy().astype(np.float64) for name in NUMERIC}
        self.runs += 1
        for name, column in values.items():
            self.sums[name] = self.sums[name] + column if name in self.sums else column
        for name in SPREAD:
            self.last[name].append(values[name][self.grid[-1]])
        strength = values["institutionalisation"][self.grid]
        self.losses.append(paths_after(strength, values["is_champion_lost"][self.grid] > 0.5))

    def means(self) -> pa.Table:
        """Design, year, number and the mean over runs of every number."""
        columns = {"design": _word(self.design, len(self.years)), "year": pa.array(self.years.astype(np.int16))}
        columns["number"] = pa.array(self.numbers.tolist()).dictionary_encode()
        return pa.table(columns | {name: pa.array(self.sums[name] / self.runs) for name in NUMERIC})

    def spread(self) -> pa.Table:
        """Design, number, the last year, and 5th percentile, median and 95th over runs of the columns in SPREAD."""
        rows = self.grid[-1]
        columns = {"design": _word(self.design, len(rows)), "number": pa.array(self.numbers[rows].tolist())}
        columns["year"] = pa.array(self.years[rows].astype(np.int16))
        for name in SPREAD:
            for label, row in zip(("p05", "median", "p95"), quantiles(np.array(self.last[name])), strict=True):
                columns[f"{name}_{label}"] = pa.array(row)
        return pa.table(columns)


def ensembles(runs: Iterable[tuple[str, Path]]) -> Iterator[Ensemble]:
    """One Ensemble a design, of (design, run folder) pairs that come design by design."""
    current: Ensemble | None = None
    for design, folder in runs:
        table = pq.read_table(folder / "municipality.parquet")
        if current is None or current.design != design:
            if current is not None:
                yield current
            current = Ensemble(design, *_rows_of(table))
        current.add(table)
    if current is not None:
        yield current


def paths_after(strength: Floats, is_lost: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Institutionalisation around each loss of the last champion: (losses, 1 + LAGS), the year before it first.

    strength, is_lost: (years, municipalities). Losses without a year before, without LAGS years from the loss on,
    or with less than LEAST before it are left out.

    >>> strength = np.linspace(0.8, 0.1, 8)[:, None]
    >>> paths_after(strength, np.arange(8)[:, None] == 1).round(1).tolist()[0][:3]
    [0.800000011920929, 0.699999988079071, 0.6000000238418579]
    """
    year, town = np.nonzero(is_lost)
    has_window = (year >= 1) & (year + LAGS <= len(strength))
    year, town = year[has_window], town[has_window]
    paths = strength[year[:, None] + np.arange(-1, LAGS), town[:, None]].astype(np.float32)
    return np.asarray(paths[paths[:, 0] >= LEAST])


def champion_loss(losses: dict[str, NDArray[np.float32]]) -> pa.Table:
    """By design, group and lag: what is left of the institutionalisation of the year before the loss (1 = all of it).

    losses: paths as from `paths_after`, by design. `strong` is above the median of all losses of all designs in
    the year before (column `threshold`), `weak` is the rest. A group without losses has no rows.
    """
    every = np.concatenate(list(losses.values())) if losses else np.empty((0, 1 + LAGS), np.float32)
    threshold = float(np.median(every[:, 0])) if len(every) else float("nan")
    rows = []
    for design, paths in losses.items():
        is_strong = paths[:, 0] > threshold
        for group, mine in zip(GROUPS, (paths[~is_strong], paths[is_strong]), strict=True):
            if not len(mine):
                continue
            low, middle, high = quantiles((mine[:, 1:] / mine[:, :1]).astype(np.float64))
            rows += [
                (design, group, lag, len(mine), middle[lag], low[lag], high[lag], threshold) for lag in range(LAGS)
            ]
    words, whole, real = pa.string(), pa.int32(), pa.float64()
    names = ("design", "group", "lag", "n", "median", "p05", "p95", "threshold")
    types = (words, words, whole, whole, real, real, real, real)
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table([pa.array(c, t) for c, t in zip(columns, types, strict=True)], names=list(names))


def _rows_of(table: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.str_]]:
    numbers = table.column("number").combine_chunks()
    if not pa.types.is_dictionary(numbers.type):
        numbers = numbers.dictionary_encode()
    codes = np.array(numbers.dictionary.to_pylist(), dtype=np.str_)[numbers.indices.to_numpy()]
    return table.column("year").to_numpy().astype(np.int64), codes


def _word(word: str, count: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([word]))
