"""Where everything is drawn: outlines of the municipalities on a grid, and the layout of the governance graph.

Computed once for a place and the same ever after. Knows nothing of runs.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.places import Place, boundaries
from viz.app import grounds
from viz.projection import rings_of, transverse_mercator

Floats = NDArray[np.float64]
GRID: Final = 16_384  # steps along the longer side: some 100 m in Norway, as fine as the boundaries themselves
COUNTY_RING, TOWN_RING = 0.40, (0.74, 0.82, 0.90)  # radii
ALONE: Final = 40  # municipalities up to which one ring is enough
GAP: Final = 1.6  # room between two counties, in municipalities


@dataclass(frozen=True, eq=False)
class Atlas:
    """Of M municipalities in C counties.

    points: (P, 2) on the grid, y downwards; rings: (R, 3) municipality, first point, number of points; borders: (L, 4)
    segments between two counties; state, towns (M, 2) and counties (C, 2) of the graph, in a disc of radius 1.
    """

    size: tuple[int, int]
    points: NDArray[np.uint16]
    rings: NDArray[np.uint32]
    borders: NDArray[np.uint16]
    state: tuple[float, float]
    towns: NDArray[np.float32]
    counties: NDArray[np.float32]
    county_of: NDArray[np.uint8]


@lru_cache(maxsize=16)
def atlas_of(name: str) -> Atlas:
    """The atlas of the place called so. Raises PlaceError."""
    place = grounds.load(name)
    size, points, rings = _outlines(place)
    towns, counties = _graph(place)
    return Atlas(
        size=size,
        points=points,
        rings=rings,
        borders=_borders(points, rings, place.county_of),
        state=(0.0, 0.0) if len(counties) > 1 else (0.0, -COUNTY_RING),
        towns=towns.astype(np.float32),
        counties=counties.astype(np.float32),
        county_of=place.county_of.astype(np.uint8),
    )


def _outlines(place: Place) -> tuple[tuple[int, int], NDArray[np.uint16], NDArray[np.uint32]]:
    """Size of the grid, points and rings: projected around the middle of the place, without points that coincide."""
    row = {number: m for m, number in enumerate(place.numbers)}
    features = boundaries(place)["features"]
    found = [(row[str(f["properties"]["number"])], ring) for f in features for ring in rings_of(f["geometry"])]
    if not found:
        return (GRID, GRID), np.zeros((0, 2), dtype=np.uint16), np.zeros((0, 3), dtype=np.uint32)
    everything = np.concatenate([ring for _, ring in found])
    centre = float((everything[:, 0].min() + everything[:, 0].max()) / 2)
    plane = transverse_mercator(everything, centre)
    low, high = plane.min(axis=0), plane.max(axis=0)
    step = (high - low).max() / (GRID - 1)
    points, rings, at = [], [], 0
    for m, ring in found:
        grid = np.rint((transverse_mercator(ring, centre) - low) / step)
        grid[:, 1] = np.rint((high[1] - low[1]) / step) - grid[:, 1]
        kept = grid[np.r_[True, (np.diff(grid, axis=0) != 0).any(axis=1)]].astype(np.uint16)
        if len(kept) >= 4:
            rings.append((m, at, len(kept)))
            points.append(kept)
            at += len(kept)
    width, height = (int(v) + 1 for v in np.rint((high - low) / step))
    return (width, height), np.concatenate(points), np.array(rings, dtype=np.uint32)


def _borders(points: NDArray[np.uint16], rings: NDArray[np.uint32], county_of: NDArray[np.int32]) -> NDArray[np.uint16]:
    """Segments that the outlines of municipalities in two counties share, (L, 4)."""
    counties: dict[tuple[int, ...], set[int]] = {}
    for m, first, count in rings.tolist():
        ring = points[first : first + count].tolist()
        for a, b in pairwise(ring):
            counties.setdefault((*min(a, b), *max(a, b)), set()).add(int(county_of[m]))
    shared = sorted(segment for segment, seen in counties.items() if len(seen) > 1)
    return np.array(shared, dtype=np.uint16).reshape(-1, 4)


def _graph(place: Place) -> tuple[Floats, Floats]:
    """Places of municipalities (M, 2) and counties (C, 2) in the disc, so that those near on land are near there."""
    there = transverse_mercator(np.column_stack([place.longitude, place.latitude]), float(place.longitude.mean()))
    count = len(place.county_numbers)
    centres = np.stack([there[place.county_of == c].mean(axis=0) for c in range(count)])
    tour = _tour(centres)
    sizes = Counter(place.county_of.tolist())
    total = len(place.numbers) + GAP * count
    towns, counties, at = np.zeros((len(place.numbers), 2)), np.zeros((count, 2)), 0.0
    for nth, c in enumerate(tour):
        own = _along(np.flatnonzero(place.county_of == c), there, centres, (tour[nth - 1], tour[(nth + 1) % count]))
        for k, m in enumerate(own):
            radius = TOWN_RING[1] if total <= ALONE else TOWN_RING[k % len(TOWN_RING)]
            towns[m] = _polar(radius, at + k + GAP / 2, total)
        counties[c] = _polar(COUNTY_RING, at + (sizes[c] - 1 + GAP) / 2, total)
        at += sizes[c] + GAP
    return towns, counties if count > 1 else np.zeros((1, 2))  # a county alone stands in the middle


def _polar(radius: float, at: float, total: float) -> Floats:
    """A point at a share of the way round, clockwise from the top."""
    angle = 2 * np.pi * at / total
    return radius * np.array([np.sin(angle), -np.cos(angle)])


def _along(own: NDArray[np.intp], there: Floats, centres: Floats, ends: tuple[int, int]) -> NDArray[np.intp]:
    """Municipalities of a county from the side of the one before it to the side of the one after it.

    With no other county there is no such side: they stand by their bearing from the middle.
    """
    way = centres[ends[1]] - centres[ends[0]]
    middle = there[own].mean(axis=0)
    if not way.any():
        offset = there[own] - middle
        return own[np.argsort(np.arctan2(offset[:, 0], offset[:, 1]), kind="stable")]
    return own[np.argsort((there[own] - middle) @ way, kind="stable")]


def _tour(centres: Floats) -> list[int]:
    """A short round trip: each time to the nearest, then crossings undone; begins in the north."""
    left = set(range(len(centres)))
    tour = [int(np.argmax(centres[:, 1]))]
    left.discard(tour[0])
    far = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    while left:
        tour.append(min(left, key=lambda c: (far[tour[-1], c], c)))
        left.discard(tour[-1])
    improved = True
    while improved:
        improved = False
        for a in range(1, len(tour) - 1):
            for b in range(a + 1, len(tour)):
                end = tour[(b + 1) % len(tour)]
                now = far[tour[a - 1], tour[a]] + far[tour[b], end]
                if far[tour[a - 1], tour[b]] + far[tour[a], end] < now - 1e-12:
                    tour[a : b + 1] = tour[a : b + 1][::-1]
                    improved = True
    return tour
