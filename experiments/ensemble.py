"""From a request to a results folder: check everything, run what is missing, sum up, report."""

import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from experiments import pools, premises, provenance, request, store, work
from experiments.batch import Dispatch, Receipt, Task, interruptible
from experiments.lock import sole_writer
from experiments.progress import Progress
from experiments.request import Request, RequestError

if TYPE_CHECKING:
    from model.case import Case

REPORTS: Final = "omstilling.reports"  # entry points; see docs/decisions/0002-report-entry-point.md


@dataclass(frozen=True)
class Errand:
    """How a request is carried out. `out` None: a folder named after place and case; `work` makes a task a receipt."""

    out: Path | None = None
    workers: int = 1
    is_replacing: bool = False
    is_reporting: bool = True
    work: Callable[[Task], Receipt] = work.perform


@dataclass
class Outcome:
    """What came of it. `document` is what `run --json` prints; `problems` are for people, empty on success."""

    folder: Path
    document: dict[str, Any] = field(default_factory=dict)
    reports: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    is_stopped: bool = False


@dataclass(frozen=True)
class _Work:
    """What is checked and known when the folder is ready: the runs, which are finished, and what the manifest says."""

    wish: Request
    cases: Mapping[str, "Case"]
    about: Mapping[str, Any]
    tasks: Sequence[Task]
    finished: Collection[Path]
    started: float


def carry_out(wish: Request, errand: Errand) -> Outcome:
    """Run a request into a results folder; finished runs of the same case and sources are kept and not run again.

    Raises RequestError and the errors of `Case.load` before anything is written, StoreError when the folder cannot be
    written any more.
    """
    started = time.perf_counter()
    if not 1 <= errand.workers <= request.MOST_WORKERS:
        raise RequestError(f"{errand.workers} workers: give from 1 to {request.MOST_WORKERS}")
    cases = request.cases_of(wish)
    digest = request.digest_of(wish, cases)
    place = next(iter(cases.values())).place.name.replace(",", "_")[:40]
    folder = errand.out or Path("results") / f"{place}-{digest[:8]}"
    tasks = _tasks(wish, cases, folder)
    keys = {Path(task["folder"]): task["key"] for task in tasks}
    about = _about(wish, cases, digest)
    premises.check(folder, digest, set(keys.values()), replace=errand.is_replacing)
    with sole_writer(folder):
        premises.check(folder, digest, set(keys.values()), replace=errand.is_replacing)  # as the last writer left it
        finished = premises.prepare(folder, keys, about)
        _tell_citizens(cases, about["citizens_simulated"])
        return _filled(Outcome(folder), errand, _Work(wish, cases, about, tasks, finished, started))


def _filled(outcome: Outcome, errand: Errand, plan: "_Work") -> Outcome:
    """The outcome of carrying out what is missing in a folder that is ready. Raises StoreError."""
    folder, about, tasks = outcome.folder, plan.about, plan.tasks
    try:
        _open(folder, plan.wish, plan.cases)
        receipts = [r for path in plan.finished if (r := store.read_receipt(path))]
        missing = [task for task in tasks if Path(task["folder"]) not in plan.finished]
        outcome.is_stopped = _run(missing, errand, receipts, len(tasks))
        order = {(task["design"], task["replicate"]): i for i, task in enumerate(tasks)}
        receipts.sort(key=lambda r: order[r["design"], r["replicate"]])
        _close(outcome, errand, about, receipts, plan.started)
    except OSError as error:
        raise store.StoreError(f"{folder}: {error.strerror or error}") from error
    return outcome


def _tasks(wish: Request, cases: Mapping[str, "Case"], folder: Path) -> list[Task]:
    sources = provenance.source_digest()
    return [
        {
            "design": job.design,
            "replicate": job.replicate,
            "seed": job.seed,
            "digest": job.digest,
            "key": work.key_of(job.digest, sources),
            "folder": str(store.run_folder(folder, job.design, job.replicate)),
            "case": dict(job.case),
        }
        for job in request.jobs_of(wish, cases)
    ]


def _about(wish: Request, cases: Mapping[str, "Case"], digest: str) -> dict[str, Any]:
    """Everything in the manifest that is known before the first run."""
    from model.population import citizens_each

    first = next(iter(cases.values()))
    inhabitants = first.place.population[first.first - first.place.first_year]
    facts = {k: v for k, v in first.described().items() if k != "design"}
    return {
        "kind": store.KIND,
        "version": provenance.version(),
        "revision": provenance.revision(),
        "sources": provenance.source_digest(),
        "case_hash": digest,
        "case": facts | {"designs": list(cases), "replicates": wish.replicates},
        "designs": [
            {"name": n, "title": c.design.title.model_dump(), "case_hash": c.digest, "digest": c.design.digest}
            for n, c in cases.items()
        ],
        "place": {"name": first.place.name, "title": first.place.title, "digest": first.place.digest},
        "seeds": [wish.seed + r for r in range(wish.replicates)],
        "packages": provenance.packages(),
        "platform": provenance.machine(),
        "citizens_simulated": int(citizens_each(first.citizens, inhabitants).sum()),
        "files": ["case.toml", *(request.design_beside(c) for c in cases.values() if not request.is_shipped(c))],
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _tell_citizens(cases: Mapping[str, "Case"], simulated: int) -> None:
    """Say on standard error when there are more citizens than were asked for: every municipality has one at least."""
    case = next(iter(cases.values()))
    if simulated != case.citizens:
        told = f"{case.place.title['en'].split(',')[0]} has {len(case.place.numbers)} municipalities"
        how = f"{simulated} citizens instead of {case.citizens}, one in each"
        print(f"omstilling: {told}: {how}", file=sys.stderr, flush=True)


def _open(folder: Path, wish: Request, cases: Mapping[str, "Case"]) -> None:
    from model.institutions.comparison import to_toml

    for case in cases.values():
        if not request.is_shipped(case):
            (folder / "designs").mkdir(exist_ok=True)
            store.write_text(folder / request.design_beside(case), to_toml(case.design))
    store.write_text(folder / "case.toml", request.to_toml(wish, cases, folder))


def _run(missing: Sequence[Task], errand: Errand, receipts: list[Receipt], total: int) -> bool:
    """Carry out the missing tasks, adding to `receipts`. Returns whether somebody stopped it."""
    workers = min(errand.workers, max(len(missing), 1))

    def opened() -> Executor:
        return pools.Here() if workers == 1 else pools.processes(workers)

    with (
        nullcontext() if workers == 1 else pools.threads(1),
        interruptible() as stop,
        Progress(total, already=len(receipts)) as progress,
    ):
        for receipt in Dispatch(errand.work, opened, workers, stop).receipts(missing):
            receipts.append(receipt)
            progress.count(receipt)
        return stop.is_set and len(receipts) < total


def _close(
    outcome: Outcome, errand: Errand, about: Mapping[str, Any], receipts: Sequence[Receipt], started: float
) -> None:
    """Sum up what is done, write the manifest, make the reports, and say what is missing."""
    from experiments import summary

    names = [d["name"] for d in about["designs"]]
    done = [r for name in names for r in receipts if r["status"] == "done" and r["design"] == name]
    failed = [r for r in receipts if r["status"] != "done"]
    total = len(about["seeds"]) * len(names)
    figures: list[dict[str, Any]] = []
    if done and not outcome.is_stopped:
        summary.write_tables(outcome.folder, done)
        figures = summary.figures(outcome.folder)
    status = "stopped" if outcome.is_stopped else "failures" if failed else "complete"
    seconds = round(time.perf_counter() - started, 2)
    files = premises.files_of(outcome.folder, also=store.TABLES if figures else ())
    told = {"files": files, "status": status, "seconds": seconds, "failed": len(failed)}
    store.write_json(outcome.folder / "manifest.json", {**about, **told, "runs": [_row(r) for r in receipts]})
    if figures and errand.is_reporting:
        outcome.reports, outcome.problems = _reports(outcome.folder)
    outcome.problems += _complaints(outcome, failed, len(done), total)
    outcome.document = {
        "version": about["version"],
        "seed": about["seeds"][0],
        "case_hash": about["case_hash"],
        "out": str(outcome.folder),
        "seconds": round(time.perf_counter() - started, 2),
        "status": status,
        "report": str(outcome.reports[0]) if outcome.reports else None,
        "designs": figures,
        "runs": [_row(r) for r in receipts],
    }


def _row(receipt: Receipt) -> Receipt:
    return {name: value for name, value in receipt.items() if name != "key"}


def _complaints(outcome: Outcome, failed: Sequence[Receipt], done: int, total: int) -> list[str]:
    told = []
    if outcome.is_stopped:
        told.append(f"stopped: {done} of {total} runs are kept in {outcome.folder}; the same command goes on")
    if failed:
        first = failed[0]
        told.append(
            f"{len(failed)} of {total} runs failed; the first: {first['design']}, seed {first['seed']}: "
            f"{first['error']} (all with traceback in {outcome.folder / 'manifest.json'})"
        )
    return told


def make_reports(folder: Path) -> list[Path]:
    """Reports of a results folder by every declared writer. Raises ValueError as they do: a table is missing."""
    before = premises.figures(folder)
    made = [point.load()(folder) for point in metadata.entry_points(group=REPORTS)]
    premises.note_figures(folder, before, made)
    return made


def _reports(folder: Path) -> tuple[list[Path], list[str]]:
    """The reports that could be made, and why others could not: tables already written are worth keeping."""
    try:
        made = make_reports(folder)
    except Exception as error:  # whatever a report writer raises, the results stand
        why = f"{type(error).__name__}: {error}"
        return [], [f"the report could not be made: {why}; again with `omstilling report {folder}`"]
    return made, [] if made else ["no report writer is installed; `make setup` installs the whole program"]
