"""One run of a study again, here and now, held against what the store says of it."""

from pathlib import Path
from typing import Any

from experiments import member, parts, results
from experiments.request import RequestError
from model.institutions.errors import quoted


def replay(folder: Path, run: str) -> dict[str, Any]:
    """Carry out a run again; `run` is its number in plan.parquet, or (the beginning of) its key.

    Says both digests and the measures that differ, with `same`: None where the store has no finished run to compare
    with. Raises RequestError for a run that is not in the plan, UnfitError when inputs or sources have changed.
    """
    about = results.about(folder)
    rows = results.planned(folder)
    number = _number(rows["key"].tolist(), run, folder)
    row = rows.iloc[number]
    names = [(cell["design"], cell["place"]) for cell in about["cells"]]
    task = {
        "key": row["key"],
        "cell": names.index((row["design"], row["place"])),
        "seed": int(row["seed"]),
        "values": [float(row[path]) for path in about["paths"]],
    }
    limits = {"time_limit": about["time_limit"], "memory_limit": about["memory_limit"]}
    fresh, tables = member.attempt({**member.about_of(folder.resolve(), about["study"]), **limits}, task)
    old = parts.finished(folder).get(row["key"])
    told = {"run": number, **{name: row[name] for name in ("key", "design", "place")}, "status": fresh["status"]}
    told |= {name: int(row[name]) for name in ("sample", "replicate", "seed")}
    told |= {"digest": fresh.get("digest"), "stored_digest": (old or {}).get("digest"), "differs": []}
    told |= {key: fresh[key] for key in ("where", "error", "traceback") if key in fresh}
    if not old or old["status"] != "done":
        return told | {"same": None}
    if "outcome" in tables:
        told["differs"] = _differences(folder, row["key"], tables["outcome"])
    return told | {"same": fresh.get("digest") == old["digest"] and not told["differs"]}


def _number(keys: list[str], run: str, folder: Path) -> int:
    if run.isdecimal() and len(run) < 9:
        if int(run) < len(keys):
            return int(run)
        raise RequestError(f"run {run}: {folder} has runs 0 to {len(keys) - 1}")
    found = [i for i, key in enumerate(keys) if key.startswith(run)] if len(run) >= 4 else []
    if len(found) != 1:
        raise RequestError(f"run {quoted(run)}: give a number from 0 to {len(keys) - 1}, or the beginning of one key")
    return found[0]


def _differences(folder: Path, key: str, fresh: Any) -> list[str]:
    frame = results.frame(folder)
    stored = frame[frame["key"] == key].iloc[0]
    again = {name: fresh.column(name)[0].as_py() for name in fresh.column_names if name != "key"}
    return [name for name, value in again.items() if stored[name] != value]
