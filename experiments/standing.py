"""How a study stands, seen from outside: counted from its receipts, the pace as its launches tell it."""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from experiments import parts, results, store
from experiments.lock import LOCK, BusyError, sole_writer

FRESH: Final = 30.0  # seconds after which a launch that told nothing is taken for gone, where its lock cannot be asked
SHOWN: Final = 20  # failures that are told


def standing(folder: Path) -> dict[str, Any]:
    """Done, failed, planned, rate and time left, and where runs failed. Raises RequestError where there is no study."""
    about = results.about(folder)
    runs = parts.finished(folder).values()
    done = sum(run["status"] == "done" for run in runs)
    failed = len(runs) - done
    launches = [told for path in sorted(folder.glob("progress*.json")) if (told := store.read_document(path))]
    going = [told for told in launches if _is_going(folder, told)]
    rate = sum(told["rate"] for told in going)
    left = max(about["runs"] - done - failed, 0)
    return {
        "out": str(folder),
        "kind": about["kind"],
        "title": about["title"],
        "planned": about["runs"],
        "done": done,
        "failed": failed,
        "missing": left,
        "running": bool(going),
        "rate": rate,
        "left": left / rate if rate > 0.0 and left else None,
        "seconds_a_run": sum(run["seconds"] for run in runs) / len(runs) if runs else None,
        "failures": _failures(folder) if failed else [],
    }


def _is_going(folder: Path, told: dict[str, Any]) -> bool:
    """Whether the launch that told this still holds its lock."""
    place = folder if told["part"] == "all" else folder / "shards" / told["part"]
    if not (place / LOCK).exists():
        return False
    if time.time() - told["updated"] < FRESH:
        return True
    with ExitStack() as looked:
        try:
            looked.enter_context(sole_writer(place))
        except BusyError:
            return True
    return False


def _failures(folder: Path) -> list[dict[str, Any]]:
    """The first failures by design and sample, with what the plan says of each."""
    failed = {run["key"]: run for run in parts.failures(folder)}
    rows = results.planned(folder)
    told = rows[rows["key"].isin(failed)].head(SHOWN)
    names = ("key", "design", "place", "sample", "replicate", "seed")
    found = [dict(zip(names, row, strict=True)) for row in told[list(names)].to_numpy(dtype=object).tolist()]
    return [
        row | {k: failed[row["key"]].get(k, "") for k in ("status", "where", "error", "traceback")} for row in found
    ]
