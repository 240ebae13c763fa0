"""Calibration of parameters on patterns of history, in waves: runs, an emulator of what they give, its posterior.

Run by hand, `python -m experiments.calibration`, in an environment with the extra `calibrate`; it writes the posterior
into the model's library, where the defaults of calibrated parameters come from. The claims of the report take no part.
"""

import argparse
import csv
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from experiments import pools, provenance
from experiments.blocks import BLOCKS, Block, distance_of, mean_misses, simulated, targets
from experiments.emulator import Emulator
from model.case import RESULTS_VERSION
from model.parameters import POSTERIOR, Parameter, declared

FINALISTS: Final = 12  # particles that missed least, of which the search starts from the best
STEP: Final = 0.05  # of the unit interval: wide enough that a difference is more than one municipality's luck
SEARCHES: Final = 12  # points tried at most, besides those for slopes

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Effort:
    """How much work a calibration is: points of the first wave for each parameter, waves after it, random seed.

    Each later wave runs half as many points, drawn from the posterior so far; particles: what is kept at the end.
    """

    points: int = 32
    waves: int = 3
    particles: int = 200
    seed: int = 1


def sampled(block: Block, effort: Effort, pool: Executor) -> tuple[list[dict[str, float]], dict[str, Any]]:
    """Even particles of the posterior, each run once, with their `distance`; and facts about the sampling.

    Figures are taken to miss their targets by independent normal errors of the block's scales, over and above the luck
    of a run: the kernel of an approximate Bayesian computation with model error (Wilkinson 2013).
    """
    from scipy.stats import qmc

    known = [declared()[path] for path in block.parameters]
    count = effort.points * len(known)
    points = qmc.Sobol(len(known), rng=effort.seed).random(1 << (count - 1).bit_length())[:count]
    figures = _run(points, block, pool)
    for wave in range(effort.waves):
        drawn = _emulated(points, figures, block).draw(count // 2, seed=effort.seed + wave)
        points, figures = np.vstack([points, drawn]), np.vstack([figures, _run(drawn, block, pool)])
    emulator = _emulated(points, figures, block)
    particles = emulator.draw(effort.particles, seed=effort.seed + effort.waves)
    given = _run(particles, block, pool)
    names = list(block.scales)
    rows = [
        _told(point, known) | {"distance": distance_of(dict(zip(names, one, strict=True)), block.scales)}
        for point, one in zip(particles, given, strict=True)
    ]
    surprise = emulator.surprise(particles, given)
    facts = {
        "waves": 1 + effort.waves,
        "simulations": len(points) + len(particles),
        "emulator_surprise": {name: round(float(s), 2) for name, s in zip(names, surprise, strict=True)},
    }
    return rows, facts


def _run(points: Floats, block: Block, pool: Executor) -> Floats:
    """(N, F) figures of each point of the unit cube, each with luck of its own."""
    known = [declared()[path] for path in block.parameters]
    return simulated([_told(point, known) for point in points], block, pool)


def _emulated(points: Floats, figures: Floats, block: Block) -> Emulator:
    wanted = targets()
    return Emulator(points, figures, [wanted[name] for name in block.scales], list(block.scales.values()))


def contraction_of(rows: list[dict[str, float]], path: str) -> float:
    """How much narrower the posterior is than the prior: 1 − sd(posterior) / sd(prior); about 0 is not identified."""
    parameter = declared()[path]
    return 1.0 - float(np.std([row[path] for row in rows])) / ((parameter.high - parameter.low) / np.sqrt(12.0))


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
        writer = csv.DictWriter(handle, ["distance", *block.parameters], lineterminator="\n")
        writer.writeheader()
        writer.writerows([{name: f"{row[name]:.6g}" for name in writer.fieldnames} for row in rows])
    document = {
        "default": dict(default),
        "contraction": {path: round(contraction_of(rows, path), 3) for path in block.parameters},
        "contraction_spread": {p: [round(x, 3) for x in contraction_spread(rows, p)] for p in block.parameters},
        "provenance": {
            "method": "Gaussian-process emulator (scikit-learn) in waves, sampled by emcee",
            "patterns": {name: {"target": targets()[name], "scale": scale} for name, scale in block.scales.items()},
            "citizens": block.citizens,
            "results_version": RESULTS_VERSION,
            "particles": len(rows),
            "version": provenance.version(),
            **facts,
        },
    }
    (POSTERIOR / f"{block.name}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None, say: Callable[[str], None] = print) -> None:
    """Calibrate the blocks named (default: all)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("blocks", nargs="*", help="names of blocks; default: all")
    for name, least in (("points", 4), ("waves", 0), ("particles", 2), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=getattr(Effort, name), help=f"{least} or more")
    wish = parser.parse_args(arguments)
    effort = Effort(wish.points, wish.waves, wish.particles, wish.seed)
    for block in [b for b in BLOCKS if not wish.blocks or b.name in wish.blocks]:
        started = time.monotonic()
        with pools.threads(1), pools.processes(pools.cores()) as pool:
            rows, facts = sampled(block, effort, pool)
            default = chosen(rows, block, pool)
        facts |= {
            "points": effort.points,
            "seed": effort.seed,
            "minutes": round((time.monotonic() - started) / 60),
        }
        write(block, rows, default, facts)
        say(f"{block.name}: {len(rows)} particles, {facts['simulations']} simulations, written to {POSTERIOR.name}")


if __name__ == "__main__":
    main()
