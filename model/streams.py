"""Random numbers keyed by (seed, decision, actor, year or occasion): nothing depends on the order of calls.

The design is never part of a key, so that two designs meet the same luck. Every decision that needs luck is named in
`STREAMS`; an unknown name is an error.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from agents.luck import normals, tastes, uniforms

STREAMS: Final = (
    "attitude",
    "income",
    "habit",
    "ties",
    "initial-adoption",
    "firm",
    "initial-offer",
    "initial-practice",
    "type",
    "initial-element",
    "initial-knowledge",
    "champion-start",
    "champion-arrives",
    "champion-leaves",
    "champion-skill",
    "officer-leaves",
    "officer-arrives",
    "officer-skill",
    "chief-leaves",
    "council",
    "renewal",
    "indicator",
    "shock",
    "application",
    "assessment",
    "project",
    "project-target",
    "advance",
    "lapse",
    "arena",
    "start",
    "success",
    "rollback",
    "offer",
    "practice",
    "choice",
    "life-event",
    "joint-owner",
    "county-start",
    "county-enacts",
    "county-lapses",
)

_MASK = 0xFFFFFFFFFFFFFFFF


def _mix(z: int) -> int:
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


class Streams:
    """The luck of one seed.

    >>> import numpy as np
    >>> luck = Streams(7)
    >>> one, two = luck.uniform("arena", 2030, np.array([301, 4012], dtype=np.uint64))
    >>> bool(one == luck.uniform("arena", 2030, np.array([301], dtype=np.uint64))[0])
    True
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._code = {name: position + 1 for position, name in enumerate(STREAMS)}
        self._first = np.uint64(_mix((seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & _MASK))

    def keys(self, stream: str, year: int) -> tuple[np.uint64, np.uint64]:
        """The two keys of a decision in a year. Raises KeyError for a stream that is not in the registry."""
        second = _mix(((self._code[stream] << 32) ^ (year & 0xFFFFFFFF)) * 0xD1342543DE82EF95 & _MASK)
        return self._first, np.uint64(second)

    def uniform(self, stream: str, year: int, actors: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Numbers in [0, 1), in the shape of `actors`."""
        return uniforms(*self.keys(stream, year), actors.ravel()).reshape(actors.shape)

    def taste(self, actors: NDArray[np.uint64], item: np.uint64) -> NDArray[np.float64]:
        """What each actor thinks of an item, the same in every year: mean 0, variance 1, (N,)."""
        return tastes(self.keys("choice", 0)[0], actors, item)

    def normal(self, stream: str, year: int, actors: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Numbers with mean 0 and variance 1, in the shape of `actors`."""
        return normals(*self.keys(stream, year), actors.ravel()).reshape(actors.shape)


def pair_keys(left: NDArray[np.uint64], right: int) -> NDArray[np.uint64]:
    """Keys of (actor, item) pairs, shape (N, right): stable under any change of the other actors."""
    return left[:, None] * np.uint64(4096) + np.arange(right, dtype=np.uint64)[None, :]
