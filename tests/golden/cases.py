"""The golden runs: three small cases, their digests and headline numbers, and where they are kept."""

import json
import math
from pathlib import Path
from typing import Any

from model.case import Case
from model.simulation import Simulation

HERE = Path(__file__).resolve().parent
CHANGES = HERE / "CHANGES.md"
CASES: dict[str, dict[str, Any]] = {
    "telemark": {"place": "telemark", "design": "todays-practice", "citizens": 800},
    "two-towns": {"place": "0301,4012", "design": "full-transition", "citizens": 300},
    "five-invented": {"place": str(HERE / "place"), "design": "project-grants", "citizens": 400, "seed": 5},
}
NATION = (
    "population",
    "territorial",
    "footprint",
    "reduction_share",
    "change_national",
    "change_II",
    "agenda",
    "institutionalisation",
    "capacity",
    "plan_share",
    "platform_practice",
    "champion_share",
    "own_money",
)


def told(name: str) -> dict[str, Any]:
    """Digest and headline numbers of the last year of a golden case."""
    sim = Simulation(Case.load(**CASES[name])).run()
    last = sim.tables["nation"].slice(len(sim.case.years) - 1).to_pylist()[0]
    numbers = {column: float(last[column]) for column in NATION}
    numbers["events"] = float(sim.tables["event"].num_rows)
    numbers["users"] = float(sum(sim.tables["uptake"]["adopted"].to_pylist()))
    return {"digest": sim.digest(), "numbers": numbers}


def kept(name: str) -> dict[str, Any]:
    """What was kept of a golden case; empty when nothing was."""
    path = HERE / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def differing(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Lines that say which numbers differ by more than a millionth, and whether the digest does."""
    if not old:
        return ["new"]
    before, after = old.get("numbers", {}), new["numbers"]
    lines = [
        f"{name}: {before.get(name, math.nan):.9g} -> {after.get(name, math.nan):.9g}"
        for name in sorted(before.keys() | after.keys())
        if not math.isclose(before.get(name, math.nan), after.get(name, math.nan), rel_tol=1e-6, abs_tol=1e-12)
    ]
    return lines + ([] if old.get("digest") == new["digest"] else [f"digest: {old.get('digest')} -> {new['digest']}"])
