"""An invented results folder of the right shape: random numbers on a plausible course."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from agents.vocabulary import ELEMENTS, FACTORS
from model.schema import NATION, UPTAKE

DESIGNS = ("enthusiasts-only", "todays-practice", "project-grants", "permanent-finance", "full-transition")
NUMBERS = tuple(f"{county}{i:02d}" for county in (32, 40) for i in range(1, 13))
SOLUTIONS = (
    "car-sharing",
    "tool-library",
    "repair-cafe",
    "shared-rooms",
    "reuse-of-building-parts",
    "efficient-street-lights",
    "food-sharing",
)


def write(
    folder: Path,
    designs: Sequence[str] = DESIGNS,
    replicates: int = 20,
    *,
    numbers: Sequence[str] = NUMBERS,
    years: tuple[int, int] = (2025, 2050),
) -> Path:
    """Write manifest, case and the five tables; the further down in `designs`, the deeper the fall."""
    rng = np.random.default_rng(7)
    (folder / "tables").mkdir(parents=True)
    span = np.arange(years[0], years[1] + 1)
    nation, uptake, municipal, spread, loss = [], [], [], [], []
    for d, design in enumerate(designs):
        strength = (d + 1) / max(len(designs), 2)
        for r in range(replicates):
            nation.append(_nation(rng, design, r, span, strength))
            uptake.append(_uptake(rng, design, r, span, strength))
        municipal.append(_municipal(rng, design, numbers, span, strength))
        spread.append(_spread(municipal[-1], rng))
        loss.append(_loss(design, strength))
    tables = {
        "nation": nation,
        "uptake": uptake,
        "municipality": municipal,
        "municipality_spread": spread,
        "champion_loss": loss,
    }
    for name, parts in tables.items():
        pd.concat(parts, ignore_index=True).to_parquet(folder / "tables" / f"{name}.parquet")
    manifest = {
        "version": "0.1.0",
        "revision": "0123456789abcdef",
        "seed": 1,
        "seeds": list(range(1, replicates + 1)),
        "failed": [],
    }
    manifest |= {"packages": {"mesa": "3.3.1", "numpy": "2.4.6"}, "platform": "Linux", "digest": "ab" * 16}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    lines = [
        'place = "norway"',
        "citizens = 100000",
        "seed = 1",
        f"first = {years[0]}",
        f"last = {years[1]}",
        'choice = "planned"',
    ]
    (folder / "case.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _course(rng: np.random.Generator, span: np.ndarray, end: float, noise: float) -> np.ndarray:
    t = (span - span[0]) / max(len(span) - 1, 1)
    return end * t**1.2 * (1 + noise * rng.normal() * t) + 0.004 * rng.normal(size=len(span)) * t


def _nation(rng: np.random.Generator, design: str, replicate: int, span: np.ndarray, strength: float) -> pd.DataFrame:
    people = 5.6e6 * (1 + 0.003 * (span - span[0]))
    start = 4.6e7
    parts = {
        "national": -0.34,
        "population": 0.05,
        "I": -0.1 * strength,
        "II": -0.17 * strength**1.5,
        "III": -0.2 * strength**2,
    }
    change = {f: start * _course(rng, span, parts[f], 0.06) for f in FACTORS}
    rows = {c.name: rng.uniform(0.2, 0.6, len(span)) for c in NATION}
    total = start + sum(change.values())
    rows |= {f"change_{f}": v for f, v in change.items()}
    rows |= {"year": span, "population": people, "territorial": total, "territorial_per_inhabitant": total / people}
    foot = 5.9e7 * (1 - _course(rng, span, 0.2 + 0.35 * strength, 0.05))
    rows |= {"footprint": foot, "footprint_per_inhabitant": foot / people, "reduction_share": 1 - total / total[0]}
    rows["institutionalisation"] = 0.1 + _course(rng, span, 0.75 * strength - 0.08, 0.08)
    rows["decoupling"] = 0.05 + 0.1 * np.exp(-((span - span[0] - 6) ** 2) / 40) * (1.2 - strength) + 0.01 * rng.normal()
    for i, e in enumerate(ELEMENTS):
        rows[f"{e}_share"] = np.clip(0.15 + _course(rng, span, strength * (1.1 - 0.06 * i), 0.1), 0, 1)
    return pd.DataFrame(rows).assign(design=design, replicate=replicate, seed=replicate + 1)


def _uptake(rng: np.random.Generator, design: str, replicate: int, span: np.ndarray, strength: float) -> pd.DataFrame:
    frames = []
    for i, solution in enumerate(SOLUTIONS):
        t = (span - span[0]) / max(len(span) - 1, 1)
        rise = 1 / (1 + np.exp(-10 * (t - 0.3 - 0.04 * i)))
        fall = 1 - (1 - strength) * np.clip(t - 0.45, 0, 1) * 1.3
        uptake = np.clip((0.1 + 0.06 * i) * (0.3 + strength) * rise * fall * (1 + 0.08 * rng.normal()), 0, 1)
        rows = {c.name: rng.uniform(0, 1, len(span)) for c in UPTAKE}
        frames.append(pd.DataFrame(rows | {"year": span, "solution": solution, "uptake": uptake}))
    return pd.concat(frames).assign(design=design, replicate=replicate, seed=replicate + 1)


def _municipal(
    rng: np.random.Generator, design: str, numbers: Sequence[str], span: np.ndarray, strength: float
) -> pd.DataFrame:
    frames = []
    for m, number in enumerate(numbers):
        people = 10 ** np.random.default_rng(m).uniform(2.8, 5.2)
        size = np.log10(people) / 5
        inst = 0.08 + np.clip(_course(rng, span, strength * size * 0.8, 0.2), -0.05, 0.9)
        fall = _course(rng, span, 0.35 + 0.4 * strength * size, 0.12)
        frame = pd.DataFrame(
            {
                "year": span,
                "number": number,
                "population": people,
                "institutionalisation": inst,
                "reduction_share": fall,
            }
        )
        frames.append(frame.assign(territorial_per_inhabitant=8 * (1 - fall)))
    return pd.concat(frames).assign(design=design)


def _spread(municipal: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    last = municipal[municipal["year"] == municipal["year"].max()]
    rows = {"design": last["design"].to_numpy(), "number": last["number"].to_numpy(), "year": last["year"].to_numpy()}
    for column in ("territorial_per_inhabitant", "reduction_share", "institutionalisation"):
        half = rng.uniform(0.02, 0.1, len(last))
        middle = last[column].to_numpy()
        rows |= {f"{column}_p05": middle - half, f"{column}_median": middle, f"{column}_p95": middle + half}
    return pd.DataFrame(rows)


def _loss(design: str, strength: float) -> pd.DataFrame:
    rows = []
    for group, before, cost in (("weak", 0.03, -0.02), ("strong", 0.4 * strength + 0.1, -0.06 * (1.2 - strength))):
        for lag in range(6):
            kept, gap = 0.01 * lag * strength, cost * (1 - np.exp(-lag - 0.5))
            row = {"design": design, "group": group, "lag": lag, "n": 140, "n_kept": 610, "runs": 20}
            row |= {"threshold": 0.05, "before_lost": before, "before_kept": before}
            for prefix, middle in (("", gap), ("lost_", kept + gap), ("kept_", kept)):
                row |= {f"{prefix}median": middle, f"{prefix}p05": middle - 0.006, f"{prefix}p95": middle + 0.004}
            rows.append(row)
    return pd.DataFrame(rows)
