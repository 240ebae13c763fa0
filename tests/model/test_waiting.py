"""Waiting: the same chances as a draw every year, and the same luck for designs that differ only in when."""

import numpy as np
import pytest

from model.streams import Streams
from model.waiting import Tries, Waiting

MANY = 40_000
KEYS = np.arange(MANY, dtype=np.uint64)


def first_years(chances: list[float], seed: int = 1) -> np.ndarray:
    """Year in which each of many actors' first spell ends; the number of years where it does not."""
    clock = Waiting(Streams(seed), "advance", KEYS)
    year = np.full(MANY, len(chances))
    for k, chance in enumerate(chances):
        now = clock.happens(np.full(MANY, chance))
        year = np.where(now & (year == len(chances)), k, year)
    return year


def test_the_shares_are_those_of_a_draw_every_year():
    chances = [0.1, 0.0, 0.5, 0.2]
    year, left = first_years(chances), 1.0
    for k, chance in enumerate(chances):
        expected = left * chance
        slack = 5.0 * np.sqrt(max(expected * (1 - expected), 1e-12) / MANY)  # five standard errors
        assert abs(np.mean(year == k) - expected) <= slack
        left *= 1.0 - chance


def test_a_second_spell_has_luck_of_its_own():
    clock = Waiting(Streams(1), "advance", KEYS)
    first = clock.happens(np.full(MANY, 0.5))
    second = clock.happens(np.full(MANY, 0.5))
    assert abs(np.mean(second[first]) - 0.5) < 5.0 * 0.5 / np.sqrt(first.sum())
    assert (clock.ended == first.astype(int) + second).all()


def test_nobody_who_does_not_wait_is_surprised():
    clock = Waiting(Streams(1), "advance", KEYS)
    clock.happens(np.full(MANY, 0.9))
    assert not clock.happens(np.zeros(MANY)).any()


def test_what_is_certain_happens():
    assert Waiting(Streams(1), "advance", KEYS).happens(np.ones(MANY)).mean() > 0.999


def test_waiting_longer_for_the_same_hazard_is_no_other_luck():
    """Twice half the hazard ends the same spells as the whole of it at once."""
    whole, half = 0.4, 1.0 - np.sqrt(0.6)
    assert ((first_years([whole]) == 0) == (first_years([half, half]) < 2)).mean() == pytest.approx(1.0, abs=1e-4)


def test_more_hazard_never_ends_fewer_spells():
    assert (first_years([0.2, 0.3]) <= first_years([0.1, 0.3])).all()


def test_actors_are_told_apart_and_do_not_touch_each_other():
    alone = Waiting(Streams(3), "advance", KEYS[5:6])
    among = Waiting(Streams(3), "advance", KEYS)
    for chance in (0.1, 0.3, 0.2, 0.6):
        assert alone.happens(np.array([chance]))[0] == among.happens(np.full(MANY, chance))[5]


def test_the_kth_try_meets_the_same_luck_in_any_year():
    early, late = Tries(Streams(1), "success", KEYS), Tries(Streams(1), "success", KEYS)
    everybody, nobody = np.ones(MANY, dtype=bool), np.zeros(MANY, dtype=bool)
    one, two = early.luck(everybody), early.luck(everybody)
    late.luck(nobody)
    assert (late.luck(everybody) == one).all()
    assert (late.luck(everybody) == two).all()
    assert abs(np.corrcoef(one, two)[0, 1]) < 5.0 / np.sqrt(MANY)
