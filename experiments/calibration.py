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
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import blake2b
from typing import Any, Final

import numpy as np

from experiments import pools, provenance
from experiments.patterns import History, histories, patterns
from experiments.validation import figures_of
from model.case import RESULTS_VERSION
from model.parameters import POSTERIOR, declared

LOST: Final = 50.0
FINALISTS: Final = 20  # particles that missed least, tried again with fresh luck
PROPOSALS: Final = 240  # drawn around them
RETRIES: Final = 10

Figures = Mapping[str, float]


@dataclass(frozen=True)
class Block:
    """Parameters that are calibrated together, by path, the patterns they are calibrated to, and citizens of a run.

    Twenty citizens a municipality are the fewest there are and enough for institutions, which look at their means;
    what spreads from a few first users needs more, or its beginning is all luck.
    """

    name: str
    parameters: tuple[str, ...]
    patterns: tuple[str, ...]
    citizens: int

    @property
    def scales(self) -> dict[str, float]:
        """By how much each figure may miss its target."""
        mine = [p for p in patterns() if p.id in self.patterns]
        return {f"{p.id} {part.name}": part.scale for p in mine for part in p.parts if part.scale}

    @property
    def histories(self) -> tuple[History, ...]:
        """The runs that the block's figures are read from."""
        wanted = {p.history for p in patterns() if p.id in self.patterns}
        return tuple(h for h in histories() if h.name in wanted)


BLOCKS: Final = (
    Block(
        "institutions",
        tuple(
            f"institution.{name}"
            for name in (
                *("advance_base", "advance_agenda", "advance_duty", "advance_money"),
                *("harden", "harden_lone", "lone"),
                *("lapse_base", "lapse_practice", "lapse_alone", "lapse_size", "lapse_held", "lapse_duty"),
                *("practice_persons", "practice_lost"),
            )
        ),
        ("P1", "P2", "P9"),
        citizens=7_200,
    ),
    Block("cars", ("citizens.discovery", "citizens.example"), ("P6",), citizens=100_000),
)


def targets() -> dict[str, float]:
    """Target of every part of every pattern, by `pattern part`."""
    return {f"{p.id} {part.name}": part.target for p in patterns() for part in p.parts}


def distance_of(figures: Figures, scales: Mapping[str, float]) -> float:
    """Root mean square of the misses, each in units of its scale; a figure that is no number misses by `LOST` scales.

    >>> round(distance_of({"P1 funded": 0.92}, {"P1 funded": 0.03}), 6)
    1.0
    """
    wanted = targets()
    misses = [(figures[name] - wanted[name]) / scale for name, scale in scales.items()]
    return float(np.sqrt(np.mean([m * m if np.isfinite(m) else LOST**2 for m in misses])))


def seed_of(values: Mapping[str, float], retry: int = 0) -> int:
    """The luck of a particle follows from its values, so that any particle can be run again."""
    text = json.dumps([sorted(values.items()), retry])
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


def simulate(values: Mapping[str, float], *, block: Block, pool: Executor) -> dict[str, float]:
    """Figures of one particle: each history of the block is run once, side by side."""
    return _figures(_submitted(values, block, pool, 0), block)


def _submitted(
    values: Mapping[str, float], block: Block, pool: Executor, retry: int
) -> "list[Future[dict[str, float]]]":
    case = {"place": "norway", "citizens": block.citizens, "seed": seed_of(values, retry), "settings": dict(values)}
    return [
        pool.submit(figures_of, h.name, {**case, "design": h.design, "first": h.first, "last": h.last})
        for h in block.histories
    ]


def _figures(runs: "list[Future[dict[str, float]]]", block: Block) -> dict[str, float]:
    found = {name: value for run in runs for name, value in run.result().items()}
    return {name: found[name] for name in block.scales}


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
    """The default: the middle of what fits best, found near the particles that missed least.

    Proposals are drawn around the finalists, within the prior and with half their spread; the best of both are tried
    again with fresh luck, and the one that misses least on the mean is taken.
    """
    finalists = _best([(row["distance"], {p: rounded(row[p]) for p in block.parameters}) for row in rows])
    proposals = _proposals(finalists, block)
    tried = list(zip(_misses(proposals, block, pool, retry=1), proposals, strict=True))
    finalists = _best(tried + list(zip(_misses(finalists, block, pool, retry=1), finalists, strict=True)))
    again = [_misses(finalists, block, pool, retry=2 + k) for k in range(RETRIES)]
    return finalists[int(np.argmin(np.mean(again, axis=0)))]


def _best(tried: list[tuple[float, dict[str, float]]]) -> list[dict[str, float]]:
    return [particle for _, particle in sorted(tried, key=lambda one: one[0])[:FINALISTS]]


def _proposals(finalists: list[dict[str, float]], block: Block) -> list[dict[str, float]]:
    known = [declared()[path] for path in block.parameters]
    points = np.array([[one[p.path] for p in known] for one in finalists])
    luck = np.random.default_rng(1)
    picked = points[luck.integers(0, len(points), PROPOSALS)]
    drawn = picked + 0.5 * luck.multivariate_normal(np.zeros(len(known)), np.cov(points.T), PROPOSALS)
    inside = np.clip(drawn, [p.low for p in known], [p.high for p in known])
    return [{p.path: rounded(float(x)) for p, x in zip(known, row, strict=True)} for row in inside]


def _misses(particles: list[dict[str, float]], block: Block, pool: Executor, *, retry: int) -> list[float]:
    """Distance of each particle in one run of its histories, all side by side."""
    runs = [_submitted(particle, block, pool, retry) for particle in particles]
    return [distance_of(_figures(run, block), block.scales) for run in runs]


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
