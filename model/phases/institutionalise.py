"""Institutionalise: elements advance, lapse and become practice; knowledge is written into the organisation."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.municipality import chance_of
from agents.persons import personal_knowledge
from agents.vocabulary import ELEMENTS, STAGES
from model import causes, readings
from model.chronicle import Happening
from model.institutions import elements
from model.streams import pair_keys

if TYPE_CHECKING:
    from model.simulation import Simulation

E = {name: k for k, name in enumerate(ELEMENTS)}
PAID_BY_GENERAL_MONEY = np.array([e in ("roles", "budget", "finance", "competence", "routines") for e in ELEMENTS])


def institutionalise(sim: "Simulation") -> None:
    """One year of building, or losing, institutions."""
    towns, terms = sim.municipalities, sim.terms
    setting, money = _setting(sim)
    _move(sim, setting)
    persons = np.maximum(towns.champion_skill.max(axis=1), towns.officer)
    breadth = towns.practice @ sim.element_weight
    work = elements.Workforce(money, persons, towns.practice[:, E["indicators"]], towns.capacity, breadth)
    towns.practice[:] = elements.next_practice(towns.stage, towns.practice, work, sim.p.institution)
    towns.had_money[:] = money > 0.2
    broken = (terms.duty >= 0.9) & (towns.stage == 0)
    towns.breach_years[:] = np.where(broken, np.minimum(towns.breach_years + 1, 999), 0)
    _know(sim)


def _setting(sim: "Simulation") -> tuple[elements.Setting, NDArray[np.float64]]:
    towns, terms = sim.municipalities, sim.terms
    general = np.maximum(towns.lasting, towns.passing)  # project money counts as long as it lasts
    money = np.maximum(terms.earmarked_share, general[:, None] * PAID_BY_GENERAL_MONEY)
    member = towns.stage[:, E["network"]] > 0
    helped = np.stack([terms.network, terms.arena, terms.staff], axis=1)
    lifted = np.zeros_like(money)
    lifted[:, [E["network"], E["arena"], E["competence"]]] = 0.6 * helped
    strength = 0.7 + 0.3 * sim.state.ambition
    setting = elements.Setting(
        scale=sim.scale,
        champion=towns.champion_skill.max(axis=1),
        agenda=0.7 * towns.agenda + 0.3 * towns.ambition,
        neighbours=sim.governance.mean_of_partners(towns.stage > 0),
        duty=np.clip(terms.duty * terms.credibility * strength, 0.0, 1.0),
        money=np.maximum(money, lifted),
        network=np.where(member, np.maximum(terms.network, 0.3), 0.0),
        county=np.clip(0.5 * readings.county_strategy(sim) + 0.5 * terms.staff, 0.0, 1.0),
        platform=towns.practice[:, E["platform"]],
        is_alone=(towns.champions == 0) & (towns.officer == 0.0),
        money_ended=towns.had_money & (money <= 0.2),
    )
    return setting, money


def _move(sim: "Simulation", setting: elements.Setting) -> None:
    towns, p, year = sim.municipalities, sim.p.institution, sim.year
    keys = pair_keys(sim.town_keys, len(ELEMENTS))
    pushes = elements.advance_parts(setting, p)
    pulls = elements.lapse_parts(towns.stage, towns.practice, setting, p)
    up = sim.streams.uniform("advance", year, keys) < chance_of(
        elements.advance_hazard(towns.stage, towns.practice, pushes, sim.element_ease, p)
    )
    down = sim.streams.uniform("lapse", year, keys) < chance_of(elements.lapse_hazard(towns.stage, pulls, setting, p))
    down &= ~up
    _tell(sim, up, elements.DRIVERS, pushes)
    _tell(sim, down, elements.ENDERS, pulls)
    _note_network(sim, up, down)
    towns.stage[:] = towns.stage + up - down


def _note_network(sim: "Simulation", up: NDArray[np.bool_], down: NDArray[np.bool_]) -> None:
    """Edges to the county's learning network that appear or go with these moves."""
    stage, n = sim.municipalities.stage[:, E["network"]], E["network"]
    for rows, change in ((up[:, n] & (stage == 0), "appears"), (down[:, n] & (stage == 1), "goes")):
        for m in np.nonzero(rows)[0]:
            county = sim.counties[int(sim.place.county_of[m])].node
            sim.chronicle.edge(sim.year, "network", county, sim.place.numbers[m], change=change)


def _tell(
    sim: "Simulation", moves: NDArray[np.bool_], names: tuple[str, ...], parts: list[NDArray[np.float64]]
) -> None:
    """Note the moves that are about to be made, with their strongest driver and what stands behind it."""
    rows, columns = np.nonzero(moves)
    if not len(rows):
        return
    shape = sim.municipalities.stage.shape
    push = np.stack([np.broadcast_to(part, shape)[rows, columns] for part in parts])
    lead = push.argmax(axis=0)
    positive = np.maximum(push, 0.0)
    strength = positive[lead, np.arange(len(rows))] / np.maximum(positive.sum(axis=0), 1e-12)
    rises = names is elements.DRIVERS
    stage = sim.municipalities.stage[rows, columns] + (1 if rises else -1)
    verb = "became" if rises else "fell to"
    what = [f"{verb} {STAGES[s]}" for s in stage]
    cause = [names[k] for k in lead]
    told = Happening(
        what,
        rows,
        subject=[ELEMENTS[k] for k in columns],
        cause=cause,
        because=causes.behind(sim, rows, columns, cause),
        strength=strength,
    )
    sim.chronicle.note(sim.year, told)


def _know(sim: "Simulation") -> None:
    towns, p = sim.municipalities, sim.p.knowledge
    towns.institutionalisation[:] = elements.institutionalisation(
        towns.practice, sim.element_weight, sim.p.institution.epsilon
    )
    towns.person_knowledge[:] = personal_knowledge(towns.champion_skill, towns.officer)
    inst, org = towns.institutionalisation, towns.org_knowledge
    taught = 0.5 * towns.practice[:, E["competence"]] + 0.3 * sim.terms.staff + 0.2 * towns.practice[:, E["network"]]
    gained = p.codify * inst * towns.person_knowledge + p.training * taught
    towns.org_knowledge[:] = np.clip(org + gained * (1.0 - org) - p.forget * (1.0 - 0.7 * inst) * org, 0.0, 1.0)
    towns.capacity[:] = np.clip(inst * towns.org_knowledge + (1.0 - inst) * towns.person_knowledge, 0.0, 1.0)
