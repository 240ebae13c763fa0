"""Levers of experiments: nothing at their default, and what they say otherwise."""

import numpy as np
import pytest

from model.parameters import declared
from model.simulation import Simulation
from tests import worlds

LEVELS = ("I", "II", "III")


def table(name: str, **changes):
    return worlds.frame(worlds.finished(**changes), name)


class Settings(dict[str, float]):
    """Settings that can be part of the key of a shared run."""

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.items())))


def settings(**values: float) -> dict[str, Settings]:
    return {"settings": Settings((path.replace("__", "."), value) for path, value in values.items())}


def levels_of(sim: Simulation) -> dict[str, int]:
    return dict(zip(sim.catalogue.ids, sim.catalogue.level.tolist(), strict=True))


def test_the_defaults_are_open_uncapped_and_without_shock():
    paths = [*(f"levels.{k}" for k in LEVELS), "leadership.cap", "shock.champions_year"]
    assert [declared()[path].value for path in paths] == [1, 1, 1, 1, 0]


def test_a_shock_outside_the_run_changes_no_bit():
    plain = worlds.finished(last=2034)
    assert worlds.finished(last=2034, **settings(shock__champions_year=2035)).digest() == plain.digest()
    assert worlds.finished(last=2034, **settings(shock__champions_year=2034)).digest() != plain.digest()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("design", ["full-transition", "project-grants"])
def test_a_closed_level_takes_nothing_off_and_starts_nothing(level, design):
    closed = worlds.finished(design=design, last=2036, **settings(**{f"levels__{level}": 0.0}))
    nation, level_of = worlds.frame(closed, "nation"), levels_of(closed)
    assert (nation[f"change_{level}"] == 0.0).all()
    others = [k for k in LEVELS if k != level]
    assert all((nation[f"change_{k}"].iloc[-1] != 0.0) for k in others)
    events = worlds.frame(closed, "event")
    started = events[events["what"] == "measure started"]["subject"].map(level_of)
    assert not (started == LEVELS.index(level)).any()
    assert len(started)
    of_level = closed.catalogue.level == LEVELS.index(level)
    assert not closed.municipalities.is_under_way[:, of_level].any()


def test_with_all_levels_closed_only_the_given_path_and_people_are_left():
    closed = worlds.finished(design="full-transition", last=2036, **settings(levels__I=0, levels__II=0, levels__III=0))
    nation = worlds.frame(closed, "nation")
    given = nation["change_national"] + nation["change_population"]
    first = nation["territorial"].iloc[0] - given.iloc[0]
    assert np.allclose(nation["territorial"], first + given, rtol=1e-9)
    assert worlds.frame(closed, "municipality")["footprint"].notna().all()


def test_a_half_open_level_takes_off_less():
    open_to, half, closed = (
        table("nation", design="full-transition", last=2040, **settings(levels__I=value))["change_I"].iloc[-1]
        for value in (1.0, 0.5, 0.0)
    )
    assert open_to < half < closed == 0.0


def test_leadership_stays_under_its_cap():
    free = table("municipality", design="full-transition", last=2040)
    capped = table("municipality", design="full-transition", last=2040, **settings(leadership__cap=0.15))
    assert free["mode"].max() > 0.3
    assert capped["mode"].max() <= 0.15
    pure = worlds.finished(design="full-transition", last=2040, **settings(leadership__cap=0.0))
    assert (worlds.frame(pure, "municipality")["mode"] == 0.0).all()
    grown = worlds.finished(design="full-transition", last=2040)
    assert pure.municipalities.learned[:, 2].mean() < grown.municipalities.learned[:, 2].mean()


def test_in_the_year_of_the_shock_every_champion_leaves_and_nobody_comes():
    calm = worlds.finished(last=2038)
    shaken = worlds.finished(last=2038, **settings(shock__champions_year=2031))
    before = [worlds.frame(sim, "municipality").query("year < 2031") for sim in (calm, shaken)]
    assert before[0].equals(before[1])
    towns = worlds.frame(shaken, "municipality")
    had = towns.query("year == 2030")["champions"].to_numpy() > 0
    assert had.any()
    assert (towns.query("year == 2031")["champions"] == 0).all()
    assert (towns.query("year == 2031")["is_champion_lost"].to_numpy() == had).all()
    events = worlds.frame(shaken, "event").query("what == 'last champion left'")
    assert set(events.query("year == 2031")["actor"]) == set(towns.query("year == 2030")[had]["number"])
    assert set(events.query("year == 2031")["cause"]) == {"all champions leave"}
    assert "all champions leave" not in set(events.query("year != 2031")["cause"])
    assert (towns.query("year == 2038")["champions"] > 0).any()  # others come later
