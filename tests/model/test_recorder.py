"""Tables are as declared, agree with each other and with the run, and reading them changes nothing."""

import numpy as np
import pyarrow as pa
import pytest

from agents.vocabulary import ELEMENTS
from model import recorder
from model.schema import TABLES
from model.simulation import Simulation
from tests import worlds

SIM = {"design": "full-transition"}


@pytest.fixture(scope="module")
def sim() -> Simulation:
    return worlds.finished(**SIM)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_declared(sim, name):
    table = sim.tables[name]
    assert table.column_names == [c.name for c in TABLES[name]]
    for column, field in zip(TABLES[name], table.schema, strict=True):
        kind = field.type
        if column.dtype == "text":
            assert pa.types.is_string(kind) or pa.types.is_dictionary(kind)
        else:
            assert kind == pa.from_numpy_dtype(np.dtype(column.dtype))
        told = {k.decode(): v.decode() for k, v in field.metadata.items()}
        assert told == {"unit": column.unit, "meaning": column.meaning}


@pytest.mark.parametrize("name", TABLES)
def test_nothing_is_missing(sim, name):
    for column in sim.tables[name].itercolumns():
        assert column.null_count == 0
        if pa.types.is_floating(column.type):
            assert np.isfinite(column.to_numpy()).all()


def test_rows_are_years_times_what_there_is(sim):
    years, towns = len(sim.case.years), len(sim.place.numbers)
    expected = {
        "nation": years,
        "county": years * len(sim.counties),
        "municipality": years * towns,
        "sector": years * towns,
        "element": years * towns * len(ELEMENTS),
        "solution": years * towns * len(sim.catalogue.ids),
        "uptake": years * len(sim.catalogue.ids),
    }
    assert {name: sim.tables[name].num_rows for name in expected} == expected


def test_the_last_row_is_the_present(sim):
    last = worlds.frame(sim, "municipality").query("year == @sim.year")
    assert last["number"].astype(str).tolist() == list(sim.place.numbers)
    for name in ("agenda", "institutionalisation", "capacity", "mode", "trust", "frame", "champions"):
        assert np.array_equal(last[name], getattr(sim.municipalities, name))
    element = worlds.frame(sim, "element").query("year == @sim.year")
    shape = (len(sim.place.numbers), len(ELEMENTS))
    assert np.array_equal(element["stage"].to_numpy().reshape(shape), sim.municipalities.stage)
    assert np.allclose(element["practice"].to_numpy().reshape(shape), sim.municipalities.practice, atol=1e-6)
    solution = worlds.frame(sim, "solution").query("year == @sim.year")
    assert np.allclose(solution["uptake"].to_numpy().reshape(sim.uptake.shape), sim.uptake, atol=1e-6)
    assert np.allclose(solution["supply"].to_numpy().reshape(sim.supply.shape), sim.supply, atol=1e-6)


def test_rows_of_a_year_are_that_year():
    """Each year's row against the running simulation."""
    sim = Simulation(worlds.case(citizens=200, last=2029))
    kept = {}
    for year in worlds.years_of(sim):
        kept[year] = sim.municipalities.agenda.copy(), sim.territorial.sum(axis=1), sim.state.ambition
    town, nation = (sim.tables[name].to_pandas().set_index("year") for name in ("municipality", "nation"))
    for year, (agenda, tonnes, ambition) in kept.items():
        assert np.array_equal(town.loc[year, "agenda"], agenda)
        assert np.array_equal(town.loc[year, "territorial"], tonnes)
        assert nation.loc[year, "state_ambition"] == ambition


def test_the_nation_is_made_of_its_municipalities(sim):
    town = worlds.frame(sim, "municipality").groupby("year")
    nation = worlds.frame(sim, "nation").set_index("year")
    for name in ("agenda", "institutionalisation", "capacity", "mode", "trust", "frame", "decoupling"):
        assert np.allclose(nation[name], town[name].mean())
    assert np.allclose(nation["champion_share"], town["champions"].apply(lambda c: (c > 0).mean()))
    assert np.allclose(nation["arena_held_share"], town["is_arena_held"].mean())
    element = worlds.frame(sim, "element")
    for e in ELEMENTS:
        mine = element[element["element"] == e].groupby("year")
        assert np.allclose(nation[f"{e}_share"], mine["stage"].apply(lambda s: (s > 0).mean()))
        assert np.allclose(nation[f"{e}_practice"], mine["practice"].mean(), atol=1e-6)


def test_national_uptake_is_weighted_by_people(sim):
    people = worlds.frame(sim, "municipality").set_index(["year", "number"])["population"]
    solution = worlds.frame(sim, "solution")
    weight = people.loc[list(zip(solution["year"], solution["number"], strict=True))].to_numpy()
    for column in ("uptake", "supply"):
        parts = (solution[column] * weight).groupby([solution["year"], solution["solution"]], observed=True).sum()
        told = worlds.frame(sim, "uptake").set_index(["year", "solution"])[column]
        mean = parts / people.groupby("year").sum().reindex(parts.index.get_level_values(0)).to_numpy()
        assert np.allclose(told.sort_index(), mean.sort_index(), atol=1e-6)


def test_shares_are_shares(sim):
    for name, columns in TABLES.items():
        rows = worlds.frame(sim, name)
        for c in columns:
            if c.unit in ("0-1", "0/1"):
                assert rows[c.name].between(-1e-12, 1.0 + 1e-12).all(), f"{name}.{c.name}"


def test_a_run_that_has_not_ended_has_the_years_so_far():
    sim = Simulation(worlds.case(citizens=100))
    sim.step()
    sim.step()
    assert sim.tables["nation"]["year"].to_pylist() == [2025, 2026]
    assert sim.tables["municipality"].num_rows == 2 * len(sim.place.numbers)


def test_columns_of_the_town_table_are_made_in_one_place():
    made = recorder.town_columns(Simulation(worlds.case(citizens=100)))
    assert {"year", "number", *made} == {c.name for c in TABLES["municipality"]}
    assert all(np.shape(values) == (17,) for values in made.values())
