"""What phases and tables read off the simulation: small sums over its state. Changes nothing."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from agents import choice
from agents.vocabulary import ELEMENTS
from model.institutions.elements import CEILING
from model.present import citizens_threshold

if TYPE_CHECKING:
    from model.simulation import Simulation

Floats = NDArray[np.float64]

NETWORK: Final = ELEMENTS.index("network")
FINANCE: Final = ELEMENTS.index("finance")


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
    cat = sim.catalogue
    return np.clip(cat.cost * (1.0 + cat.cost_change) ** (sim.year - 2025), 0.0, 1.0)


def county_strategy(sim: "Simulation") -> Floats:
    """Strength of the county's strategy, by municipality, (M,)."""
    return np.array([county.strategy for county in sim.counties])[sim.place.county_of]


def own_progress(sim: "Simulation") -> Floats:
    """How far own operations have carried out measures of level I, against the first year, (M,) 0-1."""
    own = (sim.catalogue.level == 0) & (sim.catalogue.chooser == 2)
    if not own.any():
        return np.zeros(len(sim.place.numbers))
    now, first = sim.municipalities.carried[:, own], sim.first_uptake[:, own]
    return np.clip((now - first).mean(axis=1) / 0.6, 0.0, 1.0)


def decoupling(sim: "Simulation") -> Floats:
    """Form without practice: mean over the elements of what the form could carry less what is lived, (M,)."""
    towns = sim.municipalities
    return np.maximum(CEILING[towns.stage] - towns.practice, 0.0).mean(axis=1)


def mean_attitude(sim: "Simulation") -> Floats:
    """Mean attitude of citizens, moods included, (M,)."""
    return np.clip(sim.first_attitude + sim.municipalities.mood, 0.0, 1.0)


def offering_share(sim: "Simulation") -> Floats:
    """Share of businesses that offer at least one sharing or circular service, (M,)."""
    return np.asarray(1.0 - np.prod(1.0 - sim.offers_share[:, sim.served], axis=1))


def project_target(sim: "Simulation", rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Solution that each winning municipality works on with its grant: what is least carried out, with some luck."""
    towns, cat = sim.municipalities, sim.catalogue
    luck = sim.streams.uniform("project", -sim.year, sim.town_solution_keys[rows])
    open_to = sim.is_municipal & ~towns.is_under_way[rows]
    visible = np.where(cat.level == 2, 0.3 + towns.frame[rows][:, None], 1.0)
    merit = luck * visible * (1.0 - towns.carried[rows]) * sim.relevance[rows]
    return np.asarray(np.where(open_to, merit, merit * 1e-3 * sim.is_municipal).argmax(axis=1))


def relevance_of(sim: "Simulation") -> Floats:
    """How well each solution fits a municipality's emissions in the first year, 0.2-1, (M, S).

    A theme scores higher where it fits the situation of the municipality (Kortreist kvalitet 5.1): the share of the
    territorial account, and half the share of the footprint, that full uptake would remove, against one per cent.
    """
    cat = sim.catalogue
    share = np.einsum("mk,sk->ms", sim.first_territorial, cat.territorial)
    share /= np.maximum(sim.first_territorial.sum(axis=1), 1e-9)[:, None]
    use = np.einsum("mf,sf->ms", sim.first_footprint, cat.footprint)
    share += 0.5 * use / np.maximum(sim.first_footprint.sum(axis=1), 1e-9)[:, None]
    return np.asarray(0.2 + 0.8 * share / (share + 0.01))


def behind(sim: "Simulation", rows: NDArray[np.int64], columns: NDArray[np.int64], causes: list[str]) -> list[str]:
    """What stands behind the cause of each move (n,): a statement of the design, a neighbour, a county, or nothing."""
    terms, told = sim.terms, []
    for m, e, cause in zip(rows.tolist(), columns.tolist(), causes, strict=True):
        if cause == "duty":
            told.append(sim.chronicle.statement(int(terms.duty_statement[m, e])))
        elif cause == "money":
            own = int(terms.money_statement[m, e])
            told.append(sim.chronicle.statement(own if own >= 0 else int(terms.money_statement[m, FINANCE])))
        elif cause == "neighbours":
            told.append(_model_neighbour(sim, m, e))
        elif cause in ("county", "network"):
            told.append(sim.counties[int(sim.place.county_of[m])].node)
        else:
            told.append("")
    return told


def _model_neighbour(sim: "Simulation", m: int, e: int) -> str:
    """The most trusted partner that has the element, by number."""
    gov = sim.governance
    touching = gov.pairs_of[m]
    partners = np.where(gov.pairs[touching, 0] == m, gov.pairs[touching, 1], gov.pairs[touching, 0])
    has = sim.municipalities.stage[partners, e] > 0
    if not has.any():
        return ""
    return sim.place.numbers[int(partners[np.argmax(np.where(has, gov.trust[touching], -1.0))])]


def traits_of(sim: "Simulation") -> choice.Traits:
    """What the solutions that citizens choose are like, as the compiled choice wants it."""
    cat, mine = sim.catalogue, sim.chosen
    degree = int(sim.p.citizens.degree)
    share = np.minimum(np.arange(17) / degree, 1.0)
    centre = sim.p.citizens.threshold
    steep = 1.0 / (1.0 + np.exp(-12.0 * (share - centre)))
    floor = 1.0 / (1.0 + np.exp(12.0 * centre))
    complex_norm = np.where(np.arange(17) < 2, 0.0, (steep - floor) / (1.0 - floor))
    norm = np.stack([share, complex_norm])
    return choice.Traits(
        occasion=1.0 / cat.lifetime[mine],
        threshold=citizens_threshold(cat, mine, norm, sim.p.citizens),
        resistance=cat.resistance[mine],
        drop=cat.drop_rate[mine],
        climate=cat.climate_motive[mine],
        saving=cat.cost_motive[mine],
        pleasure=cat.quality_motive[mine],
        is_complex=cat.is_complex[mine],
        norm=norm,
    )


def swings(shocks: Floats) -> Floats:
    """National attention of each year, 0-1, (Y,): a slow wave around 0.35 (Kantar: 24 points in 2016-2019)."""
    level, out = 0.0, np.empty(len(shocks))
    for y, shock in enumerate(shocks):
        level = 0.75 * level + 0.09 * shock
        out[y] = level
    return np.clip(0.35 + out, 0.0, 1.0)


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
