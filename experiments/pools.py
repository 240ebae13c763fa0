"""Executors of runs: processes here that start warm, use one thread each, and end when their driver ends."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from typing import Any, Final

THREADS: Final = tuple(f"{name}_NUM_THREADS" for name in ("NUMBA", "OMP", "OPENBLAS", "MKL"))
MEEK: Final = 15  # of niceness: runs when nobody else wants the processor, but for a sliver
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


def processes(workers: int, *, ready: Callable[[], object] | None = None, is_meek: bool = False) -> ProcessPoolExecutor:
    """A pool of `workers` processes: a fork server that has loaded the model where there is one, else fresh processes.

    ready: what each process does once, before its first call; a function that it can import. is_meek: whether its
    processes give way to all others, where the system has such a thing. Call within `threads`: processes inherit the
    environment of the moment they start.
    """
    return ProcessPoolExecutor(workers, mp_context=_context(), initializer=_settle, initargs=(ready, is_meek))


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOAD))
    return context


def _settle(ready: Callable[[], object] | None, is_meek: bool) -> None:
    """In a worker: leave interrupts to the driver, end when the driver is gone, and get ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    driver = multiprocessing.parent_process()
    if driver is not None:
        threading.Thread(target=_end_with, args=(driver,), daemon=True).start()
    if is_meek and hasattr(os, "nice"):
        os.nice(MEEK)
    if ready is not None:
        ready()


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
