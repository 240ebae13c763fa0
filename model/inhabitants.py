"""People of municipalities in any year, and the national path per inhabitant that goes with them.

Known years are kept, years between them are linear, later ones projected; Norway before its tables is today's
municipalities in proportion to the nation. Knows nothing of runs.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model import baseline, history
from model.accounts import FOLLOWS_POPULATION

Floats = NDArray[np.float64]

OBSERVED: Final = (2024, 2025, 2026)  # years with persons of every municipality in municipalities.csv
USUAL_SIZE: Final = 8_000.0  # persons: what the size of a municipality is counted against, by logarithm
MIDDLE: Final = 5_100.0  # persons of the middle municipality of 2025: half of them are larger
SHRINK: Final = 1000.0  # persons at which a municipality's own growth counts half against the place's; assumed
DAMPING: Final = 0.93  # share of last year's growth that remains; assumed


def scale_of(persons: Floats) -> Floats:
    """Log of persons against the usual size; same shape."""
    return np.asarray(np.log(persons / USUAL_SIZE))


def projected(known: Mapping[int, Floats], years: Sequence[int]) -> Floats:
    """(Y, M) whole persons: observed where known, linear between, growing after, level before.

    known: year -> (M,) persons. A municipality's own growth between the first and last known year is drawn toward
    that of the whole place: the difference counts by persons / (persons + 1000), at most 2 points a year. Growth is
    damped by 0.93 a year. With one known year it is Norway's of 2024-2026. Where somebody lived, one remains.
    """
    seen = sorted(known)
    last = known[seen[-1]].astype(float)
    rate = _growth(known, seen)
    observed = np.stack([known[y].astype(float) for y in seen])
    out = np.empty((len(years), len(last)))
    for i, year in enumerate(years):
        if year <= seen[-1]:
            after = int(np.clip(np.searchsorted(seen, year), 0, len(seen) - 1))
            before = max(after - 1, 0)
            part = (year - seen[before]) / max(seen[after] - seen[before], 1)
            out[i] = observed[before] + np.clip(part, 0, 1) * (observed[after] - observed[before])
        else:
            ahead = year - seen[-1]
            damped = DAMPING * (1 - DAMPING**ahead) / (1 - DAMPING)
            out[i] = np.where(last > 0, np.maximum(last * np.exp(np.log1p(rate) * damped), 1.0), 0.0)
    return np.rint(out)


def _growth(known: Mapping[int, Floats], seen: Sequence[int]) -> Floats:
    """(M,) growth a year after the last known year, before it is damped."""
    last, span = known[seen[-1]].astype(float), seen[-1] - seen[0]
    if span:
        first = known[seen[0]].astype(float)
        nation = float((last.sum() / max(first.sum(), 1.0)) ** (1 / span) - 1)
        own = np.where(first > 0, (last / np.maximum(first, 1.0)) ** (1 / span) - 1, nation)
    else:
        norway = baseline.table("municipalities.csv")
        nation = float((norway["population_2026"].sum() / norway["population_2024"].sum()) ** 0.5 - 1)
        own = np.full(last.shape, nation)
    return nation + np.clip(own - nation, -0.02, 0.02) * last / (last + SHRINK)


@lru_cache(maxsize=16)
def of_norway(first: int, last: int) -> Floats:
    """(Y, M) whole persons of Norway's 357 municipalities from `first` to `last`, read-only.

    Before 2024 every municipality has the same share of the nation as in 2024, and at least one inhabitant.
    """
    data = baseline.table("municipalities.csv")
    people = with_past({y: data[f"population_{y}"] for y in OBSERVED}, first, last)
    people.flags.writeable = False
    return people


def with_past(known: Mapping[int, Floats], first: int, last: int) -> Floats:
    """(Y, M) persons of all of Norway's municipalities from `first` to `last`: `projected`, and before the first known
    year every municipality with the share of the nation that it had then, and at least one inhabitant.
    """
    start = min(known)
    people = projected(known, range(first, last + 1))
    then = known[start].astype(float)
    past = range(first, min(last + 1, start))
    nation = history.national_persons(past, later={start: float(then.sum())})
    people[: len(past)] = np.maximum(np.rint(then * (nation / then.sum())[:, None]), 1.0)
    return people


def national(years: Sequence[int]) -> Floats:
    """(Y,) Norway's persons in each of `years`: the sum of its municipalities."""
    first = min(years)
    people = of_norway(first, max(years)).sum(axis=1)
    return people[np.asarray(years) - first]


def national_path(years: Sequence[int], base_year: int) -> Floats:
    """(Y, K) exogenous path per sector against `base_year` = 1, growth of the population since the first of `years`
    divided out as far as the sector follows it.
    """
    growth = national(years) / national(years[:1])
    path = baseline.statistics_path(years) / baseline.statistics_path([base_year])
    return path / growth[:, None] ** FOLLOWS_POPULATION[None, :]
