"""What a municipality decides: chances, attention, starts, success, applications, arenas."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from agents import municipality as deciding
from tests.worlds import defaults

M, S = 3, 4
share = st.floats(0.0, 1.0)
LEVEL = np.array([0, 1, 2, 2], dtype=np.int8)


def vector():
    return arrays(np.float64, M, elements=share)


def matrix():
    return arrays(np.float64, (M, S), elements=share)


briefings = st.builds(deciding.AgendaBriefing, *([vector()] * 8), share)
starts = st.builds(
    deciding.StartBriefing, vector(), vector(), vector(), matrix(), matrix(), vector(), matrix(), matrix(), matrix()
)
successes = st.builds(
    deciding.SuccessBriefing, vector(), matrix(), vector(), vector(), arrays(np.float64, S, elements=share)
)
arenas = st.builds(deciding.ConveneBriefing, *([vector()] * 6))


def raised(briefing: Any, name: str) -> Any:
    """The briefing with one entry at its highest."""
    return briefing._replace(**{name: np.ones_like(getattr(briefing, name))})


@given(arrays(np.float64, 5, elements=st.floats(-700.0, 700.0)))
def test_a_chance_is_a_chance(x):
    chance = deciding.chance_of(x)
    assert ((chance >= 0.0) & (chance <= 1.0)).all()
    assert (deciding.chance_of(x + 0.5) >= chance).all()


def test_a_small_hazard_is_its_own_chance():
    assert deciding.chance_of(np.array([-12.0]))[0] == pytest.approx(np.exp(-12.0), rel=1e-4)
    assert deciding.chance_of(np.array([0.0]))[0] == pytest.approx(1.0 - np.exp(-1.0))


@given(arrays(np.float64, 5, elements=st.floats(-30.0, 30.0)))
def test_logistic_is_symmetric(x):
    assert np.allclose(deciding.logistic(x) + deciding.logistic(-x), 1.0)


@given(briefings)
def test_attention_stays_a_share(briefing):
    after = deciding.next_agenda(briefing, defaults().agenda)
    assert ((after >= 0.0) & (after <= 1.0)).all()


@given(briefings, st.sampled_from(["institutionalisation", "champion", "citizens", "neighbours", "gap"]))
def test_what_feeds_attention_feeds_it(briefing, name):
    p = defaults().agenda
    assert (deciding.next_agenda(raised(briefing, name), p) >= deciding.next_agenda(briefing, p) - 1e-12).all()


@given(briefings, st.sampled_from(["crowding", "complacency"]))
def test_what_crowds_attention_out_crowds_it_out(briefing, name):
    p = defaults().agenda
    assert (deciding.next_agenda(raised(briefing, name), p) <= deciding.next_agenda(briefing, p) + 1e-12).all()


@given(starts, st.sampled_from(deciding.StartBriefing._fields))
def test_every_reason_to_start_counts(briefing, name):
    p = defaults().start
    chance = deciding.start_chance(briefing, LEVEL, p)
    assert ((chance >= 0.0) & (chance <= 1.0)).all()
    assert (deciding.start_chance(raised(briefing, name), LEVEL, p) >= chance - 1e-12).all()


@given(starts)
def test_a_narrow_frame_hides_system_change(briefing):
    narrow = briefing._replace(frame=np.zeros(M))
    chance = deciding.start_chance(narrow, LEVEL, defaults().start)
    assert (chance[:, LEVEL == 2] == 0.0).all()
    assert (chance[:, LEVEL == 0] > 0.0).all()


@given(successes, st.sampled_from(["capacity", "fit", "ownership", "finance"]))
def test_every_ground_for_success_counts(briefing, name):
    p = defaults().success
    chance = deciding.success_chance(briefing, p)
    assert ((chance > 0.0) & (chance < 1.0)).all()
    assert (deciding.success_chance(raised(briefing, name), p) >= chance).all()
    assert (deciding.success_chance(raised(briefing, "difficulty"), p) <= chance).all()


@given(vector(), vector())
def test_higher_levels_need_another_leadership(mode, ownership):
    fit = deciding.fit_of(mode, ownership, LEVEL, defaults().fit)
    assert ((fit >= 0.0) & (fit <= 1.0)).all()
    assert (fit[:, 0] >= fit[:, 1] - 1e-12).all()
    assert (fit[:, 1] >= fit[:, 2] - 1e-12).all()
    assert (deciding.fit_of(np.ones(M), ownership, LEVEL, defaults().fit) == 1.0).all()


@given(vector(), vector(), vector(), arrays(np.float64, M, elements=st.floats(-3.0, 5.0)))
def test_who_can_applies(agenda, capacity, experience, scale):
    p = defaults().apply
    asked = deciding.ApplyBriefing(agenda, capacity, experience, scale, 0.5)
    chance = deciding.apply_chance(asked, p)
    assert ((chance > 0.0) & (chance < 1.0)).all()
    assert (deciding.apply_chance(asked._replace(capacity=np.ones(M)), p) >= chance).all()
    assert (deciding.apply_chance(asked._replace(scale=scale + 1.0), p) >= chance).all()
    assert (deciding.apply_chance(asked._replace(co_finance=0.95), p) < chance).all()


@given(arenas, st.sampled_from(deciding.ConveneBriefing._fields))
def test_every_reason_to_convene_counts(briefing, name):
    p = defaults().arena
    chance = deciding.convene_chance(briefing, p)
    assert ((chance >= 0.0) & (chance <= 1.0)).all()
    assert (deciding.convene_chance(raised(briefing, name), p) >= chance).all()
