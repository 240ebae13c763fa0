"""Offer: businesses start, keep or withdraw sharing and circular services, and take up practices of their own."""

from typing import TYPE_CHECKING

import numpy as np

from agents import choice
from agents.businesses import Businesses
from agents.vocabulary import ELEMENTS
from model import readings
from model.present import practice_odds

if TYPE_CHECKING:
    from model.simulation import Simulation

ARENA = ELEMENTS.index("arena")


def offer(sim: "Simulation") -> None:
    """One year of business decisions; leaves `sim.supply` (M, S), what is within reach of users."""
    cat, p, towns = sim.catalogue, sim.p.businesses, sim.municipalities
    firms = sim.businesses
    served, own = sim.served, sim.practised
    facility = np.clip(sim.terms.facility + towns.carried, 0.0, 1.0)
    seeded = facility * (0.4 + 0.4 * cat.has_municipal_use)
    use = sim.uptake[:, served] / np.maximum(cat.critical_mass[served], 1e-3)
    wish = 0.5 * readings.mean_attitude(sim)[:, None] * (1.0 - cat.resistance[served])
    market = choice.Market(
        viability=np.minimum(use, 1.5) * 0.8 + 0.3 * wish,
        support=0.6 * seeded[:, served] + 0.3 * sim.terms.price[:, served],
        imitation=_in_county(sim, sim.offers_share[:, served]),
        entry=p.entry,
        exit=p.exit,
        learning=p.learning,
        loyalty=p.loyalty,
    )
    choice.offer(_rows(firms, firms.offers), market, *sim.streams.keys("offer", sim.year))
    if len(own):
        _practise(sim, own, facility)
    readings.count_businesses(sim)


def _practise(sim: "Simulation", own: np.ndarray, facility: np.ndarray) -> None:
    cat, p, firms = sim.catalogue, sim.p.businesses, sim.businesses
    support = facility[:, own] - cat.initial_share[own]
    support = support + sim.terms.information[:, own] + sim.terms.price[:, own]
    odds = practice_odds(cat, own, p)[None, :] + p.support * np.clip(support, -1.0, 1.5)
    odds = odds + p.imitation * (_in_county(sim, sim.uptake[:, own]) - cat.initial_share[own])
    luck = choice.Keys(*sim.streams.keys("withdraw", sim.year))
    rows = _rows(firms, firms.offers)
    choice.practise(rows, firms.practises, odds, cat.drop_rate[own] * 1.0, 1.0 / cat.lifetime[own], luck)


def _rows(firms: Businesses, bits: np.ndarray) -> choice.Firms:
    return choice.Firms(firms.owner, firms.keys, firms.outlook, firms.losses, firms.experience, firms.is_owner, bits)


def _in_county(sim: "Simulation", values: np.ndarray) -> np.ndarray:
    """Mean over the municipalities of the same county, (M, X)."""
    counties = len(sim.counties)
    total = np.zeros((counties, values.shape[1]))
    np.add.at(total, sim.place.county_of, values)
    size = np.bincount(sim.place.county_of, minlength=counties)
    return (total / np.maximum(size, 1)[:, None])[sim.place.county_of]
