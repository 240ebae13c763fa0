"""Users and suppliers counted: uptake from who uses, offers and supply from who offers. Writes only these columns."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents import choice

if TYPE_CHECKING:
    from model.simulation import Simulation

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
    offers = choice.counts_of(sim.business_starts, firms.offers, len(sim.served))
    sim.offers_share[:, sim.served] = offers / size
    skill = np.bincount(firms.owner, firms.experience, len(size)) / size[:, 0]
    supply = np.ones_like(sim.supply)
    serves = 1.0 - 0.5 * p.skill + p.skill * skill[:, None]  # an offer of middling experience serves as much as one
    supply[:, sim.served] = reached(offers, size, sim.all_businesses[:, None], serves / sim.p.businesses.reach)
    facility = np.clip(towns.carried + p.ruled * sim.terms.facility, 0.0, 1.0)
    supply *= np.where(cat.needs_facility, p.unbuilt + (1.0 - p.unbuilt) * facility, 1.0)
    sim.supply = supply
    practising = choice.counts_of(sim.business_starts, firms.practises, len(sim.practised)) / size
    sim.uptake[:, sim.practised] = practising
    own = cat.chooser == 2
    sim.uptake[:, own] = towns.carried[:, own]


def reached(offers: Floats, agents: Ints, every: Ints, serves: Floats) -> Floats:
    """Share of citizens with a service within reach, as expected where all businesses are agents; shape of `offers`.

    With `every` business an agent, n offers leave exp(-n serves / every) without. A share of them as `agents`, each of
    which stands for several, would leave too many without, since reach grows less than in proportion to offers; so an
    agent's offer leaves what makes the mean over draws of agents equal. Where that is nothing, some tilt remains.
    """
    without = 1.0 + every / agents * np.expm1(-serves / every)
    return 1.0 - np.maximum(without, 0.0) ** offers
