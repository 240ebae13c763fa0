"""How far a year of choices is from the limit of memory: `python -m benchmarks.limit`.

A citizen's columns must be read, and what changes written, once a year; that many bytes at the speed at which this
machine copies memory are the least that a year can take, if nothing were computed. On one thread, by processor time.
"""

import json
import time

import numpy as np
from numba import njit, set_num_threads

from experiments.workloads import machine, timed, workloads

SIZE = 40_000_000  # numbers of 8 bytes: ten times what any cache holds


@njit
def copy(source, target):
    """One array into another."""
    for i in range(source.shape[0]):
        target[i] = source[i]


def bandwidth() -> float:
    """Bytes a second that are read and written when an array is copied, by processor time, the best of nine."""
    source, target, best = np.ones(SIZE), np.empty(SIZE), np.inf
    copy(source, target)
    for _ in range(9):
        begun = time.process_time()
        copy(source, target)
        best = min(best, time.process_time() - begun)
    return 2 * 8 * SIZE / best


def bytes_each() -> int:
    """Bytes of a citizen that a year of choices reads or writes: columns, ties and what is seen through them."""
    columns = {"owner": 4, "keys": 8 + 8, "attitude": 4, "income": 4, "habit": 4 + 4 + 4, "now": 4, "after": 4 + 4}
    return sum(columns.values()) + 10 * 4 + 10 * 4  # ten ties, and what each of the ten uses


def main() -> None:
    """Print the limit and the distance to it as JSON."""
    set_num_threads(1)
    (year,) = (one for one in workloads() if one.id == "adoption-year")
    took = timed(year.ready(), 9)["processor_seconds"] / year.citizen_years
    least = bytes_each() / bandwidth()
    told = {
        "machine": machine(),
        "gigabytes_a_second": bandwidth() / 1e9,
        "bytes_a_citizen_year": bytes_each(),
        "least_nanoseconds": 1e9 * least,
        "nanoseconds": 1e9 * took,
        "times_the_least": took / least,
    }
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
