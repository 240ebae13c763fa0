"""What phases and tables read off the simulation: small sums over its state. Changes nothing."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import ELEMENTS
from model.history import TODAY, catalogue_in
from model.institutions.elements import carried_by

if TYPE_CHECKING:
    from model.simulation import Simulation

Floats = NDArray[np.float64]

NETWORK: Final = ELEMENTS.index("network")


def has_network(sim: "Simulation") -> NDArray[np.bool_]:
    """Members of a learning network, (M,)."""
    return sim.municipalities.stage[:, NETWORK] > 0


def national_path(sim: "Simulation") -> Floats:
    """Exogenous national path of each sector this year against the base year of the accounts, (10,)."""
    return sim.place.national_path[sim.row]


def footprint_ratio(sim: "Simulation") -> Floats:
    """Exogenous path of each category this year against the first year of the run, (5,)."""
    return sim.place.footprint_path[sim.row] / sim.first_use_path


def cost_now(sim: "Simulation") -> Floats:
    """Cost to the user of each solution this year, (S,); the price path is the world market's."""
    cat = sim.case.catalogue
    return np.clip(cat.cost * (1.0 + cat.cost_change) ** (sim.year - TODAY), 0.0, 1.0)


def uptake_on_record(sim: "Simulation") -> Floats:
    """Growth of uptake since the first year that the statistics already contain, (S,); 0 in runs from the base year on.

    Up to the base year of the accounts the path is what was observed, whatever brought it about: only what goes beyond
    the uptake of those years comes on top.
    """
    case, base = sim.case, sim.place.base_year
    if case.first >= base:
        return np.zeros(len(sim.catalogue.ids))
    known = catalogue_in(case.catalogue, min(sim.year, base), sim.p)
    return np.asarray(known.initial_share - sim.catalogue.initial_share)


def county_strategy(sim: "Simulation") -> Floats:
    """Strength of the county's strategy, by municipality, (M,)."""
    return np.array([county.strategy for county in sim.counties])[sim.place.county_of]


def own_progress(sim: "Simulation") -> Floats:
    """How far own operations have carried out measures of level I, against the first year, (M,) 0-1."""
    own = (sim.catalogue.level == 0) & (sim.catalogue.chooser == 2)
    if not own.any():
        return np.zeros(len(sim.place.numbers))
    now, first = sim.municipalities.carried[:, own], sim.first_uptake[:, own]
    return np.clip((now - first).mean(axis=1) / sim.p.indicator.own_full, 0.0, 1.0)


def decoupling(sim: "Simulation") -> Floats:
    """Form without practice: mean over the elements of what the form could carry less what is lived, (M,)."""
    towns = sim.municipalities
    return np.maximum(carried_by(sim.p.institution)[towns.stage] - towns.practice, 0.0).mean(axis=1)


def mean_attitude(sim: "Simulation") -> Floats:
    """Mean attitude of citizens, moods included, (M,)."""
    return np.clip(sim.first_attitude + sim.municipalities.mood, 0.0, 1.0)


def offering_share(sim: "Simulation") -> Floats:
    """Share of businesses that offer at least one sharing or circular service, (M,)."""
    return np.asarray(1.0 - np.prod(1.0 - sim.offers_share[:, sim.served], axis=1))


def can_begin(sim: "Simulation") -> NDArray[np.bool_]:
    """Solutions that municipalities work on and that can be had this year, (1, S)."""
    return np.asarray(sim.is_municipal & (sim.catalogue.since <= sim.year)[None, :])


def project_target(sim: "Simulation", rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Solution that each winning municipality works on with its grant: what is least carried out, with some luck."""
    towns, cat = sim.municipalities, sim.catalogue
    luck = sim.streams.uniform("project-target", sim.year, sim.town_solution_keys[rows])
    possible = can_begin(sim)
    open_to = possible & ~towns.is_under_way[rows]
    visible = np.where(cat.level == 2, sim.p.apply.narrow + towns.frame[rows][:, None], 1.0)
    merit = luck * visible * (1.0 - towns.carried[rows]) * sim.relevance[rows] * sim.openness[cat.level]
    return np.asarray(np.where(open_to, merit, merit * 1e-3 * possible).argmax(axis=1))


def relevance_of(sim: "Simulation") -> Floats:
    """How well each solution fits a municipality's emissions in the first year, 0-1, (M, S).

    A theme scores higher where it fits the situation of the municipality (Kortreist kvalitet 5.1): the share of the
    territorial account, and part of the share of the footprint, that full uptake would remove, against a half point.
    """
    cat, p = sim.catalogue, sim.p.relevance
    share = np.einsum("mk,sk->ms", sim.first_territorial, cat.territorial)
    share /= np.maximum(sim.first_territorial.sum(axis=1), 1e-9)[:, None]
    use = np.einsum("mf,sf->ms", sim.first_footprint, cat.footprint)
    share += p.footprint * use / np.maximum(sim.first_footprint.sum(axis=1), 1e-9)[:, None]
    return np.asarray(p.floor + (1.0 - p.floor) * share / (share + p.half))
