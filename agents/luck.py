"""Compiled random numbers that depend on nothing but their keys.

A number is `mix(mix(actor * GOLDEN + first) ^ second)`, a two-key splitmix64 hash: `first` and `second` come from the
seed, the name of the decision and the year. Two keys, because with one the streams are shifted copies of each other.
"""

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_A = np.uint64(0xBF58476D1CE4E5B9)
_B = np.uint64(0x94D049BB133111EB)
_UNIT = 1.0 / 9007199254740992.0  # 2**-53


@njit(uint64(uint64), inline="always", cache=True)
def mix(z: int) -> int:
    """Splitmix64 finaliser (Steele, Lea & Flood 2014)."""
    z = (z ^ (z >> np.uint64(30))) * _A
    z = (z ^ (z >> np.uint64(27))) * _B
    return z ^ (z >> np.uint64(31))


@njit(inline="always", cache=True)
def bits(first: int, second: int, actor: int) -> int:
    """64 random bits for one actor under one pair of keys."""
    return mix(mix(np.uint64(actor) * GOLDEN + first) ^ second)


@njit(nogil=True, cache=True)
def uniforms(first: int, second: int, actors: NDArray[np.uint64]) -> NDArray[np.float64]:
    """One number in [0, 1) per actor, shape (N,)."""
    out = np.empty(actors.shape[0])
    for i in range(actors.shape[0]):
        out[i] = (bits(first, second, actors[i]) >> np.uint64(11)) * _UNIT
    return out


@njit(nogil=True, cache=True)
def normals(first: int, second: int, actors: NDArray[np.uint64]) -> NDArray[np.float64]:
    """One number per actor, mean 0, variance 1: the sum of four 16-bit uniforms, bounded by ±3.47; shape (N,)."""
    out = np.empty(actors.shape[0])
    for i in range(actors.shape[0]):
        out[i] = bell(bits(first, second, actors[i]))
    return out


@njit(nogil=True, cache=True)
def tastes(first: int, actors: NDArray[np.uint64], item: int) -> NDArray[np.float64]:
    """What each actor thinks of one item, always the same: mean 0, variance 1, shape (N,)."""
    out = np.empty(actors.shape[0])
    for i in range(actors.shape[0]):
        out[i] = bell(mix(mix(np.uint64(actors[i]) * GOLDEN + first) + item))
    return out


@njit(inline="always", cache=True)
def bell(word: int) -> float:
    """Near-normal number from one 64-bit word: four 16-bit uniforms added, centred and scaled to variance 1."""
    low = np.uint64(0xFFFF)
    total = (word & low) + ((word >> np.uint64(16)) & low) + ((word >> np.uint64(32)) & low) + (word >> np.uint64(48))
    return (np.float64(total) * (1.0 / 65536.0) - 2.0 + 2.0 / 65536.0) * 1.7320508075688772


@njit(inline="always", cache=True)
def even_of(word: int) -> float:
    """Number in [0, 1) from the lower 40 bits of a word; the upper bits say whether there is an occasion."""
    return np.float64(word & np.uint64(0xFFFFFFFFFF)) * (1.0 / 1099511627776.0)
