"""What the state and the counties make of their briefings."""

import mesa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.county import County, RegionalBriefing
from agents.state import NationalBriefing, State

share = st.floats(0.0, 1.0)


def state(ambition: float = 0.5) -> State:
    return State(mesa.Model(rng=1), ambition=ambition, pace=0.5)


def county(strategy: float = 0.2) -> County:
    return County(mesa.Model(rng=1), "40", "Telemark", strategy=strategy)


@pytest.mark.parametrize(("year", "moves"), [(2025, True), (2026, False), (2027, False), (2028, False), (2029, True)])
def test_the_state_moves_every_fourth_year(year, moves):
    assert (state().decide(NationalBriefing(year, 0.5)) != 0.5) is moves


@given(share, st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))
def test_a_wider_gap_makes_no_smaller_ambition(start, one, other):
    narrow, wide = sorted((one, other))
    low = state(start).decide(NationalBriefing(2029, narrow))
    high = state(start).decide(NationalBriefing(2029, wide))
    assert 0.0 <= low <= high <= 1.0


@given(share, share, share, share, share, share)
def test_the_strategy_of_a_county_moves_part_of_the_way(start, platform, trust, support, ambition, pace):
    actor = county(start)
    after = actor.decide(RegionalBriefing(platform, trust, support, ambition), pace=pace)
    assert 0.0 <= after <= 1.0
    assert actor.strategy == after
    assert abs(after - start) <= pace + 1e-12
    more = county(start).decide(RegionalBriefing(platform, trust, 1.0, ambition), pace=pace)
    assert more >= after - 1e-12


def test_actors_say_who_they_are():
    assert repr(state()) == "State('state')"
    assert county().node == "county:40"
