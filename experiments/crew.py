"""Runs that leave nothing on disk, side by side: receipts as they end, with progress on standard error."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import Any

from experiments import batch, pools
from experiments.progress import Progress
from experiments.request import MOST_WORKERS, RequestError

Receipt = dict[str, Any]


def receipts_of(work: Callable[[Receipt], Receipt], tasks: list[Receipt], workers: int) -> Iterator[Receipt]:
    """Receipts of `work`, which must be importable by name, as runs end; an interrupt ends it after what is under way.

    Raises RequestError for a number of workers that cannot be.
    """
    if not 1 <= workers <= MOST_WORKERS:
        raise RequestError(f"{workers} workers: give from 1 to {MOST_WORKERS}")

    def open_pool() -> Executor:
        return pools.Here() if workers == 1 else pools.processes(workers)

    with batch.interruptible() as stop, pools.threads(1), Progress(len(tasks)) as progress:
        for receipt in batch.Dispatch(work, open_pool, workers, stop).receipts(tasks):
            progress.count(receipt)
            yield receipt
