"""Waiting for something that may happen: luck belongs to the occasion, not to the date.

Each spell of waiting has a patience, drawn once (exponential, mean 1); it ends when the hazards of the years add up to
it. That is the same as a draw every year, 1 − exp(−hazard), but two designs that bring something about in different
years meet the same luck, so their difference needs fewer runs.
"""

import numpy as np
from numpy.typing import NDArray

from model.streams import Streams

Floats = NDArray[np.float64]
_ODD = np.uint64(0xD1342543DE82EF95)


def occasion_keys(keys: NDArray[np.uint64], count: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Keys of the count-th occasion of each actor, in the shape of `keys`."""
    return keys + count * _ODD


class Waiting:
    """Spells of waiting for one kind of thing, in the shape of the actors' keys; `ended` counts those that are over."""

    def __init__(self, luck: Streams, stream: str, keys: NDArray[np.uint64]) -> None:
        self._luck, self._stream, self._keys = luck, stream, keys
        self._borne = np.zeros(keys.shape)
        self.ended = np.zeros(keys.shape, dtype=np.uint64)
        self._patience = self._drawn(keys)

    def _drawn(self, occasions: NDArray[np.uint64]) -> Floats:
        return np.asarray(-np.log1p(-self._luck.uniform(self._stream, 0, occasions)))

    def happens(self, chance: Floats) -> NDArray[np.bool_]:
        """Where it happens this year, given this year's chance 0-1 (0 for whoever does not wait)."""
        self._borne -= np.log1p(-np.minimum(chance, 1.0 - 1e-12))
        now = np.asarray((self._borne >= self._patience) & (chance > 0.0))
        self._borne[now] = 0.0
        self.ended += now
        self._patience[now] = self._drawn(occasion_keys(self._keys[now], self.ended[now]))
        return now


class Tries:
    """Repeated tries of one kind: the k-th try of an actor meets the same luck in whatever year it is made."""

    def __init__(self, luck: Streams, stream: str, keys: NDArray[np.uint64]) -> None:
        self._luck, self._stream, self._keys = luck, stream, keys
        self.made = np.zeros(keys.shape, dtype=np.uint64)

    def luck(self, trying: NDArray[np.bool_]) -> Floats:
        """Luck in [0, 1) of this year's try, in the shape of the keys; counts a try for those who try."""
        drawn = self._luck.uniform(self._stream, 0, occasion_keys(self._keys, self.made))
        self.made += trying
        return drawn
