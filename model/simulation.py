"""The running simulation: builds a world from a Case and walks the phases of a year; holds state, decides nothing."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any

import mesa
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from agents import choice
from agents.actor import release
from agents.county import County
from agents.municipality import SLOTS, Municipality
from agents.state import State
from agents.vocabulary import COUNTY_RULES, ELEMENTS, RULES
from model import governance, inhabitants, market, outset, population, readings
from model.case import Case
from model.chronicle import Chronicle
from model.landscape import attention_of
from model.ledger import Ledger
from model.phases import YEAR
from model.phases.signal import signal
from model.present import citizens_traits
from model.recorder import Recorder, regime_of, tables_of
from model.regime import Names, Rule, in_force
from model.spells import Spells
from model.story import Link, Story
from model.streams import Streams, pair_keys
from model.terms import Terms
from model.waiting import Tries, Waiting

Floats = NDArray[np.float64]


class Simulation(mesa.Model):
    """One world, one step a year. Leaving out tables (`record=False`), or events and rules alone, changes no result."""

    def __init__(self, case: Case, *, record: bool = True, events: bool = True) -> None:
        super().__init__(rng=case.seed)
        self.case, self.place, self.catalogue = case, case.place, case.first_catalogue
        self.p = case.parameters
        self.streams = Streams(case.seed)
        self.index = 0
        self.year = case.first
        self.is_recording = record
        self.warnings: list[str] = []
        self.terms = Terms(len(self.place.numbers), len(self.catalogue.ids))
        self._build_actors()
        self._build_market()
        self._build_accounts()
        nodes = [county.node for county in self.counties]
        self.chronicle = Chronicle(self.place.numbers, case.design.name, counties=nodes, is_open=record and events)
        self.spells = {
            "county": Spells(nodes, COUNTY_RULES, self.county_rules.stage, case.first),
            "municipality": Spells(self.place.numbers, ELEMENTS, self.municipalities.stage, case.first),
        }
        self.recorder = Recorder(len(case.years), len(self.place.numbers), len(self.catalogue.ids), len(self.counties))
        self._trace = blake2b(digest_size=16)
        release(self)
        signal(self)  # the rules of the first year are in force before anybody looks

    # -- building ------------------------------------------------------------------------------------------------

    def _build_actors(self) -> None:
        place, case, p = self.place, self.case, self.p
        self.state = State(self, ambition=p.state.ambition_first)
        self.counties = [
            County(self, n, name, strategy=p.county.strategy_first)
            for n, name in zip(place.county_numbers, place.county_names, strict=True)
        ]
        self.county_rule_keys = pair_keys(population.stable_keys(place.county_numbers), len(COUNTY_RULES))
        self.town_keys = population.stable_keys(place.numbers)
        self.solution_keys = population.stable_keys(self.catalogue.ids)
        self.town_solution_keys = population.pair_keys_of(self.town_keys, self.solution_keys)
        self.governance = governance.Governance(place, p.outset.trust, p.arena.known)
        self.governance.draw = self.graph
        gathers = self.governance.can_gather
        self.county_rules = outset.first_county_rules(self.streams, self.county_rule_keys, gathers, p.county)
        for row, county in enumerate(self.counties):
            county.rules_of = (self.county_rules, row)
        self.municipalities = outset.first_municipalities(place, self.streams, self.catalogue, self.town_keys, p)
        self.municipalities.agents = {
            n: Municipality(self, n, self.municipalities, m) for m, n in enumerate(place.numbers)
        }
        self._build_luck()
        sizes = population.citizens_each(case.citizens, self.population)
        self.citizen_starts = population.starts_of(sizes)
        self.citizens = population.draw_citizens(place, self.streams, sizes, p.citizens)
        self.all_businesses = population.all_businesses(place, p.businesses.jobs_each)
        firms = population.businesses_each(self.all_businesses, case.citizens, place.population[0], p.businesses)
        self.business_starts = population.starts_of(firms)
        self.businesses = population.draw_businesses(place, self.streams, firms)
        self.citizens.world = self.businesses.world = self
        total = np.bincount(self.citizens.owner, self.citizens.attitude, len(place.numbers))
        self.first_attitude = total / sizes
        self.element_weight = np.array([getattr(p.element, e).weight for e in ELEMENTS])
        self.element_weight /= self.element_weight.sum()
        self.element_ease = np.array([getattr(p.element, e).ease for e in ELEMENTS])

    def _build_luck(self) -> None:
        """What waits for its occasion, and what is tried again and again, with the keys of those concerned."""
        slots, elements = pair_keys(self.town_keys, SLOTS), pair_keys(self.town_keys, len(ELEMENTS))
        keys = {
            "advance": elements,
            "lapse": elements,
            "champion-leaves": slots,
            "champion-arrives": slots,
            "start": self.town_solution_keys,
            "rollback": self.town_solution_keys,
            "county-enacts": self.county_rule_keys,
            "county-lapses": self.county_rule_keys,
        }
        self.waits = {stream: Waiting(self.streams, stream, whose) for stream, whose in keys.items()}
        self.tries = {"success": Tries(self.streams, "success", self.town_solution_keys)}

    def _build_market(self) -> None:
        cat, p, m = self.catalogue, self.p, len(self.place.numbers)
        self.chosen = np.nonzero(cat.chooser == 0)[0]
        self.practised = np.nonzero(cat.chooser == 1)[0]
        self.served = np.nonzero(cat.needs_offers)[0]
        self.is_municipal = ((cat.chooser == 2) | cat.needs_facility)[None, :]
        self.mind = choice.Psychology(
            RULES.index(self.case.choice),
            *(getattr(p.citizens, f"weight_{name}") for name in ("attitude", "norm", "control")),
            *(getattr(p.citizens, name) for name in choice.Psychology._fields[4:]),
        )
        self.traits = citizens_traits(cat, self.chosen, p)
        population.first_uses(self.citizens, self.place, self.streams, cat, self.chosen, p.citizens.taste_of_users)
        population.first_offers(self.businesses, self.streams, cat, self.served, p)
        population.first_practices(self.businesses, self.streams, cat, self.practised)
        self.spare_uses = np.empty_like(self.citizens.uses)
        self.taken_up = self.given_up = np.zeros((m, len(self.chosen)), dtype=np.int64)
        self.uptake = self.municipalities.carried.copy()
        self.supply = np.zeros((m, len(cat.ids)))
        self.offers_share = np.zeros((m, len(cat.ids)))
        market.count_citizens(self)
        market.count_businesses(self)

    def _build_accounts(self) -> None:
        place, m = self.place, len(self.place.numbers)
        self.ledger = Ledger(place.county_of, len(self.counties))
        self.unspent: dict[int, int] = {}  # øre left in each pot, by its statement
        self.money = {kind: np.zeros(m) for kind in ("project", "permanent", "own")}
        self.first_population = self.population
        self.first_path, self.first_use_path = readings.national_path(self), place.footprint_path[self.row]
        self.first_territorial = place.territorial * self.first_path
        self.first_footprint = place.footprint * self.first_use_path
        self.territorial, self.footprint = self.first_territorial, self.first_footprint
        self.change = np.zeros((5, m))
        self.relevance = readings.relevance_of(self)
        self.first_uptake = self.uptake.copy()
        self.reduction = np.zeros((len(self.case.years), m))
        self.renewal = np.zeros(m)
        ceiling = self.p.ceiling
        self.ceilings = np.array([ceiling.I, ceiling.II, ceiling.III])
        self.openness = np.array([self.p.levels.I, self.p.levels.II, self.p.levels.III])
        self.attention = attention_of(self.streams, self.case.years, self.p.attention)

    # -- running -------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """One year: every phase in order. Raises StopIteration after the last year."""
        if self.index >= len(self.case.years):
            raise StopIteration(f"the case ends in {self.case.last}")
        self.year = self.case.first + self.index
        for phase in YEAR:
            phase(self)
        self.index += 1

    def run(self, progress: Callable[[int], None] | None = None) -> "Simulation":
        """All years that are left; `progress` is called with each year done. Returns the simulation itself."""
        while self.index < len(self.case.years):
            self.step()
            if progress is not None:
                progress(self.year)
        return self

    def record(self) -> None:
        """Fold the year into the digest and, when recording, into the tables."""
        for array in (self.territorial, self.footprint, self.uptake, self.municipalities.practice):
            self._trace.update(array.astype(np.float32).tobytes())
        if self.is_recording:
            self.recorder.write(self)

    def digest(self) -> str:
        """BLAKE2b of every year's emissions, uptake and practice and of the present state, in single precision."""
        trace = self._trace.copy()
        stages = (self.county_rules.stage, self.municipalities.stage)
        for array in (*stages, self.citizens.uses, self.businesses.offers):
            trace.update(np.ascontiguousarray(array).tobytes())
        for kind, balance in self.ledger.balance.items():
            trace.update(kind.encode() + balance.tobytes())
        return trace.hexdigest()

    @property
    def tables(self) -> dict[str, pa.Table]:
        """Arrow tables of what was recorded, by name (`model.schema`). Raises RuntimeError when nothing was."""
        self._check_record()
        return tables_of(self)

    def regime(self, year: int | None = None) -> list[Rule]:
        """The rules of state, counties and municipalities in force at the end of a year, by default the latest.

        Raises RuntimeError when nothing was recorded, ValueError for a year that was not.
        """
        self._check_record()
        first, last = self.case.first, self.case.first + self.recorder.years - 1
        if not first <= (year := last if year is None else year) <= last:
            raise ValueError(f"nothing is recorded of {year}; give a year from {first} to {last}")
        return in_force(regime_of(self), year, Names(self.place, self.case.design), first=first)

    def why(self, actor: str, subject: str) -> list[Link]:
        """What happened to a rule of a municipality or `county:NN`, and what stands behind it; empty for nothing."""
        tables = self.tables
        return Story(tables["regime"], tables["event"]).why(actor, subject)

    def _check_record(self) -> None:
        if not self.is_recording:
            raise RuntimeError("this simulation was made with record=False; make it with record=True for tables")
        if self.index == 0:
            raise RuntimeError("nothing is recorded yet; call step() or run() first")

    def graph(self, individuals: Sequence[str] = ()) -> Any:
        """The governance graph of this year (networkx), with the citizens and firms of the named municipalities."""
        return governance.graph_of(self, individuals=individuals)

    # -- what phases and tables read -----------------------------------------------------------------------------

    @property
    def row(self) -> int:
        """Row of this year in the tables of the place."""
        return self.year - self.place.first_year

    @property
    def population(self) -> Floats:
        """Inhabitants this year, (M,)."""
        return self.place.population[self.row]

    @property
    def weight(self) -> Floats:
        """Inhabitants that one citizen of each municipality stands for, (M,)."""
        return self.population / np.diff(self.citizen_starts)

    @property
    def scale(self) -> Floats:
        """Log of population against the usual size, (M,)."""
        return inhabitants.scale_of(self.population)
