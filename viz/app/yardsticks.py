"""What results are held against, and how solutions are grouped: read by several figures."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from model.solutions import load_catalogue

GOAL: Final = (1.0, 2.0)  # t CO2e per inhabitant in 2050
HALF_AFTER: Final = 15  # years within which emissions should be halved


@lru_cache(maxsize=8)
def of_kind(kind: str) -> frozenset[str]:
    """Solutions of a kind."""
    return frozenset(s.id for s in load_catalogue().solutions if s.kind == kind)


def of_kinds(kinds: Iterable[str]) -> frozenset[str]:
    """Solutions of any of some kinds."""
    return frozenset().union(*(of_kind(kind) for kind in kinds))
