"""People in any year, and the national path: together they give back the national statistics."""

import dataclasses

import numpy as np
import pytest

from agents.vocabulary import SECTORS
from model import baseline, inhabitants
from model.accounts import FOLLOWS_POPULATION
from model.case import Case
from model.places import load_place, over
from model.simulation import Simulation


def test_projection_is_observed_then_damped_and_whole():
    known = {2024: np.array([1000.0, 50_000.0, 0.0]), 2026: np.array([900.0, 50_400.0, 0.0])}
    people = inhabitants.projected(known, range(2023, 2061))
    np.testing.assert_array_equal(people[:4], [known[2024], known[2024], [950, 50_200, 0], known[2026]])
    assert (people == np.rint(people)).all()
    assert 1 <= people[-1, 0] < 900
    grown = np.diff(people[3:, 1])
    assert grown[0] > grown[-1] > 0


def test_norway_shrinks_in_proportion_before_its_tables():
    people = inhabitants.of_norway(1950, 2026)
    then = people[2024 - 1950]
    assert (people == np.rint(people)).all()
    assert people.min() >= 1
    large = then > 20_000
    share = people[:, large] / people.sum(axis=1)[:, None]
    np.testing.assert_allclose(
        share[: 2025 - 1950], np.broadcast_to(then[large] / then.sum(), share[:75].shape), rtol=2e-4
    )
    assert people[2025 - 1950].sum() == 5_594_340


@pytest.mark.parametrize(
    ("year", "persons"), [(1951, 3_278_546), (1990, 4_233_116), (2015, 5_165_802), (2024, 5_550_203)]
)
def test_the_nation_has_its_known_size(year, persons):
    assert inhabitants.national([year])[0] == pytest.approx(persons, rel=1e-5)


def test_the_nation_grows_without_a_jump():
    people = inhabitants.national(range(1950, 2101))
    yearly = people[1:] / people[:-1]
    assert (yearly > 1.0).all()
    assert yearly.max() < 1.015
    np.testing.assert_array_equal(inhabitants.national([2030, 1960]), people[[80, 10]])


@pytest.mark.parametrize("first", [1950, 1988, 2009, 2025, 2040])
def test_the_effect_of_population_is_divided_out_where_a_sector_follows_it(first):
    years = range(first, first + 21)
    path = inhabitants.national_path(years, 2023)
    growth = inhabitants.national(years) / inhabitants.national([first])
    follows = FOLLOWS_POPULATION == 1.0
    told = baseline.statistics_path(years)
    np.testing.assert_allclose(path[:, follows] * growth[:, None], told[:, follows])
    np.testing.assert_allclose(path[:, ~follows], told[:, ~follows])
    assert growth[-1] > 1.02


def test_the_nation_is_level_before_its_statistics_and_after_its_path():
    path = baseline.statistics_path([1950, 1989, 1990, 2050, 2100])
    np.testing.assert_array_equal(path[0], path[2])
    np.testing.assert_array_equal(path[1], path[2])
    np.testing.assert_array_equal(path[3], path[4])


@pytest.mark.parametrize("first", [1990, 2009])
def test_norway_without_municipal_effects_is_the_national_statistics(first):
    """Every sector in every year to a thousandth: nobody is counted twice."""
    plain = Case.load(place="norway", design="enthusiasts-only", citizens=7_200, first=first, last=2023)
    still = dataclasses.replace(plain.catalogue, territorial=np.zeros_like(plain.catalogue.territorial))
    sim = Simulation(dataclasses.replace(plain, catalogue=still), record=False)
    for year in plain.years:
        sim.step()
        told = baseline.national_totals() * baseline.statistics_path([year])[0]
        np.testing.assert_allclose(sim.territorial.sum(axis=0), told, rtol=1e-3, err_msg=f"{year}, {SECTORS}")


def test_after_2025_the_nation_follows_its_path_nearly():
    place = over(load_place("norway"), 2025, 2050)
    born = (place.population[-1] / place.population[0])[:, None] ** FOLLOWS_POPULATION
    told = baseline.national_totals() * baseline.statistics_path([2050])[0]
    assert (place.territorial * place.national_path[-1] * born).sum() == pytest.approx(told.sum(), rel=0.01)
