"""What stands behind the cause of an event: a statement of the design, a municipality, a county. Changes nothing."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from agents.county import CARRIED
from agents.vocabulary import COUNTY_RULES, ELEMENTS, HELP
from model import readings
from model.institutions.elements import PAID_BY_GENERAL_MONEY

if TYPE_CHECKING:
    from model.simulation import Simulation

FINANCE: Final = ELEMENTS.index("finance")
INDICATORS: Final = ELEMENTS.index("indicators")
HELPED: Final = {e: rule for rule, lifted in HELP.items() for e in lifted}  # the help in kind with an element
HELPER: Final = np.array([COUNTY_RULES.index(HELPED[e]) if e in HELPED else -1 for e in ELEMENTS])


def behind(sim: "Simulation", rows: NDArray[np.int64], columns: NDArray[np.int64], causes: list[str]) -> list[str]:
    """What stands behind the cause of each move (n,): a statement, a municipality, a county, or nothing."""
    duty = sim.terms.duty_statement[rows, columns].tolist()
    paid = np.nonzero(np.array(causes) == "money")[0]
    payers = dict(zip(paid.tolist(), _payers(sim, rows[paid], columns[paid]), strict=True))
    told = []
    for k, (m, e, cause) in enumerate(zip(rows.tolist(), columns.tolist(), causes, strict=True)):
        if cause == "duty":
            told.append(sim.chronicle.statement(duty[k]))
        elif cause == "money":
            told.append(payers[k])
        elif cause == "neighbours":
            told.append(_model_neighbour(sim, m, e))
        elif cause == "network":
            told.append(_network(sim, m))
        elif cause == "county":
            told.append(_support(sim, m))
        else:
            told.append("")
    return told


def _model_neighbour(sim: "Simulation", m: int, e: int) -> str:
    """Whom it copied, by number: the most trusted partner that has the element, else the foremost of its network."""
    gov = sim.governance
    partners = gov.partners_of[m]
    trust = np.where(sim.municipalities.stage[partners, e] > 0, gov.trust[gov.pairs_of[m]], -1.0)
    best = int(trust.argmax()) if len(trust) else -1
    if best < 0 or trust[best] < 0.0:
        return _foremost(sim, int(sim.place.county_of[m]), e, readings.has_network(sim))
    return sim.place.numbers[int(partners[best])]


def behind_county(
    sim: "Simulation", rows: NDArray[np.int64], columns: NDArray[np.int64], causes: list[str]
) -> list[str]:
    """What stands behind the cause of each move of a county (n,): a municipality, a county beside it, a statement."""
    told = []
    for c, k, cause in zip(rows.tolist(), columns.tolist(), causes, strict=True):
        if cause == "municipalities":
            told.append(_foremost(sim, c, CARRIED[k]))
        elif cause == "neighbours":
            stage = np.where(sim.governance.beside[c] > 0.0, sim.county_rules.stage[:, k], 0)
            told.append(sim.counties[int(stage.argmax())].node)
        elif cause == "support":
            most = int(np.where(sim.place.county_of == c, sim.terms.offered[:, k], -1.0).argmax())
            told.append(sim.chronicle.statement(int(sim.terms.help_statement[most, CARRIED[k]])))
        else:
            told.append("")
    return told


def _county(sim: "Simulation", m: int) -> str:
    return sim.counties[int(sim.place.county_of[m])].node


def _network(sim: "Simulation", m: int) -> str:
    """Who offers the learning network: a statement or the county; empty where members keep it up themselves."""
    is_own = sim.p.institution.network_own > sim.terms.network[m]
    return "" if is_own else _helper(sim, m, "network")


def _support(sim: "Simulation", m: int) -> str:
    """Who provides the staff that are shared; empty where the county's strategy is the larger part of the support."""
    weight = sim.p.institution.county_staff
    strategy = (1.0 - weight) * sim.counties[int(sim.place.county_of[m])].strategy
    return "" if strategy > weight * sim.terms.staff[m] else _helper(sim, m, "staff")


def _helper(sim: "Simulation", m: int, rule: str) -> str:
    """Whose help in kind reaches a municipality: the county's where it offers more than the design."""
    terms, k = sim.terms, COUNTY_RULES.index(rule)
    if getattr(terms, rule)[m] > terms.offered[m, k]:
        return _county(sim, m)
    return sim.chronicle.statement(int(terms.help_statement[m, CARRIED[k]]))


def _foremost(sim: "Simulation", c: int, e: int, among: NDArray[np.bool_] | None = None) -> str:
    """The municipality of a county that lives the element most among those that have it, by number."""
    towns = sim.municipalities
    mine = (sim.place.county_of == c) & (towns.stage[:, e] > 0)
    if among is not None:
        mine &= among
    return sim.place.numbers[int(np.where(mine, towns.practice[:, e], -1.0).argmax())] if mine.any() else ""


def _payers(sim: "Simulation", m: NDArray[np.int64], e: NDArray[np.int64]) -> list[str]:
    """Whose money, or help in kind, carries each element most (n,): a statement of the design, or the county."""
    terms, towns, worth = sim.terms, sim.municipalities, sim.p.institution.help
    is_general, k = PAID_BY_GENERAL_MONEY[e], HELPER[e]
    there = np.stack([getattr(terms, rule) for rule in COUNTY_RULES], axis=1)[m, k]
    offered = terms.offered[m, k]
    project = np.where(towns.project_years > 0, towns.project_statement, -1).max(axis=1)
    offers = np.stack(
        [
            terms.earmarked_share[m, e],
            is_general * towns.lasting[m],
            is_general * towns.passing[m],
            worth * (k >= 0) * offered,
            worth * (e == INDICATORS) * terms.precision[m],
            worth * (k >= 0) * there * (there > offered),  # last, so that the design is named before the county
        ]
    )
    statements = [
        terms.money_statement[m, e],
        terms.money_statement[m, FINANCE],
        project[m],
        terms.help_statement[m, np.array(CARRIED)[k]],
        terms.help_statement[m, e],
        np.full(len(m), -1),
    ]
    lead = offers.argmax(axis=0)
    named = np.stack(statements)[lead, np.arange(len(m))].tolist()
    own = (lead == len(offers) - 1).tolist()
    return [
        _county(sim, town) if is_own else sim.chronicle.statement(one)
        for town, is_own, one in zip(m.tolist(), own, named, strict=True)
    ]
