"""Moves of rules told, of municipalities and of counties: the strongest driver and what stands behind it.

Changes nothing in the simulation.
"""

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from agents import county
from agents.vocabulary import COUNTY_RULES, ELEMENTS, STAGES
from model import causes
from model.chronicle import Happening
from model.institutions import elements

if TYPE_CHECKING:
    from model.simulation import Simulation

Level = Literal["municipality", "county"]

RISES: Final = (elements.DRIVERS, county.DRIVERS)
RISE: Final = ("", *(f"became {stage}" for stage in STAGES[1:]))
FALL: Final = ("dropped", *(f"softened to {stage}" for stage in STAGES[1:]))


def tell(
    sim: "Simulation", level: Level, moved: NDArray[np.bool_], names: tuple[str, ...], parts: list[NDArray[np.float64]]
) -> None:
    """Note the moves by one stage that are about to be made, before they are made.

    moved: (N, X) of N actors and X subjects; names: DRIVERS of a rise or ENDERS of a fall; parts: of each name in the
    push, broadcastable to (N, X).
    """
    rows, columns = np.nonzero(moved)
    if not (sim.chronicle.is_open and len(rows)):
        return
    is_county = level == "county"
    before = (sim.county_rules if is_county else sim.municipalities).stage
    push = np.stack([part[rows, columns if part.shape[1] > 1 else 0] for part in parts])
    rises, positive = names in RISES, np.maximum(push, 0.0)
    lead = push.argmax(axis=0)
    if not rises:  # a fall that nothing pushes is the last of the names: chance
        lead = np.where(positive.any(axis=0), lead, len(names) - 1)
    strength = positive[lead, np.arange(len(rows))] / np.maximum(positive.sum(axis=0), 1e-12)
    stage = before[rows, columns] + (1 if rises else -1)
    cause = [names[k] for k in lead]
    because = (causes.behind_county if is_county else causes.behind)(sim, rows, columns, cause)
    told = Happening(
        [(RISE if rises else FALL)[s] for s in stage],
        rows,
        subject=[(COUNTY_RULES if is_county else ELEMENTS)[k] for k in columns],
        cause=cause,
        because=because,
        strength=strength,
        level=level,
    )
    sim.chronicle.note(sim.year, told)
    sim.spells[level].move(sim.year, rows, columns, stage=stage, cause=cause, because=because)
