"""Elect: councils are renewed every fourth year; chief executives, champions and officers come and go."""

from typing import TYPE_CHECKING

import numpy as np

from agents import persons
from agents.municipality import SLOTS
from agents.vocabulary import ELEMENTS
from model import readings
from model.chronicle import Happening
from model.institutions.words import is_election_year
from model.streams import pair_keys
from model.waiting import occasion_keys

if TYPE_CHECKING:
    from model.simulation import Simulation

PLATFORM, PLAN = ELEMENTS.index("platform"), ELEMENTS.index("plan")
ROLES, ROUTINES = ELEMENTS.index("roles"), ELEMENTS.index("routines")
SWING = 0.12  # change of ambition that is told as an event; moves nothing


def elect(sim: "Simulation") -> None:
    """Persons change; what is institutionalised changes less."""
    _champions(sim)
    _officers(sim)
    _chiefs(sim)
    if is_election_year(sim.year):
        _councils(sim)


def _champions(sim: "Simulation") -> None:
    towns, p, luck = sim.municipalities, sim.p.persons, sim.streams
    keys = pair_keys(sim.town_keys, SLOTS)
    load = np.clip(towns.is_under_way.sum(axis=1) / (p.load * np.maximum(1, towns.champions)), 0.0, 1.0)
    leaving = persons.leaving_chance(p.champion_leaves, p.burnout, load, towns.institutionalisation)
    has_role = towns.practice[:, ROLES] > p.role_lived
    pull = readings.mean_attitude(sim) + p.pull * towns.agenda + p.pull * has_role
    arriving = np.clip(p.champion_arrives * pull * (1.0 + p.pull_size * sim.scale), 0.0, 1.0)
    is_shock = sim.year == round(sim.p.shock.champions_year)  # an experiment: all leave at once, and nobody comes
    if is_shock:
        leaving, arriving = np.ones(towns.size), np.zeros(towns.size)
    had, there = towns.champions > 0, towns.champion_skill > 0.0
    is_open = ~there & (np.arange(SLOTS)[None, :] < persons.champion_places(sim.population)[:, None])
    leaves = sim.waits["champion-leaves"].happens(there * leaving[:, None])
    arrives = sim.waits["champion-arrives"].happens(is_open * arriving[:, None])
    drawn = luck.uniform("champion-skill", 1, occasion_keys(keys, sim.waits["champion-arrives"].ended))
    newcomers = persons.skill_of(drawn, p.skill, p.champion_range)
    towns.champion_skill[:] = np.where(leaves, 0.0, np.where(arrives, newcomers, towns.champion_skill))
    has = towns.champions > 0
    towns.is_champion_lost[:] = had & ~has
    left, came = np.nonzero(had & ~has)[0], np.nonzero(has & ~had)[0]
    cause = "all champions leave" if is_shock else "tenure and load"
    sim.chronicle.note(sim.year, Happening("last champion left", left, cause=cause))
    sim.chronicle.note(sim.year, Happening("champion appeared", came, cause="citizens and agenda"))


def _officers(sim: "Simulation") -> None:
    towns, p, luck = sim.municipalities, sim.p.persons, sim.streams
    has_role = towns.stage[:, ROLES] > 0
    leaves = luck.uniform("officer-leaves", sim.year, sim.town_keys) < p.officer_leaves
    comes = luck.uniform("officer-arrives", sim.year, sim.town_keys) < p.officer_joins
    skill = persons.skill_of(luck.uniform("officer-skill", sim.year, sim.town_keys), p.skill, p.officer_range)
    towns.officer[:] = persons.next_officers(towns.officer, has_role, leaves, np.where(comes, skill, 0.0))


def _chiefs(sim: "Simulation") -> None:
    towns, p = sim.municipalities, sim.p.persons
    left = persons.chiefs_left(sim.streams.uniform("chief-leaves", sim.year, sim.town_keys), p.chief_leaves)
    towns.chief_tenure[:] = np.where(left, 0, np.minimum(towns.chief_tenure + 1, 99))
    lost = p.chief_shock * left * (1.0 - towns.institutionalisation)
    towns.practice[:, ROUTINES] *= 1.0 - lost
    towns.mode *= 1.0 - lost


def _councils(sim: "Simulation") -> None:
    towns, p, luck = sim.municipalities, sim.p.persons, sim.streams
    spread = luck.normal("renewal", sim.year, sim.town_keys)
    renewal = np.clip(p.council_renewal + p.renewal_spread * spread, 0.0, 1.0)
    damping = towns.practice[:, PLATFORM] * (1.0 - p.shared + p.shared * towns.ownership)
    chance = luck.normal("council", sim.year, sim.town_keys)
    will = persons.council_will(readings.mean_attitude(sim), sim.place.green_vote, chance, p)
    old = towns.ambition.copy()
    towns.ambition[:] = persons.elected_ambition(old, persons.Ballot(renewal, will, p.consensus * damping))
    shock = p.election_shock * renewal * (1.0 - damping)
    towns.practice[:, PLATFORM] *= 1.0 - shock
    towns.practice[:, PLAN] *= 1.0 - shock
    sim.renewal[:] = renewal
    swing = towns.ambition - old
    sim.chronicle.note(sim.year, Happening("election raised ambition", np.nonzero(swing > SWING)[0], cause="voters"))
    sim.chronicle.note(sim.year, Happening("election lowered ambition", np.nonzero(swing < -SWING)[0], cause="voters"))
