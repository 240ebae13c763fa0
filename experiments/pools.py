"""Executors of runs: processes here that start warm, use one thread each, and end when their driver ends."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from typing import Any, Final

THREADS: Final = tuple(f"{name}_NUM_THREADS" for name in ("NUMBA", "OMP", "OPENBLAS", "MKL"))
PRELOAD: Final = ("experiments.work", "model.simulation", "pyarrow.parquet")


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Processes started within have `count` threads in compiled code; the environment is put back afterwards."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, str(count)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def processes(workers: int) -> ProcessPoolExecutor:
    """A pool of `workers` processes: a fork server that has loaded the model where there is one, else fresh processes.

    Call within `threads`: processes inherit the environment of the moment they start.
    """
    return ProcessPoolExecutor(workers, mp_context=_context(), initializer=_settle)


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOAD))
    return context


def _settle() -> None:
    """In a worker: leave interrupts to the driver, and end when the driver is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    driver = multiprocessing.parent_process()
    if driver is not None:
        threading.Thread(target=_end_with, args=(driver,), daemon=True).start()


def _end_with(driver: Any) -> None:
    driver.join()
    os._exit(1)


class Here(Executor):
    """Runs each call at once in this process: for one worker, for debugging, and where processes are not allowed."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """A future that is already done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # a future carries whatever was raised
            future.set_exception(error)
        return future
