"""Account: both emission accounts, their exact decomposition, what users paid, and the invariants of the year."""

from typing import TYPE_CHECKING

import numpy as np

from model import accounts, readings
from model.checks import check_year
from model.ledger import ore_of

if TYPE_CHECKING:
    from model.simulation import Simulation


def account(sim: "Simulation") -> None:
    """Emissions of the year, t CO2e; leaves territorial (M, 10), footprint (M, 5) and the change by factor (5, M)."""
    cat = sim.catalogue
    if sim.index == 0:  # the first year is what later years are measured against
        sim.first_uptake = sim.uptake.copy()
    change = (sim.uptake - sim.first_uptake) / np.maximum(1.0 - cat.initial_share, 0.05)
    effect = accounts.level_reduction(change, cat.territorial, cat.level, sim.ceilings)
    kept = cat.footprint * (1.0 - cat.rebound)[:, None]
    effect_use = accounts.level_reduction(change, kept, cat.level, sim.ceilings_of_use)
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
    users = (sim.uptake[:, sim.served] * sim.supply[:, sim.served]).sum(axis=1) * sim.population
    paid = ore_of(sim.p.businesses.price_of_use * users)
    sim.ledger.pay(sim.year, "citizens", "businesses", amount=paid, purpose="services used")
    check_year(sim)
