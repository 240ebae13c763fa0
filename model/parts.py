"""Work on many rows, part by part: what is needed on the way stays small, and threads share the parts of one large run.

Below `choice.MANY` rows one thread does it all, as where several processes work at once and each has one thread.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from numba import get_num_threads

from agents import choice

PART: Final = 1 << 16  # rows at a time: some columns of theirs fit the cache of one core


def in_parts(size: int, work: Callable[[slice], None]) -> None:
    """Do `work` on each part of `size` rows; it writes to the rows of its part and no others. Raises what it raises."""
    parts = [slice(first, min(first + PART, size)) for first in range(0, size, PART)]
    threads = get_num_threads() if size >= choice.MANY else 1
    if threads == 1:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, parts):  # asks each part how it went
            pass
