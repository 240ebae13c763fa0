"""Pairs of municipalities that lie beside each other, and who works where when only the pairs are known."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model import baseline


def unordered(pairs: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
    """Each pair once with the lower first, sorted, int32 (P, 2); nobody is beside oneself.

    >>> unordered([(2, 1), (1, 2), (0, 0)]).tolist()
    [[1, 2]]
    """
    unique = sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]})
    return np.array(unique, dtype=np.int32).reshape(-1, 2)


def nearest(data: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Pairs of each municipality with the three nearest centroids."""
    size = len(data["number"])
    every = np.arange(size)
    pairs = []
    for i in every:
        km = baseline.distance(data["longitude"], data["latitude"], np.full(size, i), every)
        pairs += [(int(i), int(j)) for j in np.argsort(km, kind="stable")[:4] if j != i][:3]
    return pairs


def ring(counties: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs in a ring by order within each county; a county of one is joined to the row before it."""
    pairs = []
    for county in sorted(set(counties)):
        own = [i for i, c in enumerate(counties) if c == county]
        if len(own) == 1:
            own.append(own[0] - 1 if own[0] else min(1, len(counties) - 1))
        pairs += list(zip(own, own[1:] + own[:1], strict=True))
    return pairs


def mostly_at_home(pairs: NDArray[np.int32], size: int) -> dict[str, NDArray[Any]]:
    """Flows where a tenth of each municipality's workers go to its neighbours in equal parts (assumed)."""
    home = np.concatenate([pairs[:, 0], pairs[:, 1], np.arange(size)])
    work = np.concatenate([pairs[:, 1], pairs[:, 0], np.arange(size)])
    ties = np.bincount(pairs.ravel(), minlength=size)[home]
    share = np.where(home != work, 0.1 / np.maximum(ties, 1), np.where(ties > 0, 0.9, 1.0))
    return {"home": home, "work": work, "employed": share}
