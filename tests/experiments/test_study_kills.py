"""Studies whose processes are killed at random, whose disk is full or read-only: in the end nothing is lost."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments import parts, results
from tests.experiments.plans import launched, plan, same, study

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and mounts of Unix")
RUNS = 2 * 30
MORE = f"replicates = {RUNS // 2}"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A plan and its undisturbed study."""
    folder = tmp_path_factory.mktemp("whole")
    path = plan(folder, "compare", MORE)
    assert study(path, folder / "out").done == RUNS
    return path, folder / "out"


def finished(out: Path) -> set[str]:
    return set(parts.finished(out)) if (out / "done").is_dir() else set()


def receipts(out: Path) -> list[tuple[str, str]]:
    """Part and key of every run that lies as a receipt."""
    found = []
    for path in (out / "done").glob("*.json"):
        found += [(path.stem, run["key"]) for run in json.loads(path.read_text(encoding="utf-8"))["runs"]]
    return found


def children(process: "subprocess.Popen[str]") -> list[int]:
    """Worker processes of a driver that have begun to simulate: grandchildren by the fork server."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parent = {int(pid): int(of) for pid, of in (line.split() for line in listed.splitlines())}
    own = {pid for pid, of in parent.items() if of == process.pid}
    return [pid for pid, of in parent.items() if of in own]


def wait_for(out: Path, count: int, process: "subprocess.Popen[str]") -> None:
    end = time.monotonic() + 60.0
    while len(finished(out)) < count and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)


def ends(process: "subprocess.Popen[str]", code: int = 0) -> str:
    _, told = process.communicate(timeout=120)
    assert process.returncode == code, told
    return told


def killed_drivers(path: Path, out: Path, *, times: int, rng: random.Random) -> None:
    """Kill the driver again and again; what was finished before is never run again."""
    cut = 0
    for _ in range(times):
        process = launched(path, out, "--workers", "2")
        wait_for(out, len(finished(out)) + 1, process)
        time.sleep(0.3 * rng.random())
        cut += is_cut(process)
        before = finished(out)
        old = {part for part, _ in receipts(out)}
        process = launched(path, out, "--workers", "2")
        wait_for(out, len(before) + 1, process)
        cut += is_cut(process)
        assert not {key for part, key in receipts(out) if part not in old} & before
    assert cut, "every driver had ended before it was to be killed"
    ends(launched(path, out, "--workers", "2"))


def is_cut(process: "subprocess.Popen[str]") -> bool:
    """Kill a driver; False when it had ended by itself."""
    is_at_work = process.poll() is None
    process.kill()
    process.communicate()
    time.sleep(0.3)  # workers end with their driver
    return is_at_work


def test_a_killed_driver_loses_and_repeats_no_finished_run(whole: tuple[Path, Path], tmp_path: Path) -> None:
    killed_drivers(whole[0], tmp_path / "out", times=1, rng=random.Random())
    assert same(tmp_path / "out", whole[1])


def test_killed_workers_cost_no_run_and_blame_none(whole: tuple[Path, Path], tmp_path: Path) -> None:
    for at in range(5):
        out = tmp_path / f"out{at}"
        process = launched(whole[0], out, "--workers", "2")
        wait_for(out, 2, process)
        time.sleep(0.2 * random.random())
        left = RUNS - len(finished(out))
        killed = [pid for pid in children(process)[:1] if is_killed(pid)]
        ends(process)
        assert len(finished(out)) == RUNS
        assert same(out, whole[1])
        if killed and left:
            return
    pytest.fail("no worker was at work when it was to be killed")


def is_killed(pid: int) -> bool:
    """Kill a process; False when it had ended by itself."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def test_the_first_interrupt_keeps_what_is_under_way(whole: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = launched(whole[0], out, "--workers", "1")
    wait_for(out, 1, process)
    process.send_signal(signal.SIGINT if signal.getsignal(signal.SIGINT) != signal.SIG_IGN else signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    ends(launched(whole[0], out, "--workers", "1"))
    assert same(out, whole[1])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, 100 kB large."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=88k", "tmpfs", str(disk)]).returncode:
        pytest.skip("only root may mount a file system")
    yield disk
    for place in (disk / "out", disk):
        subprocess.run(["umount", "-l", str(place)], capture_output=True)


def test_a_full_disk_stops_the_study_and_blames_no_run(whole: tuple[Path, Path], small_disk: Path) -> None:
    out = small_disk / "out"
    told = ends(launched(whole[0], out, "--workers", "2"), 1)
    assert "No space left on device" in told
    assert "finished runs are kept" in told
    kept = parts.finished(out)
    assert 0 < len(kept) < RUNS
    assert {run["status"] for run in kept.values()} == {"done"}
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    ends(launched(whole[0], out, "--workers", "2"))
    assert same(out, whole[1])


def test_a_disk_that_turns_read_only_stops_the_study_and_blames_no_run(
    whole: tuple[Path, Path], small_disk: Path
) -> None:
    out = small_disk / "out"
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    process = launched(whole[0], out, "--workers", "2")
    wait_for(out, 1, process)
    # root may write whatever its mode says: the folder is mounted over itself, read-only
    subprocess.run(["mount", "--bind", str(out), str(out)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(out)], check=True)
    assert "finished runs are kept" in ends(process, 1)
    assert {run["status"] for run in parts.finished(out).values()} == {"done"}
    ends(launched(whole[0], out), 2)
    subprocess.run(["umount", str(out)], check=True)
    ends(launched(whole[0], out, "--workers", "2"))
    assert same(out, whole[1])


def test_a_place_for_receipts_that_is_taken_away_is_a_store_error(whole: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    study(whole[0], out, shard=(1, 50))
    shutil.rmtree(out / "parts")
    (out / "parts").mkdir()
    (out / "parts" / "nation").write_text("in the way", encoding="utf-8")
    told = ends(launched(whole[0], out, "--workers", "1"), 1)
    assert "cannot be written any more" in told


@pytest.mark.slow
def test_many_kills_of_drivers_and_workers(whole: tuple[Path, Path], tmp_path: Path) -> None:
    rng = random.Random()
    for at in range(4):
        out = tmp_path / f"out{at}"
        killed_drivers(whole[0], out, times=3, rng=rng)
        assert same(out, whole[1])
    assert results.facts(tmp_path / "out0").done == RUNS
