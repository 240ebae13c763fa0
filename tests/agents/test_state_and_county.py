"""What the state and the counties make of their briefings."""

import mesa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from agents import county as regional
from agents.county import County, RegionalBriefing, RuleBriefing
from agents.municipality import chance_of
from agents.state import NationalBriefing, State
from agents.vocabulary import COUNTY_RULES
from tests import worlds

share = st.floats(0.0, 1.0)
P, S = worlds.defaults().county, worlds.defaults().state
C, X = 3, len(COUNTY_RULES)


def state(ambition: float = 0.5) -> State:
    return State(mesa.Model(rng=1), ambition=ambition)


def county(strategy: float = 0.2) -> County:
    return County(mesa.Model(rng=1), "40", "Telemark", strategy=strategy)


@pytest.mark.parametrize(("year", "moves"), [(2025, True), (2026, False), (2027, False), (2028, False), (2029, True)])
def test_the_state_moves_every_fourth_year(year, moves):
    assert (state().decide(NationalBriefing(year, 0.5), S) != 0.5) is moves


@given(share, st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))
def test_a_wider_gap_makes_no_smaller_ambition(start, one, other):
    narrow, wide = sorted((one, other))
    low = state(start).decide(NationalBriefing(2029, narrow), S)
    high = state(start).decide(NationalBriefing(2029, wide), S)
    assert 0.0 <= low <= high <= 1.0


@given(share, share, share, share, share)
def test_the_strategy_of_a_county_moves_part_of_the_way(start, platform, trust, support, ambition):
    actor = county(start)
    after = actor.decide(RegionalBriefing(platform, trust, support, ambition), P)
    assert 0.0 <= after <= 1.0
    assert actor.strategy == after
    assert abs(after - start) <= P.pace + 1e-12
    more = county(start).decide(RegionalBriefing(platform, trust, 1.0, ambition), P)
    assert more >= after - 1e-12


def test_actors_say_who_they_are():
    assert repr(state()) == "State('state')"
    assert county().node == "county:40"


# -- rules of their own ------------------------------------------------------------------------------------------


def matrix():
    return arrays(np.float64, (C, X), elements=share)


stages = arrays(np.int8, (C, X), elements=st.integers(0, 3))
briefings = st.builds(
    RuleBriefing,
    strategy=arrays(np.float64, (C, 1), elements=share),
    members=matrix(),
    neighbours=matrix(),
    support=matrix(),
    has_ended=arrays(np.bool_, (C, X)),
    can_gather=st.just(np.ones((C, 1), dtype=bool)),
)


def enacts(stage, b):
    return regional.enact_hazard(stage, regional.enact_parts(b, P), b, P)


def lapses(stage, b):
    return regional.lapse_hazard(stage, regional.lapse_parts(stage, b, P), b, P)


@given(stages, briefings)
def test_there_is_a_part_for_each_driver_and_ender(stage, b):
    assert len(regional.enact_parts(b, P)) == len(regional.DRIVERS)
    assert len(regional.lapse_parts(stage, b, P)) == len(regional.ENDERS)


@pytest.mark.parametrize("driver", ["strategy", "members", "neighbours", "support"])
@given(stages, briefings, share)
def test_what_calls_for_a_rule_enacts_it_and_holds_it(driver, stage, b, more):
    column = getattr(b, driver)
    stronger = b._replace(**{driver: column + more * (1.0 - column)})
    assert (enacts(stage, stronger) >= enacts(stage, b) - 1e-9).all()
    assert (lapses(stage, stronger) <= lapses(stage, b) + 1e-9).all()


@given(briefings)
def test_a_strategy_lapses_most_and_what_is_nothing_cannot(b):
    falls = [lapses(np.full((C, X), k, dtype=np.int8), b) for k in range(4)]
    assert (chance_of(falls[0]) < 1e-12).all()
    assert (falls[1] > falls[2]).all()
    assert (falls[2] > falls[3]).all()


@given(stages, briefings)
def test_support_that_ends_loosens(stage, b):
    ended = b._replace(has_ended=np.ones((C, X), dtype=bool), support=np.zeros((C, X)))
    held = b._replace(has_ended=np.zeros((C, X), dtype=bool), support=np.ones((C, X)))
    assert (lapses(stage, ended) > lapses(stage, held))[stage > 0].all()


@given(stages, briefings)
def test_a_county_of_one_municipality_has_nobody_to_gather(stage, b):
    alone = b._replace(can_gather=np.zeros((C, 1), dtype=bool))
    assert (chance_of(enacts(stage, alone)) < 1e-12).all()
    assert (chance_of(enacts(np.full((C, X), 3, dtype=np.int8), b)) < 1e-12).all()
