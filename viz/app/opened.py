"""A results folder of the command line, read once when the laboratory starts, as ensembles to be looked at.

The folder is named on the command line and nowhere else: no page and no link says what is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from viz.app.answers import Ensemble, Run
from viz.results import Results, ResultsError, read_results
from viz.words import Both


@dataclass(frozen=True, eq=False)
class Opened:
    """Designs of a folder with their runs. name: of the folder; version: that made it."""

    name: str
    version: str
    ensembles: Mapping[str, Ensemble]
    titles: Mapping[str, Both]


def opened(folder: Path) -> Opened:
    """The runs in a results folder. Raises ResultsError, which says what is missing and what makes it."""
    results = read_results(folder)
    found = {design: _ensemble(results, design, nth) for nth, design in enumerate(results.designs)}
    ensembles = {design: e for design, e in found.items() if e.runs}
    if not ensembles:
        raise ResultsError(f"{folder}: no finished run; see the failed runs in manifest.json")
    version = str(results.manifest.get("version", "?"))[:20]
    return Opened(folder.resolve().name, version, ensembles, {d: results.title(d) for d in ensembles})


def _ensemble(results: Results, design: str, nth: int) -> Ensemble:
    """The finished runs of one design, by seed."""
    nation = results.tables["nation"]
    uptake = results.tables["uptake"]
    mine, its = (t[t["design"].astype(str) == design] for t in (nation, uptake))
    takes = {int(r): rows for r, rows in its.groupby("replicate")}
    runs = []
    for replicate, rows in mine.groupby("replicate"):
        ordered = rows.sort_values("year")
        years = tuple(int(y) for y in ordered["year"])
        names = [c for c in ordered.columns if c not in ("design", "replicate", "seed", "year")]
        columns = {c: ordered[c].to_numpy(dtype=np.float64) for c in names}
        wide = takes[int(replicate)].pivot(index="solution", columns="year", values="uptake")
        solutions = tuple(str(s) for s in wide.index)
        runs.append(Run(int(ordered["seed"].iloc[0]), years, columns, solutions, wide.to_numpy(dtype=np.float64)))
    ordered_runs = tuple(sorted(runs, key=lambda run: run.seed))
    return Ensemble(f"results{nth}", design, len(ordered_runs), ordered_runs)
