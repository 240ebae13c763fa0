"""Deliver: measures start, succeed, meet setbacks or stop; facilities for citizens and businesses are among them."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.municipality import (
    START_DRIVERS,
    StartBriefing,
    SuccessBriefing,
    fit_of,
    start_chance,
    start_drivers,
    success_chance,
)
from agents.vocabulary import ELEMENTS
from model import readings
from model.chronicle import Happening
from model.ledger import ore_of

if TYPE_CHECKING:
    from model.simulation import Simulation

ROLES = ELEMENTS.index("roles")


def deliver(sim: "Simulation") -> None:
    """One year of municipal work on the solutions that a municipality carries out or facilitates."""
    towns = sim.municipalities
    fit = fit_of(towns.mode, towns.ownership, sim.catalogue.level, sim.p.fit)
    _start(sim, fit)
    paid = _pay(sim)
    _work(sim, fit, paid)


def _start(sim: "Simulation", fit: NDArray[np.float64]) -> None:
    towns, cat, p = sim.municipalities, sim.catalogue, sim.p.start
    below = np.column_stack([np.full(towns.size, p.first_rung), towns.learned[:, :2]])
    b = StartBriefing(
        agenda=(1.0 - p.ambition) * towns.agenda + p.ambition * towns.ambition * towns.agenda,
        capacity=towns.capacity,
        finance=towns.finance,
        fit=fit,
        learned=below[:, cat.level],
        frame=towns.frame,
        neighbours=sim.governance.mean_of_partners(towns.is_under_way),
        liking=np.broadcast_to(1.0 - cat.climate_motive, fit.shape),
        information=sim.terms.information,
    )
    chance = start_chance(b, cat.level, p) * sim.relevance
    wanted = np.maximum(sim.terms.facility, 0.0) * p.rule  # rules that provide a facility start it
    waits = readings.can_begin(sim) & ~towns.is_under_way
    starts = sim.waits["start"].happens(np.maximum(chance, wanted) * sim.openness[cat.level] * waits)
    towns.is_under_way |= starts
    towns.setbacks[starts] = 0
    if not (sim.chronicle.is_open and starts.any()):
        return
    rows, what = np.nonzero(starts)
    leading = start_drivers(b, p, (rows, what)).argmax(axis=0)
    ruled = wanted[rows, what] > chance[rows, what]
    reasons = np.where(ruled, "rule", np.array(START_DRIVERS)[leading])
    statements = np.where(ruled, sim.terms.facility_statement[rows, what], -1)
    started = Happening(
        "measure started",
        rows,
        subject=[cat.ids[s] for s in what],
        cause=list(reasons),
        because=[sim.chronicle.statement(int(s)) for s in statements],
    )
    sim.chronicle.note(sim.year, started)


def _pay(sim: "Simulation") -> NDArray[np.float64]:
    """Pay officers and measures from what the municipality has; returns the share of the cost that was met, (M,)."""
    towns, cat, ledger, p = sim.municipalities, sim.catalogue, sim.ledger, sim.p.money
    have = np.maximum(ledger.balance["municipality"], 0)
    full = np.clip(p.officer_cost * sim.population, p.officer_least, p.officer_most)
    due = ore_of(full * (towns.officer > 0))
    wage = np.minimum(due, have)
    towns.officer *= np.divide(wage, due, out=np.ones(towns.size), where=due > 0)  # unpaid hours are not worked
    ledger.pay(sim.year, "municipality", "citizens", amount=wage, purpose="climate officers")
    cost = ore_of((towns.is_under_way * cat.spending[None, :]).sum(axis=1) * sim.population)
    spent = np.minimum(cost, have - wage)
    ledger.pay(sim.year, "municipality", "businesses", amount=spent, purpose="measures")
    return np.asarray(np.divide(spent, cost, out=np.ones(towns.size), where=cost > 0))


def _work(sim: "Simulation", fit: NDArray[np.float64], paid: NDArray[np.float64]) -> None:
    towns, cat, p = sim.municipalities, sim.catalogue, sim.p.success
    b = SuccessBriefing(towns.capacity, fit, towns.ownership, (towns.finance + paid) / 2.0, cat.difficulty)
    luck = sim.tries["success"].luck(towns.is_under_way)
    won = towns.is_under_way & (luck < success_chance(b, p))
    lost = towns.is_under_way & ~won
    pace = p.pace * (p.unpaid + (1.0 - p.unpaid) * paid)[:, None]
    worn = p.erosion * (1.0 - towns.institutionalisation)[:, None] * ~towns.is_under_way
    towns.carried[:] = np.clip(towns.carried + won * pace * (1.0 - towns.carried) - worn * towns.carried, 0.0, 1.0)
    towns.setbacks[:] = np.where(lost, np.minimum(towns.setbacks + 1, 99), 0)
    guard = (1.0 - p.guard_ownership * towns.ownership) * (1.0 - p.guard_institution * towns.institutionalisation)
    chance = p.rollback * guard[:, None] * (towns.setbacks >= p.patience)
    stop = sim.waits["rollback"].happens(chance)
    towns.is_under_way &= ~stop
    towns.carried[stop] *= p.kept
    rows, what = np.nonzero(stop)
    named = [cat.ids[s] for s in what]
    sim.chronicle.note(sim.year, Happening("measure stopped", rows, subject=named, cause="setbacks"))
    _remember(sim, won, lost)


def _remember(sim: "Simulation", won: NDArray[np.bool_], lost: NDArray[np.bool_]) -> None:
    """Experience of each level moves toward this year's share of successes, and fades where nothing was tried."""
    towns, p = sim.municipalities, sim.p.success
    for k in range(3):
        at_level = sim.catalogue.level == k
        tried = (won | lost)[:, at_level].sum(axis=1)
        share = won[:, at_level].sum(axis=1) / np.maximum(tried, 1)
        learned = towns.learned[:, k]
        learned += np.where(tried > 0, p.learning * (share - learned), -p.forgetting * learned)
    np.clip(towns.learned, 0.0, 1.0, out=towns.learned)
