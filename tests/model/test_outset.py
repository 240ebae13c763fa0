"""Municipalities in the first year: three types, larger and greener ones further on, within their bounds."""

import numpy as np
import pytest

from agents.municipality import Municipalities
from agents.persons import champion_places
from agents.vocabulary import ELEMENTS
from model import outset
from model.institutions.elements import carried_by
from model.places import load_place, over
from model.population import stable_keys
from model.solutions import load_catalogue
from model.streams import Streams
from tests import worlds

SEEDS = range(1, 9)


def first(seed: int = 1, place: str = "norway") -> Municipalities:
    where = load_place(place)
    keys = stable_keys(where.numbers)
    return outset.first_municipalities(where, Streams(seed), load_catalogue(), keys, worlds.defaults())


def types(seed: int) -> np.ndarray:
    where = load_place("norway")
    scale = np.log(where.population[0] / 8_000.0)
    return outset.types_of(where, Streams(seed), stable_keys(where.numbers), scale, worlds.defaults())


@pytest.mark.parametrize("place", ["norway", "telemark", "0301,4012"])
def test_all_begin_within_their_bounds(place):
    assert first(place=place).out_of_bounds() == []


def test_a_municipality_begins_the_same_in_every_place():
    wide, narrow = first(place="norway"), first(place="telemark")
    rows = [load_place("norway").numbers.index(n) for n in load_place("telemark").numbers]
    for name, column in narrow.columns().items():
        assert np.array_equal(column, wide.columns()[name][rows]), name


def test_the_types_have_their_shares():
    p = worlds.defaults().institution
    kinds = np.stack([types(seed) for seed in SEEDS])
    assert abs((kinds == outset.FRONTRUNNER).mean() - p.type_frontrunner) < 0.06
    assert abs((kinds == outset.HARDLY).mean() - p.type_hardly) < 0.06


def test_large_and_green_municipalities_are_further_on():
    where, kinds = load_place("norway"), np.mean([types(seed) for seed in SEEDS], axis=0)
    for name, trait in (("size", where.population[0]), ("vote", where.green_vote)):
        upper = trait > np.quantile(trait, 0.8)
        assert kinds[upper].mean() > kinds[~upper].mean() + 0.1, name


def test_more_engaged_types_have_more_of_everything():
    for name in ("agenda", "ambition", "org_knowledge", "mode", "frame", "experience"):
        by_type = []
        for kind in (outset.HARDLY, outset.SHORT_TERM, outset.FRONTRUNNER):
            values = [getattr(first(seed), name)[types(seed) == kind].mean() for seed in SEEDS]
            by_type.append(np.mean(values))
        assert by_type == sorted(by_type), name


def test_practice_needs_a_form():
    towns = first()
    assert (towns.practice <= carried_by(worlds.defaults().institution)[towns.stage] + 1e-12).all()
    assert (towns.practice[towns.stage == 0] == 0.0).all()
    assert set(np.unique(towns.stage)) <= {0, 1, 2, 3}


def test_champions_have_their_places():
    towns, where = first(), load_place("norway")
    assert (towns.champions <= champion_places(where.population[0])).all()
    assert 0.1 < (towns.champions > 0).mean() < 0.8


def test_an_officer_has_a_role():
    towns = first()
    assert ((towns.officer > 0) == (towns.stage[:, ELEMENTS.index("roles")] > 0)).all()


def test_nobody_has_projects_at_first():
    towns = first()
    assert not towns.project_years.any()
    assert not towns.project_grant.any()
    assert (towns.project_solution == -1).all()


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.93, 1.0])
def test_the_types_average_to_the_wanted_share(share):
    p = worlds.defaults()
    p.element.plan.first = share
    chance = outset.element_chances(p)
    weight = np.array([p.institution.type_hardly, 0.0, p.institution.type_frontrunner])
    weight[outset.SHORT_TERM] = 1.0 - weight.sum()
    wanted = np.array([getattr(p.element, e).first for e in ELEMENTS])
    np.testing.assert_allclose(weight @ chance, wanted, atol=1e-8)
    odds = np.log(chance / (1.0 - chance))
    steps = p.outset.frontrunner.odds - p.outset.short_term.odds, p.outset.short_term.odds - p.outset.hardly.odds
    np.testing.assert_allclose([odds[2] - odds[1], odds[1] - odds[0]], np.repeat(steps, 11).reshape(2, 11), atol=1e-5)


def test_municipalities_have_what_the_parameters_say():
    """All elements together, over seeds: 357 x 11 draws a seed, so the mean lies within 0.02."""
    p = worlds.defaults()
    wanted = np.mean([getattr(p.element, e).first for e in ELEMENTS])
    assert np.mean([(first(seed).stage > 0).mean() for seed in SEEDS]) == pytest.approx(wanted, abs=0.02)


def test_the_types_have_their_shares_in_any_first_year():
    p = worlds.defaults()
    where = over(load_place("norway"), 1960, 1970)
    scale = np.log(where.population[0] / 8_000.0)
    kinds = np.stack([outset.types_of(where, Streams(s), stable_keys(where.numbers), scale, p) for s in SEEDS])
    assert abs((kinds == outset.FRONTRUNNER).mean() - p.institution.type_frontrunner) < 0.06
    assert abs((kinds == outset.HARDLY).mean() - p.institution.type_hardly) < 0.06


@pytest.mark.parametrize(("year", "stage"), [(2015, None), (2016, 2), (2025, 2)])
def test_climate_budgets_on_record_hold_from_their_year(year, stage):
    where = over(load_place("0301"), year, year + 5)
    p = worlds.defaults()
    p.element.budget.first = 0.0
    towns = outset.first_municipalities(where, Streams(1), load_catalogue(), stable_keys(where.numbers), p)
    assert towns.stage[0, ELEMENTS.index("budget")] == (stage or 0)
