"""The population drawn to a place: as many as asked for, the same people whoever else there is, near the sources."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model import population
from model.places import load_place
from model.population import citizens_each
from model.simulation import Simulation
from model.solutions import load_catalogue
from model.streams import Streams
from tests import worlds

inhabitants = arrays(np.float64, st.integers(1, 60), elements=st.integers(1, 800_000).map(float))


@given(inhabitants, st.floats(0.0, 1.0))
def test_citizens_are_as_many_as_asked_for(people, share):
    total = int(share * people.sum())
    each = citizens_each(total, people)
    assert int(each.sum()) == max(total, len(people))
    assert (each >= 1).all()
    assert (each <= people).all()


@given(inhabitants)
def test_all_means_everybody(people):
    assert np.array_equal(citizens_each(int(people.sum()), people), people.astype(np.int64))


@given(inhabitants, st.integers(100, 5_000))
def test_the_larger_has_no_fewer_citizens(people, total):
    each = citizens_each(min(total, int(people.sum())), people)
    order = np.argsort(people, kind="stable")
    assert (np.diff(each[order]) >= -1).all()  # an equal remainder may fall either way


def test_many_citizens_are_in_proportion():
    people = load_place("telemark").population[0]
    each = citizens_each(100_000, people)
    assert np.abs(each / each.sum() - people / people.sum()).max() < 0.01


def test_keys_of_municipalities_are_unique_and_lasting():
    numbers = load_place("norway").numbers
    keys = population.stable_keys(numbers)
    assert len(set(keys.tolist())) == len(numbers)
    assert keys[numbers.index("4001")] == population.stable_keys(("4001",))[0]
    assert (keys < 2**32).all()


def test_keys_of_citizens_are_unique():
    sim = Simulation(worlds.case(place="norway", citizens=20_000), record=False)
    for people in (sim.citizens, sim.businesses):
        assert len(np.unique(people.keys)) == len(people)
        assert (np.diff(people.owner) >= 0).all()


def test_people_are_the_same_in_every_place():
    """A municipality's citizens do not hang on which other municipalities the place has."""
    luck, p = Streams(1), worlds.defaults().citizens
    wide, narrow = load_place("telemark"), load_place("4001,4012")
    sizes = {number: 40 + 3 * k for k, number in enumerate(wide.numbers)}
    drawn = [
        population.draw_citizens(place, luck, np.array([sizes[n] for n in place.numbers]), p)
        for place in (wide, narrow)
    ]
    for number in narrow.numbers:
        rows = [
            people.owner == place.numbers.index(number) for people, place in zip(drawn, (wide, narrow), strict=True)
        ]
        for name in ("keys", "attitude", "income", "habit"):
            left, right = (getattr(people, name)[mine] for people, mine in zip(drawn, rows, strict=True))
            assert np.array_equal(left, right)


def test_attitudes_follow_their_distribution():
    place = load_place("telemark")
    p = worlds.defaults().citizens
    people = population.draw_citizens(place, Streams(1), np.full(17, 2_000), p)
    centre = p.attitude_mean + p.green_pull * (place.green_vote - 0.18)
    mean = people.attitude.reshape(17, -1).mean(axis=1)
    assert np.abs(mean - centre).max() < 0.02
    assert np.abs(people.attitude.reshape(17, -1).std(axis=1) - p.attitude_spread).max() < 0.02
    assert (np.diff(people.attitude.reshape(17, -1), axis=1) >= -0.2).all()
    count = len(people)
    assert abs(people.income.mean() - 0.5) < 5.0 * np.sqrt(1.0 / 12.0 / count)


def test_first_use_is_that_of_the_catalogue():
    """Each solution's share of users is near the catalogue's, and larger where attitudes are warmer."""
    sim = Simulation(worlds.case(place="norway", citizens=60_000), record=False)
    cat = load_catalogue()
    weight = sim.population / sim.population.sum()
    told = weight @ sim.uptake[:, sim.chosen]
    wanted = cat.initial_share[sim.chosen]
    assert np.abs(told - wanted).max() < 0.03
    warm = sim.citizens.attitude > 0.6
    used = (sim.citizens.uses[:, None] >> np.arange(len(sim.chosen), dtype=np.uint32)) & 1
    common = wanted > 0.05
    assert (used[warm].mean(axis=0)[common] > used[~warm].mean(axis=0)[common]).all()


def test_businesses_follow_jobs_and_are_never_few():
    place, p = load_place("telemark"), worlds.defaults().businesses
    every, people = population.all_businesses(place, p.jobs_each), place.population[0]
    big = place.jobs > 2_000
    assert np.allclose(every[big], place.jobs[big] / p.jobs_each, atol=1.0)
    assert np.array_equal(population.businesses_each(every, int(people.sum()), people, p), every)
    few = population.businesses_each(every, 100, people, p)
    assert np.array_equal(few, np.minimum(every, p.fewest))
    assert len(population.draw_businesses(place, Streams(1), few)) == few.sum()


@pytest.mark.parametrize("rows", [["1,A,X,1"], ["1,A,X,20", "2,B,X,1"], ["1,A,X,50", "2,B,Y,60", "3,C,Z,1"]])
def test_the_smallest_places_run(tmp_path, rows):
    place = worlds.place_folder(tmp_path / "land", rows)
    if sum(int(row.rpartition(",")[2]) for row in rows) < 20:
        with pytest.raises(ValueError, match="at least 20 are needed"):
            worlds.case(place=place, citizens=20)
        return
    sim = Simulation(worlds.case(place=place, citizens=20, design="full-transition")).run()
    assert np.isfinite(sim.tables["nation"].to_pandas()).all(axis=None)


def test_a_municipality_without_inhabitants_runs_or_is_refused(tmp_path):
    place = worlds.place_folder(tmp_path / "land", ["1,A,X,900", "2,B,X,0", "3,C,X,400"])
    try:
        case = worlds.case(place=place, citizens=100)
    except ValueError as error:
        assert "inhabitants" in str(error)  # noqa: PT017 either answer is right
        return
    sim = Simulation(case).run()
    assert np.isfinite(sim.tables["municipality"].to_pandas().drop(columns="number")).all(axis=None)


def test_more_citizens_are_a_finer_grain_of_the_same_world():
    """Weights differ, totals do not: emissions per inhabitant of a run with few and with many citizens are close."""
    few, many = (worlds.finished(citizens=n, last=2035) for n in (800, 8_000))
    told = [worlds.frame(sim, "nation")["territorial"].iloc[-1] for sim in (few, many)]
    assert told[0] == pytest.approx(told[1], rel=0.02)
