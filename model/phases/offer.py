"""Offer: businesses start, keep or withdraw sharing and circular services, and take up practices of their own."""

from typing import TYPE_CHECKING

import numpy as np

from agents import choice, offering
from agents.businesses import Businesses
from agents.vocabulary import ELEMENTS
from model import market, readings
from model.present import practice_odds, seeding, usual_entry, worth_of

if TYPE_CHECKING:
    from model.simulation import Simulation

ARENA = ELEMENTS.index("arena")


def offer(sim: "Simulation") -> None:
    """One year of business decisions; leaves `sim.supply` (M, S), what is within reach of users."""
    cat, p, towns = sim.catalogue, sim.p.businesses, sim.municipalities
    firms = sim.businesses
    served, own = sim.served, sim.practised
    facility = np.clip(sim.terms.facility + towns.carried, 0.0, 1.0)
    seeded = facility * seeding(cat, sim.p.supply)
    attitude = readings.mean_attitude(sim)
    entry, usual = usual_entry(cat, served, sim.p)
    met = offering.Market(
        keys=sim.solution_keys[served],
        viability=worth_of(sim.uptake[:, served], attitude, seeded[:, served], cat=cat, served=served, p=p),
        support=p.price * sim.terms.price[:, served],
        imitation=p.entry_imitation * _in_county(sim, sim.offers_share[:, served]),
        entry=entry,
        usual=usual,
        exit=p.exit,
        closing=p.closing,
        learning=p.learning,
        forgetting=p.forgetting,
        loyalty=p.loyalty,
    )
    offering.offer(_rows(firms, firms.offers), met, *sim.streams.keys("offer", sim.year))
    if len(own):
        _practise(sim, own, facility)
    market.count_businesses(sim)


def _practise(sim: "Simulation", own: np.ndarray, facility: np.ndarray) -> None:
    cat, p, firms = sim.catalogue, sim.p.businesses, sim.businesses
    support = facility[:, own] - cat.initial_share[own]
    cheaper = (cat.cost - readings.cost_now(sim))[own]
    support = support + sim.terms.information[:, own] + sim.terms.price[:, own] + cheaper
    odds = practice_odds(cat, own, p)[None, :] + p.support * np.clip(support, -1.0, 1.5)
    odds = odds + p.imitation * (_in_county(sim, sim.uptake[:, own]) - cat.initial_share[own])
    luck = choice.Keys(*sim.streams.keys("practice", sim.year))
    rows = _rows(firms, firms.offers)
    practices = offering.Practices(sim.solution_keys[own], cat.drop_rate[own], 1.0 / cat.lifetime[own], p.readiness)
    offering.practise(rows, firms.practises, odds, practices, luck)


def _rows(firms: Businesses, bits: np.ndarray) -> offering.Firms:
    return offering.Firms(firms.owner, firms.keys, firms.outlook, firms.losses, firms.experience, firms.is_owner, bits)


def _in_county(sim: "Simulation", values: np.ndarray) -> np.ndarray:
    """Mean over the municipalities of the same county, (M, X)."""
    counties = len(sim.counties)
    total = np.zeros((counties, values.shape[1]))
    np.add.at(total, sim.place.county_of, values)
    size = np.bincount(sim.place.county_of, minlength=counties)
    return (total / np.maximum(size, 1)[:, None])[sim.place.county_of]
