"""The landscape: national attention to climate, drawn from the same year on whenever a run begins."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.streams import Streams

FIRST = 1970  # the wave always begins here, so that a calendar year meets the same attention in every case


def attention_of(luck: Streams, years: range, p: Any) -> NDArray[np.float64]:
    """National attention of each year, 0-1, (Y,): a slow wave around its mean (Kantar: 24 points in 2016-2019).

    Years before the wave begins have the mean.
    """
    shocks = luck.normal("shock", 0, np.arange(FIRST, max(FIRST, years.stop), dtype=np.uint64))
    level, wave = 0.0, np.empty(len(shocks))
    for y, shock in enumerate(shocks):
        level = p.memory * level + p.shock * shock
        wave[y] = level
    calm = np.zeros(len(range(years.start, min(FIRST, years.stop))))
    return np.clip(p.mean + np.concatenate([calm, wave[max(0, years.start - FIRST) :]]), 0.0, 1.0)
