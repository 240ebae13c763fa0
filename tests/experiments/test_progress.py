"""How long a batch will take is told from the pace of its runs, not from what the first one waited for."""

import pytest

from experiments import progress
from experiments.progress import Progress

DONE = {"status": "done"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_first_run_that_waits_for_a_compiler_is_no_pace(clock: list[float]) -> None:
    told = Progress(100)
    assert told.state()["left"] is None
    clock[0] = 15.0
    told.count(DONE)
    assert told.state()["left"] is None
    assert "left" not in told.line()
    for k in range(1, 10):
        clock[0] = 15.0 + 0.5 * k
        told.count(DONE)
    assert told.state()["rate"] == pytest.approx(2.0)
    assert told.state()["left"] == pytest.approx(45.0)
    assert "45 s left" in told.line()


def test_runs_of_an_earlier_session_are_no_pace_either(clock: list[float]) -> None:
    told = Progress(60, already=40)
    clock[0] = 3.0
    told.count(DONE)
    clock[0] = 7.0
    told.count(DONE)
    assert told.state()["left"] == pytest.approx(18 * 4.0)
    for _ in range(18):
        told.count(DONE)
    assert told.state()["left"] == 0.0
