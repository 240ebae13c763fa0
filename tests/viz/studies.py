"""Studies that were never run: frames of every kind with known answers, for the figures and pages of the report.

A fixture. Nothing of the model stands behind these numbers.
"""

import itertools
from typing import Any

import numpy as np
import pandas as pd

from experiments.arms import Text
from experiments.facts import Outcome, StudyFacts, Varied

DESIGNS = ("enthusiasts", "project-grants", "permanent-finance", "full-transition")
PULL = {"enthusiasts": 0.0, "project-grants": 0.25, "permanent-finance": 0.3, "full-transition": 0.9}
PARAMETERS = (
    Varied("citizens.example", 0.0, 1.0, "0-1", "how much people follow what others do", "uncertainty"),
    Varied("agenda.decay", 0.1, 0.5, "per year", "attention lost a year without institutions", "uncertainty"),
    Varied("state.pace", 0.2, 1.0, "share", "how far ambition moves toward what the gap calls for", "uncertainty"),
    Varied("market.price", 500.0, 2500.0, "NOK per t", "price of carbon in the last year", "uncertainty"),
)
OUTCOMES = (
    Outcome(
        "territorial_last",
        Text("Territorial emissions in 2050", "Direkte utslipp i 2050"),
        Text("t per inhabitant", "t per innbygger"),
        -1,
    ),
    Outcome("reduction_2040", Text("Fall by 2040", "Nedgang innen 2040"), Text("%", "%"), 1, 100.0, 0),
    Outcome(
        "institutionalisation",
        Text("Institutionalisation in 2050", "Institusjonalisering i 2050"),
        Text("0–100", "0–100"),
        1,
        100.0,
        0,
    ),
    Outcome("money", Text("Public spending", "Offentlige utgifter"), Text("NOK per inhabitant", "kr per innbygger"), 0),
    Outcome("constant", Text("Never moves", "Rører seg aldri"), Text("share", "andel"), 1),
)


def facts(kind: str, problem: dict[str, Any], options: dict[str, Any], **changes: Any) -> StudyFacts:
    """The facts of a study with the given problem and options."""
    told: dict[str, Any] = {
        "kind": kind,
        "title": "Which design holds when the future is unknown?",
        "question": "Which design cuts most, and in which futures does it fail?",
        "designs": DESIGNS,
        "places": ("telemark",),
        "citizens": 2000,
        "first": 2025,
        "last": 2050,
        "choice": "planned",
        "replicates": 8,
        "seeds": tuple(range(1, 9)),
        "parameters": PARAMETERS if kind != "compare" else (),
        "problem": problem,
        "options": options,
        "version": "0.1.0",
        "revision": "0123456789ab",
        "results_version": 3,
        "runs": 0,
        "done": 0,
        "failed": 0,
        "warned": 0,
        "titles": {"full-transition": {"en": "Full transition", "nb": "Full omstilling"}},
    }
    return StudyFacts(**(told | changes))


def problem() -> dict[str, Any]:
    """SALib's dictionary of the four parameters."""
    return {
        "num_vars": len(PARAMETERS),
        "names": [p.path for p in PARAMETERS],
        "bounds": [[p.low, p.high] for p in PARAMETERS],
    }


def outcome_of(design: str, unit: np.ndarray, luck: np.ndarray) -> dict[str, float]:
    """Measures from parameters in 0-1, luck of a seed (common to designs) and the design."""
    example, decay, pace, price = unit
    pull = PULL[design] * (0.6 + 0.8 * example) * (1 - 0.5 * decay * (design == "permanent-finance"))
    left = 4.0 - 1.4 * pull - 0.9 * price - 0.5 * pace * pull + 0.35 * luck[0] + 0.08 * luck[1]
    return {
        "territorial_last": max(left, 0.2),
        "reduction_2040": 1 - left / 6.0,
        "institutionalisation": float(np.clip(0.3 + 0.4 * pull - 0.2 * decay + 0.05 * luck[0], 0, 1)),
        "money": 100 + 200 * PULL[design] + 5 * luck[1],
        "constant": 0.5,
    }


def frame_of(points: np.ndarray, seeds: int, designs: tuple[str, ...] = DESIGNS) -> pd.DataFrame:
    """A row a run: every design over the same points (S, P) in 0-1 and the same seeds, shuffled."""
    rows = []
    for (sample, point), seed in itertools.product(enumerate(points), range(1, seeds + 1)):
        luck = np.random.default_rng(seed).normal(size=2)
        for place, design in enumerate(designs):
            own = np.random.default_rng([seed, sample, place]).normal() * 0.6
            row = {"key": f"{design}-{sample}-{seed}", "design": design, "place": "telemark", "sample": sample}
            row |= {"replicate": seed - 1, "seed": seed}
            row |= {p.path: p.low + (p.high - p.low) * v for p, v in zip(PARAMETERS, point, strict=False)}
            rows.append(row | outcome_of(design, point, np.array([luck[0], own])))
    return pd.DataFrame(rows).sample(frac=1, random_state=1)


def compare(seeds: int = 20) -> tuple[pd.DataFrame, StudyFacts]:
    """Four designs in one future."""
    rows = frame_of(np.full((1, 4), 0.5), seeds).drop(columns=[p.path for p in PARAMETERS])
    return rows, facts("compare", {}, {}, runs=len(rows), done=len(rows), seeds=tuple(range(1, seeds + 1)))


def sample(count: int = 120, seeds: int = 2) -> tuple[pd.DataFrame, StudyFacts]:
    """Four designs over futures drawn evenly."""
    from scipy.stats import qmc

    rows = frame_of(qmc.LatinHypercube(4, rng=1).random(count), seeds)
    told = facts(
        "sample", problem(), {"count": count}, runs=len(rows), done=len(rows), seeds=tuple(range(1, seeds + 1))
    )
    return rows, told


def sweep(seeds: int = 8) -> tuple[pd.DataFrame, StudyFacts]:
    """Three designs along two parameters."""
    grid = [(a, 0.5, 0.5, b) for a in np.linspace(0, 1, 6) for b in (0.0, 0.5, 1.0)]
    rows = frame_of(np.array(grid), seeds, DESIGNS[1:]).drop(columns=["agenda.decay", "state.pace"])
    return rows, facts(
        "sweep",
        {},
        {"citizens.example": [0, 1], "market.price": [500, 2500]},
        runs=len(rows),
        done=len(rows),
        designs=DESIGNS[1:],
        parameters=(PARAMETERS[0], PARAMETERS[3]),
    )


def morris(trajectories: int = 20, seeds: int = 2) -> tuple[pd.DataFrame, StudyFacts]:
    """Two designs over trajectories."""
    from SALib.sample import morris as sampler

    points = sampler.sample({**problem(), "bounds": [[0, 1]] * 4}, trajectories, num_levels=4, seed=1)
    rows = frame_of(points, seeds, DESIGNS[2:])
    options = {"trajectories": trajectories, "rows": len(points)}
    return rows, facts("morris", problem(), options, runs=len(rows), done=len(rows), designs=DESIGNS[2:])


def sobol(base: int = 64, seeds: int = 2) -> tuple[pd.DataFrame, StudyFacts]:
    """Two designs over Saltelli's rows."""
    from SALib.sample import sobol as sampler

    points = sampler.sample({**problem(), "bounds": [[0, 1]] * 4}, base, calc_second_order=False, seed=1)
    rows = frame_of(points, seeds, DESIGNS[2:])
    options = {"base": base, "rows": len(points), "second": False}
    return rows, facts("sobol", problem(), options, runs=len(rows), done=len(rows), designs=DESIGNS[2:])


KINDS = {"compare": compare, "sample": sample, "sweep": sweep, "morris": morris, "sobol": sobol}
