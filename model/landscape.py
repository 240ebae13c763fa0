"""The landscape: national attention to climate, drawn for all years before the first."""

import numpy as np
from numpy.typing import NDArray

from model.streams import Streams

FIRST = 1970  # the wave begins long before any run, so that a calendar year meets the same attention in every case


def attention_of(luck: Streams, years: range) -> NDArray[np.float64]:
    """National attention of each year, 0-1, (Y,): a slow wave around 0.35 (Kantar: 24 points in 2016-2019)."""
    shocks = luck.normal("shock", 0, np.arange(FIRST, years.stop, dtype=np.uint64))
    level, wave = 0.0, np.empty(len(shocks))
    for y, shock in enumerate(shocks):
        level = 0.75 * level + 0.09 * shock
        wave[y] = level
    return np.clip(0.35 + wave[years.start - FIRST :], 0.0, 1.0)
