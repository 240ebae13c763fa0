"""Constants of the present: with today's rules alone, today's use drifts slowly and does not jump."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import present
from model.simulation import Simulation
from model.solutions import load_catalogue
from tests import worlds

CAT = load_catalogue()
CITIZENS = np.nonzero(CAT.chooser == 0)[0]
BUSINESSES = np.nonzero(CAT.chooser == 1)[0]


def changed(**settings: float) -> SimpleNamespace:
    """All parameters, with some of citizens changed."""
    p = worlds.defaults()
    for name, value in settings.items():
        setattr(p.citizens, name, value)
    return p


def test_supply_in_reach_is_a_share():
    supply = present.present_supply(CAT, worlds.defaults())
    assert ((supply > 0.0) & (supply <= 1.0)).all()
    assert (supply[~CAT.needs_offers & ~CAT.needs_facility] == 1.0).all()


def test_supply_in_reach_is_that_of_a_first_year():
    sim = Simulation(worlds.case(place="norway", citizens=60_000, design="enthusiasts-only"), record=False)
    weight = sim.population / sim.population.sum()
    told, found = present.present_supply(sim.catalogue, sim.p), weight @ sim.supply
    offered = sim.catalogue.needs_offers & ~sim.catalogue.needs_facility
    np.testing.assert_allclose(told[offered], found[offered], atol=0.04)


@given(st.floats(0.0, 1.0), st.floats(0.0, 0.12))
def test_drift_is_that_of_a_logistic_curve(share, drift):
    growth = present.drift_of(np.array([share]), drift)[0]
    assert 0.0 <= growth <= 0.25 * drift
    if 0.01 < share < 0.99:
        step = 1e-4
        odds = np.log(share / (1.0 - share)) + drift * step
        assert growth == pytest.approx((1.0 / (1.0 + np.exp(-odds)) - share) / step, abs=1e-4)


def test_solutions_of_the_national_path_spread_by_example_and_no_others_do():
    traits = present.citizens_traits(CAT, CITIZENS, changed())
    assert np.array_equal(traits.spreads, CAT.is_national[CITIZENS])
    assert traits.spreads.any()
    chance = present.example_of(np.array([0.0, 0.1, 0.5]), changed().citizens)
    assert (np.diff(chance) > 0.0).all()
    assert chance[0] == pytest.approx(changed().citizens.discovery)


def test_more_growth_today_means_a_lower_threshold():
    slow, fast = (present.citizens_traits(CAT, CITIZENS, changed(drift=d)).threshold for d in (0.0, 0.12))
    assert (fast <= slow).all()
    assert (fast < slow).any()
    p, q = worlds.defaults().businesses, worlds.defaults().businesses
    q.drift = 0.12
    assert (present.practice_odds(CAT, BUSINESSES, q) >= present.practice_odds(CAT, BUSINESSES, p)).all()


def test_the_constants_are_the_same_in_every_place_and_design():
    told = [
        Simulation(worlds.case(**changes), record=False).traits.threshold
        for changes in ({}, {"place": "0301,4012"}, {"design": "full-transition", "seed": 9})
    ]
    assert np.array_equal(told[0], told[1])
    assert np.array_equal(told[0], told[2])


@pytest.mark.parametrize("choosers", ["chosen", "practised"])
def test_todays_use_does_not_jump(choosers):
    """Three years without any rule: no solution of citizens or businesses moves more than a tenth."""
    sim = Simulation(worlds.case(place="norway", design="enthusiasts-only", citizens=30_000, last=2028), record=False)
    mine = getattr(sim, choosers)
    own = mine[~sim.catalogue.is_national[mine]]
    weight = sim.population / sim.population.sum()
    before = weight @ sim.uptake[:, own]
    for _ in range(3):
        sim.step()
    after = weight @ sim.uptake[:, own]
    assert np.abs(after - before).max() < 0.1


def test_intention_explains_its_share_of_behaviour():
    """Within each solution, over the citizens of a county who meet it: intention against intention and noise."""
    sim = Simulation(worlds.case(place="vestfold", citizens=8_000), record=False).run()
    people, traits, p = sim.citizens, sim.traits, worlds.defaults().citizens
    shares = []
    for j in range(len(CITIZENS)):
        used = (people.uses[people.ties] >> np.uint32(j)) & np.uint32(1)
        felt = traits.norm[int(traits.is_complex[j]), used.sum(axis=1)]
        taste = p.taste * sim.streams.taste(people.keys, traits.keys[j])
        want = p.weight_attitude * traits.climate[j] * people.attitude + p.weight_norm * felt + taste
        shares.append(want.var() / (want.var() + traits.noise[j] ** 2))
    assert 0.2 < np.median(shares) < 0.4
