"""Sends runs to an executor through a bounded window; failures become rows, a crash blames only its own run.

Knows nothing of what a run is: it sends dictionaries and collects receipts.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Final

from experiments.store import StoreError

Task = dict[str, Any]
Receipt = dict[str, Any]
WINDOW: Final = 2  # tasks under way per worker
HOPELESS: Final = 3  # crashes in a row, with nothing ever done, after which the rest is not tried


class Stop:
    """Set by the first interrupt: nothing new is sent, what is under way is finished. The second interrupt leaves."""

    def __init__(self) -> None:
        self.is_set = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.is_set:
            raise KeyboardInterrupt
        self.is_set = True


@contextmanager
def interruptible() -> Iterator[Stop]:
    """Interrupts (Ctrl-C, SIGTERM) within become a request to stop; outside the main thread they stay as they are."""
    stop = Stop()
    previous = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            previous[number] = signal.signal(number, stop)
        except ValueError:  # not the main thread
            break
    try:
        yield stop
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@dataclass
class Dispatch:
    """One pass over tasks. `open_pool` makes a fresh executor, also after a crash; `work` must be importable by name.

    Raises StoreError when a receipt says `unstored`. Tasks that were not sent because of `stop` are simply absent.
    """

    work: Callable[[Task], Receipt]
    open_pool: Callable[[], Executor]
    workers: int
    stop: Stop
    _pool: Executor | None = None
    _flying: dict["Future[Receipt]", Task] = field(default_factory=dict)
    _suspects: deque[Task] = field(default_factory=deque)
    _done: int = 0
    _crashes: int = 0
    _is_down: bool = False

    def receipts(self, tasks: Iterable[Task]) -> Iterator[Receipt]:
        """Receipts in the order in which runs end."""
        waiting = deque(tasks)
        try:
            while (waiting and not self.stop.is_set and not self._is_hopeless()) or self._flying or self._suspects:
                self._send(waiting)
                yield from self._collected()
            if self._is_hopeless():
                yield from (_crashed(task, "not tried: every run before it ended its process") for task in waiting)
        finally:
            self._close()

    def _is_hopeless(self) -> bool:
        return not self._done and self._crashes >= HOPELESS

    def _send(self, waiting: deque[Task]) -> None:
        """Fill the window; suspects of a crash go alone, one at a time."""
        source, room = (self._suspects, 1) if self._suspects else (waiting, WINDOW * self.workers)
        if source is waiting and (self.stop.is_set or self._is_hopeless()):
            return
        while source and len(self._flying) < room:
            task = source.popleft()
            if self._pool is None:
                self._pool = self.open_pool()
            try:
                self._flying[self._pool.submit(self.work, task)] = task
            except BrokenProcessPool:  # it broke between two looks: the task was never sent
                source.appendleft(task)
                self._is_down = True
                break
            if self.workers == 1:  # in this process a task is done as soon as it is sent
                break

    def _collected(self) -> Iterator[Receipt]:
        ended, _ = wait(self._flying, timeout=0.5, return_when=FIRST_COMPLETED)
        broken: list[Task] = []
        for future in ended:
            task = self._flying.pop(future)
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                broken.append(task)
            elif error is not None:
                yield _crashed(task, f"{type(error).__name__}: {error}")
            else:
                yield self._checked(future.result())
        if broken or self._is_down:
            yield from self._after_crash(broken)

    def _checked(self, receipt: Receipt) -> Receipt:
        if receipt.get("status") == "unstored":
            raise StoreError(receipt["error"])
        self._done += receipt.get("status") == "done"
        return receipt

    def _after_crash(self, broken: list[Task]) -> Iterator[Receipt]:
        """Everything under way when a process died is suspect; the one that dies alone did it."""
        broken += self._flying.values()
        self._flying.clear()
        self._close()
        self._is_down = False
        if len(broken) < 2:
            self._crashes += 1
        if len(broken) == 1:
            yield _crashed(broken[0], "its process ended without a word: killed, out of memory, or a crash")
        else:
            self._suspects.extend(broken)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=not self._flying, cancel_futures=True)
            self._pool = None


def _crashed(task: Task, why: str) -> Receipt:
    told = {name: task[name] for name in ("design", "replicate", "seed", "key") if name in task}
    return told | {"status": "crashed", "error": why, "seconds": 0.0}
