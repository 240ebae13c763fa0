"""The desk where runs are asked for: one for all sessions, with a few warm processes and a memory of what was answered.

First runs go before replicates, in whichever session they are asked for: replicates are made by processes of their own
that give way to all others, and are not begun while a first run is made or has just been answered and is being drawn.
So somebody who moves a lever waits for nobody's ribbon. The same run asked for twice is made once.
"""

import functools
import gc
import heapq
import itertools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any, Final

from experiments import pools
from viz.app.answers import run_of

FIRST, BEHIND = 0, 1
# s after a first run in which its page is drawn, and no replicate begun: so long for each, at most so long for many.
CALM, CALMEST = 0.2, 1.0
TRIES: Final = 2  # of a run whose process died
# Answers by the work that makes them: a run 40 kB, a record up to 14 MB, a tale 4 kB, a life 50 kB, a film of Norway
# 1.7 MB, people 20 kB.
KEPT: Final = {"run_of": 2000, "record_of": 8, "tale_of": 4000, "life_of": 64, "film_of": 60, "people_of": 200}
Key = tuple[str, int, str]
Work = Callable[[Mapping[str, Any]], Any]


def ready() -> None:
    """In a process: make a small run, and leave what that loaded out of every later search for garbage (0.1 s each)."""
    run_of({"place": "telemark", "citizens": 500, "last": 2026})
    gc.collect()
    gc.freeze()
    gc.disable()  # `calmly` looks once a run


def calmly(work: Work, arguments: Mapping[str, Any]) -> Any:
    """In a process: do the work, and search for garbage once after it."""
    try:
        return work(arguments)
    finally:
        gc.collect()


def _first(workers: int) -> Executor:
    return pools.processes(workers, ready=ready)


def _behind(workers: int) -> Executor:
    return pools.processes(workers, ready=ready, is_meek=True)


@dataclass(order=True)
class _Job:
    rank: int
    order: int
    key: Key = field(compare=False)
    arguments: Mapping[str, Any] = field(compare=False)
    work: Work = field(compare=False)
    future: "Future[Any]" = field(compare=False)
    askers: int = field(compare=False, default=1)
    tries: int = field(compare=False, default=0)
    begun: int = field(compare=False, default=FIRST)  # the rank it was begun with, and so its pool


class Desk:
    """A bounded cache of answers before two pools of processes; safe to use from any thread.

    workers: processes for first runs; one less, but at least one, makes replicates. pool: makes either pool instead.
    """

    def __init__(
        self,
        workers: int = 2,
        *,
        pool: Callable[[int], Executor] | None = None,
        kept: Mapping[str, int] = KEPT,
    ) -> None:
        self.workers, self._kept = workers, kept
        self._sizes = {FIRST: workers, BEHIND: max(1, workers - 1)}
        self._new = {FIRST: pool or _first, BEHIND: pool or _behind}
        self._pools: dict[int, Executor] = {}
        self._lock = threading.RLock()
        self._order = itertools.count()
        self._queue: list[_Job] = []
        self._open: dict[Key, _Job] = {}
        self._running: dict[Key, _Job] = {}
        self._done: OrderedDict[Key, Any] = OrderedDict()
        self._calm_from = 0.0  # when replicates may begin
        self._clock: threading.Timer | None = None

    def warm(self) -> None:
        """Start the processes, so that the first question finds them ready."""
        with self._lock, pools.threads(1):
            for rank, size in self._sizes.items():
                for _ in range(size):
                    self._started(rank).submit(int)

    def ask(self, key: str, arguments: Mapping[str, Any], *, rank: int = FIRST, work: Work = run_of) -> "Future[Any]":
        """What `work` makes of a case with the seed in its arguments; may be done already.

        key: digest of the case but for the seed. work: a function that a process can import, with its place in KEPT.
        Whoever asks must `leave` when the answer is no longer wanted.
        """
        name = (key, int(arguments["seed"]), work.__name__)
        with self._lock:
            if name in self._done:
                self._done.move_to_end(name)
                done: Future[Any] = Future()
                done.set_result(self._done[name])
                return done
            job = self._open.get(name)
            if job is None:
                job = _Job(rank, next(self._order), name, arguments, work, Future())
                self._open[name] = job
                heapq.heappush(self._queue, job)
            else:
                job.askers += 1
                if rank < job.rank and name not in self._running:
                    job.rank = rank
                    heapq.heapify(self._queue)
            self._pump()
            return job.future

    def leave(self, key: str, seed: int, *, work: Work = run_of) -> None:
        """Say that an answer is no longer wanted; what nobody wants any more is not begun."""
        with self._lock:
            job = self._open.get((key, seed, work.__name__))
            if job is None:
                return
            job.askers -= 1
            if job.askers <= 0 and job.key not in self._running:
                del self._open[job.key]
                self._queue.remove(job)
                heapq.heapify(self._queue)
                job.future.cancel()

    def close(self) -> None:
        """End the processes; what waits is cancelled."""
        with self._lock:
            for job in self._queue:
                job.future.cancel()
            self._queue.clear()
            if self._clock is not None:
                self._clock.cancel()
            for pool in self._pools.values():
                pool.shutdown(wait=False, cancel_futures=True)
            self._pools.clear()

    def _started(self, rank: int) -> Executor:
        if rank not in self._pools:
            self._pools[rank] = self._new[rank](self._sizes[rank])
        return self._pools[rank]

    def _pump(self) -> None:
        """Begin what may begin. Call with the lock held."""
        while self._queue:
            rank = self._queue[0].rank
            running = [job.begun for job in self._running.values()]
            if running.count(rank) >= self._sizes[rank]:
                return
            if rank == BEHIND and (FIRST in running or not self._is_calm()):
                return
            self._begin(heapq.heappop(self._queue))

    def _is_calm(self) -> bool:
        """Whether replicates may begin now; where not, a clock is set that will look again."""
        left = self._calm_from - time.monotonic()
        if left > 0 and (self._clock is None or not self._clock.is_alive()):
            self._clock = threading.Timer(left, self._look_again)
            self._clock.daemon = True
            self._clock.start()
        return left <= 0

    def _look_again(self) -> None:
        with self._lock:
            self._clock = None
            self._pump()

    def _begin(self, job: _Job) -> None:
        self._running[job.key] = job
        job.begun = job.rank
        job.tries += 1
        with pools.threads(1):
            try:
                future = self._started(job.begun).submit(calmly, job.work, job.arguments)
            except BrokenProcessPool:  # a process died since: begin with new ones
                del self._pools[job.begun]
                future = self._started(job.begun).submit(calmly, job.work, job.arguments)
        future.add_done_callback(functools.partial(self._finish, job))

    def _finish(self, job: _Job, done: "Future[Any]") -> None:
        with self._lock:
            self._running.pop(job.key, None)
            if job.begun == FIRST:
                now = time.monotonic()
                self._calm_from = min(max(self._calm_from, now) + CALM, now + CALMEST)
            error = None if done.cancelled() else done.exception()
            if isinstance(error, BrokenProcessPool):
                self._pools.pop(job.begun, None)
                if job.tries < TRIES and job.askers > 0:  # the process died, perhaps of another's run
                    heapq.heappush(self._queue, job)
                    self._pump()
                    return
            self._open.pop(job.key, None)
            if error is None and not done.cancelled():
                self._keep(job.key, done.result())
            self._pump()
        if done.cancelled() or job.future.cancelled():
            job.future.cancel()
        elif error is not None:
            job.future.set_exception(error)
        else:
            job.future.set_result(done.result())

    def _keep(self, key: Key, answer: Any) -> None:
        """Remember an answer, and forget the oldest of the same work where there are too many."""
        self._done[key] = answer
        same = [one for one in self._done if one[2] == key[2]]
        for old in same[: max(0, len(same) - self._kept.get(key[2], 0))]:
            del self._done[old]
