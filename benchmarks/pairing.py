"""How many fewer runs a comparison needs when both designs meet the same luck: `python benchmarks/pairing.py`.

The interval of a difference of means shrinks with its variance over n. With shared luck that is the variance of the
paired differences, with independent seeds the sum of the two variances; their ratio is how many times more runs
independent seeds need for the same interval.
"""

import argparse
from itertools import repeat

import numpy as np

from experiments import pools
from model.case import Case
from model.simulation import Simulation

PAIRS = (
    ("todays-practice", "project-grants"),
    ("project-grants", "permanent-finance"),
    ("duty", "duty-and-money"),
    ("todays-practice", "full-transition"),
)
MEASURES = ("t CO2e per inhabitant, territorial", "t CO2e per inhabitant, footprint", "institutionalisation")


def outcome(design: str, seed: int, citizens: int) -> list[float]:
    """Each of `MEASURES` in the last year of a run in Norway."""
    sim = Simulation(Case.load(design=design, citizens=citizens, seed=seed), record=False).run()
    people = sim.population
    inst = float((people * sim.municipalities.institutionalisation).sum() / people.sum())
    return [float(sim.territorial.sum() / people.sum()), float(sim.footprint.sum() / people.sum()), inst]


def main() -> None:
    """Run all designs with the same seeds and print the factor of each pair and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--citizens", type=int, default=20_000)
    wish = parser.parse_args()
    names = sorted({name for pair in PAIRS for name in pair})
    seeds = range(1, wish.seeds + 1)
    with pools.threads(1), pools.processes(pools.cores()) as pool:
        found = {n: np.array(list(pool.map(outcome, repeat(n), seeds, repeat(wish.citizens)))) for n in names}
    print(f"{wish.seeds} seeds, Norway, {wish.citizens} citizens, last year")
    for a, b in PAIRS:
        paired = (found[b] - found[a]).var(axis=0, ddof=1)
        apart = found[a].var(axis=0, ddof=1) + found[b].var(axis=0, ddof=1)
        for measure, factor, gap in zip(MEASURES, apart / paired, (found[b] - found[a]).mean(axis=0), strict=True):
            print(f"{a} -> {b}: {measure}: difference {gap:+.4f}, {factor:.1f} times fewer runs")


if __name__ == "__main__":
    main()
