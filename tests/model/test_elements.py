"""Institutional elements: what pushes them pushes, what holds them holds, and practice stays within its form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from agents.municipality import chance_of
from agents.vocabulary import ELEMENTS, STAGES
from model.institutions import elements
from model.simulation import Simulation
from tests import worlds

M, E = 3, len(ELEMENTS)
share = st.floats(0.0, 1.0)
P = worlds.defaults().institution
EASE = np.zeros(E)
FALLS = ("softened", "dropped")


def vector(low: float = 0.0, high: float = 1.0):
    return arrays(np.float64, M, elements=st.floats(low, high))


def matrix():
    return arrays(np.float64, (M, E), elements=share)


stages = arrays(np.int8, (M, E), elements=st.integers(0, 3))
settings = st.builds(
    elements.Setting,
    scale=vector(-3.0, 5.0),
    champion=vector(),
    agenda=vector(),
    neighbours=matrix(),
    duty=matrix(),
    money=matrix(),
    network=vector(),
    county=vector(),
    platform=vector(),
    is_alone=arrays(np.bool_, M),
    money_ended=arrays(np.bool_, (M, E)),
)
workforces = st.builds(elements.Workforce, matrix(), vector(), vector(), vector(), vector())


def advance(stage, practice, setting):
    return elements.advance_hazard(stage, elements.advance_parts(stage, practice, setting, P), EASE, P)


def lapse(stage, practice, setting, p=P):
    return elements.lapse_hazard(stage, elements.lapse_parts(stage, practice, setting, p), setting, p)


def test_there_is_a_part_for_each_driver_and_ender():
    setting = elements.Setting(*[np.zeros(M)] * 3, *[np.zeros((M, E))] * 3, *[np.zeros(M)] * 4, np.zeros((M, E)))
    stage, practice = np.ones((M, E), dtype=np.int8), np.zeros((M, E))
    assert len(elements.advance_parts(stage, practice, setting, P)) == len(elements.DRIVERS)
    assert len(elements.lapse_parts(stage, practice, setting, P)) == len(elements.ENDERS)


@pytest.mark.parametrize(
    "driver", ["champion", "agenda", "neighbours", "duty", "money", "network", "county", "platform"]
)
@given(stages, matrix(), settings, share)
def test_every_driver_drives(driver, stage, practice, setting, more):
    column = getattr(setting, driver)
    stronger = setting._replace(**{driver: column + more * (1.0 - column)})
    assert (advance(stage, practice, stronger) >= advance(stage, practice, setting) - 1e-9).all()


@given(stages, matrix(), settings)
def test_size_drives_where_there_is_nothing(stage, practice, setting):
    larger = setting._replace(scale=setting.scale + 1.0)
    grown, before = advance(stage, practice, larger), advance(stage, practice, setting)
    assert (grown >= before - 1e-9).all()
    assert (grown > before)[stage == 0].all()


@given(matrix(), settings)
def test_a_rule_is_the_last_stage_and_nothing_cannot_lapse(practice, setting):
    top, none = np.full((M, E), 3, dtype=np.int8), np.zeros((M, E), dtype=np.int8)
    assert (chance_of(advance(top, practice, setting)) < 1e-12).all()
    assert (chance_of(lapse(none, practice, setting)) < 1e-12).all()


@given(stages, matrix(), settings)
def test_practice_hardens(stage, practice, setting):
    assert (advance(stage, np.ones((M, E)), setting) >= advance(stage, practice, setting) - 1e-9).all()


@given(stages, matrix(), settings)
def test_practice_and_persons_and_money_hold(stage, practice, setting):
    before = lapse(stage, practice, setting)
    assert (lapse(stage, np.ones((M, E)), setting) <= before + 1e-9).all()
    for change in (
        {"is_alone": np.zeros(M, dtype=bool)},
        {"money_ended": np.zeros((M, E), dtype=bool)},
        {"duty": np.ones((M, E))},
        {"money": np.ones((M, E))},
        {"scale": setting.scale + 1.0},
    ):
        assert (lapse(stage, practice, setting._replace(**change)) <= before + 1e-9).all()


@given(stages, matrix(), settings, st.sampled_from(["duty", "money"]))
def test_a_duty_in_force_or_money_holds_what_there_is(stage, practice, setting, name):
    bare = setting._replace(duty=np.zeros((M, E)), money=np.zeros((M, E)))
    held = bare._replace(**{name: np.ones((M, E))})
    there = stage > 0
    gain = (lapse(stage, practice, bare) - lapse(stage, practice, held))[there]
    assert np.allclose(gain, -P.lapse_held)
    assert P.lapse_held < 0.0


@given(matrix(), settings)
def test_a_firmer_form_lapses_less(practice, setting):
    hazards = [lapse(np.full((M, E), k, dtype=np.int8), practice, setting) for k in (1, 2, 3)]
    assert (hazards[0] >= hazards[1] - 1e-9).all()
    assert (hazards[1] >= hazards[2] - 1e-9).all()


@given(stages, matrix(), workforces)
def test_practice_stays_a_share(stage, practice, work):
    after = elements.next_practice(stage, practice, work, P)
    assert ((after >= 0.0) & (after <= 1.0)).all()
    assert (after <= np.maximum(practice, elements.carried_by(P)[stage]) + 1e-12).all()


@given(stages, matrix(), workforces, st.sampled_from(elements.Workforce._fields))
def test_all_that_carries_practice_carries_it(stage, practice, work, name):
    more = work._replace(**{name: np.ones_like(getattr(work, name))})
    assert (
        elements.next_practice(stage, practice, more, P) >= elements.next_practice(stage, practice, work, P) - 1e-12
    ).all()


def test_practice_without_form_goes():
    work = elements.Workforce(np.zeros((M, E)), *[np.ones(M)] * 4)
    practice = np.full((M, E), 0.8)
    for _ in range(12):
        practice = elements.next_practice(np.zeros((M, E), dtype=np.int8), practice, work, P)
    assert practice.max() < 0.01


def test_form_alone_is_not_practice():
    """A rule nobody works on stays mostly form; with money, persons and indicators it is lived."""
    rule = np.full((M, E), 3, dtype=np.int8)
    idle = elements.Workforce(np.zeros((M, E)), *[np.zeros(M)] * 3, np.full(M, 0.3))
    busy = elements.Workforce(np.ones((M, E)), *[np.ones(M)] * 3, np.full(M, 0.3))
    left, lived = np.zeros((M, E)), np.zeros((M, E))
    for _ in range(5):
        left, lived = elements.next_practice(rule, left, idle, P), elements.next_practice(rule, lived, busy, P)
    assert left.max() < 0.2
    assert lived.min() > 0.55


@given(matrix(), arrays(np.float64, E, elements=st.floats(0.1, 5.0)))
def test_the_geometric_mean_is_no_more_than_the_plain_one(practice, weight):
    told = elements.institutionalisation(practice, weight, P.epsilon)
    plain = practice @ (weight / weight.sum())
    assert ((told >= 0.0) & (told <= plain + 1e-9)).all()
    assert (told >= practice.min(axis=1) - 1e-9).all()


def test_one_strong_channel_alone_is_fragile():
    lone, even = np.zeros((1, E)), np.full((1, E), 1.0 / E)
    lone[0, 0] = 1.0
    weight = np.ones(E)
    assert elements.institutionalisation(lone, weight, P.epsilon) < elements.institutionalisation(
        even, weight, P.epsilon
    )


def test_ceilings_of_forms_rise_to_one():
    assert len(elements.carried_by(P)) == len(STAGES)
    assert elements.carried_by(P)[0] == 0.0
    assert (np.diff(elements.carried_by(P)) > 0.0).all()
    assert elements.carried_by(P)[-1] == 1.0


@pytest.mark.parametrize("design", ["enthusiasts-only", "full-transition"])
def test_without_lapses_nothing_falls(design):
    sim = Simulation(worlds.case(design=design, citizens=300))
    sim.p.institution.lapse_base = sim.p.county.lapse_base = -200.0
    before = sim.municipalities.stage.copy()
    for _ in worlds.years_of(sim):
        assert (sim.municipalities.stage >= before).all()
        before = sim.municipalities.stage.copy()
    assert not any(what.startswith(FALLS) for what in sim.tables["event"]["what"].to_pylist())


def test_with_lapses_something_falls():
    told = worlds.frame(worlds.finished(design="enthusiasts-only"), "event")["what"]
    assert told.str.startswith(FALLS).sum() > 10


@pytest.mark.parametrize("design", ["enthusiasts-only", "full-transition"])
def test_stages_move_one_step_a_year(design):
    element = worlds.frame(worlds.finished(design=design), "element")
    stage = element["stage"].to_numpy().reshape(len(element["year"].unique()), -1)
    assert np.abs(np.diff(stage, axis=0)).max() == 1
