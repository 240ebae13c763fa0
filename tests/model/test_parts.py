"""Rows are worked on part by part, each once: by threads in one large run, by none where processes work in parallel."""

import threading

import numba
import numpy as np
import pytest

from agents import choice
from experiments import pools
from model import parts


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("size", [0, 1, parts.PART, 2 * parts.PART + 1, choice.MANY])
def test_every_row_is_worked_on_once(size, threads, monkeypatch):
    monkeypatch.setattr(parts, "get_num_threads", lambda: threads)
    times = np.zeros(size, dtype=np.int64)

    def count(rows: slice) -> None:
        times[rows] += 1

    parts.in_parts(size, count)
    assert (times == 1).all()


@pytest.mark.parametrize(
    ("threads", "size", "is_shared"), [(1, choice.MANY, False), (2, choice.MANY - 1, False), (2, choice.MANY, True)]
)
def test_threads_share_the_parts_of_one_large_run_only(threads, size, is_shared, monkeypatch):
    monkeypatch.setattr(parts, "get_num_threads", lambda: threads)
    who: set[int] = set()
    parts.in_parts(size, lambda rows: who.add(threading.get_ident()))
    assert (who != {threading.get_ident()}) == is_shared


@pytest.mark.parametrize("threads", [1, 2])
def test_what_a_part_raises_is_raised(threads, monkeypatch):
    monkeypatch.setattr(parts, "get_num_threads", lambda: threads)

    def fail(rows: slice) -> None:
        if rows.start:
            raise ValueError("the second part")

    with pytest.raises(ValueError, match="the second part"):
        parts.in_parts(choice.MANY, fail)


def test_processes_side_by_side_have_one_thread_each():
    with pools.threads(1), pools.processes(2) as pool:
        assert [pool.submit(numba.get_num_threads).result(timeout=60) for _ in range(2)] == [1, 1]
