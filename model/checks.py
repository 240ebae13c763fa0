"""Named invariants of every year: people, money, tonnes, decomposition, bounds. Each is strict or a warning."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from model.simulation import Simulation


class CheckError(RuntimeError):
    """A strict invariant is broken: the run cannot be trusted."""


class Check(NamedTuple):
    """An invariant: `broken` returns what is wrong, or an empty text."""

    name: str
    is_strict: bool
    broken: Callable[["Simulation"], str]


def people(sim: "Simulation") -> str:
    """Citizens, each with the weight of its municipality, sum to the population of the place's table."""
    held = np.bincount(sim.citizens.owner, minlength=len(sim.place.numbers)) * sim.weight
    worst = float(np.abs(held - sim.place.population[sim.row]).max())
    return "" if worst <= 1e-3 else f"{worst:g} persons too many or too few in a municipality"


def money(sim: "Simulation") -> str:
    """The sum of all balances is zero øre, and nobody but citizens is in debt."""
    if sim.ledger.total():
        return f"the balances sum to {sim.ledger.total()} øre, not to 0"
    owing = [k for k in ("state", "county", "municipality", "businesses") if int(sim.ledger.balance[k].min()) < 0]
    return f"debt in the accounts of {', '.join(owing)}" if owing else ""


def tonnes(sim: "Simulation") -> str:
    """Emissions are finite and not negative, by municipality and source; counties sum to the nation."""
    held = float(np.bincount(sim.place.county_of, sim.territorial.sum(axis=1), len(sim.counties)).sum())
    if abs(held - float(sim.territorial.sum())) > 1e-9 * held:
        return f"the counties hold {held:g} t CO2e, the nation {float(sim.territorial.sum()):g}"
    for name, table in (("territorial", sim.territorial), ("footprint", sim.footprint)):
        if not np.isfinite(table).all() or float(table.min()) < 0.0:
            return f"the {name} account holds a negative or missing number"
    return ""


def decomposition(sim: "Simulation") -> str:
    """The parts of the change since the first year sum to the whole in every municipality."""
    whole = sim.territorial.sum(axis=1) - sim.first_territorial.sum(axis=1)
    worst = float(np.abs(sim.change.sum(axis=0) - whole).max())
    scale = float(sim.first_territorial.sum())
    return "" if worst <= 1e-9 * scale + 1e-6 else f"parts and whole differ by {worst:g} t CO2e"


def bounds(sim: "Simulation") -> str:
    """Every column of counties, municipalities, citizens and businesses lies within its declared bounds."""
    every = (sim.county_rules, sim.municipalities, sim.citizens, sim.businesses)
    wrong = [name for rows in every for name in rows.out_of_bounds()]
    return f"out of bounds: {', '.join(wrong)}" if wrong else ""


CHECKS: Final = (
    Check("people", True, people),
    Check("money", True, money),
    Check("tonnes", True, tonnes),
    Check("decomposition", True, decomposition),
    Check("bounds", True, bounds),
)


def check_year(sim: "Simulation") -> None:
    """Run every check; warnings are kept in `sim.warnings`. Raises CheckError when a strict one is broken."""
    for check in CHECKS:
        wrong = check.broken(sim)
        if wrong and check.is_strict:
            raise CheckError(f"{sim.year}, check '{check.name}': {wrong}")
        if wrong:
            sim.warnings.append(f"{sim.year}, check '{check.name}': {wrong}")
