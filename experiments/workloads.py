"""Declared workloads, timed on this machine against a kept cost.

A cost is the processor time of a workload over that of a yardstick, a fixed piece of work done right before it: on a
faster or a busier machine both change alike, so that costs can be compared where seconds cannot.
"""

import gc
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

import numpy as np

from agents import choice, habits
from experiments import pools
from model.case import Case
from model.places import load_place
from model.simulation import Simulation

KEPT: Final = Path(__file__).parent / "evidence" / "speed.json"
SLOWER: Final = 0.10  # what a workload may cost more than is kept before it is called slower
Work = Callable[[], object]


class Workload(NamedTuple):
    """A piece of work; `ready` makes what is timed; citizen_years: by what a time is shared; whole: only when asked."""

    id: str
    title: str
    citizen_years: int
    ready: Callable[[], Work]
    whole: bool = False


def workloads() -> tuple[Workload, ...]:
    """All of them, the largest last."""
    years, inhabitants = 26, int(load_place("norway").population[0].sum())
    norway = {"place": "norway", "design": "full-transition", "citizens": 100_000}
    telemark = norway | {"place": "telemark", "citizens": 3_000}
    everybody = norway | {"citizens": "all"}
    return (
        Workload("adoption-year", "a year of choices, 1,000,000 citizens", 1_000_000, lambda: _adoption(1_000_000)),
        Workload("full-year", "a year of all phases, Norway, 100,000 citizens", 100_000, lambda: _year(norway)),
        Workload("county", "Telemark 2025-2050, 3,000 citizens", years * 3_000, lambda: _run(telemark)),
        Workload("national", "Norway 2025-2050, 100,000 citizens", years * 100_000, lambda: _run(norway)),
        Workload("everybody", "Norway 2025-2050, one to one", years * inhabitants, lambda: _run(everybody), True),
    )


def _run(case: dict[str, Any]) -> Work:
    loaded = Case.load(**case)

    def run() -> Any:
        return Simulation(loaded).run().tables  # building and tables are part of it

    return run


def _year(case: dict[str, Any]) -> Work:
    sim = Simulation(Case.load(**case | {"last": 2100}))
    return sim.step


def _adoption(citizens: int) -> Work:
    sim = Simulation(Case.load(citizens=citizens, design="full-transition"), record=False)
    people, kinds = sim.citizens, len(sim.chosen)
    shape = (len(sim.place.numbers), kinds)
    around = choice.Surroundings(np.zeros(shape[0]), *(np.full(shape, 0.5) for _ in range(5)))
    columns = (people.owner, people.keys, people.attitude, people.income, people.habit, people.ties, people.uses)
    luck, events = (choice.Keys(*sim.streams.keys(stream, 2027)) for stream in ("choice", "life-event"))

    def year() -> None:
        habits.renew_habits(people.habit, people.keys, events, 0.12, 4.0)
        choice.choose(sim.spare_uses, choice.People(*columns), around, sim.traits, sim.mind, luck)
        choice.counts_of(sim.citizen_starts, sim.spare_uses, kinds)

    return year


def yardstick() -> float:
    """Processor seconds of the fixed piece of work: Python, many small arrays, a large one."""
    small, large = np.linspace(0.1, 0.9, 64), np.linspace(0.1, 0.9, 200_000)
    begun, total = time.process_time(), 0
    for i in range(100_000):
        total += i * i % 7
    for _ in range(4_000):
        small = np.clip(small * 1.01, 0.1, 0.9)
    for _ in range(8):
        np.sort(np.exp(-large)[::-1])
    return time.process_time() - begun


def timed(work: Work, repeats: int) -> dict[str, Any]:
    """Seconds on the clock (median, lowest, highest) and of the processor, and cost, after one time without clock."""
    work()
    wall, used, cost = [], [], []
    for _ in range(repeats):
        gc.collect()
        measure = yardstick()
        begun, clock = time.process_time(), time.perf_counter()
        work()
        wall.append(time.perf_counter() - clock)
        used.append(time.process_time() - begun)
        cost.append(used[-1] / min(measure, yardstick()))
    seconds = {"median": median(wall), "low": min(wall), "high": max(wall)}
    return {"repeats": repeats, "seconds": seconds, "processor_seconds": median(used), "cost": median(cost)}


def measured(repeats: int, *, whole: bool) -> Iterator[dict[str, Any]]:
    """A row for each workload as it is done, against what is kept."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))["costs"] if KEPT.exists() else {}
    for one in workloads():
        if one.whole and not whole:
            continue
        told = timed(one.ready(), max(1, repeats // 3) if one.whole else repeats)
        before = kept.get(one.id)
        change = None if before is None else told["cost"] / before - 1.0
        share = 1e9 * told["processor_seconds"] / one.citizen_years
        yield (
            {"id": one.id, "title": one.title}
            | told
            | {
                "nanoseconds_a_citizen_year": share,
                "kept_cost": before,
                "change": change,
                "is_slower": change is not None and change > SLOWER,
            }
        )


def keep(document: dict[str, Any]) -> None:
    """Keep the costs of `document` for later; what it did not measure stays."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {"costs": {}}
    costs = kept["costs"] | {row["id"]: round(row["cost"], 4) for row in document["workloads"]}
    text = json.dumps({"machine": document["machine"], "costs": costs}, indent=1)
    KEPT.write_text(text + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """The machine by kind, never by name: processor, processors to use, system, and what decides speed."""
    packages = {name: metadata.version(name) for name in ("numpy", "numba", "mesa")}
    told = {"processor": _processor(), "cores": pools.cores(), "system": platform.system()}
    return told | {"python": platform.python_version(), "threads": os.environ.get("NUMBA_NUM_THREADS")} | packages


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration, UnicodeDecodeError):
        return platform.processor() or platform.machine()
