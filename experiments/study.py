"""A study from plan to store: check everything, lay it out, send what is missing, say what came of it."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from experiments import member, parts, pools, preparation, provenance, store
from experiments.batch import Dispatch, Receipt, Stop, Task, interruptible
from experiments.lock import BusyError, sole_writer
from experiments.plan import describe, read_plan
from experiments.preparation import Prepared
from experiments.progress import Progress
from experiments.request import MOST_WORKERS, RequestError

if TYPE_CHECKING:
    from concurrent.futures import Executor

LASTS: Final = 3.0  # seconds that a task should last
MOST_ROWS: Final = 200  # runs of a task
PAUSE: Final = 2.0  # seconds between two writings of progress
SHARDS: Final = "shards"


@dataclass(frozen=True)
class Launch:
    """How a plan is carried out. shard: (I, N), the I-th of N parts; scheduler: address of a Dask scheduler."""

    plan: Path
    out: Path | None = None
    workers: int = 1
    scheduler: str | None = None
    shard: tuple[int, int] | None = None
    is_retrying: bool = False
    is_waiting: bool = False

    @property
    def name(self) -> str:
        """The launch among those that write the same folder."""
        return f"shard-{self.shard[0]}-of-{self.shard[1]}" if self.shard else "all"


@dataclass
class Tally:
    """What came of it; `failed` are the runs of this launch's part that failed and were not done since."""

    folder: Path
    planned: int
    done: int = 0
    failed: int = 0
    seconds: float = 0.0
    is_stopped: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether every run of the part is done."""
        return self.done == self.planned


def carry_out(launch: Launch) -> Tally:
    """Carry out a plan, or what is missing of it.

    Raises RequestError and the errors of `Case.load` before anything is written, StoreError when the folder cannot be
    written any more, EngineError when the workers are gone; what was finished is kept.
    """
    started = time.perf_counter()
    _check(launch)
    plan = read_plan(launch.plan)
    print(f"omstilling: {plan.runs:,} run{'s' * (plan.runs != 1)}: {describe(plan)}", file=sys.stderr, flush=True)
    ready = preparation.lay_out(plan, launch.out)
    with _locked(ready, launch):
        tally = _filled(ready, launch)
    tally.seconds = time.perf_counter() - started
    return tally


def _check(launch: Launch) -> None:
    if not 1 <= launch.workers <= MOST_WORKERS:
        raise RequestError(f"{launch.workers} workers: give from 1 to {MOST_WORKERS}")
    if launch.shard and not 1 <= launch.shard[0] <= launch.shard[1] <= 100_000:
        raise RequestError(f"--shard {launch.shard[0]}/{launch.shard[1]}: give I/N with I from 1 to N, such as 1/8")
    if launch.scheduler:
        from experiments import cluster

        cluster.check(launch.scheduler)


@contextmanager
def _locked(ready: Prepared, launch: Launch) -> Iterator[None]:
    """Within, nobody else writes the same runs: a launch of all excludes every other, shards only themselves."""
    folder = ready.folder
    with ExitStack() as held:
        main = held.enter_context(ExitStack())
        _enter(main, folder, launch)
        preparation.check(ready)  # as the last writer left it
        preparation.write(ready)
        if launch.shard:
            _enter(held, folder / SHARDS / launch.name, launch)
            main.close()
        else:
            _wait_for_shards(folder, launch)
            parts.tidy(folder)
        yield


def _enter(stack: ExitStack, folder: Path, launch: Launch) -> None:
    """Take the lock of a folder; wait for it when asked to, and a little in any case where shards start together."""
    patience = time.monotonic() + (30.0 if launch.shard and folder.name != launch.name else 0.0)
    while True:
        try:
            stack.enter_context(sole_writer(folder))
            return
        except BusyError as error:
            if not launch.is_waiting and time.monotonic() >= patience:
                raise RequestError(f"{error}; or start with --wait") from None
        time.sleep(0.5)


def _wait_for_shards(folder: Path, launch: Launch) -> None:
    for place in sorted((folder / SHARDS).glob("*")):
        with ExitStack() as looked:
            _enter(looked, place, launch)


def _filled(ready: Prepared, launch: Launch) -> Tally:
    """Send what is missing to the engine and count what comes back."""
    folder = ready.folder
    try:
        rows = ready.rows(launch.shard)
        settled = parts.finished(folder)
        missing = [i for i in rows if _is_missing(settled.get(ready.keys[i]), launch)]
        already = [settled[ready.keys[i]] for i in rows if ready.keys[i] in settled]
        done = sum(run["status"] == "done" for run in already)
        failed = 0 if launch.is_retrying else len(already) - done
        tally = Tally(folder, len(rows), done, failed)
        if missing:
            session = f"{time.time_ns():x}-{uuid4().hex[:6]}"
            store.write_json(folder / "provenance" / f"{session}.json", _provenance(launch))
            _run(ready, launch, _Session(ready, session, missing), tally)
        _finish(folder, launch)
    except OSError as error:
        raise store.StoreError(f"{folder}: {error.strerror or error}") from error
    return tally


def _is_missing(run: parts.Run | None, launch: Launch) -> bool:
    return run is None or (run["status"] != "done" and launch.is_retrying)


def _provenance(launch: Launch) -> dict[str, Any]:
    told = {"version": provenance.version(), "revision": provenance.revision(), "packages": provenance.packages()}
    engine = "dask" if launch.scheduler else "processes"
    asked = {"engine": engine, "workers": launch.workers, "part": launch.name, "retry_failed": launch.is_retrying}
    return {**told, "platform": provenance.machine(), "started": time.time(), **asked}


class _Session:
    """Cuts the missing runs into tasks that last some seconds, as runs turn out to last."""

    def __init__(self, ready: Prepared, name: str, missing: list[int]) -> None:
        self.ready, self.name, self.missing = ready, name, missing
        self.pace = 0.0  # seconds a run
        self.count = 0

    def tasks(self, workers: int) -> Iterator[Task]:
        """Tasks in the order of the plan: the first are one run each, until it is known how long a run lasts."""
        at = 0
        while at < len(self.missing):
            size = 1 if not self.pace else min(max(round(LASTS / self.pace), 1), MOST_ROWS)
            size = max(min(size, (len(self.missing) - at) // (2 * workers)), 1)
            yield self._task([self.ready.row(i) for i in self.missing[at : at + size]])
            at += size

    def _task(self, rows: list[dict[str, Any]]) -> Task:
        self.count += 1
        name = f"{self.name}-{self.count:06d}"
        limits = {limit: self.ready.about[limit] for limit in ("time_limit", "memory_limit")}
        told = {"folder": str(self.ready.folder.resolve()), "study": self.ready.study}
        return told | {"task": name, "limits": limits, "rows": rows}

    def learn(self, receipt: Receipt) -> None:
        """Take in how long the runs of a task lasted."""
        runs = receipt.get("done", 0) + receipt.get("failed", 0)
        if runs:
            fresh = max(receipt["seconds"] / runs, 1e-4)
            self.pace = fresh if not self.pace else 0.5 * (self.pace + fresh)

    def divide(self, task: Task) -> tuple[list[Receipt], list[Task]]:
        """What a task whose process died had committed, and the rest as tasks of one run each."""
        if len(task["rows"]) == 1 and task.get("is_divided"):
            return [], [task]
        settled = parts.finished(self.ready.folder)
        own = [run for row in task["rows"] if (run := settled.get(row["key"])) and run["status"] == "done"]
        kept = {run["key"] for run in own}
        told = {"task": task["task"], "status": "done", "done": len(own), "failed": 0}
        told |= {"seconds": sum(run["seconds"] for run in own)}
        left = [{**self._task([row]), "is_divided": True} for row in task["rows"] if row["key"] not in kept]
        return [told] if own else [], left


def _run(ready: Prepared, launch: Launch, session: _Session, tally: Tally) -> None:
    """Carry out the missing runs, with progress on standard error and in progress.json."""
    with (
        nullcontext() if launch.workers == 1 or launch.scheduler else pools.threads(1),
        interruptible() as stop,
        Progress(tally.planned, already=tally.done, failed=tally.failed) as progress,
    ):
        dispatch, workers = _dispatch(launch, session, stop)
        told = time.monotonic()
        for receipt in dispatch.receipts(session.tasks(workers)):
            if receipt["status"] == "crashed":
                receipt = _crash(ready.folder, receipt)
            session.learn(receipt)
            progress.count(receipt)
            if time.monotonic() - told > PAUSE:
                told = time.monotonic()
                _tell(ready.folder, launch, progress)
                _sweep(ready.folder, least=parts.MANY)
        tally.done, tally.failed = progress.done, progress.failed
        tally.is_stopped = stop.is_set and progress.done + progress.failed < tally.planned
        _tell(ready.folder, launch, progress)


def _dispatch(launch: Launch, session: _Session, stop: Stop) -> tuple[Dispatch, int]:
    if launch.scheduler:
        from experiments.cluster import Cluster

        first: list[Executor] = [Cluster(launch.scheduler)]
        workers = max(first[0].workers, 2)  # type: ignore[attr-defined]

        def opened() -> "Executor":
            return first.pop() if first else Cluster(str(launch.scheduler))

    else:
        workers = min(launch.workers, len(session.missing))

        def opened() -> "Executor":
            return pools.Here() if workers == 1 else pools.processes(workers)

    return Dispatch(member.perform, opened, workers, stop, session.divide), workers


def _crash(folder: Path, receipt: Receipt) -> Receipt:
    """A run whose process died, committed as a failure by the driver."""
    ended = time.time()
    failure = {"status": "crashed", "error": receipt["error"], "where": "", "traceback": "", "seconds": 0.0}
    runs = [{"key": row["key"], **failure, "ended": ended} for row in receipt["rows"]]
    parts.commit(folder, f"{receipt['task']}-{runs[0]['key'][:12]}", {}, runs)
    return {"task": receipt["task"], "status": "crashed", "done": 0, "failed": len(runs), "seconds": 0.0}


def _tell(folder: Path, launch: Launch, progress: Progress) -> None:
    now = {"part": launch.name, "updated": time.time()} | progress.state()
    store.write_json(folder / f"progress{'-' + launch.name if launch.shard else ''}.json", now)


def _sweep(folder: Path, *, least: int) -> None:
    """Sweep parts together, unless another shard is doing so."""
    try:
        with sole_writer(folder / parts.COMPACT):
            parts.sweep(folder, least=least)
    except BusyError:
        return


def _finish(folder: Path, launch: Launch) -> None:
    """At the end of a launch of all, sweep what is left; shards leave it to their number."""
    _sweep(folder, least=parts.MANY if launch.shard else 2)
