"""Elect: councils are renewed every fourth year; chief executives, champions and officers come and go."""

from typing import TYPE_CHECKING

import numpy as np

from agents import persons
from agents.vocabulary import ELEMENTS
from model import readings
from model.chronicle import Happening
from model.streams import pair_keys

if TYPE_CHECKING:
    from model.simulation import Simulation

PLATFORM, PLAN = ELEMENTS.index("platform"), ELEMENTS.index("plan")
ROLES, ROUTINES = ELEMENTS.index("roles"), ELEMENTS.index("routines")


def elect(sim: "Simulation") -> None:
    """Persons change; what is institutionalised changes less."""
    _champions(sim)
    _officers(sim)
    _chiefs(sim)
    if sim.year % 4 == 3:
        _councils(sim)


def _champions(sim: "Simulation") -> None:
    towns, p, luck = sim.municipalities, sim.p.persons, sim.streams
    keys = pair_keys(sim.town_keys, towns.champion_skill.shape[1])
    load = np.clip(towns.is_under_way.sum(axis=1) / (4.0 * np.maximum(1, towns.champions)), 0.0, 1.0)
    leaving = persons.leaving_chance(p.champion_leaves, p.burnout, load, towns.institutionalisation)
    pull = readings.mean_attitude(sim) + 0.5 * towns.agenda + 0.5 * (towns.practice[:, ROLES] > 0.2)
    arriving = np.clip(p.champion_arrives * pull * (1.0 + 0.25 * sim.scale), 0.0, 0.9)
    had = towns.champions > 0
    drawn = persons.Luck(
        luck.uniform("champion-leaves", sim.year, keys),
        luck.uniform("champion-arrives", sim.year, keys),
        luck.uniform("champion-skill", sim.year, keys),
    )
    places = persons.champion_places(sim.population)
    towns.champion_skill[:] = persons.next_champions(towns.champion_skill, places, drawn, leaving, arriving)
    has = towns.champions > 0
    towns.is_champion_lost[:] = had & ~has
    left, came = np.nonzero(had & ~has)[0], np.nonzero(has & ~had)[0]
    sim.chronicle.note(sim.year, Happening("last champion left", left, cause="tenure and load"))
    sim.chronicle.note(sim.year, Happening("champion appeared", came, cause="citizens and agenda"))


def _officers(sim: "Simulation") -> None:
    towns, p, luck = sim.municipalities, sim.p.persons, sim.streams
    has_role = towns.stage[:, ROLES] > 0
    leaves = luck.uniform("officer-leaves", sim.year, sim.town_keys) < p.officer_leaves
    comes = luck.uniform("officer-arrives", sim.year, sim.town_keys) < p.officer_joins
    skill = 0.35 + 0.5 * luck.uniform("officer-skill", sim.year, sim.town_keys)
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
    renewal = np.clip(p.council_renewal + p.renewal_spread * spread, 0.2, 0.95)
    damping = np.clip(towns.practice[:, PLATFORM] * (0.5 + 0.5 * towns.ownership), 0.0, 1.0)
    chance = luck.normal("council", sim.year, sim.town_keys)
    will = persons.council_will(readings.mean_attitude(sim), sim.place.green_vote, chance, spread=p.will_spread)
    old = towns.ambition.copy()
    towns.ambition[:] = persons.elected_ambition(old, persons.Ballot(renewal, will, damping))
    shock = p.election_shock * renewal * (1.0 - damping)
    towns.practice[:, PLATFORM] *= 1.0 - shock
    towns.practice[:, PLAN] *= 1.0 - shock
    sim.renewal[:] = renewal
    swing = towns.ambition - old
    sim.chronicle.note(sim.year, Happening("election raised ambition", np.nonzero(swing > 0.12)[0], cause="voters"))
    sim.chronicle.note(sim.year, Happening("election lowered ambition", np.nonzero(swing < -0.12)[0], cause="voters"))
