"""Institutionalise: elements advance, lapse and become practice; knowledge is written into the organisation."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.municipality import chance_of
from agents.persons import personal_knowledge
from agents.vocabulary import ELEMENTS, HELP
from model import moves, readings
from model.institutions import elements

if TYPE_CHECKING:
    from model.simulation import Simulation

E = {name: k for k, name in enumerate(ELEMENTS)}


def institutionalise(sim: "Simulation") -> None:
    """One year of building, or losing, institutions."""
    towns, terms = sim.municipalities, sim.terms
    setting, money = _setting(sim)
    _move(sim, setting)
    persons = np.maximum(towns.champion_skill.max(axis=1), towns.officer)
    breadth = towns.practice @ sim.element_weight
    work = elements.Workforce(money, persons, towns.practice[:, E["indicators"]], towns.capacity, breadth)
    towns.practice[:] = elements.next_practice(towns.stage, towns.practice, work, sim.p.institution)
    towns.had_money[:] = money > sim.p.institution.money_counts
    broken = terms.binding & (towns.stage == 0)
    towns.breach_years[:] = np.where(broken, np.minimum(towns.breach_years + 1, 999), 0)
    _know(sim)


def _setting(sim: "Simulation") -> tuple[elements.Setting, NDArray[np.float64]]:
    towns, terms, p = sim.municipalities, sim.terms, sim.p.institution
    general = np.maximum(towns.lasting, towns.passing)  # project money counts as long as it lasts
    money = np.maximum(terms.earmarked_share, general[:, None] * elements.PAID_BY_GENERAL_MONEY)
    member = towns.stage[:, E["network"]] > 0
    lifted = p.help * _help(sim)
    strength = 1.0 - p.duty_ambition * (1.0 - sim.state.ambition)
    setting = elements.Setting(
        scale=sim.scale,
        champion=towns.champion_skill.max(axis=1),
        agenda=towns.agenda + p.agenda_ambition * (towns.ambition - towns.agenda),
        neighbours=sim.governance.seen_by(towns.stage > 0, member, p.network_copies),
        duty=np.clip(terms.duty * terms.credibility * strength, 0.0, 1.0),
        money=np.maximum(money, lifted),
        network=np.where(member, np.maximum(terms.network, p.network_own), 0.0),
        county=np.clip((1.0 - p.county_staff) * readings.county_strategy(sim) + p.county_staff * terms.staff, 0.0, 1.0),
        platform=towns.practice[:, E["platform"]],
        is_alone=(towns.champions == 0) & (towns.officer == 0.0),
        money_ended=towns.had_money & (money <= p.money_counts),
    )
    return setting, money


def _help(sim: "Simulation") -> NDArray[np.float64]:
    """Help in kind with each element, 0-1, (M, 11); a standard gives the figures that indicators need."""
    terms = sim.terms
    kind = np.zeros_like(terms.duty)
    for rule, lifted in HELP.items():
        kind[:, [E[e] for e in lifted]] = getattr(terms, rule)[:, None]
    kind[:, E["indicators"]] = np.maximum(kind[:, E["indicators"]], terms.precision)
    return kind


def _move(sim: "Simulation", setting: elements.Setting) -> None:
    towns, p = sim.municipalities, sim.p.institution
    pushes = elements.advance_parts(towns.stage, towns.practice, setting, p)
    pulls = elements.lapse_parts(towns.stage, towns.practice, setting, p)
    rises = chance_of(elements.advance_hazard(towns.stage, pushes, sim.element_ease, p))
    falls = chance_of(elements.lapse_hazard(towns.stage, pulls, setting, p))
    up = sim.waits["advance"].happens(rises)
    down = sim.waits["lapse"].happens(falls) & ~up
    moves.tell(sim, "municipality", up, elements.DRIVERS, pushes)
    moves.tell(sim, "municipality", down, elements.ENDERS, pulls)
    _note_network(sim, up, down)
    towns.stage[:] = towns.stage + up - down


def _note_network(sim: "Simulation", up: NDArray[np.bool_], down: NDArray[np.bool_]) -> None:
    """Edges to the county's learning network that appear or go with these moves."""
    stage, n = sim.municipalities.stage[:, E["network"]], E["network"]
    for rows, change in ((up[:, n] & (stage == 0), "appears"), (down[:, n] & (stage == 1), "goes")):
        for m in np.nonzero(rows)[0]:
            county = sim.counties[int(sim.place.county_of[m])].node
            sim.chronicle.edge(sim.year, "network", county, sim.place.numbers[m], change=change)


def _know(sim: "Simulation") -> None:
    towns, p = sim.municipalities, sim.p.knowledge
    towns.institutionalisation[:] = elements.institutionalisation(
        towns.practice, sim.element_weight, sim.p.institution.epsilon
    )
    towns.person_knowledge[:] = personal_knowledge(towns.champion_skill, towns.officer, p)
    inst, org = towns.institutionalisation, towns.org_knowledge
    taught = p.taught_competence * towns.practice[:, E["competence"]] + p.taught_staff * sim.terms.staff
    taught += p.taught_network * towns.practice[:, E["network"]]
    gained = p.codify * inst * towns.person_knowledge + p.training * taught
    towns.org_knowledge[:] = np.clip(
        org + gained * (1.0 - org) - p.forget * (1.0 - p.forget_kept * inst) * org, 0.0, 1.0
    )
    towns.capacity[:] = np.clip(inst * towns.org_knowledge + (1.0 - inst) * towns.person_knowledge, 0.0, 1.0)
