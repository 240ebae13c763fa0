"""From longitude and latitude to a plane that is true to shape. Knows nothing of what is drawn there."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def transverse_mercator(points: Floats, centre: float) -> Floats:
    """Longitude and latitude in degrees (N, 2) to a plane true to shape around the meridian `centre`; unit sphere."""
    longitude, latitude = np.radians(points[:, 0] - centre), np.radians(points[:, 1])
    x = np.arctanh(np.cos(latitude) * np.sin(longitude))
    return np.column_stack([x, np.arctan2(np.tan(latitude), np.cos(longitude))])


def rings_of(geometry: Mapping[str, Any]) -> Iterator[Floats]:
    """The outer ring of each polygon of a GeoJSON geometry, (N, 2) in degrees."""
    kind = geometry["type"]
    polygons = (
        [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"] if kind == "MultiPolygon" else []
    )
    for polygon in polygons:
        yield np.asarray(polygon[0], dtype=float)[:, :2]
