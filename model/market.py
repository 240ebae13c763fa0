"""Users and suppliers counted: uptake from who uses, offers and supply from who offers. Writes only these columns."""

from typing import TYPE_CHECKING

import numpy as np

from agents import choice

if TYPE_CHECKING:
    from model.simulation import Simulation


def count_citizens(sim: "Simulation") -> None:
    """Set the uptake of what citizens choose from who uses it."""
    used = choice.counts_of(sim.citizen_starts, sim.citizens.uses, len(sim.chosen))
    sim.uptake[:, sim.chosen] = used / np.diff(sim.citizen_starts)[:, None]


def count_businesses(sim: "Simulation") -> None:
    """Set offers, supply and the uptake of businesses' own practice from who offers and who practises.

    What needs offers is within reach as far as businesses offer it; what needs a facility, as far as that is built;
    the rest is within everybody's reach.
    """
    cat, towns, firms = sim.catalogue, sim.municipalities, sim.businesses
    size = np.diff(sim.business_starts)[:, None]
    offered = choice.counts_of(sim.business_starts, firms.offers, len(sim.served)) / size
    sim.offers_share[:, sim.served] = offered
    skill = np.bincount(firms.owner, firms.experience, len(size)) / size[:, 0]
    supply = np.ones_like(sim.supply)
    supply[:, sim.served] = -np.expm1(-offered * (0.7 + 0.6 * skill[:, None]) / sim.p.businesses.reach)
    facility = np.clip(towns.carried + 0.5 * sim.terms.facility, 0.0, 1.0)
    supply *= np.where(cat.needs_facility, 0.25 + 0.75 * facility, 1.0)
    sim.supply = supply
    practising = choice.counts_of(sim.business_starts, firms.practises, len(sim.practised)) / size
    sim.uptake[:, sim.practised] = practising
    own = cat.chooser == 2
    sim.uptake[:, own] = towns.carried[:, own]
