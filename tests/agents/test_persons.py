"""Persons come and go; posts and what is written down stay."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from agents import persons
from tests import worlds

share = st.floats(0.0, 1.0)
KNOWLEDGE = worlds.defaults().knowledge


def vector(size: int = 4):
    return arrays(np.float64, size, elements=share)


def matrix():
    return arrays(np.float64, (4, 3), elements=share)


def test_places_for_champions_grow_with_size():
    assert persons.champion_places(np.array([4_999.0, 5_000.0, 19_999.0, 20_000.0])).tolist() == [1, 2, 2, 3]


@given(share, share, vector(), vector())
def test_institutions_share_the_load(base, burnout, load, inst):
    chance = persons.leaving_chance(base, burnout, load, inst)
    assert ((chance >= 0.0) & (chance <= 1.0)).all()
    assert (persons.leaving_chance(base, burnout, load, np.ones(4)) <= chance + 1e-12).all()
    assert (persons.leaving_chance(base, burnout, np.zeros(4), inst) <= chance + 1e-12).all()


def test_the_role_stays_when_its_holder_leaves():
    officer = np.array([0.7, 0.7, 0.7, 0.0])
    has_role = np.array([True, True, False, True])
    leaves = np.array([False, True, False, False])
    joins = np.array([0.4, 0.4, 0.4, 0.0])
    assert persons.next_officers(officer, has_role, leaves, joins).tolist() == [0.7, 0.4, 0.0, 0.0]


@given(matrix(), vector())
def test_what_persons_know(skill, officer):
    known = persons.personal_knowledge(skill, officer, KNOWLEDGE)
    assert ((known >= 0.0) & (known <= 1.0)).all()
    assert (persons.personal_knowledge(np.maximum(skill, 0.5), officer, KNOWLEDGE) >= known - 1e-12).all()
    assert (persons.personal_knowledge(np.zeros((4, 3)), np.zeros(4), KNOWLEDGE) == 0.0).all()


@given(vector(), vector(), vector(), vector())
def test_consensus_damps_the_break_of_an_election(ambition, renewal, will, damping):
    after = persons.elected_ambition(ambition, persons.Ballot(renewal, will, damping))
    rough = persons.elected_ambition(ambition, persons.Ballot(renewal, will, np.zeros(4)))
    assert (np.abs(after - ambition) <= np.abs(rough - ambition) + 1e-12).all()
    assert (after >= np.minimum(ambition, will) - 1e-12).all()
    assert (after <= np.maximum(ambition, will) + 1e-12).all()


def test_chiefs_leave_with_their_hazard():
    assert persons.chiefs_left(np.array([0.0, 0.139, 0.14, 0.9]), 0.14).tolist() == [True, True, False, False]
