"""Who looks at whom, as compressed sparse rows; compiled. Knows nothing of what is seen."""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from agents.luck import bits

_UNIT = 1.0 / 9007199254740992.0


@njit(inline="always", cache=True)
def workplace_of(
    home: int, pick: float, indptr: NDArray[np.int64], indices: NDArray[np.int32], cumulative: NDArray[np.float64]
) -> int:
    """Municipality where a resident of `home` works, the first whose cumulative share exceeds `pick`, 0-1."""
    low, high = indptr[home], indptr[home + 1] - 1
    while low < high:
        middle = (low + high) // 2
        if cumulative[middle] > pick:
            high = middle
        else:
            low = middle + 1
    return indices[low]


@njit(parallel=True, cache=True)
def ties_of(
    owner: NDArray[np.int32],
    starts: NDArray[np.int64],
    keys: NDArray[np.uint64],
    commute: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]],
    shape: tuple[int, float, float],
    luck: tuple[int, int],
) -> NDArray[np.int32]:
    """Ties of every citizen, int32 (N, degree): rows of others.

    owner: (N,) municipality of each citizen, ascending; within one the citizens lie in order of outlook, so that a near
    row is a like-minded one. starts: (M+1,). keys: (N,) stable citizen keys. commute: CSR of where residents work, with
    cumulative shares. shape: (degree, share of ties made at work, width of homophily as a share of the municipality).
    Work ties follow the commuting matrix; the others are local and near in outlook.
    """
    count = owner.shape[0]
    degree, work_share, width = shape
    indptr, indices, cumulative = commute
    ties = np.empty((count, degree), dtype=np.int32)
    for i in prange(count):
        home = owner[i]
        for t in range(degree):
            word = bits(luck[0], luck[1], keys[i] * np.uint64(64) + np.uint64(t))
            where = home
            near = (word >> np.uint64(40)) * (1.0 / 16777216.0) >= work_share
            if not near:
                pick = ((word >> np.uint64(20)) & np.uint64(0xFFFFF)) * (1.0 / 1048576.0)
                where = workplace_of(home, pick, indptr, indices, cumulative)
            first, size = starts[where], starts[where + 1] - starts[where]
            spread = (bits(luck[1], luck[0], keys[i] * np.uint64(64) + np.uint64(t)) >> np.uint64(11)) * _UNIT
            if near:
                reach = max(width * size, min(size - 1.0, 2.0 * degree))
                other = i - first + np.int64((2.0 * spread - 1.0) * reach)
                other = other % size
                if other == i - first:
                    other = (other + 1) % size
            else:
                other = np.int64(spread * size)
            ties[i, t] = first + min(other, size - 1)
    return ties
