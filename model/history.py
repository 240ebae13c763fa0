"""What is known of other years than 2025: the nation's people, institutions that exist, solutions in use.

Every figure stands in `library/history` with grade and source; docs/history.md says what is assumed. Knows nothing of
places and runs.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import CHOOSERS
from model.parameters import LIBRARY, declared
from model.solutions import Catalogue

Floats = NDArray[np.float64]

TODAY: Final = 2025  # year of the catalogue's shares and costs, and of defaults that describe the first year


@lru_cache(maxsize=4)
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """Rows of one CSV of `library/history`, in the order of the file."""
    with (LIBRARY / "history" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def series(name: str, column: str, about: Mapping[str, str] | None = None) -> tuple[list[int], list[float]]:
    """Years and values of `column` in the rows of which `about` holds, ascending."""
    wanted = [row for row in rows_of(name) if all(row[key] == value for key, value in (about or {}).items())]
    pairs = sorted((int(row["year"]), float(row[column])) for row in wanted)
    return [year for year, _ in pairs], [value for _, value in pairs]


def national_persons(years: Sequence[int], *, later: Mapping[int, float]) -> Floats:
    """(Y,) Norway's persons on 1 January, linear between the known years, level before the first and after the last.

    later: year -> persons of years that are known from elsewhere.
    """
    known = dict(zip(*series("population", "persons"), strict=True)) | dict(later)
    at = sorted(known)
    return np.interp(np.asarray(years), at, [known[year] for year in at])


def first_values(year: int) -> dict[str, float]:
    """Values, by path, of the parameters that describe the first year, in another year than 2025; empty from 2025 on.

    Linear between the years on record and the default, which is that of 2025; level before the first on record.
    """
    if year >= TODAY:
        return {}
    values = {}
    for path in sorted({row["parameter"] for row in rows_of("first_year")}):
        years, known = series("first_year", "value", {"parameter": path})
        values[path] = float(np.interp(year, [*years, TODAY], [*known, declared()[path].value]))
    return values


def catalogue_in(cat: Catalogue, year: int, p: SimpleNamespace) -> Catalogue:
    """The catalogue with the uptake and the costs of `year`; the same one in 2025.

    The odds of a share grow by `citizens.drift` a year, or `businesses.drift` where businesses choose; a solution with
    observations in `solutions.csv` follows these before 2025, and before the first of them the slope of the first two.
    Costs follow the world market's path, at most a median actor's yearly income.
    """
    if year == TODAY:
        return cat
    slope = np.where(cat.chooser == CHOOSERS.index("businesses"), p.businesses.drift, p.citizens.drift)
    share = _carried(cat.initial_share, slope * (year - TODAY))
    for name, (years, known) in _observations().items():
        if year < TODAY and name in cat.ids:
            s = cat.ids.index(name)
            share[s] = _observed(year, [*years, TODAY], [*known, float(cat.initial_share[s])])
    cost = np.clip(cat.cost * (1.0 + cat.cost_change) ** (year - TODAY), 0.0, 1.0)
    return replace(cat, initial_share=share, cost=cost)


@lru_cache(maxsize=1)
def _observations() -> dict[str, tuple[list[int], list[float]]]:
    """Years and shares on record of each solution that has any."""
    names = sorted({row["solution"] for row in rows_of("solutions")})
    return {name: series("solutions", "share", {"solution": name}) for name in names}


def _carried(share: Floats, step: Floats) -> Floats:
    """Shares whose log odds move by `step`; nothing and everything stay."""
    inside = np.clip(share, 1e-12, 1.0 - 1e-12)
    moved = 1.0 / (1.0 + (1.0 / inside - 1.0) * np.exp(-step))
    return np.where((share > 0.0) & (share < 1.0), moved, share)


def _observed(year: int, years: Sequence[int], known: Sequence[float]) -> float:
    if year >= years[0]:
        return float(np.interp(year, years, known))
    odds = [float(np.log(x / (1.0 - x))) for x in known[:2]]
    slope = (odds[1] - odds[0]) / (years[1] - years[0])
    return float(1.0 / (1.0 + np.exp(-(odds[0] - slope * (years[0] - year)))))
