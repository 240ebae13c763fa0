"""The mathematics of choosing: with the same luck, whoever is better placed uses at least as much, one by one."""

from typing import Any

import numpy as np
import pytest

from agents import choice, habits, vocabulary

N, M, J, DEGREE = 4_000, 2, 3, 10
LUCK = choice.Keys(np.uint64(11), np.uint64(12))
RULES = range(len(vocabulary.RULES))


def people(**changes: Any) -> choice.People:
    draw = np.random.default_rng(3)
    owner = np.repeat(np.arange(M, dtype=np.int32), N // M)
    columns: dict[str, Any] = {
        "owner": owner,
        "keys": np.arange(N, dtype=np.uint64),
        "attitude": draw.random(N).astype(np.float32),
        "income": draw.random(N).astype(np.float32),
        "habit": (0.9 * draw.random(N)).astype(np.float32),
        "ties": (owner[:, None] * (N // M) + draw.integers(0, N // M, (N, DEGREE))).astype(np.int32),
        "now": draw.integers(0, 2**J, N).astype(np.uint32),
    }
    return choice.People(**(columns | changes))


def around(**changes: float) -> choice.Surroundings:
    plain = {"reach": 0.5, "cost": 0.5, "quality": 0.5, "information": 0.2, "example": 0.0}
    filled = {name: np.full((M, J), changes.get(name, value)) for name, value in plain.items()}
    return choice.Surroundings(mood=np.full(M, changes.get("mood", 0.0)), **filled)


def traits(**changes: Any) -> choice.Traits:
    seen = np.minimum(np.arange(17) / DEGREE, 1.0)
    plain: dict[str, Any] = {
        "keys": np.arange(1, J + 1, dtype=np.uint64) * np.uint64(977),
        "noise": np.full(J, 0.2),
        "occasion": np.full(J, 0.3),
        "threshold": np.full(J, 0.6),
        "resistance": np.full(J, 0.4),
        "drop": np.full(J, 0.1),
        "climate": np.full(J, 0.4),
        "saving": np.full(J, 0.3),
        "pleasure": np.full(J, 0.3),
        "is_complex": np.array([False, True, False]),
        "norm": np.stack([seen, seen**2]),
        "spreads": np.zeros(J, dtype=bool),
    }
    return choice.Traits(**(plain | changes))


def mind(rule: int = 0) -> choice.Psychology:
    return choice.Psychology(rule, 0.33, 0.33, 0.34, 0.1, 0.16, 0.03, 0.38, 0.3, 0.25, 2.5, 2.0, 0.75)


def chosen(who: choice.People, where: choice.Surroundings, how: choice.Traits, rule: int = 0) -> np.ndarray:
    after = np.empty(N, dtype=np.uint32)
    choice.choose(after, who, where, how, mind(rule), LUCK)
    return after


def is_no_less(better: np.ndarray, worse: np.ndarray) -> bool:
    """Whether everybody uses under `better` all that the same one uses under `worse`, and somebody more."""
    return not (worse & ~better).any() and bool((better & ~worse).any())


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"cost": 0.8}, {"cost": 0.2}),
        ({"reach": 0.3}, {"reach": 0.9}),
        ({"quality": 0.2}, {"quality": 0.9}),
        ({"information": 0.0}, {"information": 0.9}),
        ({"mood": -0.2}, {"mood": 0.2}),
    ],
)
@pytest.mark.parametrize("rule", [0, 1])
def test_better_surroundings_never_lose_a_user(worse, better, rule):
    who, how = people(), traits()
    assert is_no_less(chosen(who, around(**better), how, rule), chosen(who, around(**worse), how, rule))


@pytest.mark.parametrize("rule", RULES)
def test_more_users_among_ties_never_lose_one(rule):
    """Those who look at many users take up what those who look at none do, and more."""
    nobody, everybody = people(), people()
    lonely = np.arange(N) % 2 == 0
    for who, uses in ((nobody, 0), (everybody, 2**J - 1)):
        who.now[lonely] = 0
        who.now[~lonely] = uses
        who.ties[:] = (2 * (who.ties // 2) + 1).astype(np.int32)  # everybody looks at the odd rows
    few = chosen(nobody, around(), traits(), rule)[lonely]
    many = chosen(everybody, around(), traits(), rule)[lonely]
    assert is_no_less(many, few)


def test_the_rules_differ():
    who = people()
    told = [chosen(who, around(), traits(), rule).tobytes() for rule in RULES]
    assert len(set(told)) == len(vocabulary.RULES)


@pytest.mark.parametrize(("users", "chance"), [(0, 0.03), (2**J - 1, 0.41)])
def test_bass_is_innovation_and_imitation(users, chance):
    """Share of those with an occasion who take a solution up: p without users among the ties, p + q with users only."""
    who = people(now=np.zeros(N, dtype=np.uint32))
    half = N // M
    who.now[half:] = users
    who.ties[:] = half + who.ties % half  # everybody looks at the second municipality
    after = chosen(who, around(), traits(occasion=np.ones(J)), 2)[:half]
    share = np.array([((after >> j) & 1).mean() for j in range(J)])
    assert np.abs(share - chance).max() < 5.5 * np.sqrt(chance * (1.0 - chance) / half)  # false alarm below 1e-6


def test_out_of_reach_nobody_starts():
    who = people()
    after = chosen(who, around(reach=0.0), traits())
    assert not (after & ~who.now).any()
    kept = np.count_nonzero(after) / np.count_nonzero(who.now)
    assert kept < 0.5


def test_without_occasion_or_reason_to_leave_all_stays():
    who = people()
    after = chosen(who, around(), traits(occasion=np.zeros(J), drop=np.zeros(J)))
    assert np.array_equal(after, who.now)


def test_present_use_is_read_and_not_written():
    who = people()
    before = who.now.copy()
    chosen(who, around(), traits())
    assert np.array_equal(who.now, before)


def test_solutions_are_chosen_one_by_one():
    who, one = people(), around()
    one.cost[:, 1] = 0.0
    difference = chosen(who, one, traits()) ^ chosen(who, around(), traits())
    assert set(np.unique(difference).tolist()) == {0, 2}


def test_municipalities_do_not_touch_each_other():
    who, one = people(), around()
    one.cost[1] = 0.0
    difference = chosen(who, one, traits()) ^ chosen(who, around(), traits())
    assert not difference[who.owner == 0].any()
    assert difference[who.owner == 1].any()


def test_ties_are_counted_one_by_one():
    """Four binary digits hold the count of users among ties, for every count from none to fifteen."""
    degree = 15
    draw = np.random.default_rng(5)
    who = people(
        ties=draw.integers(0, N, (N, degree)).astype(np.int32), now=draw.integers(0, 2**J, N).astype(np.uint32)
    )
    digits = np.zeros((4, N), dtype=np.uint32)
    for t in range(degree):
        choice.add_tie(digits, who.now[who.ties[:, t]], N)
    for j in range(J):
        count = sum(((plane >> j) & 1) << digit for digit, plane in enumerate(digits))
        assert np.array_equal(count, np.count_nonzero((who.now[who.ties] >> j) & 1, axis=1))


def test_habits_grow_and_a_life_event_breaks_them():
    habit = np.full(N, 0.5, dtype=np.float32)
    keys = np.arange(N, dtype=np.uint64)
    habits.renew_habits(habit, keys, LUCK, 0.12, 4.0)
    broken = habit == 0.0
    assert abs(broken.mean() - 0.12) < 5.0 * np.sqrt(0.12 * 0.88 / N)  # false alarm below 1e-6
    assert np.allclose(habit[~broken], 0.625)
    habits.renew_habits(habit, keys, LUCK, 0.0, 1.0)
    assert np.allclose(habit, 1.0)


def test_users_are_counted_by_municipality():
    masks = np.array([0b01, 0b11, 0b10, 0b00, 0b11], dtype=np.uint32)
    assert choice.counts_of(np.array([0, 2, 2, 5]), masks, 2).tolist() == [[2, 1], [0, 0], [1, 2]]


@pytest.mark.parametrize("rule", RULES)
def test_what_spreads_by_example_follows_its_own_chance_under_every_rule(rule):
    """The chance that goes with what is seen in the municipality, whatever the citizen thinks of it."""
    how = traits(spreads=np.array([True, False, False]), occasion=np.ones(J))
    who, where = people(attitude=np.zeros(N, dtype=np.float32)), around()
    where.example[:] = np.array([0.2, 0.7])[:, None]
    takes = chosen(who, where, how, rule) & 1
    for m, chance in enumerate((0.2, 0.7)):
        rows = (who.now & 1 == 0) & (who.owner == m)
        assert abs(takes[rows].mean() - chance) < 5.0 * 0.5 / np.sqrt(rows.sum())  # five standard errors
