"""The citizens and businesses of one municipality, one by one, year by year: how much each has taken up.

Made in a process of the pool, by running the case once more and looking at the end of every year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from model.simulation import Simulation

MOST: Final = 400  # individuals of a kind that are drawn


@dataclass(frozen=True, eq=False)
class People:
    """Of one municipality: solutions in use by each citizen (Y, C); services offered by each business (Y, B), owner
    of local measures (Y, B); how many inhabitants a citizen stands for. Of more than MOST, evenly spaced ones."""

    number: str
    uses: NDArray[np.uint8]
    offers: NDArray[np.uint8]
    owners: NDArray[np.uint8]
    weight: float
    citizens: int
    businesses: int


def people_of(arguments: Mapping[str, Any]) -> People:
    """Those of the municipality `town` (its number) in the run of the case in the other arguments.

    Raises ValueError for a number that the place does not have, and what the case raises.
    """
    from model.simulation import Simulation
    from viz.app.cases import case_of

    case = case_of({k: v for k, v in arguments.items() if k != "town"})
    number = str(arguments["town"])
    if number not in case.place.numbers:
        raise ValueError(f"{case.place.name} has no municipality {number[:12]}; choose one of its own")
    return _watched(Simulation(case), number, len(case.years))


def _watched(sim: "Simulation", number: str, years: int) -> People:
    m = sim.place.numbers.index(number)
    citizens, businesses = (range(int(s[m]), int(s[m + 1])) for s in (sim.citizen_starts, sim.business_starts))
    some, firms = _spaced(citizens), _spaced(businesses)
    rows = []
    for _ in range(years):
        sim.step()
        columns = sim.citizens.uses[some], sim.businesses.offers[firms], sim.businesses.is_owner[firms]
        rows.append([np.bitwise_count(c).astype(np.uint8) for c in columns[:2]] + [columns[2].astype(np.uint8)])
    uses, offers, owners = (np.stack(column) for column in zip(*rows, strict=True))
    return People(number, uses, offers, owners, float(sim.weight[m]), len(citizens), len(businesses))


def _spaced(rows: range) -> NDArray[np.int64]:
    """At most MOST of the rows, evenly spaced."""
    every = np.asarray(rows, dtype=np.int64)
    return every if len(every) <= MOST else every[np.linspace(0, len(every) - 1, MOST).astype(np.int64)]
