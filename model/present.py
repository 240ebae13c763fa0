"""Constants that hold the first year's use where it was observed: they stand for every reason the model leaves out.

Without them a solution that few use today although many could would be taken up at once. Each constant is solved from
the catalogue and the parameters alone, so that it is the same in every place and under every design; the drift is the
growth that use has today (`citizens.drift`), the rest of any trajectory is the model's.
"""

from math import comb
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from agents.choice import Traits
from model.population import offered_at_first, stable_keys
from model.solutions import Catalogue

Floats = NDArray[np.float64]

MOST = 1.5  # users beyond this multiple of the critical mass add nothing
LOSSES = 1.5  # mean of one plus years of loss, among firms that lose: an approximation of the balance alone


def present_supply(cat: Catalogue, every: SimpleNamespace) -> Floats:
    """Supply within reach in the first year, (S,) 0-1, in a municipality with the catalogue's shares; firms are new."""
    p, reach = every.supply, every.businesses.reach
    offers = (1.0 - 0.5 * p.skill) * offered_at_first(cat.initial_share, reach, p) / reach
    supply = np.where(cat.needs_offers, -np.expm1(-offers), 1.0)
    return np.asarray(supply * np.where(cat.needs_facility, p.unbuilt + (1.0 - p.unbuilt) * cat.initial_share, 1.0))


def seeding(cat: Catalogue, p: SimpleNamespace) -> Floats:
    """How far a facility stands for users not yet there, (S,): more where the municipality's own use is among them."""
    return np.asarray(p.seed + p.seed * cat.municipal_use)


def drift_of(share: Floats, drift: float) -> Floats:
    """Net growth a year of a share whose odds grow by `drift` (a logit slope), same shape."""
    return drift * share * (1.0 - share)


def felt_norm(p: SimpleNamespace) -> Floats:
    """Felt norm by number of ties that use a solution, (2, 17): simple and complex contagion (at least two ties)."""
    share = np.minimum(np.arange(17) / p.degree, 1.0)
    steep = 1.0 / (1.0 + np.exp(-p.norm_steep * (share - p.threshold)))
    floor = 1.0 / (1.0 + np.exp(p.norm_steep * p.threshold))
    return np.stack([share, np.where(np.arange(17) < 2, 0.0, (steep - floor) / (1.0 - floor))])


def example_of(seen: Floats, p: SimpleNamespace) -> Floats:
    """Chance at an occasion that own discovery, or the example of the share that is seen, suffices; same shape."""
    return np.asarray(1.0 - (1.0 - p.discovery) * np.exp(-p.example * seen))


def occasions_a_year(p: SimpleNamespace) -> float:
    """Occasions to choose a year, against one in a lifetime of what is replaced: a life event brings more."""
    return float(1.0 + (p.occasions - 1.0) * p.life_event)


def present_intention(cat: Catalogue, chosen: NDArray[np.int64], every: SimpleNamespace) -> tuple[Floats, Floats]:
    """Mean and standard deviation of intention, each (J,).

    Attitude, income and taste spread as drawn, ties as a binomial sample of today's users.
    """
    p, share = every.citizens, np.clip(cat.initial_share[chosen], 0.005, 0.97)
    degree = int(p.degree)
    ties = np.arange(degree + 1)
    often = (
        np.array([comb(degree, k) for k in ties]) * share[:, None] ** ties * (1.0 - share[:, None]) ** (degree - ties)
    )
    norm = felt_norm(p)[cat.is_complex[chosen].astype(int), : degree + 1]
    felt = (often * norm).sum(axis=1)
    felt_spread = np.sqrt(np.maximum((often * norm**2).sum(axis=1) - felt**2, 0.0))
    liking = (
        cat.climate_motive[chosen] * p.attitude_mean
        + cat.cost_motive[chosen] * (1.0 - cat.cost[chosen])
        + cat.quality_motive[chosen] * p.quality
    )
    supply, cost = present_supply(cat, every)[chosen], cat.cost[chosen]
    want = p.weight_attitude * liking + p.weight_norm * felt + p.weight_control * supply * (1.0 - 0.5 * cost)
    parts = (
        p.weight_attitude * cat.climate_motive[chosen] * p.attitude_spread,
        p.weight_norm * felt_spread,
        p.weight_control * supply * cost * np.sqrt(1.0 / 12.0),
        np.full(len(chosen), p.taste),
    )
    return want, np.sqrt(sum(part**2 for part in parts))


def citizens_traits(cat: Catalogue, chosen: NDArray[np.int64], every: SimpleNamespace) -> Traits:
    """What the J solutions that citizens choose are like, with their noise and threshold.

    The noise is such that intention explains `p.explained` of the variance of behaviour. The threshold is such that
    today's inflow balances outflow and drift. Solutions of the national path are far from balance: they spread by
    the example of what is seen around alone, as what offends no norm does (Wiedermann et al. 2020, Bass 1969).
    """
    p, share = every.citizens, np.clip(cat.initial_share[chosen], 0.005, 0.97)
    want, spread = present_intention(cat, chosen, every)
    noise = spread * np.sqrt((1.0 - p.explained) / p.explained)
    bar = np.array([NormalDist().inv_cdf(1.0 - x) for x in share])
    lead = p.taste * p.taste_of_users * np.exp(-0.5 * bar**2) / np.sqrt(2.0 * np.pi)  # users like it better than others
    stays = np.clip((want + lead / share) / np.maximum(cat.resistance[chosen], 0.05), 0.0, 1.0)
    out = p.leave * cat.drop_rate[chosen] * (1.0 - p.loyalty * stays) * share
    occasion = occasions_a_year(p) / cat.lifetime[chosen]
    rate = np.clip((out + drift_of(share, p.drift)) / (occasion * (1.0 - share)), 0.001, 0.98)
    quantile = np.array([NormalDist().inv_cdf(1.0 - r) for r in rate])
    around = np.hypot(np.hypot(noise, spread), 0.3 * p.habit)  # habits lie between 0 and 1, evenly at first
    balanced = want - lead / (1.0 - share) - 0.5 * p.habit + around * quantile
    return Traits(
        keys=stable_keys(cat.ids)[chosen],
        occasion=1.0 / cat.lifetime[chosen],
        threshold=balanced,
        noise=noise,
        resistance=cat.resistance[chosen],
        drop=cat.drop_rate[chosen],
        climate=cat.climate_motive[chosen],
        saving=cat.cost_motive[chosen],
        pleasure=cat.quality_motive[chosen],
        is_complex=cat.is_complex[chosen],
        norm=felt_norm(p),
        spreads=cat.is_national[chosen],
    )


def worth_of(
    use: Floats, attitude: Floats, seeded: Floats, *, cat: Catalogue, served: NDArray[np.int64], p: SimpleNamespace
) -> Floats:
    """How viable an offer is from users, (M, J): use against critical mass, and interest not yet met."""
    mass = np.maximum(cat.critical_mass[served], 1e-3)
    wish = attitude[:, None] * (1.0 - cat.resistance[served])
    users = np.minimum(use / mass, MOST)
    return np.asarray(p.worth_users * users + p.worth_wish * wish + p.worth_seeded * seeded)


def usual_entry(cat: Catalogue, served: NDArray[np.int64], every: SimpleNamespace) -> tuple[Floats, Floats]:
    """Chance of entry a year and usual push, each (J,): today's entries balance today's withdrawals and drift."""
    p, attitude = every.businesses, np.array([every.citizens.attitude_mean])
    share = np.clip(cat.initial_share[served], 0.005, 0.97)
    offers = offered_at_first(share, p.reach, every.supply)
    seeded = share * cat.needs_facility[served] * seeding(cat, every.supply)[served]
    worth = worth_of(share[None, :], attitude, seeded[None, :], cat=cat, served=served, p=p)[0]
    out = np.maximum(LOSSES * p.exit * np.maximum(1.0 - worth, 0.0), p.closing)
    return (out * offers + drift_of(offers, p.drift)) / (1.0 - offers), worth + p.entry_imitation * offers


def practice_odds(cat: Catalogue, own: NDArray[np.int64], p: SimpleNamespace) -> Floats:
    """Log odds, (J,), that a business takes a practice up at an occasion with today's support."""
    share = np.clip(cat.initial_share[own], 0.005, 0.97)
    rate = (cat.drop_rate[own] * share + drift_of(share, p.drift)) * cat.lifetime[own] / (1.0 - share)
    rate = np.clip(rate, 0.001, 0.9)
    return np.asarray(np.log(rate / (1.0 - rate)))
