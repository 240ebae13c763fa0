"""The invariants of the year catch what they are for: strict ones stop the run, the others are told."""

from collections.abc import Callable

import numpy as np
import pytest

from model import checks
from model.simulation import Simulation
from tests import worlds


@pytest.fixture
def sim() -> Simulation:
    """Two years into a small run; the test may change it."""
    sim = Simulation(worlds.case(citizens=200, design="full-transition"))
    sim.step()
    sim.step()
    return sim


def forged_money(sim: Simulation) -> None:
    sim.ledger.balance["citizens"][3] += 1


def debt(sim: Simulation) -> None:
    owed = int(sim.ledger.balance["municipality"][0]) + 1
    sim.ledger.balance["municipality"][0] -= owed
    sim.ledger.balance["citizens"][0] += owed


def negative_tonnes(sim: Simulation) -> None:
    sim.territorial[2, 3] = -1.0


def missing_tonnes(sim: Simulation) -> None:
    sim.footprint[2, 3] = np.nan


def lost_part(sim: Simulation) -> None:
    sim.change[1, 4] += 0.1


def wild_column(sim: Simulation) -> None:
    sim.municipalities.agenda[5] = 1.5


def unknown_stage(sim: Simulation) -> None:
    sim.municipalities.stage[5, 2] = 4


CASES = [
    ("money", forged_money),
    ("money", debt),
    ("tonnes", negative_tonnes),
    ("tonnes", missing_tonnes),
    ("decomposition", lost_part),
    ("bounds", wild_column),
    ("bounds", unknown_stage),
]


def test_a_sound_year_passes(sim):
    checks.check_year(sim)
    assert sim.warnings == []


@pytest.mark.parametrize(("name", "spoil"), CASES, ids=[f"{n}-{f.__name__}" for n, f in CASES])
def test_what_is_wrong_stops_the_run(sim, name, spoil: Callable[[Simulation], None]):
    spoil(sim)
    with pytest.raises(checks.CheckError, match=f"2026, check '{name}': "):
        checks.check_year(sim)


def test_each_check_has_a_meaning_and_a_name():
    assert len({c.name for c in checks.CHECKS}) == len(checks.CHECKS)
    assert all(c.broken.__doc__ for c in checks.CHECKS)
    assert {c.name for c in checks.CHECKS} >= {"people", "money", "tonnes", "decomposition", "bounds"}


def test_people_are_counted(sim):
    """A citizen who moves out of the book of one municipality into that of another is missed in both."""
    assert checks.people(sim) == ""
    home = int(sim.citizens.owner[0])
    sim.citizens.owner[0] = home + 1
    assert "persons" in checks.people(sim)
    sim.citizens.owner[0] = home


def test_every_year_is_checked(sim, monkeypatch):
    seen: list[int] = []
    watch = checks.Check("watch", True, lambda s: seen.append(s.year) or "")
    monkeypatch.setattr(checks, "CHECKS", (watch,))
    sim.run()
    assert seen == list(range(2027, 2051))


def test_what_is_not_strict_is_told_and_goes_on(sim, monkeypatch):
    monkeypatch.setattr(checks, "CHECKS", (checks.Check("mild", False, lambda s: "a little off"),))
    sim.step()
    assert sim.warnings == ["2027, check 'mild': a little off"]


def test_a_spoiled_run_stops_by_itself(sim):
    forged_money(sim)
    with pytest.raises(checks.CheckError, match=r"2027, check 'money'.* 1 øre"):
        sim.step()
