"""Account: both emission accounts, their exact decomposition, what users paid, and the invariants of the year."""

from typing import TYPE_CHECKING

import numpy as np

from model import accounts, readings
from model.checks import check_year
from model.ledger import ore_of, shared

if TYPE_CHECKING:
    from model.simulation import Simulation


def account(sim: "Simulation") -> None:
    """Emissions of the year, t CO2e; leaves territorial (M, 10), footprint (M, 5) and the change by factor (5, M)."""
    cat = sim.catalogue
    if sim.index == 0:  # the first year is what later years are measured against
        sim.first_uptake = sim.uptake.copy()
    beyond = sim.uptake - sim.first_uptake - readings.uptake_on_record(sim)
    change = beyond / np.maximum(1.0 - cat.initial_share, 0.05)
    kept = (1.0 - cat.rebound)[:, None]  # money saved is spent again, and what it buys is made anywhere
    is_open = sim.openness[:, None, None]
    effect = is_open * accounts.level_reduction(change, cat.territorial, cat.level, sim.ceilings)
    effect_use = is_open * accounts.level_reduction(change, cat.footprint * kept, cat.level, sim.ceilings)
    people = (sim.population / sim.first_population)[:, None]
    born = people ** accounts.FOLLOWS_POPULATION[None, :]
    path = (readings.national_path(sim) / sim.first_path)[None, :]
    sim.territorial = sim.first_territorial * path * born * np.prod(1.0 - effect, axis=0)
    use_path = readings.footprint_ratio(sim)[None, :]
    sim.footprint = sim.first_footprint * people * use_path * np.prod(1.0 - effect_use, axis=0)
    sim.change = accounts.decomposed(sim.territorial, sim.first_territorial, [path, born, *(1.0 - effect)])
    total = sim.first_territorial.sum(axis=1)
    now = sim.territorial.sum(axis=1)
    sim.reduction[sim.index] = 1.0 - np.divide(now, total, out=np.ones_like(now), where=total > 0)
    _pay_for_use(sim)
    check_year(sim)


def _pay_for_use(sim: "Simulation") -> None:
    """Users pay for services; where a rule lowers the price the state pays that part, out of taxes of the same year."""
    served, pay = sim.served, sim.ledger.pay
    used = sim.uptake[:, served] * sim.supply[:, served] * sim.population[:, None] * sim.p.businesses.price_of_use
    support = ore_of((used * np.clip(sim.terms.price[:, served], 0.0, 1.0)).sum(axis=1))
    pay(sim.year, "citizens", "state", amount=shared(int(support.sum()), sim.population), purpose="tax to the state")
    pay(sim.year, "state", "citizens", amount=support, purpose="price support")
    pay(sim.year, "citizens", "businesses", amount=ore_of(used.sum(axis=1)), purpose="services used")
