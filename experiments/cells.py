"""A study's frame as arrays: designs × futures × seeds, whole or not at all. Joined by name, never by order.

The frame has a row a finished run: `key, design, place, sample, replicate, seed`, parameters by path, then measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.crossed import Floats

Whole = NDArray[np.int64]


class CellsError(ValueError):
    """A frame that lacks what an array of it needs; the text names the design, measure or column."""


@dataclass(frozen=True, eq=False)
class Block:
    """One measure of D designs over the S futures and R seeds that all of them finished, mean over places.

    values: (D, S, R); samples (S,) and seeds (R,) that remain; dropped: cells (future and seed) left out because some
    design lacks its run or value.
    """

    values: Floats
    designs: tuple[str, ...]
    samples: Whole
    seeds: Whole
    dropped: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing remains."""
        return self.values.size == 0


def block(frame: pd.DataFrame, measure: str, designs: Sequence[str]) -> Block:
    """A complete array of one measure: whole futures stay, or whole seeds where there is one future.

    Raises CellsError for a design or measure that the frame does not have.
    """
    _check(frame, measure, designs)
    rows = frame[frame["design"].isin(list(designs))]
    places = sorted(rows["place"].astype(str).unique())
    samples, seeds = (np.unique(rows[name].to_numpy(dtype=np.int64)) for name in ("sample", "seed"))
    cells = np.full((len(designs), len(places), len(samples), len(seeds)), np.nan)
    at = (
        pd.Index(list(designs)).get_indexer(rows["design"].astype(str)),
        pd.Index(places).get_indexer(rows["place"].astype(str)),
        np.searchsorted(samples, rows["sample"].to_numpy(dtype=np.int64)),
        np.searchsorted(seeds, rows["seed"].to_numpy(dtype=np.int64)),
    )
    cells[at] = rows[measure].to_numpy(dtype=np.float64)
    values = cells.mean(axis=1)  # a cell that lacks a place is missing
    present = np.isfinite(values).all(axis=0)
    kept = present.all(axis=1), np.ones(len(seeds), dtype=bool)
    if len(samples) == 1:
        kept = np.ones(1, dtype=bool), present[0]
    whole = values[:, kept[0]][:, :, kept[1]]
    lost = int(present.size - kept[0].sum() * kept[1].sum())
    return Block(np.asarray(whole), tuple(designs), samples[kept[0]], seeds[kept[1]], lost)


def by_row(frame: pd.DataFrame, design: str, measure: str, rows: int) -> Floats:
    """One design's measure by row of a sample matrix and seed (rows, R); NaN where a run is missing; mean over places.

    Raises CellsError as `block`, and when a sample number lies beyond the matrix.
    """
    _check(frame, measure, (design,))
    own = frame[frame["design"] == design]
    seeds = np.unique(own["seed"].to_numpy(dtype=np.int64))
    places = sorted(own["place"].astype(str).unique())
    sample = own["sample"].to_numpy(dtype=np.int64)
    if len(sample) and (sample.min() < 0 or sample.max() >= rows):
        raise CellsError(f"design '{design}': sample {sample.max()} lies beyond the {rows} rows of the matrix")
    cells = np.full((len(places), rows, len(seeds)), np.nan)
    at = pd.Index(places).get_indexer(own["place"].astype(str)), sample, np.searchsorted(seeds, own["seed"].to_numpy())
    cells[at] = own[measure].to_numpy(dtype=np.float64)
    return np.asarray(cells.mean(axis=0))


def inputs(frame: pd.DataFrame, paths: Sequence[str], samples: Whole) -> Floats:
    """Parameter values (S, P) of the futures named, whatever design or seed they ran with; NaN where none did."""
    values = frame.drop_duplicates("sample").set_index("sample").reindex(samples)
    return np.asarray(values.loc[:, list(paths)].to_numpy(dtype=np.float64))


def futures(frame: pd.DataFrame, kind: str, step: int = 0) -> pd.DataFrame:
    """The rows whose futures are drawn evenly from the ranges, so that a mean over them means something.

    All rows of `compare`, `list` and `sample`; of `sobol` the two base samples of each block of `step` rows; none of
    `sweep` and `morris`, whose points are laid out and not drawn.
    """
    if kind in ("sweep", "morris"):
        return frame.iloc[:0]
    if kind == "sobol":
        return frame[(frame["sample"] % step).isin([0, step - 1])]
    return frame


def _check(frame: pd.DataFrame, measure: str, designs: Sequence[str]) -> None:
    if measure not in frame.columns:
        raise CellsError(f"no measure '{measure}' in the frame")
    known = set(frame["design"].astype(str).unique())
    for design in designs:
        if design not in known:
            raise CellsError(f"no finished run of design '{design}'; there are {', '.join(sorted(known)) or 'none'}")
