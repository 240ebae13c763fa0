"""Constants that hold the first year's use where it was observed: they stand for every reason the model leaves out.

Without them a solution that few use today although many could would be taken up at once. Each constant is solved from
the catalogue and the parameters alone, so that it is the same in every place and under every design; the drift is the
growth that use has today (`citizens.drift`), the rest of any trajectory is the model's.
"""

from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from model.solutions import Catalogue

Floats = NDArray[np.float64]


def present_supply(cat: Catalogue, skill: float = 0.0) -> Floats:
    """Supply within reach in the first year, (S,) 0-1, in a municipality with the catalogue's shares."""
    offers = np.minimum(0.9, 0.3 + 4.0 * cat.initial_share) * (0.7 + 0.6 * skill)
    supply = np.where(cat.needs_offers, -np.expm1(-offers), 1.0)
    return np.asarray(supply * np.where(cat.needs_facility, 0.25 + 0.75 * cat.initial_share, 1.0))


def drift_of(share: Floats, drift: float) -> Floats:
    """Net growth a year of a share whose odds grow by `drift` (a logit slope), same shape."""
    return drift * share * (1.0 - share)


def citizens_threshold(cat: Catalogue, chosen: NDArray[np.int64], norm: Floats, p: SimpleNamespace) -> Floats:
    """Behaviour threshold of each solution that citizens choose, (J,): inflow balances outflow and today's drift.

    norm: (2, 17) felt norm by number of ties. An occasion is met with P(behaviour > threshold), intention and noise
    being near normal. Solutions of the national path keep the catalogue's resistance: their use is far from balance.
    """
    share = np.clip(cat.initial_share[chosen], 0.005, 0.97)
    ties = np.minimum(share * p.degree, 16.0)
    row = cat.is_complex[chosen].astype(int)
    low = np.floor(ties).astype(int)
    felt = norm[row, low] + (ties - low) * (norm[row, np.minimum(low + 1, 16)] - norm[row, low])
    liking = (
        cat.climate_motive[chosen] * p.attitude_mean
        + cat.cost_motive[chosen] * (1.0 - cat.cost[chosen])
        + cat.quality_motive[chosen] * 0.6
    )
    control = present_supply(cat)[chosen] * (1.0 - 0.5 * cat.cost[chosen])
    want = p.weight_attitude * liking + p.weight_norm * felt + p.weight_control * control
    stays = np.clip(want / np.maximum(cat.resistance[chosen], 0.05), 0.0, 1.0)
    out = 2.0 * cat.drop_rate[chosen] * (1.0 - 0.75 * stays) * share
    occasion = (1.0 + 1.5 * p.life_event) / cat.lifetime[chosen]
    rate = (out + drift_of(share, p.drift)) / (occasion * (1.0 - share))
    spread = np.hypot(p.noise, np.hypot(0.1, p.weight_attitude * p.attitude_spread))
    quantile = np.array([NormalDist().inv_cdf(1.0 - r) for r in np.clip(rate, 0.001, 0.98)])
    solved = want - 0.5 * p.habit + spread * quantile
    return np.where(cat.is_national[chosen], cat.resistance[chosen], solved)


def worth_of(use: Floats, attitude: Floats, seeded: Floats, *, cat: Catalogue, served: NDArray[np.int64]) -> Floats:
    """How viable an offer is from users, (M, J): use against critical mass, and interest not yet met."""
    mass = np.maximum(cat.critical_mass[served], 1e-3)
    wish = 0.5 * attitude[:, None] * (1.0 - cat.resistance[served])
    return np.asarray(0.8 * np.minimum(use / mass, 1.5) + 0.3 * wish + 0.6 * seeded)


def usual_entry(
    cat: Catalogue, served: NDArray[np.int64], p: SimpleNamespace, attitude: float
) -> tuple[Floats, Floats]:
    """Chance of entry a year and usual push, each (J,): today's entries balance today's withdrawals and drift."""
    share = np.clip(cat.initial_share[served], 0.005, 0.97)
    offers = np.minimum(0.9, p.reach * (0.3 + 4.0 * share))
    seeded = share * cat.needs_facility[served] * (0.4 + 0.4 * cat.has_municipal_use[served])
    worth = worth_of(share[None, :], np.array([attitude]), seeded[None, :], cat=cat, served=served)[0]
    out = np.maximum(1.5 * p.exit * np.maximum(1.0 - worth, 0.0), p.closing)
    return (out * offers + drift_of(offers, p.drift)) / (1.0 - offers), worth + 0.5 * offers


def practice_odds(cat: Catalogue, own: NDArray[np.int64], p: SimpleNamespace) -> Floats:
    """Log odds, (J,), that a business takes a practice up at an occasion with today's support."""
    share = np.clip(cat.initial_share[own], 0.005, 0.97)
    rate = (cat.drop_rate[own] * share + drift_of(share, p.drift)) * cat.lifetime[own] / (1.0 - share)
    rate = np.clip(rate, 0.001, 0.9)
    return np.asarray(np.log(rate / (1.0 - rate)))
