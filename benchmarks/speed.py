"""Declared workloads, timed in one run on this machine: medians with the lowest and highest of the repeats.

`python benchmarks/speed.py [--repeats 7]` prints a table. Compiling is done before the clock starts.
"""

import argparse
import platform
import resource
import time
from collections.abc import Callable
from statistics import median

import numba
import numpy as np

from agents import choice
from model.case import Case
from model.simulation import Simulation

CITIZENS = 1_000_000  # in the workload of one citizen-year


def timed(work: Callable[[], object], repeats: int) -> tuple[float, float, float]:
    """Median, lowest and highest seconds of `repeats` calls, after one call that does not count."""
    work()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median(seconds), min(seconds), max(seconds)


def run(case: Case) -> Simulation:
    """One whole run with its tables, building included."""
    sim = Simulation(case).run()
    sim.tables  # noqa: B018  the tables are part of the workload
    return sim


def adoption(citizens: int) -> Callable[[], None]:
    """One year of choices over `citizens` of Norway, all solutions that citizens choose."""
    sim = Simulation(Case.load(citizens=citizens, design="full-transition", last=2027), record=False).run()
    people, mine = sim.citizens, sim.chosen
    shape = (len(sim.place.numbers), len(mine))
    around = choice.Surroundings(np.zeros(shape[0]), *(np.full(shape, 0.5) for _ in range(5)))
    rows = choice.People(
        people.owner, people.keys, people.attitude, people.income, people.habit, people.ties, people.uses
    )
    luck = choice.Keys(*sim.streams.keys("choice", 2027))
    events = choice.Keys(*sim.streams.keys("life-event", 2027))

    def year() -> None:
        choice.renew_habits(people.habit, people.keys, events, 0.12, 4.0)
        choice.choose(sim.spare_uses, rows, around, sim.traits, sim.mind, luck)
        choice.counts_of(sim.citizen_starts, sim.spare_uses, len(mine))

    return year


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repeats", type=int, default=7)
    repeats = options.parse_args().repeats
    print(
        f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numba {numba.__version__}"
    )
    national = Case.load(place="norway", design="full-transition", citizens=100_000)
    county = Case.load(place="telemark", design="full-transition", citizens=3_000)
    show("national run, 100,000 citizens, 1 thread", timed(lambda: run(national), repeats))
    print(f"    peak memory of this process so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    show("county run, Telemark, 3,000 citizens, 1 thread", timed(lambda: run(county), repeats))
    for threads in sorted({1, numba.config.NUMBA_NUM_THREADS}):
        numba.set_num_threads(threads)
        year = timed(adoption(CITIZENS), repeats)
        show(f"citizen-year, all solutions, {threads} thread(s)", year, share=CITIZENS)


def show(name: str, seconds: tuple[float, float, float], share: int = 1) -> None:
    """One line: median (lowest-highest), in ms, or in ns for one of `share` citizens."""
    unit, factor = ("ns", 1e9 / share) if share > 1 else ("ms", 1e3)
    middle, low, high = (value * factor for value in seconds)
    print(f"{name:52s} {middle:8.1f} {unit}  ({low:.1f}-{high:.1f})")


if __name__ == "__main__":
    main()
