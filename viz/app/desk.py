"""The desk where runs are asked for: one for all sessions, with a few warm processes and a memory of what was answered.

First runs go before replicates, and replicates leave one process free, so that somebody who moves a lever waits for
nobody's ribbon. The same run asked for twice is made once.
"""

import heapq
import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any, Final

from experiments import pools
from viz.app.answers import run_of

FIRST, BEHIND = 0, 1
TRIES: Final = 2  # of a run whose process died
KEPT: Final = {"run_of": 2000, "record_of": 8}  # answers by the work that makes them: 40 kB a run, up to 14 MB a record
Key = tuple[str, int, str]
Work = Callable[[Mapping[str, Any]], Any]


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


class Desk:
    """A bounded cache of answers before a pool of processes; safe to use from any thread."""

    def __init__(
        self,
        workers: int = 2,
        *,
        pool: Callable[[int], Executor] = pools.processes,
        kept: Mapping[str, int] = KEPT,
    ) -> None:
        self.workers, self._new_pool, self._kept = workers, pool, kept
        self._lock = threading.RLock()
        self._order = itertools.count()
        self._queue: list[_Job] = []
        self._open: dict[Key, _Job] = {}
        self._running: dict[Key, _Job] = {}
        self._done: OrderedDict[Key, Any] = OrderedDict()
        self._pool: Executor | None = None

    def warm(self) -> None:
        """Start the processes and let each make a small run, so that the first question finds them ready."""
        small = {"place": "telemark", "citizens": 500, "last": 2026}
        with self._lock, pools.threads(1):
            for _ in range(self.workers):
                self._started().submit(run_of, small)

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
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None

    def _started(self) -> Executor:
        if self._pool is None:
            self._pool = self._new_pool(self.workers)
        return self._pool

    def _pump(self) -> None:
        """Begin what may begin. Call with the lock held."""
        while self._queue and len(self._running) < self.workers:
            behind = sum(job.rank == BEHIND for job in self._running.values())
            if self._queue[0].rank == BEHIND and behind >= max(1, self.workers - 1):
                return
            self._begin(heapq.heappop(self._queue))

    def _begin(self, job: _Job) -> None:
        self._running[job.key] = job
        job.tries += 1
        with pools.threads(1):
            try:
                future = self._started().submit(job.work, job.arguments)
            except BrokenProcessPool:  # a process died since: begin with new ones
                self._pool = None
                future = self._started().submit(job.work, job.arguments)
        future.add_done_callback(lambda done: self._finish(job, done))

    def _finish(self, job: _Job, done: "Future[Any]") -> None:
        with self._lock:
            self._running.pop(job.key, None)
            error = None if done.cancelled() else done.exception()
            if isinstance(error, BrokenProcessPool):
                self._pool = None
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
