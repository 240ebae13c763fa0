"""One run, wherever it happens: simulate a case, write its tables, leave a receipt. Imported by workers."""

import gc
import json
import time
import traceback
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from experiments import store

if TYPE_CHECKING:
    import pyarrow as pa

NARROW: Final = ("municipality",)
LARGE: Final = 500_000  # citizens whose memory the next run should not wait for
TABLES: Final = ("nation", "uptake", "municipality", "event", "regime")


def key_of(case_digest: str, source_digest: str) -> str:
    """What must agree for a finished run to be the same run: the case and the sources."""
    return blake2b(json.dumps([case_digest, source_digest]).encode(), digest_size=16).hexdigest()


def perform(task: dict[str, Any]) -> dict[str, Any]:
    """Run one task and return its receipt: design, replicate, seed, status, digest, seconds, and error if there is one.

    task: `design`, `replicate`, `seed`, `digest` (that the case must have), `key`, `folder` (text), `case` (for
    `Case.load`). status is `done`, `failed` (the run raised) or `unstored` (the results folder cannot be written).
    """
    started = time.perf_counter()
    receipt = {name: task[name] for name in ("design", "replicate", "seed", "key")}
    try:
        tables, digest = _simulated(task)
    except Exception as error:  # whatever a run raises is its result, and never the end of the others
        return receipt | _failure("failed", error, started)
    receipt |= {"status": "done", "digest": digest, "seconds": round(time.perf_counter() - started, 3)}
    try:
        _keep(Path(task["folder"]), tables, receipt)
    except OSError as error:
        return receipt | _failure("unstored", error, started)
    return receipt


def _simulated(task: dict[str, Any]) -> "tuple[dict[str, pa.Table], str]":
    from model.case import Case
    from model.simulation import Simulation

    case = Case.load(**task["case"])
    if case.digest != task["digest"]:
        raise RuntimeError("the place, design or catalogue changed while the experiment ran; start it again")
    sim = Simulation(case)
    sim.run()
    tables = sim.tables  # made anew at each look
    told = {name: tables[name] for name in TABLES}, sim.digest()
    if len(sim.citizens) > LARGE:  # a simulation and its actors know each other: without this it waits to be collected
        del sim
        gc.collect()
    return told


def _keep(folder: Path, tables: "dict[str, pa.Table]", receipt: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        store.write_table(folder / f"{name}.parquet", table, narrow=name in NARROW)
    store.write_json(folder / store.RECEIPT, receipt)


def _failure(status: str, error: Exception, started: float) -> dict[str, Any]:
    return {
        "status": status,
        "error": f"{type(error).__name__}: {error}",
        "traceback": "".join(traceback.format_exception(error))[-8000:],
        "seconds": round(time.perf_counter() - started, 3),
    }
