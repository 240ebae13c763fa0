"""How far a batch has come, on standard error: a bar on a terminal, else a line now and then; nothing if soon over."""

import sys
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

QUIET: Final = 2.0  # seconds within which nothing is shown
PAUSE: Final = 5.0  # seconds between lines where there is no terminal
PACED: Final = 1.0  # seconds after the first run from which there is a pace; the first may wait for a compiler


class Progress:
    """Use as a context; call `count` with each receipt. `already` done and `failed` are from an earlier session."""

    def __init__(self, total: int, already: int = 0, failed: int = 0) -> None:
        self.total, self.already = total, already + failed
        self.done, self.failed = already, failed
        self._start = self._spoken = time.monotonic()
        self._first: tuple[float, int] | None = None  # when the first run of this session came in, and how many by then
        self._is_terminal = sys.stderr.isatty()
        self._timer = threading.Timer(QUIET, self._show)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._bar: Bar | None = None
        self._is_over = False

    def __enter__(self) -> Self:
        if self._is_terminal:
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._is_over = True
            if self._bar is not None:
                self._bar.stop()

    def count(self, receipt: Mapping[str, Any]) -> None:
        """Take in one finished or failed run, or as many as the receipt counts."""
        is_done = receipt.get("status") == "done"
        self.done += receipt.get("done", is_done)
        self.failed += receipt.get("failed", not is_done)
        now = time.monotonic()
        if self._first is None:
            self._first = (now, self.done + self.failed)
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self.done + self.failed, description=self.line())
        elif not self._is_terminal and now - self._start > QUIET and now - self._spoken > PAUSE:
            self._spoken = now
            print(self.line(), file=sys.stderr, flush=True)

    def line(self) -> str:
        """The state in words: runs done and failed, runs a second, time left."""
        text = f"{self.done} of {self.total} runs done, {self.failed} failed"
        state = self.state()
        if state["left"] is None:
            return text
        return f"{text}, {state['rate']:.1f} a second, {duration(state['left'])} left"

    def state(self) -> dict[str, Any]:
        """The state as numbers: runs a second, and seconds left (None where there is no pace yet)."""
        now, came = time.monotonic(), self.done + self.failed
        seconds = max(now - self._start, 1e-3)
        rate, left = (came - self.already) / seconds, None
        if self._first is not None and came > self._first[1] and now - self._first[0] >= PACED:
            rate = (came - self._first[1]) / (now - self._first[0])
            left = (self.total - came) / rate
        return {
            "total": self.total,
            "done": self.done,
            "failed": self.failed,
            "rate": rate,
            "seconds": seconds,
            "left": left,
        }

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        with self._lock:
            if self._is_over:
                return
            bar = Bar(BarColumn(30), TextColumn("{task.description}"), console=Console(stderr=True), transient=True)
            bar.add_task(self.line(), total=self.total, completed=self.done + self.failed)
            bar.start()
            self._bar = bar


def duration(seconds: float) -> str:
    """Seconds in words.

    >>> duration(75)
    '1 min 15 s'
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
