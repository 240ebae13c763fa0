"""Which parameters are calibrated together, to which patterns of history, and by how much a run misses these."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.patterns import History, histories, patterns
from experiments.validation import figures_of

LOST: Final = 50.0  # scales that a figure misses by when it is no number
LUCKS: Final = 12  # runs, always with the same seeds, whose mean stands for a set of values

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
                "lapse_money_gone",
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


def seed_of(values: Mapping[str, float]) -> int:
    """The luck of a particle follows from its values, so that any particle can be run again."""
    text = json.dumps(sorted(values.items()))
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


def simulated(sets: Sequence[Mapping[str, float]], block: Block, pool: Executor) -> NDArray[np.float64]:
    """Figures of one run of each history for each set of values, each with luck of its own, (sets, figures)."""
    runs = [_submitted(values, block, pool, seed_of(values)) for values in sets]
    return np.array([list(_figures(run, block).values()) for run in runs])


def mean_misses(sets: Sequence[Mapping[str, float]], block: Block, pool: Executor) -> NDArray[np.float64]:
    """Miss of each figure's mean over the same `LUCKS` seeds for each set of values, in scales, (sets, figures)."""
    runs = [[_submitted(values, block, pool, seed) for seed in range(1, 1 + LUCKS)] for values in sets]
    wanted, scale = targets(), np.array(list(block.scales.values()))
    target = np.array([wanted[name] for name in block.scales])
    found = [np.mean([list(_figures(run, block).values()) for run in of_one], axis=0) for of_one in runs]
    return np.nan_to_num((np.array(found) - target) / scale, nan=LOST)


def _submitted(
    values: Mapping[str, float], block: Block, pool: Executor, seed: int
) -> "list[Future[dict[str, float]]]":
    case = {"place": "norway", "citizens": block.citizens, "seed": seed, "settings": dict(values)}
    return [
        pool.submit(figures_of, h.name, {**case, "design": h.design, "first": h.first, "last": h.last})
        for h in block.histories
    ]


def _figures(runs: "list[Future[dict[str, float]]]", block: Block) -> dict[str, float]:
    found = {name: value for run in runs for name, value in run.result().items()}
    return {name: found[name] for name in block.scales}
