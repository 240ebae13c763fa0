"""Failures become rows, a crash blames only its own run, and a stop finishes what is under way."""

import signal
import sys
import textwrap
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from experiments import pools
from experiments.batch import Dispatch, Stop, interruptible
from experiments.store import StoreError

Work = Callable[[dict[str, Any]], dict[str, Any]]
WORK = """
    import os

    def work(task):
        if task["replicate"] in task.get("dies", ()):
            os._exit(9)
        return {"status": "done", "replicate": task["replicate"], "threads": os.environ.get("OMP_NUM_THREADS")}
"""


@pytest.fixture
def dying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    """Work that other processes can import, and that ends its process for some tasks."""
    (tmp_path / "dying_work.py").write_text(textwrap.dedent(WORK), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "dying_work", raising=False)
    work: Work = import_module("dying_work").work
    return work


def tasks(count: int, dies: tuple[int, ...] = ()) -> list[dict[str, Any]]:
    return [{"design": "duty", "replicate": i, "seed": i, "key": str(i), "dies": dies} for i in range(count)]


def passed(work: Work, opened: Callable[[], Executor], workers: int, sent: list[dict[str, Any]]) -> dict[int, str]:
    with pools.threads(1):
        receipts = Dispatch(work, opened, workers, Stop()).receipts(sent)
        return {r["replicate"]: r["status"] for r in receipts}


def test_here_every_task_gives_its_receipt() -> None:
    found = passed(lambda t: {"status": "done", "replicate": t["replicate"]}, pools.Here, 1, tasks(5))
    assert found == dict.fromkeys(range(5), "done")


def test_an_exception_of_the_work_is_a_row_and_not_the_end() -> None:
    def work(task: dict[str, Any]) -> dict[str, Any]:
        return {"status": "done", "replicate": 1 // (task["replicate"] != 2) * task["replicate"]}

    found = passed(work, pools.Here, 1, tasks(4))
    assert found == {0: "done", 1: "done", 2: "crashed", 3: "done"}


def test_processes_carry_out_every_task_with_one_thread(dying: Work) -> None:
    with pools.threads(1):
        receipts = list(Dispatch(dying, partial(pools.processes, 2), 2, Stop()).receipts(tasks(7)))
    assert sorted(r["replicate"] for r in receipts) == list(range(7))
    assert {r["threads"] for r in receipts} == {"1"}


def test_a_process_that_dies_takes_only_its_own_run_along(dying: Work) -> None:
    found = passed(dying, partial(pools.processes, 2), 2, tasks(8, dies=(3,)))
    assert found == {i: "crashed" if i == 3 else "done" for i in range(8)}


def test_when_everything_dies_the_rest_is_not_tried(dying: Work) -> None:
    found = passed(dying, partial(pools.processes, 2), 2, tasks(12, dies=tuple(range(12))))
    assert found == dict.fromkeys(range(12), "crashed")


def test_a_folder_that_cannot_be_written_stops_the_batch() -> None:
    asked = []

    def work(task: dict[str, Any]) -> dict[str, Any]:
        asked.append(task["replicate"])
        return {"status": "unstored", "error": "OSError: disk full", "replicate": task["replicate"]}

    with pytest.raises(StoreError, match="disk full"):
        passed(work, pools.Here, 1, tasks(4))
    assert asked == [0]


def test_the_first_interrupt_finishes_and_the_second_leaves() -> None:
    before = signal.getsignal(signal.SIGINT)  # a shell that starts tests in the background ignores it
    with interruptible() as stop:
        dispatch = Dispatch(lambda t: {"status": "done", "replicate": t["replicate"]}, pools.Here, 1, stop)
        receipts = dispatch.receipts(tasks(9))
        assert next(receipts)["replicate"] == 0
        signal.raise_signal(signal.SIGINT)
        assert [r["replicate"] for r in receipts] == []
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_the_environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with pools.threads(1):
        assert pools.os.environ["OMP_NUM_THREADS"] == "1"
    assert pools.os.environ["OMP_NUM_THREADS"] == "5"
    assert "MKL_NUM_THREADS" not in pools.os.environ
