"""A results folder, read once and checked: arrays by design, replicate and year. Knows nothing of pictures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model import plain_toml
from model.plain_text import TextError, text_of
from viz.words import Both, pair, told_apart

Floats = NDArray[np.float64]
_NEEDED: dict[str, tuple[str, ...]] = {
    "nation": ("design", "replicate", "seed", "year", "territorial_per_inhabitant", "footprint_per_inhabitant"),
    "uptake": ("design", "replicate", "year", "solution", "uptake"),
    "municipality": ("design", "year", "number", "population", "reduction_share", "institutionalisation"),
    "municipality_spread": ("design", "number"),
    "champion_loss": ("design", "group", "lag", "n", "median", "p05", "p95"),
}
HORIZON = 15  # years within which the report asks emissions to be halved


class ResultsError(ValueError):
    """A results folder that cannot be reported; the text says which file or column is missing and what makes it."""


@dataclass(frozen=True, eq=False)
class Results:
    """Tables of one study, in the order of its designs.

    designs: names in order; titles: by design; years: int (Y,). `None` as place means that it could not be read.
    """

    folder: Path
    manifest: Mapping[str, Any]
    case: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    designs: tuple[str, ...]
    titles: Mapping[str, Both]
    sheets: Mapping[str, Any] = field(default_factory=dict)  # design sheet by name, where it could be read
    place: Any = None
    catalogue: Any = None

    @cached_property
    def years(self) -> NDArray[np.int64]:
        """All years of the runs, ascending (Y,)."""
        return np.unique(self.tables["nation"]["year"].to_numpy(dtype=np.int64))

    @property
    def first(self) -> int:
        """The first year of the runs."""
        return int(self.years[0])

    @property
    def last(self) -> int:
        """The last year of the runs."""
        return int(self.years[-1])

    @property
    def half(self) -> int:
        """The year by which emissions should be halved: fifteen years after the first, at most the last."""
        return min(self.first + HORIZON, self.last)

    @cached_property
    def replicates(self) -> NDArray[np.int64]:
        """All replicates, ascending (R,)."""
        return np.unique(self.tables["nation"]["replicate"].to_numpy(dtype=np.int64))

    @cached_property
    def runs(self) -> dict[str, int]:
        """How many runs each design has."""
        counts = self.tables["nation"].groupby("design", observed=True)["replicate"].nunique()
        return {name: int(counts[name]) for name in self.designs}

    def at(self, year: int) -> int:
        """Index of a year in `years`."""
        return int(np.searchsorted(self.years, year))

    def cube(self, column: str) -> Floats:
        """One column of the nation table as (D, R, Y); NaN where a run is missing.

        Raises ResultsError when the column is missing.
        """
        return self._spread_out(self.tables["nation"], "nation", column)

    def uptake(self, solution: str, column: str = "uptake") -> Floats:
        """Uptake of one solution as (D, R, Y); NaN where it is missing."""
        return self._spread_out(self._uptake_by_solution[solution], "uptake", column)

    @cached_property
    def _uptake_by_solution(self) -> dict[str, pd.DataFrame]:
        return {str(name): rows for name, rows in self.tables["uptake"].groupby("solution", observed=True)}

    @property
    def solutions(self) -> tuple[str, ...]:
        """Solutions in the uptake table, sorted."""
        return tuple(sorted(self._uptake_by_solution))

    def _spread_out(self, rows: pd.DataFrame, table: str, column: str) -> Floats:
        if column not in rows.columns:
            raise ResultsError(
                f"{self.folder}/tables/{table}.parquet: column '{column}' is missing; run the study again"
            )
        cube = np.full((len(self.designs), len(self.replicates), len(self.years)), np.nan)
        design = pd.Index(self.designs).get_indexer(rows["design"].astype(str))
        replicate = np.searchsorted(self.replicates, rows["replicate"].to_numpy())
        cube[design, replicate, np.searchsorted(self.years, rows["year"].to_numpy())] = rows[column].to_numpy(
            dtype=float
        )
        return cube

    def title(self, design: str) -> Both:
        """The title of a design, or its name in words; with its name where two designs have one title."""
        named = {d: self.titles.get(d) or readable(d) for d in dict.fromkeys((*self.designs, design))}
        return told_apart(named, design)

    @property
    def reference(self) -> str:
        """The design that others are compared with: today's practice, or the first."""
        return "todays-practice" if "todays-practice" in self.designs else self.designs[0]


def quantiles(values: Floats, axis: int = 1) -> tuple[Floats, Floats, Floats]:
    """5th, 50th and 95th percentile over one axis, leaving out NaN; NaN where there is nothing.

    >>> [float(q) for q in quantiles(np.array([1.0, 2.0, 3.0]), axis=0)]
    [1.1, 2.0, 2.9]
    """
    empty = np.isnan(values).all(axis=axis, keepdims=True)
    filled = np.where(empty, 0.0, values)
    low, middle, high = np.nanquantile(filled, (0.05, 0.5, 0.95), axis=axis)
    gone = np.squeeze(empty, axis=axis)
    return tuple(np.where(gone, np.nan, q) for q in (low, middle, high))  # type: ignore[return-value]


def readable(name: str) -> Both:
    """A name of a file or a column as words, the same in both languages."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return pair(words[:1].upper() + words[1:], name or "?")


def read_results(folder: Path) -> Results:
    """Read a results folder. Raises ResultsError naming the missing or unreadable file and the remedy."""
    if not folder.is_dir():
        raise ResultsError(f"{folder}: no such folder; give the folder that `omstilling run` or `study` wrote")
    manifest = _read_json(folder / "manifest.json")
    case = _read_toml(folder / "case.toml")
    tables = {name: _read_table(folder / "tables" / f"{name}.parquet", columns) for name, columns in _NEEDED.items()}
    if tables["nation"].empty:
        raise ResultsError(f"{folder}/tables/nation.parquet: no finished run; see the failed runs in manifest.json")
    designs = tuple(dict.fromkeys(tables["nation"]["design"].astype(str)))
    return Results(folder, manifest, case, tables, _in_order(designs, manifest), _titles(manifest))


def _in_order(designs: tuple[str, ...], manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Order of the manifest where it lists designs, then the order of appearance."""
    listed = manifest.get("designs")
    names = (
        [str(d.get("name", "") if isinstance(d, dict) else d) for d in listed]
        if isinstance(listed, list | dict)
        else []
    )
    return tuple(dict.fromkeys([n for n in names if n in designs] + list(designs)))


def _titles(manifest: Mapping[str, Any]) -> dict[str, Both]:
    """Titles of the designs as the manifest keeps them."""
    listed = manifest.get("designs")
    told = [d for d in listed if isinstance(d, dict) and d.get("title")] if isinstance(listed, list) else []
    return {str(d.get("name")): pair(d["title"], str(d.get("name"))) for d in told}


def _read_table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    if not path.is_file():
        raise ResultsError(f"{path}: table is missing; finish the study (`omstilling status` says what is left)")
    try:
        table = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise ResultsError(f"{path}: not readable as Parquet ({error}); run the study again") from error
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise ResultsError(f"{path}: column(s) {', '.join(missing)} missing; the table was written by another version")
    return table


def _read_json(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise ResultsError(f"{path}: file is missing; the folder is not a finished results folder")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ResultsError(f"{path}: not readable as JSON ({error})") from error
    if not isinstance(content, dict):
        raise ResultsError(
            f"{path}: an object with version, case and seeds is expected, not a {type(content).__name__}"
        )
    return content


def _read_toml(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise ResultsError(f"{path}: file is missing; the folder is not a finished results folder")
    try:
        return plain_toml.tables(text_of(path, limit=plain_toml.SIZE))
    except TextError as error:
        raise ResultsError(f"{path}: not readable as TOML ({error})") from error
