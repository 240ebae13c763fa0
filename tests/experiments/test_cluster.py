"""A Dask scheduler started apart, with workers over TCP on this machine alone: the same study, whoever is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments import parts
from tests.experiments.plans import launched, plan, same, study

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
LOCAL = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")


def started(*words: str) -> "subprocess.Popen[str]":
    """A part of the cluster, bound to loopback."""
    quiet = {**os.environ, "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:], *LOCAL]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=quiet)


@pytest.fixture
def cluster(tmp_path: Path) -> "Iterator[tuple[str, list[subprocess.Popen[str]]]]":
    """The address of a scheduler with two workers of one thread, and the workers."""
    scheduler = started("dask_scheduler", "--port", "0")
    workers: list[subprocess.Popen[str]] = []
    try:
        assert scheduler.stderr is not None
        address = next(
            found.group(0) for line in scheduler.stderr if (found := re.search(r"tcp://127[\d.]+:\d+", line))
        )
        for at in range(2):
            words = ("--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path / f"scratch{at}"))
            workers.append(started("dask_worker", address, *words))
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.communicate()


def test_a_cluster_of_which_a_worker_is_killed_gives_the_same_study(
    tmp_path: Path, cluster: "tuple[str, list[subprocess.Popen[str]]]"
) -> None:
    address, workers = cluster
    path = plan(tmp_path, "compare", "replicates = 20")
    process = launched(path, tmp_path / "out", "--scheduler", address)
    end = time.monotonic() + 60
    while len(parts.finished(tmp_path / "out") if (tmp_path / "out/done").is_dir() else ()) < 3:
        assert time.monotonic() < end
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    workers[0].send_signal(signal.SIGKILL)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told
    assert study(path, tmp_path / "here").done == 40
    assert same(tmp_path / "out", tmp_path / "here")


def test_a_scheduler_that_is_not_there_is_said_so_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from experiments.batch import EngineError

    monkeypatch.setattr("experiments.cluster.PATIENCE", "1s")
    path = plan(tmp_path, "compare", "replicates = 1")
    with pytest.raises(EngineError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        study(path, tmp_path / "out", scheduler="tcp://127.0.0.1:9")
    assert study(path, tmp_path / "out").done == 2
