"""Fund: permanent and earmarked money, the municipalities' own, and the round of project grants; projects end."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.municipality import SLOTS, ApplyBriefing, apply_chance, logistic
from agents.vocabulary import COUNTY_RULES, ELEMENTS
from model import readings
from model.chronicle import Happening
from model.ledger import ore_of, shared, shared_within
from model.streams import pair_keys
from model.terms import GrantPot

if TYPE_CHECKING:
    from model.simulation import Simulation

BUDGET, FINANCE = ELEMENTS.index("budget"), ELEMENTS.index("finance")


def fund(sim: "Simulation") -> None:
    """Money reaches the municipalities; taxes pay for it, so that the state's account ends the year at zero."""
    _end_projects(sim)
    _forget(sim)
    for place, pot in enumerate(sim.terms.pots):
        _grant_round(sim, pot, place)
    towns, terms, pay = sim.municipalities, sim.terms, sim.ledger.pay
    grants = towns.project_grant.sum(axis=1)
    lasting = ore_of(terms.permanent)
    earmarked = ore_of(terms.earmarked.sum(axis=1))
    own = np.maximum(ore_of(_own_money(sim)), towns.project_own.sum(axis=1))  # co-finance comes out of own money first
    support, regional = _regional_support(sim)
    regional_tax = shared_within(sim.place.county_of, regional, sim.population)
    owed = int(grants.sum() + lasting.sum() + earmarked.sum() + support.sum())
    pay(sim.year, "citizens", "state", amount=shared(owed, sim.population), purpose="tax to the state")
    pay(sim.year, "citizens", "municipality", amount=own, purpose="own climate money")
    pay(sim.year, "state", "municipality", amount=lasting, purpose="permanent climate money")
    pay(sim.year, "state", "municipality", amount=earmarked, purpose="earmarked money")
    pay(sim.year, "state", "municipality", amount=grants, purpose="project grants")
    pay(sim.year, "state", "county", amount=support, purpose="regional support")
    pay(sim.year, "citizens", "county", amount=regional_tax, purpose="tax to the county")
    pay(sim.year, "county", "citizens", amount=support + regional, purpose="regional staff")
    sim.money = {"project": grants / 100.0, "permanent": (lasting + earmarked) / 100.0, "own": own / 100.0}
    need = sim.p.money.need_fixed + sim.p.money.need_per_inhabitant * sim.population
    steep = sim.p.money.saturation
    towns.finance[:] = -np.expm1(-steep * sum(sim.money.values()) / need)
    towns.lasting[:] = -np.expm1(-steep * terms.permanent / need)
    towns.passing[:] = -np.expm1(-steep * sim.money["project"] / need)


def _regional_support(sim: "Simulation") -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Øre for networks, pooled staff and arenas in each municipality, each (M,): what the state and the county pay.

    The county provides all of it. The state pays what the design offers, the county what its own rules add to that.
    """
    p, terms = sim.p.money, sim.terms
    cost = np.array([getattr(p, f"{rule}_cost") for rule in COUNTY_RULES])
    there = np.stack([getattr(terms, rule) for rule in COUNTY_RULES], axis=1)
    return ore_of((terms.offered * cost).sum(axis=1)), ore_of(((there - terms.offered) * cost).sum(axis=1))


def _own_money(sim: "Simulation") -> NDArray[np.float64]:
    towns, p = sim.municipalities, sim.p.money
    budget, finance = towns.practice[:, BUDGET], towns.practice[:, FINANCE]
    will = towns.agenda * (1.0 - p.own_budget - p.own_finance + p.own_budget * budget + p.own_finance * finance)
    return p.own_per_inhabitant * sim.population * will


def _end_projects(sim: "Simulation") -> None:
    towns, p = sim.municipalities, sim.p.money
    running = towns.project_years > 0
    towns.project_years -= running.astype(np.int8)
    ended = running & (towns.project_years == 0)
    if not ended.any():
        return
    towns.project_grant[ended] = 0
    towns.project_own[ended] = 0
    own = (towns.practice[:, BUDGET] + towns.practice[:, FINANCE]) / 2.0
    anchored = (towns.institutionalisation + own) / 2.0
    chance = logistic(p.survival_base + p.survival_institution * anchored)
    luck = sim.streams.uniform("project", sim.year, pair_keys(sim.town_keys, SLOTS))
    for slot in range(SLOTS):
        rows = np.nonzero(ended[:, slot])[0]
        if not len(rows):
            continue
        lives = luck[rows, slot] < chance[rows]
        what = towns.project_solution[rows, slot]
        lost, lost_what = rows[~lives], what[~lives]
        towns.is_under_way[lost, lost_what] = False
        towns.carried[lost, lost_what] *= p.survival_kept
        for told, where, subject, cause in (
            ("project results kept", rows[lives], what[lives], "anchored in the line"),
            ("project results lost", lost, lost_what, "project money ended"),
        ):
            ids = [sim.catalogue.ids[s] for s in subject]
            sim.chronicle.note(sim.year, Happening(told, where, subject=ids, cause=cause))


def _forget(sim: "Simulation") -> None:
    """Where a pot is open experience of applying wears off; what a pot that is offered no more left over is gone."""
    pots = sim.terms.pots
    is_open = np.logical_or.reduce([pot.eligible for pot in pots]) if pots else np.zeros(sim.municipalities.size, bool)
    sim.municipalities.experience[is_open] *= 1.0 - sim.p.apply.forgetting
    offered = {pot.statement for pot in pots}
    sim.unspent = {statement: left for statement, left in sim.unspent.items() if statement in offered}


def _grant_round(sim: "Simulation", pot: GrantPot, place: int) -> None:
    """Municipalities apply, the best assessed win until the pot is empty; each win starts work on one solution.

    `place` is the pot's place among the pots of the year: what else a design says leaves the applicants' luck alone.
    """
    towns, year, p = sim.municipalities, sim.year, sim.p.apply
    asking = ApplyBriefing(towns.agenda, towns.capacity, towns.experience, sim.scale, pot.co_finance)
    chance = apply_chance(asking, p)
    slot = np.argmin(towns.project_years, axis=1)
    room = towns.project_years[np.arange(towns.size), slot] == 0
    keys = pair_keys(sim.town_keys, place + 1)[:, place]
    applies = pot.eligible & ~sim.terms.blocked & room & (sim.streams.uniform("application", year, keys) < chance)
    luck = sim.streams.normal("assessment", year, keys)
    worth = towns.capacity + p.assess_experience * towns.experience + p.assess_luck * luck
    ask = ore_of(sim.p.money.project_size * np.sqrt(sim.population))
    order = np.argsort(np.where(applies, -worth, np.inf), kind="stable")[: int(applies.sum())]
    full = int(pot.amount * 100.0) + sim.unspent.get(pot.statement, 0)  # what nobody won last year is on offer again
    wins = order[np.cumsum(ask[order]) <= full]
    sim.unspent[pot.statement] = full - int(ask[wins].sum())
    towns.experience[:] = np.minimum(1.0, towns.experience + p.tried * applies)
    towns.experience[wins] = np.minimum(1.0, towns.experience[wins] + p.won)
    if not len(wins):
        return
    target = readings.project_target(sim, wins)
    towns.project_years[wins, slot[wins]] = pot.duration
    towns.project_grant[wins, slot[wins]] = ask[wins] // pot.duration
    share = pot.co_finance / max(1e-9, 1.0 - pot.co_finance)  # of the grant, so that both together make the whole
    towns.project_own[wins, slot[wins]] = np.rint(ask[wins] * share).astype(np.int64) // pot.duration
    towns.project_solution[wins, slot[wins]] = target
    towns.project_statement[wins, slot[wins]] = pot.statement
    towns.is_under_way[wins, target] |= sim.openness[sim.catalogue.level[target]] > 0.0  # a closed level starts nothing
    named = [sim.catalogue.ids[s] for s in target]
    statement = sim.chronicle.statement(pot.statement)
    won = Happening("grant won", wins, subject=named, cause="project grant", because=statement)
    sim.chronicle.note(year, won)
