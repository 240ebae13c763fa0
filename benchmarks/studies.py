"""What runner and store cost over the pure runs: the same county runs bare and as a study, in turns, by processor time.

Run: `python benchmarks/studies.py [--runs 200] [--rounds 3]`. Processor time, so that a busy machine does not
decide; with few runs the start of a study, some tenths of a second, weighs more than it does in a batch.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

PLAN = """
kind = "compare"
designs = ["full-transition"]
places = ["telemark"]
citizens = 3000
seed = {seed}
replicates = {runs}
"""


def bare(seed: int, runs: int) -> float:
    """Seconds of processor time of the pure runs."""
    from model.case import Case
    from model.simulation import Simulation

    case = Case.load(place="telemark", design="full-transition", citizens=3000)
    started = time.process_time()
    for replicate in range(runs):
        Simulation(case.with_seed(seed + replicate)).run()
    return time.process_time() - started


def stored(seed: int, runs: int) -> float:
    """The same as a study in this process, from the plan to the last receipt."""
    from experiments.study import Launch, carry_out

    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.toml"
        plan.write_text(PLAN.format(seed=seed, runs=runs), encoding="utf-8")
        started = time.process_time()
        outcome = carry_out(Launch(plan, Path(folder) / "out"))
        assert outcome.is_complete
        return time.process_time() - started


def main() -> None:
    """Print seconds a run and the overhead of each round, and the median."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    for name in ("NUMBA", "OMP", "OPENBLAS", "MKL"):
        os.environ[f"{name}_NUM_THREADS"] = "1"
    bare(1, 2), stored(1, 2)
    overheads = []
    for at in range(asked.rounds):
        seed = 1 + at * asked.runs
        pure, study = bare(seed, asked.runs), stored(seed, asked.runs)
        overheads.append(100.0 * (study / pure - 1.0))
        each = 1e3 / asked.runs
        print(
            f"{asked.runs} runs: bare {pure * each:.1f} ms, study {study * each:.1f} ms a run, {overheads[-1]:+.1f} %"
        )
    print(f"overhead, median of {asked.rounds}: {statistics.median(overheads):+.1f} %")


if __name__ == "__main__":
    main()
