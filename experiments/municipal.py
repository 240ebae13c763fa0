"""Municipal tables of an ensemble, read run by run: means, spread in the last year, and what a lost champion changes.

Memory stays flat: one run's table at a time, and sums. Where losses start is read in a pass of its own, because what
counts as weak and strong is only known when all runs have been seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

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
READ: Final = ("institutionalisation", "is_champion_lost", "champions")  # in the order of Towns
LAGS: Final = 6  # the year of the loss and the five years after it
GROUPS: Final = ("weak", "strong")
ARMS: Final = ("lost", "kept")
CLASSES: Final = 5  # classes of starting point in each group: only towns of the same class are compared
LOSS: Final = np.dtype(  # one run and group; arms in the order of ARMS, institutionalisation 0-1
    [("n", "i8"), ("n_kept", "i8"), ("before", "f8", (2,)), ("change", "f8", (2, LAGS)), ("threshold", "f8")]
)


@dataclass(frozen=True, eq=False)
class Towns:
    """What the comparison reads of one run, each (years, municipalities): 0-1, 0/1 and a number of persons."""

    strength: Floats
    lost: Floats
    champions: Floats

    @property
    def is_lost(self) -> NDArray[np.bool_]:
        """Whether the last champion left in the year."""
        return self.lost > 0.5


class UnlikeRunsError(ValueError):
    """Runs of one design whose municipal tables have other rows or columns: they cannot be averaged."""


@dataclass
class Ensemble:
    """What the runs of one design have in common so far. Rows are those of the municipal table, in its order."""

    design: str
    years: NDArray[np.int64]
    numbers: NDArray[np.str_]
    bounds: Floats  # starting points that part the classes (2 CLASSES - 1), the median of all losses in the middle
    runs: int = 0
    sums: dict[str, Floats] = field(default_factory=dict)
    last: dict[str, list[Floats]] = field(default_factory=lambda: {name: [] for name in SPREAD})
    losses: list[NDArray[np.void]] = field(default_factory=list)  # a run each: (1, groups) of LOSS

    @cached_property
    def grid(self) -> NDArray[np.int64]:
        """Row of each year and municipality (Y, M); raises UnlikeRunsError when rows are missing or repeated."""
        return _grid(self.design, self.years, self.numbers)

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
        towns = Towns(*(values[name][self.grid] for name in READ))
        self.losses.append(matched(towns, self.bounds)[None])

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
    known = list(runs)
    bounds = class_bounds([starts(_towns(*run)) for run in known])
    current: Ensemble | None = None
    for design, folder in known:
        table = pq.read_table(folder / "municipality.parquet")
        if current is None or current.design != design:
            if current is not None:
                yield current
            current = Ensemble(design, *_rows_of(table), bounds)
        current.add(table)
    if current is not None:
        yield current


def starts(towns: Towns) -> Floats:
    """Institutionalisation in the year before each loss that can be followed for LAGS years (losses,)."""
    last = max(len(towns.strength) - LAGS, 0)
    return towns.strength[:last][towns.is_lost[1 : last + 1]]


def class_bounds(found: Sequence[Floats]) -> Floats:
    """What parts the classes of starting points (2 CLASSES - 1): as many losses in each; NaN without losses.

    >>> class_bounds([np.arange(11.0)]).tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]
    """
    every = np.concatenate([np.empty(0), *found])
    shares = np.arange(1, 2 * CLASSES) / (2 * CLASSES)
    return np.quantile(every, shares) if len(every) else np.full(len(shares), np.nan)


def matched(towns: Towns, bounds: Floats) -> NDArray[np.void]:
    """One run's losses of the last champion against towns that kept one: (groups,) of LOSS.

    In every year, towns that lose their last champion are compared with towns of the same class of institutionalisation
    in the year before that had a champion then and have one still; what follows is free in both. `before` is the
    institutionalisation of that year and `change` the distance from it, both means over the losses; the kept are
    weighted as the losses they are compared with. Losses without anyone to compare with are left out.
    """
    last = max(len(towns.strength) - LAGS, 0)  # loss years 1 to last have a year before and all lags
    before, had = towns.strength[:last], towns.champions[:last] > 0
    paths = [before, *(towns.strength[1 + lag : last + 1 + lag] - before for lag in range(LAGS))]
    cells = np.arange(last)[:, None] * 2 * CLASSES + np.searchsorted(bounds, before)
    count, mean = np.zeros((2, last * 2 * CLASSES)), np.zeros((2, 1 + LAGS, last * 2 * CLASSES))
    for arm, is_in in enumerate((towns.is_lost[1 : last + 1], towns.champions[1 : last + 1] > 0)):
        mask = had & is_in
        count[arm] = np.bincount(cells[mask], minlength=count.shape[1])
        for row, path in enumerate(paths):
            mean[arm, row] = np.bincount(cells[mask], path[mask], count.shape[1]) / np.maximum(count[arm], 1)
    paired = count * (count > 0).all(axis=0)
    found = np.zeros(len(GROUPS), LOSS)
    found["threshold"] = bounds[CLASSES - 1]
    for group in range(len(GROUPS)):
        mine = paired * (np.arange(count.shape[1]) % (2 * CLASSES) // CLASSES == group)
        found["n"][group], found["n_kept"][group] = mine.sum(axis=1)
        if mine.any():
            average = mean @ mine[0] / mine[0].sum()
            found["before"][group], found["change"][group] = average[:, 0], average[:, 1:]
    return found


def champion_loss(losses: Mapping[str, NDArray[np.void]]) -> pa.Table:
    """By design, group and lag: how much institutionalisation (0-1) the loss of the last champion costs.

    losses: (runs, groups) of LOSS by design. `median`, `p05`, `p95`: difference between the change where the last
    champion was lost and where one was kept, over the runs that have such losses (`runs`); `lost_` and `kept_`: the two
    changes since the year before, and `before_` where they start. `n` losses are compared with `n_kept` towns and
    years. `strong` is above the median of all losses of all designs in the year before (`threshold`), `weak` is the
    rest. A group without losses has no rows.
    """
    rows: list[dict[str, object]] = []
    for design, runs in losses.items():
        for at, group in enumerate(GROUPS):
            mine = runs[runs["n"][:, at] > 0, at]
            if not len(mine):
                continue
            change = {"": mine["change"][:, 0] - mine["change"][:, 1]}
            change |= {f"{arm}_": mine["change"][:, a] for a, arm in enumerate(ARMS)}
            fixed: dict[str, object] = {"n": mine["n"].sum(), "n_kept": mine["n_kept"].sum(), "runs": len(mine)}
            fixed |= {f"before_{arm}": mine["before"][:, a].mean() for a, arm in enumerate(ARMS)}
            spread = {
                prefix + label: row
                for prefix, values in change.items()
                for label, row in zip(("p05", "median", "p95"), quantiles(values), strict=True)
            }
            for lag in range(LAGS):
                keys = {"design": design, "group": group, "lag": lag, "threshold": mine["threshold"][0]}
                rows.append(keys | fixed | {name: row[lag] for name, row in spread.items()})
    return pa.Table.from_pylist(rows, _columns())


def _columns() -> pa.Schema:
    spreads = [prefix + label for prefix in ("", "lost_", "kept_") for label in ("median", "p05", "p95")]
    reals = [*spreads, *(f"before_{arm}" for arm in ARMS), "threshold"]
    words = [(name, pa.string()) for name in ("design", "group")]
    whole = [(name, pa.int32()) for name in ("lag", "n", "n_kept", "runs")]
    return pa.schema([*words, *whole, *((name, pa.float64()) for name in reals)])


def _towns(design: str, folder: Path) -> Towns:
    """What `Towns` holds, of one run; nothing else is read."""
    table = pq.read_table(folder / "municipality.parquet", columns=[*KEYS, *READ])
    years, (_, codes) = table.column("year").to_numpy().astype(np.int64), _coded(table)
    grid = _grid(design, years, codes)
    return Towns(*(table.column(name).to_numpy().astype(np.float64)[grid] for name in READ))


def _grid(design: str, years: NDArray[np.int64], towns: NDArray[Any]) -> NDArray[np.int64]:
    """Row of each year and town, both ascending; raises UnlikeRunsError when rows are missing or repeated."""
    known, y = np.unique(years, return_inverse=True)
    names, m = np.unique(towns, return_inverse=True)
    rows = np.full((len(known), len(names)), -1)
    rows[y, m] = np.arange(len(y))
    if len(y) != rows.size or (rows < 0).any():
        raise UnlikeRunsError(f"{design}: the municipal table lacks rows, or has some twice")
    return rows


def _rows_of(table: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.str_]]:
    names, codes = _coded(table)
    return table.column("year").to_numpy().astype(np.int64), names[codes]


def _coded(table: pa.Table) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """The numbers that occur, and for each row which of them."""
    numbers = table.column("number").combine_chunks()
    if not pa.types.is_dictionary(numbers.type):
        numbers = numbers.dictionary_encode()
    return np.array(numbers.dictionary.to_pylist(), dtype=np.str_), numbers.indices.to_numpy().astype(np.int64)


def _word(word: str, count: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([word]))
