"""One seeker a session: asks the desk for what its newest question needs, and publishes the answer as runs arrive."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from viz.app.answers import Ensemble, Run, key_of
from viz.app.desk import BEHIND, FIRST, Desk
from viz.app.question import Question

PAUSE: Final = 0.4  # s between two publications while replicates fill in


@dataclass(frozen=True, eq=False)
class Answer:
    """What is known of a question: an ensemble for each design, in the order asked; `error` where a run failed."""

    question: Question
    ensembles: tuple[Ensemble, ...] = ()
    error: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether nothing more will come."""
        return bool(self.error) or all(len(e.runs) >= e.wanted for e in self.ensembles)

    @property
    def is_there(self) -> bool:
        """Whether every design has a run."""
        return bool(self.ensembles) and all(e.runs for e in self.ensembles)


class Seeker:
    """A thread that works on the newest question it was given. `publish` gets each answer, in that thread."""

    def __init__(self, desk: Desk, publish: Callable[[Answer], None]) -> None:
        self._desk, self._publish = desk, publish
        self._news = threading.Condition()
        self._wish: tuple[Question, tuple[str, ...], int] | None = None
        self._alarm: Future[None] = Future()  # done when there is something newer to do
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, name="seeker", daemon=True)
        self._thread.start()

    def ask(self, question: Question, designs: tuple[str, ...], replicates: int) -> None:
        """Work on this from now on."""
        with self._news:
            self._wish = question, designs, replicates
            self._ring()

    def close(self) -> None:
        """End; what was asked for is left."""
        with self._news:
            self._is_closed = True
            self._ring()

    def _ring(self) -> None:
        if not self._alarm.done():
            self._alarm.set_result(None)
        self._news.notify()

    def _work(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(self._alarm.done)
                if self._is_closed or self._wish is None:
                    return
                question, designs, replicates = self._wish
                self._wish, self._alarm = None, Future()
            try:
                _Search(self._desk, self._publish, self._alarm).run(question, designs, replicates)
            except Exception as error:  # whatever a run raises is the answer to its question, and not the session's end
                self._publish(Answer(question, error=str(error)[:300] or type(error).__name__))


class _Search:
    """The work on one question, until it is answered or a newer one is there."""

    def __init__(self, desk: Desk, publish: Callable[[Answer], None], alarm: "Future[None]") -> None:
        self.desk, self.publish, self.alarm = desk, publish, alarm
        self.waiting: dict[Future[Run], tuple[int, str, int]] = {}
        self.told = 0.0  # when something was last published

    def run(self, question: Question, designs: tuple[str, ...], replicates: int) -> None:
        cases = [question.case(design) for design in designs]
        found = [Ensemble(key_of(c), d, replicates) for c, d in zip(cases, designs, strict=True)]
        try:
            for nth in range(len(cases)):
                self._ask(found, cases, nth, 0)
            self._gather(question, found)
            for replicate in range(1, replicates):
                for nth in range(len(cases)):
                    self._ask(found, cases, nth, replicate)
            self._gather(question, found)
        finally:
            for key, seed in ((key, seed) for _, key, seed in self.waiting.values()):
                self.desk.leave(key, seed)

    def _ask(self, found: list[Ensemble], cases: list[dict[str, Any]], nth: int, replicate: int) -> None:
        seed = cases[nth]["seed"] + replicate
        rank = BEHIND if replicate else FIRST
        future = self.desk.ask(found[nth].key, cases[nth] | {"seed": seed}, rank=rank)
        self.waiting[future] = nth, found[nth].key, seed

    def _gather(self, question: Question, found: list[Ensemble]) -> None:
        """Wait for what was asked for; publish now and then, and at the end."""
        while self.waiting and not self.alarm.done():
            everything: list[Future[Any]] = [*self.waiting, self.alarm]
            done, _ = wait(everything, return_when=FIRST_COMPLETED)
            for future in done & self.waiting.keys():
                nth, *_ = self.waiting.pop(future)
                with suppress(CancelledError):
                    found[nth] = found[nth].with_run(future.result())
            is_time = not self.waiting or time.monotonic() - self.told > PAUSE
            if is_time and not self.alarm.done() and all(e.runs for e in found):
                self.publish(Answer(question, tuple(_sorted(e) for e in found)))
                self.told = time.monotonic()


def _sorted(ensemble: Ensemble) -> Ensemble:
    """The runs in the order of their seeds, so that two ensembles pair up."""
    return replace(ensemble, runs=tuple(sorted(ensemble.runs, key=lambda run: run.seed)))
