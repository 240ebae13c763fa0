"""Persons, kept apart from roles: champions come and go, officers hold a post, chiefs leave, councils are renewed."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def champion_places(population: Floats) -> NDArray[np.int64]:
    """How many champions a municipality can have at a time, (M,): one under 5,000, two under 20,000, else three."""
    return 1 + (population >= 5_000).astype(np.int64) + (population >= 20_000).astype(np.int64)


class Luck(NamedTuple):
    """Numbers for each place of a champion, all (M, 3) in 0-1."""

    leaves: Floats
    arrives: Floats
    skill: Floats


def next_champions(skill: Floats, places: NDArray[np.int64], luck: Luck, leaving: Floats, arriving: Floats) -> Floats:
    """Champions after a year of comings and goings, (M, 3).

    skill: (M, 3), 0 where the place is empty; places: (M,); leaving, arriving: (M,) yearly chances for one place.
    """
    there = skill > 0.0
    stays = there & (luck.leaves >= leaving[:, None])
    open_place = ~there & (np.arange(skill.shape[1])[None, :] < places[:, None])
    comes = open_place & (luck.arrives < arriving[:, None])
    return np.where(stays, skill, np.where(comes, 0.3 + 0.6 * luck.skill, 0.0))


def leaving_chance(base: float, burnout: float, load: Floats, institutionalisation: Floats) -> Floats:
    """Yearly chance (M,) that a champion leaves: load on few shoulders burns out, institutions share it (C-9)."""
    return np.clip(base * (1.0 + burnout * load * (1.0 - institutionalisation)), 0.0, 0.9)


def next_officers(officer: Floats, has_role: NDArray[np.bool_], leaves: NDArray[np.bool_], joins: Floats) -> Floats:
    """Skill of the officer in post, (M,): the role stays when its holder leaves, and is filled again later.

    joins: (M,) skill of whoever is appointed to a vacant post this year, 0 when nobody is.
    """
    kept = np.where(has_role & ~leaves, officer, 0.0)
    return np.where(has_role & (kept == 0.0), joins, kept)


def personal_knowledge(champion_skill: Floats, officer: Floats) -> Floats:
    """What persons know, 0-1, (M,): the chance that at least one of them knows it."""
    return 1.0 - np.prod(1.0 - 0.7 * champion_skill, axis=1) * (1.0 - 0.6 * officer)


class Ballot(NamedTuple):
    """What an election does; all (M,): share of the council replaced, draw of new members' will, damping 0-1."""

    renewal: Floats
    will: Floats
    damping: Floats


def elected_ambition(ambition: Floats, ballot: Ballot) -> Floats:
    """Ambition of the council after an election, (M,): consensus and platform damp the break between councils."""
    share = ballot.renewal * (1.0 - 0.6 * ballot.damping)
    return np.clip((1.0 - share) * ambition + share * ballot.will, 0.0, 1.0)


def council_will(attitude: Floats, green_vote: Floats, luck: Floats, *, spread: float) -> Floats:
    """Ambition the newly elected would choose, 0-1, (M,): attitude of citizens, vote, and luck (mean 0, variance 1)."""
    return np.clip(0.15 + 0.45 * attitude + 0.6 * green_vote + spread * luck, 0.0, 1.0)


def chiefs_left(luck: Floats, hazard: float) -> NDArray[np.bool_]:
    """Which chief executives leave this year, (M,) (mean tenure almost seven years: KS 2018)."""
    return np.asarray(luck < hazard)
