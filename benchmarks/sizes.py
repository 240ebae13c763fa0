"""How results depend on the number of citizens: `python -m benchmarks.sizes RUNS.jsonl`; some minutes on two cores.

The same seeds at every size meet the same institutional luck; only citizens and businesses are drawn anew. For the last
year of each run it tells, against the largest size: how far the mean lies off, and how much runs spread, for the nation
and for single municipalities (the middle one of all, and of the fifth with fewest inhabitants).
"""

import argparse
import gc
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments import pools
from experiments.crew import receipts_of

SIZES = {"3000": 10, "10000": 10, "30000": 10, "100000": 10, "300000": 5, "1000000": 3, "all": 2}  # and replicates
DESIGNS = ("full-transition",)  # the one in which citizens change most
MEASURES = ("territorial", "footprint", "uptake", "institutionalisation")


def perform(task: dict[str, Any]) -> dict[str, Any]:
    """One run: each of `MEASURES` in the last year by municipality. Imported by workers."""
    from model.case import Case
    from model.simulation import Simulation

    asked = task["citizens"]
    case = Case.load(design=task["design"], seed=task["seed"], citizens=asked if asked == "all" else int(asked))
    sim = Simulation(case, record=False).run()
    people = sim.population
    figures = {
        "territorial": sim.territorial.sum(axis=1) / people,
        "footprint": sim.footprint.sum(axis=1) / people,
        "uptake": sim.uptake[:, sim.chosen].mean(axis=1),
        "institutionalisation": sim.municipalities.institutionalisation,
    }
    told = {name: values.tolist() for name, values in figures.items()}
    size = len(sim.citizens)
    del sim
    gc.collect()  # whoever is large is not kept beside the next
    return task | {"status": "done", "figures": told, "people": people.tolist(), "citizens_run": size}


def tasks() -> list[dict[str, Any]]:
    """All runs, the smallest first."""
    each = ((size, seed) for size, count in SIZES.items() for seed in range(1, count + 1))
    return [{"citizens": size, "seed": seed, "design": design} for size, seed in each for design in DESIGNS]


def rows(receipts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A row for each design, measure and size."""
    people = np.array(receipts[0]["people"])
    small = people <= np.quantile(people, 0.2)
    for design in DESIGNS:
        for measure in MEASURES:
            of = {s: _values(receipts, design, measure, s) for s in SIZES}
            last = list(SIZES)[-1]
            for size, values in of.items():
                yield {"design": design, "measure": measure, "citizens": size, "n": len(values)} | told(
                    values, of[last], people / people.sum(), small
                )


def _values(receipts: list[dict[str, Any]], design: str, measure: str, size: str) -> NDArray[np.float64]:
    mine = [r for r in receipts if r["design"] == design and r["citizens"] == size]
    return np.array([r["figures"][measure] for r in sorted(mine, key=lambda r: r["seed"])])


def told(
    values: NDArray[np.float64], last: NDArray[np.float64], weight: NDArray[np.float64], small: NDArray[np.bool_]
) -> dict[str, float]:
    """Nation: mean, off (of equal seeds, against the largest size), its standard error, spread over seeds; and the same
    for the middle municipality. values, last: (R, M)."""
    nation, shared = values @ weight, min(len(values), len(last))
    pairs = nation[:shared] - (last @ weight)[:shared]
    apart = np.abs(values[:shared] - last[:shared]).mean(axis=0)
    off = np.abs((values[:shared] - last[:shared]).mean(axis=0))
    return {
        "nation": float(nation.mean()),
        "nation_off": float(pairs.mean()),
        "nation_error": float(pairs.std(ddof=1) / np.sqrt(shared)),
        "nation_spread": float(nation.std(ddof=1)),
        "town_spread": float(np.median(values.std(axis=0, ddof=1))),
        "town_apart": float(np.median(apart)),
        "town_off": float(np.median(off)),
        "small_spread": float(np.median(values.std(axis=0, ddof=1)[small])),
    }


def kept(path: Path) -> list[dict[str, Any]]:
    """Receipts of runs that are done."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def main() -> None:
    """Run what is missing, keep each run as it ends, print the rows as JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("runs", type=Path, help="a file that keeps the runs; the same command goes on from there")
    options.add_argument("--workers", type=int, default=pools.cores())
    asked = options.parse_args()
    done = {(r["citizens"], r["seed"], r["design"]) for r in kept(asked.runs)}
    missing = [t for t in tasks() if (t["citizens"], t["seed"], t["design"]) not in done]
    with asked.runs.open("a", encoding="utf-8") as file:
        for receipt in receipts_of(perform, missing, asked.workers):
            if receipt["status"] != "done":
                raise SystemExit(f"a run failed: {receipt['error']}")
            file.write(json.dumps(receipt) + "\n")
            file.flush()
    print(json.dumps(list(rows(kept(asked.runs))), indent=1))


if __name__ == "__main__":
    main()
