"""Collaborate: counties build strategies and rules, arenas convene, trust moves, leadership changes its mode."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents import county
from agents.municipality import ConveneBriefing, chance_of, convene_chance
from agents.vocabulary import ELEMENTS
from model import moves, readings
from model.chronicle import Happening
from model.institutions.words import is_election_year

if TYPE_CHECKING:
    from model.simulation import Simulation

E = {name: k for k, name in enumerate(ELEMENTS)}


def collaborate(sim: "Simulation") -> None:
    """One year of working together across levels, citizens and businesses (Ansell & Gash; Sørensen & Torfing)."""
    _counties(sim)
    _county_rules(sim)
    diversity = _arenas(sim)
    _trust(sim)
    towns, p = sim.municipalities, sim.p.arena
    held = towns.is_arena_held * diversity
    own = towns.ownership
    towns.ownership[:] = np.clip(own + p.ownership_gain * held * (1.0 - own) - p.ownership_lost * own, 0.0, 1.0)
    towns.frame[:] = np.clip(towns.frame + p.frame_gain * held * (1.0 - towns.frame), 0.0, 1.0)
    toward = p.mode_platform * towns.practice[:, E["platform"]] + p.mode_arena * towns.practice[:, E["arena"]]
    toward += p.mode_cross_sector * towns.practice[:, E["cross_sector"]] + p.mode_ambition * towns.ambition
    towns.mode += p.mode_gain * (np.clip(p.mode_reach * toward, 0.0, 1.0) - towns.mode)
    np.minimum(towns.mode, sim.p.leadership.cap, out=towns.mode)


def _counties(sim: "Simulation") -> None:
    """Regional strategies move, slowly."""
    towns, mean = sim.municipalities, sim.governance.mean_of_county
    offered = sim.terms.offered.max(axis=1)
    of_all = np.stack([towns.stage[:, E["platform"]] > 0, towns.trust, offered], axis=1)
    for actor, (platforms, trust, support) in zip(sim.counties, mean(of_all).tolist(), strict=True):
        actor.decide(county.RegionalBriefing(platforms, trust, support, sim.state.ambition), sim.p.county)


def _county_rules(sim: "Simulation") -> None:
    """Counties enact, harden, soften and drop rules of their own; what they decide holds from the year after."""
    rules, p, mean = sim.county_rules, sim.p.county, sim.governance.mean_of_county
    support = mean(sim.terms.offered)
    has_support = support > p.support_counts
    briefing = county.RuleBriefing(
        strategy=np.array([[actor.strategy] for actor in sim.counties]),
        members=mean(sim.municipalities.stage[:, county.CARRIED] > 0),
        neighbours=sim.governance.mean_of_counties_beside(rules.stage > 0),
        support=support,
        has_ended=rules.had_support & ~has_support,
        can_gather=sim.governance.can_gather,
    )
    pushes, pulls = county.enact_parts(briefing, p), county.lapse_parts(rules.stage, briefing, p)
    rises = chance_of(county.enact_hazard(rules.stage, pushes, briefing, p))
    falls = chance_of(county.lapse_hazard(rules.stage, pulls, briefing, p))
    up = sim.waits["county-enacts"].happens(rises)
    down = sim.waits["county-lapses"].happens(falls) & ~up
    moves.tell(sim, "county", up, county.DRIVERS, pushes)
    moves.tell(sim, "county", down, county.ENDERS, pulls)
    rules.stage[:] = rules.stage + up - down
    rules.had_support[:] = has_support


def _arenas(sim: "Simulation") -> NDArray[np.float64]:
    """Arenas held this year, and their diversity 0-1 (M,): who beside the council has reason to come."""
    towns, terms, p = sim.municipalities, sim.terms, sim.p.arena
    b = ConveneBriefing(
        element=towns.practice[:, E["arena"]],
        support=terms.arena,
        county=readings.county_strategy(sim),
        trust=towns.trust,
        mode=towns.mode,
        agenda=towns.agenda,
    )
    held = sim.streams.uniform("arena", sim.year, sim.town_keys) < convene_chance(b, p)
    appears, goes = held & ~towns.is_arena_held, towns.is_arena_held & ~held
    towns.is_arena_held[:] = held
    numbers = sim.place.numbers
    for rows, change in ((appears, "appears"), (goes, "goes")):
        for m in np.nonzero(rows)[0]:
            for group in ("citizens", "businesses"):
                sim.chronicle.edge(sim.year, "arena", numbers[m], f"{numbers[m]}/{group}", change=change)
    sim.chronicle.note(sim.year, Happening("arena convened", np.nonzero(appears)[0], cause="somebody convened it"))
    ready = np.clip(p.ready_base + readings.mean_attitude(sim), 0.0, 1.0)
    firms = np.clip(p.firms_base + p.firms_offers * readings.offering_share(sim), 0.0, 1.0)
    sectors = p.sectors_base + (1.0 - p.sectors_base) * towns.practice[:, E["cross_sector"]]
    joins = sim.streams.uniform("joint-owner", sim.year, sim.businesses.keys)
    came = held[sim.businesses.owner] & (joins < p.owner_joins * firms[sim.businesses.owner])
    stays = sim.businesses.is_owner & (joins < p.owner_stays)
    sim.businesses.is_owner[:] = came | stays
    return np.asarray((ready + firms + sectors) / 3.0)


def _trust(sim: "Simulation") -> None:
    towns, gov, p = sim.municipalities, sim.governance, sim.p.arena
    left, right = gov.pairs[:, 0], gov.pairs[:, 1]
    member = readings.has_network(sim)
    same_county = sim.place.county_of[left] == sim.place.county_of[right]
    meets = p.meets_network * (member[left] & member[right])
    meets += p.meets_arena * (towns.is_arena_held[left] & towns.is_arena_held[right])
    meets += p.meets_county * same_county * readings.county_strategy(sim)[left]
    renewed = 0.5 * (sim.renewal[left] + sim.renewal[right]) if is_election_year(sim.year) else 0.0
    lost = p.trust_lost * gov.trust * (1.0 + p.trust_turnover * renewed)
    gov.trust += p.trust_gain * np.minimum(meets, 1.0) * (1.0 - gov.trust) - lost
    np.clip(gov.trust, 0.0, 1.0, out=gov.trust)
    towns.trust[:] = gov.mean_trust()
    numbers = sim.place.numbers
    for rows, change in zip(gov.renew_cooperation(), ("appears", "goes"), strict=True):
        for i, j in gov.pairs[rows]:
            sim.chronicle.edge(sim.year, "cooperation", numbers[i], numbers[j], change=change)
