"""One run of history, watched year by year: what patterns are read from. Imported by workers."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.case import Case
from model.present import occasions_a_year
from model.simulation import Simulation

Floats = NDArray[np.float64]
ELECTRIC = "electric-car"


class Watch(NamedTuple):
    """A run in Y years over M municipalities; E elements as in `agents.vocabulary`, K sectors.

    has: the element exists at any stage at the end of the year; error: published fall less the true one it stands
    for; chief_left: the chief executive left in the year; renewal: share of the council replaced at the latest
    election; new_cars: electric share of the cars renewed in the year; cars: electric share of all cars; emissions:
    t CO2e of the whole place; by_factor: change of emissions since the first year by national path, population and
    levels I, II, III, t CO2e.
    """

    years: tuple[int, ...]
    population: Floats  # (M,) in the first year
    is_north: NDArray[np.bool_]  # (M,)
    has: NDArray[np.bool_]  # (Y, M, E)
    practice: Floats  # (Y, M, E)
    institutionalisation: Floats  # (Y, M)
    error: Floats  # (Y, M)
    chief_left: NDArray[np.bool_]  # (Y, M)
    renewal: Floats  # (Y, M)
    new_cars: Floats  # (Y,)
    cars: Floats  # (Y,)
    emissions: Floats  # (Y, K)
    by_factor: Floats  # (Y, 5)

    def at(self, year: int) -> int:
        """Row of a year."""
        return self.years.index(year)


def watched(case: Case) -> Watch:
    """Run a case to its end without recording, and keep what patterns look at."""
    sim = Simulation(case, record=False)
    rows: list[dict[str, Any]] = []
    for _ in case.years:
        before = sim.uptake[:, sim.catalogue.ids.index(ELECTRIC)].copy()
        sim.step()
        rows.append(_row(sim, before))
    place = case.place
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return Watch(tuple(case.years), place.population[0].astype(float), place.is_north, **columns)


def _row(sim: Simulation, electric_before: Floats) -> dict[str, Any]:
    towns = sim.municipalities
    index = sim.index - 1
    delay = np.rint(sim.p.indicator.delay - (sim.p.indicator.delay - 1.0) * sim.terms.precision).astype(np.int64)
    truth = sim.reduction[np.maximum(index - delay, 0), np.arange(towns.size)]
    known = index > delay
    return {
        "has": towns.stage > 0,
        "practice": towns.practice.astype(np.float32),
        "institutionalisation": towns.institutionalisation.copy(),
        "error": np.where(known, towns.published - truth, np.nan),
        "chief_left": towns.chief_tenure == 0,
        "renewal": sim.renewal.copy(),
        "new_cars": _new_cars(sim, electric_before),
        "cars": _share(sim, sim.uptake[:, sim.catalogue.ids.index(ELECTRIC)]),
        "emissions": sim.territorial.sum(axis=0),
        "by_factor": sim.change.sum(axis=1),
    }


def _share(sim: Simulation, by_town: Floats) -> float:
    """Mean over the inhabitants of the place."""
    return float((sim.population * by_town).sum() / sim.population.sum())


def _new_cars(sim: Simulation, before: Floats) -> float:
    """Electric share of the cars renewed this year: those who changed to one, and those who renewed one."""
    cat = sim.catalogue
    car = cat.ids.index(ELECTRIC)
    column = int(np.nonzero(sim.chosen == car)[0][0])
    sizes = np.diff(sim.citizen_starts)
    changed, left = (flow[:, column] / sizes for flow in (sim.taken_up, sim.given_up))
    renewals = occasions_a_year(sim.p.citizens) / cat.lifetime[car]
    electric = changed + np.maximum(before * renewals - left, 0.0)
    return _share(sim, electric) / renewals
