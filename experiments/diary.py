"""One run kept year by year: what claims are read from. Imported by workers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import FACTORS
from model.case import Case
from model.simulation import Simulation

Floats = NDArray[np.float64]
TOWN: Final = ("agenda", "institutionalisation", "capacity", "frame", "mode")
MONEY: Final = ("project", "permanent", "own")
LEVELS: Final = slice(FACTORS.index("I"), FACTORS.index("III") + 1)
BY_SIZE: Final = (("small", 0.0, 5_000.0), ("middle", 5_000.0, 20_000.0), ("large", 20_000.0, np.inf))


@dataclass(frozen=True, eq=False)
class Diary:
    """A run in Y years over M municipalities, E elements, S solutions; `sim` stands at its end.

    town: columns (Y, M) by name; champions: persons; form: stage 0-3; emissions and footprint: t CO2e of the place;
    change: since the first year by factor, t CO2e; money: NOK paid to or by municipalities, by kind.
    """

    sim: Simulation
    years: tuple[int, ...]
    town: dict[str, Floats]
    champions: NDArray[np.int64]  # (Y, M)
    stage: NDArray[np.int8]  # (Y, M, E)
    practice: Floats  # (Y, M, E)
    carried: Floats  # (Y, M, S)
    uptake: Floats  # (Y, M, S)
    supply: Floats  # (Y, S), weighted by inhabitants
    emissions: Floats  # (Y,)
    footprint: Floats  # (Y,)
    change: Floats  # (Y, 5)
    tried: NDArray[np.int64]  # (Y, 3, 2) years of municipal work on measures of each level: successful, failed
    money: dict[str, Floats]  # (Y,)

    def at(self, year: int) -> int:
        """Row of a year. Raises ValueError for a year outside the run."""
        return self.years.index(year)

    @cached_property
    def people(self) -> Floats:
        """Inhabitants of each municipality in the first year, (M,)."""
        return np.asarray(self.sim.first_population, dtype=float)

    @cached_property
    def before(self) -> float:
        """Emissions of the first year before any change, t CO2e."""
        return float(self.sim.first_territorial.sum())

    def fall(self, year: int) -> float:
        """Fall in territorial emissions since the first year, as a share."""
        return 1.0 - float(self.emissions[self.at(year)]) / self.before

    def fall_per_head(self, year: int) -> float:
        """The same per inhabitant."""
        place, grown = self.sim.place, self.at(year)
        first = self.years[0] - place.first_year
        people = place.population[first + grown].sum() / place.population[first].sum()
        return 1.0 - float(self.emissions[grown]) / self.before / float(people)

    def municipal_part(self, year: int) -> float:
        """Emissions that levels I to III took off, as a share of those of the first year."""
        return -float(self.change[self.at(year), LEVELS].sum()) / self.before

    def part_of(self, factor: str, year: int) -> float:
        """Emissions that one factor took off, as a share of those of the first year."""
        return -float(self.change[self.at(year), FACTORS.index(factor)]) / self.before

    def mean(self, column: str, year: int) -> float:
        """Mean of a column over the municipalities."""
        return float(self.town[column][self.at(year)].mean())

    def work(self, level: str, year: int) -> Floats:
        """Municipal work on measures of a level beyond that of the first year, mean over measures, (M,) -1 to 1."""
        cat, open_to = self.sim.catalogue, self.sim.is_municipal[0]
        mine = open_to & (cat.level == ("I", "II", "III").index(level))
        return np.asarray((self.carried[self.at(year)] - self.carried[0])[:, mine].mean(axis=1))

    def success(self, level: str) -> float:
        """Share of all years of municipal work on measures of a level that succeeded; NaN when there were none."""
        won, lost = self.tried[:, ("I", "II", "III").index(level)].sum(axis=0)
        return float(won / (won + lost)) if won + lost else float("nan")

    def use(self, which: NDArray[np.bool_], year: int) -> float:
        """Uptake weighted by inhabitants, mean over the solutions of a mask (S,)."""
        share = self.people / self.people.sum()
        return float((share @ self.uptake[self.at(year)])[which].mean())

    def sized(self, name: str) -> NDArray[np.bool_]:
        """Municipalities of a class of size, (M,): small under 5,000 inhabitants, large from 20,000."""
        low, high = next((low, high) for size, low, high in BY_SIZE if size == name)
        return (self.people >= low) & (self.people < high)


def kept(case: Case) -> Diary:
    """Run a case to its end without recording, and keep what claims look at."""
    sim = Simulation(case, record=False)
    rows = []
    for _ in case.years:
        sim.step()
        rows.append(_row(sim))
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    town = {name: columns.pop(name) for name in TOWN}
    money = {name: columns.pop(name) for name in MONEY}
    return Diary(sim, tuple(case.years), town=town, money=money, **columns)


def flows(case: Case, *, is_matched: bool = False) -> dict[int, float]:
    """Project money that the state paid in each year of a run, NOK; is_matched: and the municipalities' own share."""
    sim = Simulation(case, record=False)
    paid = {}
    for year in case.years:
        sim.step()
        paid[year] = float(sim.money["project"].sum())
        paid[year] += float(sim.municipalities.project_own.sum()) / 100.0 if is_matched else 0.0
    return paid


def _tried(sim: Simulation) -> NDArray[np.int64]:
    """Measures that succeeded and failed this year, by level, (3, 2): those that failed have one setback more."""
    failed = sim.municipalities.setbacks > 0
    succeeded = sim.municipalities.is_under_way & ~failed
    of_level = [sim.catalogue.level == k for k in range(3)]
    return np.array([[int(done[:, mine].sum()) for done in (succeeded, failed)] for mine in of_level])


def _row(sim: Simulation) -> dict[str, object]:
    towns = sim.municipalities
    share = sim.population / sim.population.sum()
    single = np.float32  # a run is read once and then forgotten, yet it should not fill the memory
    return {
        **{name: getattr(towns, name).copy() for name in TOWN},
        **{name: float(sim.money[name].sum()) for name in MONEY},
        "champions": towns.champions,
        "stage": towns.stage.copy(),
        "practice": towns.practice.astype(single),
        "carried": towns.carried.astype(single),
        "uptake": sim.uptake.astype(single),
        "supply": share @ sim.supply,
        "emissions": float(sim.territorial.sum()),
        "footprint": float(sim.footprint.sum()),
        "change": sim.change.sum(axis=1),
        "tried": _tried(sim),
    }
