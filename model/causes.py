"""What stands behind the cause of an event: a statement of the design, a neighbour, a county. Changes nothing."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import ELEMENTS

if TYPE_CHECKING:
    from model.simulation import Simulation

FINANCE: Final = ELEMENTS.index("finance")


def behind(sim: "Simulation", rows: NDArray[np.int64], columns: NDArray[np.int64], causes: list[str]) -> list[str]:
    """What stands behind the cause of each move (n,): a statement of the design, a neighbour, a county, or nothing."""
    terms, told = sim.terms, []
    for m, e, cause in zip(rows.tolist(), columns.tolist(), causes, strict=True):
        if cause == "duty":
            told.append(sim.chronicle.statement(int(terms.duty_statement[m, e])))
        elif cause == "money":
            told.append(sim.chronicle.statement(_paying(sim, m, e)))
        elif cause == "neighbours":
            told.append(_model_neighbour(sim, m, e))
        elif cause in ("county", "network"):
            told.append(sim.counties[int(sim.place.county_of[m])].node)
        else:
            told.append("")
    return told


def _model_neighbour(sim: "Simulation", m: int, e: int) -> str:
    """The most trusted partner that has the element, by number."""
    gov = sim.governance
    touching = gov.pairs_of[m]
    partners = np.where(gov.pairs[touching, 0] == m, gov.pairs[touching, 1], gov.pairs[touching, 0])
    has = sim.municipalities.stage[partners, e] > 0
    if not has.any():
        return ""
    return sim.place.numbers[int(partners[np.argmax(np.where(has, gov.trust[touching], -1.0))])]


def _paying(sim: "Simulation", m: int, e: int) -> int:
    """Index of the statement whose money, or help in kind, carries the element; -1 for none."""
    named, lasting = sim.terms.money_statement[m, e], sim.terms.money_statement[m, FINANCE]
    towns = sim.municipalities
    if named < 0 and towns.passing[m] > towns.lasting[m]:
        return int(towns.project_statement[m][towns.project_years[m] > 0].max(initial=-1))
    return int(named if named >= 0 else lasting)
