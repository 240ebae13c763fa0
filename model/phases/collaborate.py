"""Collaborate: arenas convene, trust moves, counties build strategies, leadership changes its mode."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.county import RegionalBriefing
from agents.municipality import ConveneBriefing, convene_chance
from agents.vocabulary import ELEMENTS
from model import readings
from model.chronicle import Happening

if TYPE_CHECKING:
    from model.simulation import Simulation

E = {name: k for k, name in enumerate(ELEMENTS)}


def collaborate(sim: "Simulation") -> None:
    """One year of working together across levels, citizens and businesses (Ansell & Gash; Sørensen & Torfing)."""
    _counties(sim)
    diversity = _arenas(sim)
    _trust(sim)
    towns, p = sim.municipalities, sim.p.arena
    held = towns.is_arena_held * diversity
    own = towns.ownership
    towns.ownership[:] = np.clip(own + p.ownership_gain * held * (1.0 - own) - p.ownership_lost * own, 0.0, 1.0)
    towns.frame[:] = np.clip(towns.frame + p.frame_gain * held * (1.0 - towns.frame), 0.0, 1.0)
    toward = 0.5 * towns.practice[:, E["platform"]] + 0.2 * towns.practice[:, E["cross_sector"]]
    toward += 0.2 * towns.practice[:, E["arena"]] + 0.1 * towns.ambition
    towns.mode += p.mode_gain * (np.clip(1.3 * toward, 0.0, 1.0) - towns.mode)


def _counties(sim: "Simulation") -> None:
    towns, terms = sim.municipalities, sim.terms
    has_platform = towns.stage[:, E["platform"]] > 0
    offered = np.maximum(np.maximum(terms.network, terms.staff), terms.arena)
    for c, county in enumerate(sim.counties):
        mine = sim.place.county_of == c
        briefing = RegionalBriefing(
            platform_share=float(has_platform[mine].mean()),
            trust=float(towns.trust[mine].mean()),
            support=float(offered[mine].mean()),
            ambition=sim.state.ambition,
        )
        county.decide(briefing, pace=0.15)


def _arenas(sim: "Simulation") -> NDArray[np.float64]:
    """Arenas held this year, and their diversity 0-1 (M,): who beside the council has reason to come."""
    towns, terms = sim.municipalities, sim.terms
    b = ConveneBriefing(
        element=towns.practice[:, E["arena"]],
        support=terms.arena,
        county=readings.county_strategy(sim),
        trust=towns.trust,
        mode=towns.mode,
        agenda=towns.agenda,
    )
    held = sim.streams.uniform("arena", sim.year, sim.town_keys) < convene_chance(b, sim.p.arena)
    appears, goes = held & ~towns.is_arena_held, towns.is_arena_held & ~held
    towns.is_arena_held[:] = held
    numbers = sim.place.numbers
    for rows, change in ((appears, "appears"), (goes, "goes")):
        for m in np.nonzero(rows)[0]:
            for group in ("citizens", "businesses"):
                sim.chronicle.edge(sim.year, "arena", numbers[m], f"{numbers[m]}/{group}", change=change)
    sim.chronicle.note(sim.year, Happening("arena convened", np.nonzero(appears)[0], cause="somebody convened it"))
    ready = np.clip(0.2 + readings.mean_attitude(sim), 0.0, 1.0)
    firms = np.clip(0.3 + 2.0 * readings.offering_share(sim), 0.0, 1.0)
    sectors = 0.4 + 0.6 * towns.practice[:, E["cross_sector"]]
    joins = sim.streams.uniform("joint-owner", sim.year, sim.businesses.keys)
    came = held[sim.businesses.owner] & (joins < 0.15 * firms[sim.businesses.owner])
    stays = sim.businesses.is_owner & (joins < 0.9)
    sim.businesses.is_owner[:] = came | stays
    return np.asarray((ready + firms + sectors) / 3.0)


def _trust(sim: "Simulation") -> None:
    towns, gov, p = sim.municipalities, sim.governance, sim.p.arena
    left, right = gov.pairs[:, 0], gov.pairs[:, 1]
    member = readings.has_network(sim)
    same_county = sim.place.county_of[left] == sim.place.county_of[right]
    meets = 0.6 * (member[left] & member[right])
    meets += 0.4 * (towns.is_arena_held[left] & towns.is_arena_held[right])
    meets += 0.3 * same_county * readings.county_strategy(sim)[left]
    turnover = 0.5 * (sim.renewal[left] + sim.renewal[right]) if sim.year % 4 == 3 else 0.0
    gov.trust += p.trust_gain * np.minimum(meets, 1.0) * (1.0 - gov.trust) - p.trust_lost * gov.trust * (1.0 + turnover)
    np.clip(gov.trust, 0.0, 1.0, out=gov.trust)
    towns.trust[:] = gov.mean_trust()
    numbers = sim.place.numbers
    for rows, change in zip(gov.renew_cooperation(), ("appears", "goes"), strict=True):
        for i, j in gov.pairs[rows]:
            sim.chronicle.edge(sim.year, "cooperation", numbers[i], numbers[j], change=change)
