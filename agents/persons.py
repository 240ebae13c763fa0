"""Persons, kept apart from roles: champions come and go, officers hold a post, chiefs leave, councils are renewed."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def champion_places(population: Floats) -> NDArray[np.int64]:
    """How many champions a municipality can have at a time, (M,): one under 5,000, two under 20,000, else three."""
    return 1 + (population >= 5_000).astype(np.int64) + (population >= 20_000).astype(np.int64)


def skill_of(luck: Floats, mean: float, width: float) -> Floats:
    """Skill of newcomers, in the shape of `luck` (0-1): spread evenly over `width` around `mean`.

    >>> skill_of(np.array([0.0, 0.5]), 0.6, 0.6).round(2).tolist()
    [0.3, 0.6]
    """
    return mean - 0.5 * width + width * luck


def leaving_chance(base: float, burnout: float, load: Floats, institutionalisation: Floats) -> Floats:
    """Yearly chance (M,) that a champion leaves: load on few shoulders burns out, institutions share it (C-9)."""
    return np.clip(base * (1.0 + burnout * load * (1.0 - institutionalisation)), 0.0, 1.0)


def next_officers(officer: Floats, has_role: NDArray[np.bool_], leaves: NDArray[np.bool_], joins: Floats) -> Floats:
    """Skill of the officer in post, (M,): the role stays when its holder leaves, and is filled again later.

    joins: (M,) skill of whoever is appointed to a vacant post this year, 0 when nobody is.
    """
    kept = np.where(has_role & ~leaves, officer, 0.0)
    return np.where(has_role & (kept == 0.0), joins, kept)


def personal_knowledge(champion_skill: Floats, officer: Floats, p: Any) -> Floats:
    """What persons know, 0-1, (M,): the chance that at least one of them knows it."""
    return 1.0 - np.prod(1.0 - p.champion * champion_skill, axis=1) * (1.0 - p.officer * officer)


class Ballot(NamedTuple):
    """What an election does; all (M,): share of the council replaced, new members' will, damping of the break 0-1."""

    renewal: Floats
    will: Floats
    damping: Floats


def elected_ambition(ambition: Floats, ballot: Ballot) -> Floats:
    """Ambition of the council after an election, (M,): consensus and platform damp the break between councils."""
    share = ballot.renewal * (1.0 - ballot.damping)
    return np.clip((1.0 - share) * ambition + share * ballot.will, 0.0, 1.0)


def council_will(attitude: Floats, green_vote: Floats, luck: Floats, weights: Any) -> Floats:
    """Ambition the newly elected would choose, 0-1, (M,): attitude of citizens, vote, and luck (mean 0, variance 1)."""
    asked = weights.will_base + weights.will_attitude * attitude + weights.will_vote * green_vote
    return np.clip(asked + weights.will_spread * luck, 0.0, 1.0)


def chiefs_left(luck: Floats, hazard: float) -> NDArray[np.bool_]:
    """Which chief executives leave this year, (M,) (mean tenure almost seven years: KS 2018)."""
    return np.asarray(luck < hazard)
