"""The running simulation as a mesa.Model: stepped by hand, looked at, let go."""

import gc
import pickle
import warnings
import weakref

import mesa
import numpy as np
import pytest

from agents.county import County
from agents.municipality import Municipality
from agents.state import State
from model.phases import YEAR
from model.simulation import Simulation
from tests import worlds


@pytest.fixture
def fresh() -> Simulation:
    """A small simulation that the test may change."""
    return Simulation(worlds.case(citizens=300))


def test_it_is_a_mesa_model(fresh):
    assert isinstance(fresh, mesa.Model)
    assert len(fresh.agents) == 1 + len(fresh.counties) + len(fresh.place.numbers)


@pytest.mark.parametrize(("kind", "count"), [(Municipality, 17), (State, 1), (County, 1)])
def test_actors_are_found_by_type(fresh, kind, count):
    assert len(fresh.agents.select(agent_type=kind)) == count


def test_years_are_stepped_by_hand(fresh):
    done = []
    for year in fresh.case.years:
        fresh.step()
        done.append(fresh.year)
        assert fresh.year == year
    assert done == list(range(2025, 2051))
    with pytest.raises(StopIteration, match="2050"):
        fresh.step()
    assert fresh.digest() == worlds.finished(citizens=300).digest()


def test_a_run_goes_on_from_where_it_stands(fresh):
    fresh.step()
    told: list[int] = []
    assert fresh.run(told.append) is fresh
    assert told == list(range(2026, 2051))
    assert fresh.digest() == worlds.finished(citizens=300).digest()


def test_the_year_is_a_fixed_order():
    names = "observe signal elect fund institutionalise collaborate deliver offer choose account learn"
    assert [phase.__name__ for phase in YEAR] == names.split()


def test_phases_run_in_that_order(fresh, monkeypatch):
    walked: list[str] = []

    def watched(phase):
        def run(sim):
            walked.append(phase.__name__)
            phase(sim)

        return run

    monkeypatch.setattr("model.simulation.YEAR", tuple(watched(phase) for phase in YEAR))
    fresh.step()
    fresh.step()
    assert walked == [phase.__name__ for phase in YEAR] * 2


def test_a_municipality_is_found_by_its_number():
    sim = worlds.finished()
    town = sim.municipalities["4001"]
    assert isinstance(town, Municipality)
    assert town.number == "4001"
    row = sim.place.numbers.index("4001")
    assert town.institutionalisation == sim.municipalities.institutionalisation[row]


def test_a_municipality_is_found_by_its_row():
    sim = worlds.finished()
    assert sim.municipalities[2].agenda == sim.municipalities.agenda[2]


def test_a_municipality_reads_its_columns():
    sim = worlds.finished()
    for row, number in enumerate(sim.place.numbers):
        town = sim.municipalities.agents[number]
        assert town.institutionalisation == sim.municipalities.institutionalisation[row]
        assert set(town.elements) == set(sim.municipalities.agents["4001"].elements)
    with pytest.raises(AttributeError, match="institutionalisation"):
        _ = town.institutionalization


def test_a_citizen_is_an_agent_like_the_column():
    sim = worlds.finished()
    for index in (0, 17, len(sim.citizens) - 1, -1):
        citizen = sim.citizens[index]
        assert isinstance(citizen, mesa.Agent)
        assert citizen.attitude == sim.citizens.attitude[index]
        assert np.array_equal(citizen.ties, sim.citizens.ties[index])
        assert citizen.model is sim
    assert isinstance(sim.businesses[3], mesa.Agent)
    assert "attitude" in dir(sim.citizens[0])
    with pytest.raises(AttributeError, match="atitude"):
        _ = sim.citizens[0].atitude


def test_looking_changes_nothing(fresh):
    for _ in worlds.years_of(fresh):
        before, agents = fresh.digest(), list(fresh.agents)
        for citizen in list(fresh.citizens)[:20]:
            assert 0.0 <= citizen.attitude <= 1.0
        _ = fresh.businesses[0].offers, fresh.graph(["4001"]), fresh.tables, repr(fresh.state)
        assert fresh.digest() == before
        assert list(fresh.agents) == agents
    assert fresh.digest() == worlds.finished(citizens=300).digest()


def test_tables_are_for_recorded_runs():
    with pytest.raises(RuntimeError, match="record=True"):
        _ = Simulation(worlds.case(citizens=100), record=False).tables


def test_no_warning_is_given():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sim = Simulation(worlds.case(citizens=300, design="full-transition")).run()
    assert sim.warnings == []


def seen(sim: Simulation) -> None:
    _ = sim.citizens[17].attitude, sim.businesses[1].outlook


@pytest.mark.parametrize(
    "look",
    [
        lambda sim: None,
        lambda sim: (sim.run(), sim.tables, sim.graph(["4001"]), sim.digest()),
        lambda sim: sim.agents.select(agent_type=Municipality),
        seen,
    ],
    ids=["built", "run and read", "actors", "rows"],
)
def test_nothing_keeps_a_simulation_alive(look):
    sim = Simulation(worlds.case(citizens=100, last=2027))
    look(sim)
    watch = weakref.ref(sim)
    del sim
    gc.collect()
    assert watch() is None


def test_a_case_travels_between_processes():
    case = worlds.case(citizens=300)
    again = pickle.loads(pickle.dumps(case))  # noqa: S301 our own bytes
    assert again == case
    assert Simulation(again, record=False).run().digest() == worlds.finished(citizens=300).digest()
