"""One process writes a folder at a time, and a dead one keeps nobody out."""

import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from experiments.lock import LOCK, sole_writer
from experiments.request import RequestError

HOLDER = """
import sys
from pathlib import Path
from experiments.lock import sole_writer
with sole_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_refused_and_told_who_is_first(tmp_path: Path) -> None:
    holder = Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdin=PIPE, stdout=PIPE, text=True)
    assert holder.stdin
    assert holder.stdout
    try:
        assert holder.stdout.readline() == "held\n"
        told = f"is being written by process {holder.pid}; wait or give another folder"
        with pytest.raises(RequestError, match=told), sole_writer(tmp_path):
            pass
        holder.kill()
        holder.wait()
        assert (tmp_path / LOCK).is_file()  # left by the dead, and no hindrance
        with sole_writer(tmp_path):
            assert (tmp_path / LOCK).read_text(encoding="ascii") == f"{os.getpid()}\n"
    finally:
        holder.kill()
        holder.communicate()
    assert not (tmp_path / LOCK).exists()


def test_the_lock_ends_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), sole_writer(tmp_path / "a"):
        raise ZeroDivisionError
    with sole_writer(tmp_path / "a"):
        pass


def test_a_link_in_place_of_the_lock_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / LOCK).symlink_to(tmp_path / "thesis.txt")
    with pytest.raises(RequestError, match="cannot be written"), sole_writer(tmp_path / "r"):
        pass
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"
