"""Sends runs to an executor through a bounded window; failures become rows, a crash blames only its own run.

Knows nothing of what a run is: it sends dictionaries and collects receipts.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Final

from experiments.store import StoreError

Task = dict[str, Any]
Receipt = dict[str, Any]
WINDOW: Final = 2  # tasks under way per worker
HOPELESS: Final = 3  # crashes in a row, with nothing ever done, after which the rest is not tried


class EngineError(RuntimeError):
    """The engine is gone, or its workers cannot do the work at all. No run is to blame."""


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

    divide: of a task whose process died, receipts of what it had finished, and what is left as tasks that cannot be
    divided further; by default a task is one run. Raises StoreError when a receipt says `unstored`, EngineError when it
    says `unfit` or the engine is gone. Tasks that were not sent because of `stop` are simply absent.
    """

    work: Callable[[Task], Receipt]
    open_pool: Callable[[], Executor]
    workers: int
    stop: Stop
    divide: Callable[[Task], tuple[list[Receipt], list[Task]]] = lambda task: ([], [task])
    _pool: Executor | None = None
    _flying: dict["Future[Receipt]", Task] = field(default_factory=dict)
    _suspects: deque[Task] = field(default_factory=deque)
    _refused: deque[Task] = field(default_factory=deque)
    _done: int = 0
    _crashes: int = 0
    _is_down: bool = False
    _is_alone: bool = False

    def receipts(self, tasks: Iterable[Task]) -> Iterator[Receipt]:
        """Receipts in the order in which runs end; tasks are taken from `tasks` as there is room for them."""
        source = iter(tasks)
        try:
            while self._send(source) or self._flying:
                yield from self._collected()
            if self._is_hopeless():
                told = "not tried: every run before it ended its process"
                yield from (_crashed(task, told) for task in (*self._suspects, *self._refused, *source))
        finally:
            self._close()

    def _is_hopeless(self) -> bool:
        return not self._done and self._crashes >= HOPELESS

    def _next(self, source: Iterator[Task]) -> Task | None:
        """The next task to send: a suspect if there is one, for those go alone, one at a time."""
        if self._is_hopeless() or (self.stop.is_set and not self._suspects):
            return None
        for waiting in (self._suspects, self._refused):
            if waiting:
                self._is_alone = waiting is self._suspects
                return waiting.popleft()
        self._is_alone = False
        return next(source, None)

    def _send(self, source: Iterator[Task]) -> bool:
        """Fill the window; returns whether anything is under way."""
        while not (self._flying and (self._suspects or self._is_alone)) and len(self._flying) < WINDOW * self.workers:
            task = self._next(source)
            if task is None:
                break
            if self._pool is None:
                self._pool = self.open_pool()
            try:
                self._flying[self._pool.submit(self.work, task)] = task
            except BrokenExecutor:  # it broke between two looks: the task was never sent
                (self._suspects if self._is_alone else self._refused).appendleft(task)
                self._is_down = True
                return True
            if self.workers == 1:  # in this process a task is done as soon as it is sent
                break
        return bool(self._flying)

    def _collected(self) -> Iterator[Receipt]:
        ended, _ = wait(self._flying, timeout=0.5, return_when=FIRST_COMPLETED)
        broken: list[Task] = []
        for future in ended:
            task = self._flying.pop(future)
            try:
                error = future.exception()
            except CancelledError:
                raise EngineError("the engine has gone away with what it was doing") from None
            if isinstance(error, BrokenExecutor):
                broken.append(task)
            elif error is not None:
                yield from self._suspected([task], f"{type(error).__name__}: {error}")
            else:
                yield self._checked(future.result())
        if broken or self._is_down:
            yield from self._after_crash(broken)

    def _checked(self, receipt: Receipt) -> Receipt:
        if receipt.get("status") == "unstored":
            raise StoreError(receipt["error"])
        if receipt.get("status") == "unfit":
            raise EngineError(receipt["error"])
        self._done += receipt.get("status") == "done"
        return receipt

    def _after_crash(self, broken: list[Task]) -> Iterator[Receipt]:
        """Everything under way when a process died is suspect; the one that dies alone did it."""
        broken += self._flying.values()
        self._flying.clear()
        self._close()
        self._is_down = False
        yield from self._suspected(broken, "its process ended without a word: killed, out of memory, or a crash")

    def _suspected(self, tasks: list[Task], why: str) -> Iterator[Receipt]:
        """Blame a suspect that came to grief alone; others are suspects now, to be run again one by one."""
        divided = [self.divide(task) for task in tasks]
        left = [one for _, some in divided for one in some]
        for receipts, _ in divided:
            yield from map(self._checked, receipts)
        if self._is_alone and left == tasks:
            self._crashes += 1
            yield _crashed(left[0], why)
        else:
            self._suspects.extend(left)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=not self._flying, cancel_futures=True)
            self._pool = None


def _crashed(task: Task, why: str) -> Receipt:
    told = {name: task[name] for name in ("design", "replicate", "seed", "key", "task", "rows") if name in task}
    return told | {"status": "crashed", "error": why, "seconds": 0.0}
