"""What an ensemble of runs gives: the tables of the results folder, and the figures of `run --json`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from agents.vocabulary import ELEMENTS, FACTORS
from experiments import municipal, store
from experiments.statistics import spread_by_year

Floats = NDArray[np.float64]
Receipt = Mapping[str, Any]
SERIES: Final = {
    "territorial_t_per_inhabitant": "territorial_per_inhabitant",
    "footprint_t_per_inhabitant": "footprint_per_inhabitant",
    "reduction_share": "reduction_share",
    "institutionalisation": "institutionalisation",
    "agenda": "agenda",
    "decoupling": "decoupling",
}
CREDITED: Final = ("national", "I", "II", "III")  # who can be credited with a reduction; population is apart


def write_tables(folder: Path, receipts: Sequence[Receipt]) -> None:
    """Write `store.TABLES` of the results folder from the finished runs, whose receipts come design by design."""
    target = folder / "tables"
    target.mkdir(exist_ok=True)
    for name in ("nation", "uptake"):
        store.write_table(target / f"{name}.parquet", _joined(folder, receipts, name))
    means, spreads, losses = [], [], {}
    located = ((str(r["design"]), store.run_folder(folder, r["design"], r["replicate"])) for r in receipts)
    for ensemble in municipal.ensembles(located):
        means.append(ensemble.means())
        spreads.append(ensemble.spread())
        losses[ensemble.design] = np.concatenate(ensemble.losses)
    joined = pa.concat_tables(means).unify_dictionaries()
    store.write_table(target / "municipality.parquet", joined, narrow=True)
    spread = pa.concat_tables(spreads).unify_dictionaries()
    store.write_table(target / "municipality_spread.parquet", spread, narrow=True)
    store.write_table(target / "champion_loss.parquet", municipal.champion_loss(losses))


def _joined(folder: Path, receipts: Sequence[Receipt], name: str) -> pa.Table:
    """One table of all runs, with design, replicate and seed in front."""
    parts = []
    for receipt in receipts:
        part = pq.read_table(store.run_folder(folder, receipt["design"], receipt["replicate"]) / f"{name}.parquet")
        count = len(part)
        keys = (
            pa.array([receipt["design"]] * count).dictionary_encode(),
            pa.array(np.full(count, receipt["replicate"], np.int32)),
            pa.array(np.full(count, receipt["seed"], np.int64)),
        )
        for at, (key, column) in enumerate(zip(("design", "replicate", "seed"), keys, strict=True)):
            part = part.add_column(at, key, column)
        parts.append(part)
    return pa.concat_tables(parts).unify_dictionaries()


def figures(folder: Path) -> list[dict[str, Any]]:
    """The figures of each design, every year of the run, from tables/nation.parquet."""
    nation = pq.read_table(folder / "tables" / "nation.parquet")
    names = nation.column("design").to_pylist()
    which = np.array(names)
    columns = {c: nation.column(c).to_numpy() for c in nation.column_names if c != "design"}
    return [_design(name, {c: v[which == name] for c, v in columns.items()}) for name in dict.fromkeys(names)]


def _design(name: str, rows: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """The figures of one design. rows: columns of the nation table, one row a run and year."""
    years = np.unique(rows["year"]).tolist()
    runs = len(np.unique(rows["replicate"]))
    order = np.lexsort((rows["year"], rows["replicate"]))

    def cube(column: str) -> Floats:
        return rows[column][order].astype(np.float64).reshape(runs, len(years))

    changes = {factor: cube(f"change_{factor}") for factor in FACTORS}
    credited = np.sum([changes[f] for f in CREDITED], axis=0)
    first = cube("territorial")[:, :1]
    with np.errstate(divide="ignore", invalid="ignore"):
        by_level = {f: np.where(credited == 0, np.nan, changes[f] / credited) for f in CREDITED}
    found: dict[str, Any] = {"name": name, "replicates": runs}
    found |= {label: spread_by_year(cube(column), years) for label, column in SERIES.items()}
    found["by_level_share"] = {f: spread_by_year(v, years) for f, v in by_level.items()}
    found["change_share"] = {f: spread_by_year(v / first, years) for f, v in changes.items()}
    found["element_share"] = {e: spread_by_year(cube(f"{e}_share"), years) for e in ELEMENTS}
    return found
