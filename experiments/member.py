"""Runs of a study, wherever they happen: simulate, measure, commit what is finished every few seconds. For workers."""

import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from experiments import outcomes, parts, store

if TYPE_CHECKING:
    import pyarrow as pa

    from model.case import Case
    from model.simulation import Simulation

FLUSH: Final = 4.0  # seconds after which finished runs are committed; a kill costs at most these
GB: Final = 1_000_000_000
HOUSES: Final = ("agents", "model", "experiments")


class TimeLimitError(RuntimeError):
    """A run took longer than the plan allows."""


class UnfitError(RuntimeError):
    """This process cannot carry out the study: it sees another folder, other inputs or other sources."""


def perform(task: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out the runs of a task, leave parts in the store, and say how many were done and failed.

    task: `folder`, `study` (its identity), `task` (a name), `limits` (`time_limit`, `memory_limit` or None) and `rows`,
    each with `key`, `cell`, `seed`, `values`. status: `done`, `unstored` (the folder cannot be written) or `unfit`
    (this process cannot do it at all); no run is to blame for the last two.
    """
    told: dict[str, Any] = {"task": task["task"], "status": "done", "done": 0, "failed": 0, "seconds": 0.0, "error": ""}
    folder = Path(task["folder"])
    open_part = _OpenPart(folder, task["task"])
    try:
        about = {**about_of(folder, task["study"]), **task["limits"]}
        settled = _committed(folder, task["task"])
        for row in task["rows"]:
            run = settled.get(row["key"])
            if run is None:
                run, tables = attempt(about, row)
                open_part.add(run, tables)
            told["done" if run["status"] == "done" else "failed"] += 1
            told["seconds"] += run["seconds"]
            told["error"] = told["error"] or run.get("error", "")
        open_part.close()
    except UnfitError as error:
        return told | {"status": "unfit", "error": str(error)}
    except OSError as error:
        return told | {"status": "unstored", "error": f"{folder}: {error.strerror or error}"}
    return told


def _committed(folder: Path, task: str) -> dict[str, parts.Run]:
    """Runs that an earlier attempt at the same task has committed: an engine that lost a worker sends a task again."""
    found = (store.read_document(path) for path in (folder / parts.DONE).glob(f"{task}-*.json"))
    return {run["key"]: run for receipt in found if receipt for run in receipt["runs"]}


class _OpenPart:
    """Finished runs that are not committed yet."""

    def __init__(self, folder: Path, task: str) -> None:
        self.folder, self.task = folder, task
        self._runs: list[parts.Run] = []
        self._tables: dict[str, list[pa.Table]] = {}
        self._since = time.monotonic()

    def add(self, run: parts.Run, tables: "Mapping[str, pa.Table]") -> None:
        """Take a run in; commit when the last commit is some seconds ago."""
        self._runs.append(run)
        for name, table in tables.items():
            self._tables.setdefault(name, []).append(table)
        if time.monotonic() - self._since > FLUSH:
            self.close()

    def close(self) -> None:
        """Commit what is open."""
        import pyarrow as pa

        if self._runs:
            whole = {name: pa.concat_tables(own).unify_dictionaries() for name, own in self._tables.items()}
            parts.commit(self.folder, f"{self.task}-{self._runs[0]['key'][:12]}", whole, self._runs)
        self._runs, self._tables, self._since = [], {}, time.monotonic()


@lru_cache(maxsize=4)
def about_of(folder: Path, study: str) -> Mapping[str, Any]:
    """What the folder says of its study. Raises UnfitError where this process is not able to carry it out."""
    from experiments import provenance

    about = store.read_document(folder / "study.json")
    if about is None or about.get("study") != study:
        raise UnfitError(f"{folder}: this worker sees no such study; all machines must share the folder")
    if about["identity"]["sources"] != provenance.source_digest():
        raise UnfitError("a worker has other sources of the model than the launch had; install the same")
    return about | {"folder": str(folder)}


@lru_cache(maxsize=64)
def _base(folder: Path, study: str, cell: int) -> "Case":
    """The case of a design in a place, with the inputs that the study was started with."""
    from experiments.identity import base_digest
    from model.case import Case

    told = about_of(folder, study)["cells"][cell]
    case = Case.load(**(told["case"] | {"design": _beside(folder, told["case"]["design"])}))
    if base_digest(case) != told["digest"]:
        raise UnfitError(f"design '{told['design']}' or place '{told['place']}' changed since the study was started")
    return case


def _beside(folder: Path, design: str) -> str:
    return str(folder / design) if design.endswith(".toml") else design


def case_of(about: Mapping[str, Any], row: Mapping[str, Any]) -> "Case":
    """The case of one run: its design and place with its seed and its values."""
    base = _base(Path(about["folder"]), about["study"], row["cell"])
    settings = dict(base.settings) | dict(zip(about["paths"], row["values"], strict=True))
    return replace(base, seed=row["seed"], settings=tuple(sorted(settings.items())))


def attempt(about: Mapping[str, Any], row: Mapping[str, Any]) -> "tuple[parts.Run, dict[str, pa.Table]]":
    """One run and the rows it leaves, none when it fails: a failure is its result and not the end of the others."""
    from model import simulation

    started = time.perf_counter()
    run: parts.Run = {"key": row["key"], "status": "done"}
    tables: dict[str, pa.Table] = {}
    sim: Simulation | None = None
    try:
        with bounded(about["time_limit"], about["memory_limit"]) as watch:
            sim = simulation.Simulation(case_of(about, row))
            sim.run(watch)
            run |= {"digest": sim.digest(), "warnings": len(sim.warnings)}
            tables = _rows(sim, row["key"], about["keep"])
    except UnfitError:
        raise
    except Exception as error:  # whatever a run raises is its result
        run |= _failure(error, sim)
        tables = {}
    return run | {"seconds": round(time.perf_counter() - started, 4), "ended": time.time()}, tables


@contextmanager
def bounded(seconds: float | None, gigabytes: float | None) -> Iterator[Any]:
    """Within, a run that takes too long or too much memory raises; yields what `Simulation.run` calls each year.

    A compiled loop that never comes back to Python is ended with its process, if that process is one of a pool.
    """
    import faulthandler
    import multiprocessing

    end = None if seconds is None else time.monotonic() + seconds
    is_expendable = multiprocessing.parent_process() is not None

    def watch(year: int) -> None:
        if end is not None and time.monotonic() > end:
            raise TimeLimitError(f"took longer than {seconds:g} s and was stopped after {year}")

    with _memory(gigabytes):
        if seconds is not None and is_expendable:
            faulthandler.dump_traceback_later(2.0 * seconds + 10.0, exit=True)
        try:
            yield watch
        finally:
            if seconds is not None and is_expendable:
                faulthandler.cancel_dump_traceback_later()


@contextmanager
def _memory(gigabytes: float | None) -> Iterator[None]:
    """Within, this process may take so much more memory; beyond, allocations raise MemoryError. Nothing on Windows."""
    try:
        import resource
    except ImportError:
        resource = None  # type: ignore[assignment]
    if gigabytes is None or resource is None or not Path("/proc/self/statm").exists():
        yield
        return
    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (held + int(gigabytes * GB), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _failure(error: Exception, sim: "Simulation | None") -> parts.Run:
    """Status, message, traceback, and where: the last of our own lines that was reached, and the year."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).parent.name]
    own = [f for f in frames if any(f"/{house}/" in Path(f.filename).as_posix() for house in HOUSES)]
    where = ""
    if own:
        path = Path(own[-1].filename)
        where = f"{path.parent.name}/{path.name}:{own[-1].lineno} in {own[-1].name}"
    if sim is not None:
        where += f", year {sim.year}"
    return {
        "status": "timeout" if isinstance(error, TimeLimitError) else "failed",
        "where": where,
        "error": f"{type(error).__name__}: {error}"[:2000],
        "traceback": "".join(traceback.format_exception(error))[-8000:],
    }


def _rows(sim: "Simulation", key: str, keep: list[str]) -> "dict[str, pa.Table]":
    """The row of measures, and the rows of each table to keep, all with the key in front."""
    import numpy as np
    import pyarrow as pa

    from model.recorder import tables_of

    measured = outcomes.measured(sim)
    names = pa.array([key]).dictionary_encode()
    held = pa.table({"key": names} | {name: np.array([value]) for name, value in measured.items()})
    found = {"outcome": held}
    tables = tables_of(sim, only=keep) if keep else {}
    for name in keep:
        codes = pa.DictionaryArray.from_arrays(np.zeros(len(tables[name]), dtype=np.int32), [key])
        found[name] = tables[name].replace_schema_metadata().add_column(0, "key", codes)
    return found
