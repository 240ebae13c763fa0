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
    cat, towns, firms, p = sim.catalogue, sim.municipalities, sim.businesses, sim.p.supply
    size = np.diff(sim.business_starts)[:, None]
    offered = choice.counts_of(sim.business_starts, firms.offers, len(sim.served)) / size
    sim.offers_share[:, sim.served] = offered
    skill = np.bincount(firms.owner, firms.experience, len(size)) / size[:, 0]
    supply = np.ones_like(sim.supply)
    serves = 1.0 - 0.5 * p.skill + p.skill * skill[:, None]  # an offer of middling experience serves as much as one
    supply[:, sim.served] = -np.expm1(-offered * serves / sim.p.businesses.reach)
    facility = np.clip(towns.carried + p.ruled * sim.terms.facility, 0.0, 1.0)
    supply *= np.where(cat.needs_facility, p.unbuilt + (1.0 - p.unbuilt) * facility, 1.0)
    sim.supply = supply
    practising = choice.counts_of(sim.business_starts, firms.practises, len(sim.practised)) / size
    sim.uptake[:, sim.practised] = practising
    own = cat.chooser == 2
    sim.uptake[:, own] = towns.carried[:, own]
