"""What patterns read from a run of history, one figure a function. Knows nothing of targets and tolerances."""

import csv
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import ELEMENTS
from experiments.watch import Watch
from model import baseline
from model.institutions.words import is_election_year
from model.parameters import LIBRARY

Floats = NDArray[np.float64]
E: Final = {name: k for k, name in enumerate(ELEMENTS)}
SMALL: Final = 5_000  # inhabitants; half of the municipalities are smaller
NEW_CARS: Final = LIBRARY / "history" / "new_cars.csv"


@lru_cache(maxsize=1)
def new_cars() -> dict[int, float]:
    """Electric share of the cars newly registered in each year."""
    with NEW_CARS.open(encoding="utf-8") as handle:
        return {int(row["year"]): float(row["electric"]) for row in csv.DictReader(handle)}


def share_with(w: Watch, *, element: str, year: int) -> float:
    """Share of municipalities that have the element at the end of the year."""
    return float(w.has[w.at(year), :, E[element]].mean())


def posts_kept(w: Watch) -> float:
    """Share of the officers' posts of 1996 that stand one to two years later, mean of 1997 and 1998."""
    return kept(w, np.ones(len(w.population), dtype=bool))


def kept(w: Watch, which: NDArray[np.bool_]) -> float:
    """The same for the municipalities of a mask (M,); NaN when none of them had a post."""
    then = w.has[w.at(1996), :, E["roles"]] & which
    later = [w.has[w.at(year), :, E["roles"]][then].mean() for year in (1997, 1998)]
    return float(np.mean(later)) if then.any() else float("nan")


def lost_more_in_small(w: Watch) -> float:
    """Loss of posts 1996-1998 in municipalities under 5,000 inhabitants less that in larger ones."""
    small = w.population < SMALL
    return kept(w, ~small) - kept(w, small)


def lost_more_in_north(w: Watch) -> float:
    """Loss of posts 1996-1998 in Nordland, Troms and Finnmark less that in the rest of the country."""
    return kept(w, ~w.is_north) - kept(w, w.is_north)


def years_to_plans(w: Watch) -> float:
    """Years from the end of 2009 until 95 per cent have a plan; the length of the run when they never do."""
    share = w.has[:, :, E["plan"]].mean(axis=1)[w.at(2009) :]
    reached = np.nonzero(share > 0.95)[0]
    return float(reached[0]) if len(reached) else float(len(share))


def practice_gained(w: Watch) -> float:
    """Rise of mean practice of the element plan, 2009-2014."""
    lived = w.practice[:, :, E["plan"]].mean(axis=1)
    return float(lived[w.at(2014)] - lived[w.at(2009)])


def municipal_part(w: Watch) -> float:
    """Part of emissions that municipal action took off 2009-2014, as a share of those of 2009."""
    row = w.at(2014)
    return float(-w.by_factor[row, 2:].sum() / w.emissions[0].sum())


def car_error(w: Watch) -> float:
    """Root mean square error of the electric share of new cars, 2010-2024."""
    observed = new_cars()
    model = np.array([w.new_cars[w.at(year)] for year in observed])
    return float(np.sqrt(np.mean((model - np.array(list(observed.values()))) ** 2)))


def car_middle(w: Watch) -> float:
    """Calendar year in which half of the new cars are electric, between years linearly; the last year when never."""
    share = w.new_cars[w.at(2010) :]
    above = np.nonzero(share >= 0.5)[0]
    if not len(above):
        return float(w.years[-1])
    k = int(above[0])
    return float(2010 + k if k == 0 else 2009 + k + (0.5 - share[k - 1]) / (share[k] - share[k - 1]))


def cars_in_2022(w: Watch) -> float:
    """Electric share of all cars at the end of 2022."""
    return float(w.cars[w.at(2022)])


def _emission_errors(w: Watch) -> Floats:
    """(Y, K) relative error of each sector's national emissions 2009-2023 against the statistics, from 2009."""
    rows = slice(w.at(2009), w.at(2023) + 1)
    official = baseline.statistics_path(w.years[rows])
    return np.asarray(w.emissions[rows] / w.emissions[rows][0] / (official / official[0]) - 1.0)


def total_error(w: Watch) -> float:
    """Largest error of the sum of all sectors 2010-2023, as a share."""
    rows = slice(w.at(2009), w.at(2023) + 1)
    official = baseline.statistics_path(w.years[rows])
    told = (w.emissions[rows][0] * official / official[0]).sum(axis=1)
    return float(np.abs(w.emissions[rows].sum(axis=1) / told - 1.0).max())


def sector_error(w: Watch) -> float:
    """Largest error of any sector in any year 2010-2023, as a share."""
    return float(np.abs(_emission_errors(w)).max())


def council_turnover(w: Watch) -> float:
    """Share of a council replaced at an election, mean over municipalities and elections."""
    held = [row for row, year in enumerate(w.years) if is_election_year(year)]
    return float(w.renewal[held].mean())


def chief_years(w: Watch) -> float:
    """Mean years in post of chief executives: years served in all municipalities for each who left."""
    return float(w.chief_left.size / max(1, int(np.count_nonzero(w.chief_left))))


def revision(w: Watch) -> float:
    """Mean absolute revision of the published trend between two editions, ten years after the first year or later."""
    change = np.abs(np.diff(w.error[w.at(w.years[0] + 10) :], axis=0))
    return float(change[change > 1e-12].mean()) if (change > 1e-12).any() else 0.0


def groups_of(values: Floats) -> NDArray[np.int64]:
    """Group of each municipality: 0 hardly (below 0.05), 1 some, 2 deeply engaged (0.25 and more)."""
    return np.digitize(values, (0.05, 0.25))


def smallest_type(w: Watch) -> float:
    """Share of municipalities in the smallest of the three groups of engagement in the last year."""
    return float(np.bincount(groups_of(w.institutionalisation[-1]), minlength=3).min() / len(w.population))


def persistence(w: Watch) -> float:
    """Rank correlation of institutionalisation in the fifth and in the last year."""
    from scipy.stats import spearmanr

    return float(spearmanr(w.institutionalisation[4], w.institutionalisation[-1]).statistic)


MEASURES: Final[Mapping[str, Callable[[Watch], float]]] = {
    "P1 funded": partial(share_with, element="roles", year=1996),
    "P1 kept": posts_kept,
    "P1 small": lost_more_in_small,
    "P1 north": lost_more_in_north,
    "P1 later": partial(share_with, element="roles", year=2008),
    "P2 after": partial(share_with, element="plan", year=2013),
    "P2 before": partial(share_with, element="plan", year=2009),
    "P2 years": years_to_plans,
    "P2 practice": practice_gained,
    "P2 emissions": municipal_part,
    "P6 error": car_error,
    "P6 middle": car_middle,
    "P6 fleet": cars_in_2022,
    "P7 total": total_error,
    "P7 sector": sector_error,
    "P9 persistence": persistence,
    "P9 smallest": smallest_type,
    "P10 council": council_turnover,
    "P10 chief": chief_years,
    "P14 revision": revision,
}
