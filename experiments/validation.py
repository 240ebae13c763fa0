"""`omstilling validate`: history run with the model of today, and every pattern against its target."""

import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from experiments.statistics import quantiles

if TYPE_CHECKING:
    from experiments.patterns import Pattern

FEWEST: Final = 2


@dataclass(frozen=True)
class Trial:
    """What is validated: how many runs of each history, with which citizens, seeds, rule of choice and settings."""

    replicates: int
    citizens: int
    seed: int = 1
    choice: str = "planned"
    settings: Mapping[str, Any] | None = None


def tasks_of(trial: Trial) -> list[dict[str, Any]]:
    """One task a run, replicate by replicate. Raises RequestError and the errors of `Case.load`."""
    from experiments.patterns import histories
    from experiments.request import MOST_REPLICATES, RequestError
    from model.case import Case

    if not FEWEST <= trial.replicates <= MOST_REPLICATES:
        raise RequestError(f"{trial.replicates} replicates: give from {FEWEST} to {MOST_REPLICATES}")
    worlds = {
        h.name: Case.load(
            place="norway",
            design=h.design,
            first=h.first,
            last=h.last,
            citizens=trial.citizens,
            seed=trial.seed,
            choice=trial.choice,
            settings=trial.settings,
        )
        for h in histories()
    }
    seeds = range(trial.seed, trial.seed + trial.replicates)
    return [
        {"history": name, "design": case.design.name, "seed": seed, "case": case.with_seed(seed).described()}
        for seed in seeds
        for name, case in worlds.items()
    ]


def perform(task: dict[str, Any]) -> dict[str, Any]:
    """Run one history and read its patterns: a receipt with `figures` by pattern and part. Imported by workers."""
    started = time.perf_counter()
    receipt = {name: task[name] for name in ("history", "design", "seed")}
    try:
        figures = figures_of(task["history"], task["case"])
    except Exception as error:  # whatever a run raises is its result, and never the end of the others
        told = "".join(traceback.format_exception(error))[-8000:]
        return receipt | {"status": "failed", "error": f"{type(error).__name__}: {error}", "traceback": told}
    return receipt | {"status": "done", "figures": figures, "seconds": round(time.perf_counter() - started, 3)}


def figures_of(history: str, case: Mapping[str, Any]) -> dict[str, float]:
    """What one run of a history gives for each part of its patterns: {"P1 funded": 0.95, …}."""
    from experiments.measures import MEASURES
    from experiments.patterns import patterns
    from experiments.watch import watched
    from model.case import Case

    watch = watched(Case.load(**case))
    names = [f"{p.id} {part.name}" for p in patterns() if p.history == history for part in p.parts]
    return {name: MEASURES[name](watch) for name in names}


def receipts_of(tasks: list[dict[str, Any]], workers: int) -> Iterator[dict[str, Any]]:
    """Receipts as runs end. Raises RequestError for a number of workers that cannot be."""
    from experiments.crew import receipts_of

    yield from receipts_of(perform, tasks, workers)


def document_of(trial: Trial, receipts: list[dict[str, Any]], *, planned: int) -> dict[str, Any]:
    """What `validate --json` prints, and what can be shipped with the program; planned: runs that were to be made."""
    from experiments import provenance

    return {
        **provenance.of_results(),
        "place": "norway",
        "citizens": trial.citizens,
        "replicates": trial.replicates,
        "seeds": list(range(trial.seed, trial.seed + trial.replicates)),
        "choice": trial.choice,
        "settings": dict(trial.settings or {}),
        "missing": planned - len(receipts),
        "failed": [r for r in receipts if r["status"] != "done"],
        "patterns": rows_of(receipts),
    }


def rows_of(receipts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every pattern with target, model, interval and verdict, in the order of the patterns; n: runs that count."""
    from experiments.patterns import patterns

    done = [r["figures"] for r in receipts if r["status"] == "done"]
    return [_row(pattern, lambda name: [f[name] for f in done if name in f]) for pattern in patterns()]


def _row(pattern: "Pattern", values_of: Callable[[str], list[float]]) -> dict[str, Any]:
    parts = [_part(part, values_of(f"{pattern.id} {part.name}")) for part in pattern.parts]
    head = {key: parts[0][key] for key in ("target", "tolerance", "model", "p05", "p95", "n", "unit")}
    return {
        "id": pattern.id,
        "title": pattern.title,
        "title_nb": pattern.title_nb,
        **head,
        "pass": all(part["pass"] for part in parts),
        "by_construction": pattern.by_construction,
        "history": pattern.history,
        "source": pattern.source,
        "parts": parts,
    }


def _part(part: Any, values: list[float]) -> dict[str, Any]:
    told = {name: getattr(part, name) for name in ("name", "title", "title_nb", "unit", "target", "role")}
    told |= {"tolerance": [part.low, part.high], "n": len(values)}
    if len(values) < FEWEST or not np.isfinite(values).all():
        return told | {"model": None, "p05": None, "p95": None, "within": 0.0, "pass": False}
    found = np.array(values)
    low, middle, high = (float(q) for q in quantiles(found))
    within = float(((part.low <= found) & (found <= part.high)).mean())
    told |= {"model": middle, "p05": low, "p95": high, "within": within}
    return told | {"pass": part.low <= low and high <= part.high}
