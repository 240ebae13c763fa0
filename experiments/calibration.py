"""Calibration of parameters on patterns of history: approximate Bayesian computation, sequential Monte Carlo (pyABC).

Run by hand, `python -m experiments.calibration`, in an environment with the extra `calibrate`; it writes the posterior
into the model's library, where the defaults of calibrated parameters come from. The claims of the report take no part.
"""

import argparse
import csv
import json
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from experiments import pools, provenance
from experiments.blocks import BLOCKS, Block, distance_of, mean_misses, simulate, targets
from model.case import RESULTS_VERSION
from model.parameters import POSTERIOR, Parameter, declared

FINALISTS: Final = 12  # particles that missed least, of which the search starts from the best
STEP: Final = 0.05  # of the unit interval: wide enough that a difference is more than one municipality's luck
SEARCHES: Final = 12  # points tried at most, besides those for slopes

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Effort:
    """How much work a calibration is: particles a generation, generations, minutes at most, random seed."""

    particles: int = 120
    generations: int = 9
    minutes: float = 60.0
    seed: int = 1
    quantile: float = 0.3  # of the distances of a generation, which the next one must reach
    near: float = 0.6  # distance, in scales, that is near enough: what luck alone makes of the best particle


def sampled(block: Block, effort: Effort, pool: Executor) -> tuple[list[dict[str, float]], dict[str, Any]]:
    """Weighted particles of the last generation, each with `weight` and `distance`, and facts about the sampling."""
    import pyabc

    known = declared()
    prior = pyabc.Distribution(
        **{p: pyabc.RV("uniform", known[p].low, known[p].high - known[p].low) for p in block.parameters}
    )
    np.random.seed(effort.seed)  # noqa: NPY002  the library draws from numpy's global state
    run = pyabc.ABCSMC(
        partial(simulate, block=block, pool=pool),
        prior,
        lambda x, _: distance_of(x, block.scales),
        population_size=effort.particles,
        eps=pyabc.QuantileEpsilon(alpha=effort.quantile),
        sampler=pyabc.SingleCoreSampler(),
    )
    with tempfile.TemporaryDirectory() as folder:
        run.new(f"sqlite:///{folder}/abc.db", {name: targets()[name] for name in block.scales})
        history = run.run(
            max_nr_populations=effort.generations,
            minimum_epsilon=effort.near,
            max_walltime=timedelta(minutes=effort.minutes),
        )
        frame, weights = history.get_distribution(m=0, t=history.max_t)
        distances = history.get_weighted_distances(t=history.max_t)["distance"].to_numpy()
        facts = {
            "generations": int(history.max_t + 1),
            "simulations": int(history.total_nr_simulations),
            "tolerance": [round(float(e), 4) for e in history.get_all_populations()["epsilon"][1:]],
        }
    rows = [
        {path: float(frame.loc[i, path]) for path in block.parameters} | {"weight": float(w), "distance": float(d)}
        for i, w, d in zip(frame.index, weights, distances, strict=True)
    ]
    return rows, facts


def contraction_of(rows: list[dict[str, float]], path: str) -> float:
    """How much narrower the posterior is than the prior: 1 − sd(posterior) / sd(prior); about 0 is not identified."""
    values, weight = np.array([r[path] for r in rows]), np.array([r["weight"] for r in rows])
    weight = weight / weight.sum()
    spread = float(np.sqrt((weight * (values - (weight * values).sum()) ** 2).sum()))
    parameter = declared()[path]
    return 1.0 - spread / ((parameter.high - parameter.low) / np.sqrt(12.0))


def effective_size(rows: list[dict[str, float]]) -> float:
    """How many even particles the weighted ones are worth."""
    weight = np.array([r["weight"] for r in rows])
    return float(weight.sum() ** 2 / (weight**2).sum())


def contraction_spread(rows: list[dict[str, float]], path: str, draws: int = 400) -> tuple[float, float]:
    """5-95 % interval of the contraction over bootstrap samples of the particles."""
    luck = np.random.default_rng(1)
    found = [contraction_of([rows[i] for i in luck.integers(0, len(rows), len(rows))], path) for _ in range(draws)]
    low, high = np.quantile(found, (0.05, 0.95))
    return float(low), float(high)


def chosen(rows: list[dict[str, float]], block: Block, pool: Executor) -> dict[str, float]:
    """The default: the middle of what fits best, found by least squares from the particle that missed least.

    Residuals are the misses of the mean over `LUCKS` runs, in scales, and every point of the search meets the same
    luck. The search stays within the prior.
    """
    from scipy.optimize import least_squares

    known = [declared()[path] for path in block.parameters]

    def misses(points: list[Floats]) -> Floats:
        return mean_misses([_told(point, known) for point in points], block, pool)

    def slopes(point: Floats) -> Floats:
        step = np.where(point + STEP <= 1.0, STEP, -STEP)
        found = misses([point, *(point + np.diag(step))])
        return ((found[1:] - found[0]) / step[:, None]).T

    best = sorted(rows, key=lambda row: row["distance"])[:FINALISTS]
    finalists = [np.array([(row[p.path] - p.low) / (p.high - p.low) for p in known]) for row in best]
    start = finalists[int(np.sum(misses(finalists) ** 2, axis=1).argmin())]
    found = least_squares(lambda point: misses([point])[0], start, jac=slopes, bounds=(0.0, 1.0), max_nfev=SEARCHES)
    return _told(found.x, known)


def _told(point: Floats, known: list[Parameter]) -> dict[str, float]:
    """Values by path of a point of the unit cube."""
    return {p.path: rounded(float(p.low + x * (p.high - p.low))) for p, x in zip(known, point, strict=True)}


def rounded(value: float) -> float:
    """Four significant digits: more would claim a precision that a posterior does not have."""
    return float(f"{value:.4g}")


def write(block: Block, rows: list[dict[str, float]], default: Mapping[str, float], facts: Mapping[str, Any]) -> None:
    """Keep the particles as CSV, the default values and where they come from as JSON, in the model's library."""
    POSTERIOR.mkdir(exist_ok=True)
    with (POSTERIOR / f"{block.name}.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, ["weight", "distance", *block.parameters], lineterminator="\n")
        writer.writeheader()
        writer.writerows([{name: f"{row[name]:.6g}" for name in writer.fieldnames} for row in rows])
    document = {
        "default": dict(default),
        "contraction": {path: round(contraction_of(rows, path), 3) for path in block.parameters},
        "contraction_spread": {p: [round(x, 3) for x in contraction_spread(rows, p)] for p in block.parameters},
        "provenance": {
            "method": "ABC-SMC, pyABC",
            "patterns": {name: {"target": targets()[name], "scale": scale} for name, scale in block.scales.items()},
            "citizens": block.citizens,
            "results_version": RESULTS_VERSION,
            "particles": len(rows),
            "effective_particles": round(effective_size(rows), 1),
            "version": provenance.version(),
            **facts,
        },
    }
    (POSTERIOR / f"{block.name}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None, say: Callable[[str], None] = print) -> None:
    """Calibrate the blocks named (default: all)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("blocks", nargs="*", help="names of blocks; default: all")
    parser.add_argument("--particles", type=int, default=Effort.particles)
    parser.add_argument("--generations", type=int, default=Effort.generations)
    parser.add_argument("--minutes", type=float, default=Effort.minutes)
    parser.add_argument("--seed", type=int, default=Effort.seed)
    wish = parser.parse_args(arguments)
    effort = Effort(wish.particles, wish.generations, wish.minutes, wish.seed)
    for block in [b for b in BLOCKS if not wish.blocks or b.name in wish.blocks]:
        started = time.monotonic()
        with pools.threads(1), pools.processes(pools.cores()) as pool:
            rows, facts = sampled(block, effort, pool)
            default = chosen(rows, block, pool)
        facts |= {
            "seed": effort.seed,
            "minutes": round((time.monotonic() - started) / 60),
        }
        write(block, rows, default, facts)
        say(f"{block.name}: {len(rows)} particles, {facts['simulations']} simulations, written to {POSTERIOR.name}")


if __name__ == "__main__":
    main()
