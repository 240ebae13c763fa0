"""Other first years than 2025: figures with grade and source, shares that join up with today's, costs on one path."""

import numpy as np
import pytest

from agents.vocabulary import EARLIEST
from model import history
from model.case import Case
from model.landscape import attention_of
from model.parameters import checked, declared
from model.readings import cost_now
from model.simulation import Simulation
from model.solutions import load_catalogue
from model.streams import Streams
from tests import worlds

CAT, P = load_catalogue(), worlds.defaults()
CAR = CAT.ids.index("electric-car")


@pytest.mark.parametrize("name", ["population", "first_year", "solutions"])
def test_every_figure_has_a_year_a_grade_and_a_source(name):
    for row in history.rows_of(name):
        assert EARLIEST <= int(row["year"]) < history.TODAY
        assert row["grade"] in ("H", "M", "L", "D", "R", "assumed")
        assert len(row["source"]) > 10


def test_what_is_described_exists_and_is_within_bounds():
    for row in history.rows_of("first_year"):
        assert checked({row["parameter"]: row["value"]})
    assert {row["solution"] for row in history.rows_of("solutions")} <= set(CAT.ids)
    national = {name for name, is_national in zip(CAT.ids, CAT.is_national, strict=True) if is_national}
    assert national == {row["solution"] for row in history.rows_of("solutions")}


@pytest.mark.parametrize("year", [2025, 2026, 2100])
def test_from_2025_the_defaults_hold(year):
    assert history.first_values(year) == {}


def test_the_first_year_is_linear_between_the_years_on_record():
    plan, default = "element.plan.first", declared()["element.plan.first"].value
    at = {year: history.first_values(year)[plan] for year in (1950, 1988, 1998, 2009, 2017, 2024)}
    assert at[1950] == at[1988] == 0.03
    assert at[1998] == pytest.approx(0.03 + 10 / 21 * (at[2009] - 0.03))
    assert at[2009] < 0.25
    assert at[2017] == pytest.approx(0.5 * (at[2009] + default))
    assert at[2024] == pytest.approx(default, abs=0.05)


@pytest.mark.parametrize("first", [1950, 1988, 2009, 2025])
def test_what_somebody_sets_holds_in_whatever_first_year(first):
    case = worlds.case(first=first, last=first + 2, settings={"element.plan.first": 0.5})
    assert case.values["element.plan.first"] == case.parameters.element.plan.first == 0.5
    assert worlds.case(first=first, last=first + 2).values["element.plan.first"] != 0.5


def test_the_catalogue_of_2025_is_the_catalogue():
    assert history.catalogue_in(CAT, 2025, P) is CAT
    assert worlds.case().first_catalogue is worlds.case().catalogue


def test_shares_go_back_and_ahead_by_one_slope():
    back, ahead = (history.catalogue_in(CAT, year, P).initial_share for year in (1988, 2040))
    assert ((back >= 0.0) & (back <= CAT.initial_share) & (ahead <= 1.0)).all()
    own = ~CAT.is_national & (CAT.initial_share > 0.0) & (CAT.initial_share < 1.0)
    odds = [np.log(share[own] / (1.0 - share[own])) for share in (back, CAT.initial_share, ahead)]
    slope = np.where(CAT.chooser[own] == 1, P.businesses.drift, P.citizens.drift)
    np.testing.assert_allclose((odds[1] - odds[0]) / 37, slope)
    np.testing.assert_allclose((odds[2] - odds[1]) / 15, slope)


def test_electric_cars_follow_what_was_observed():
    share = {y: history.catalogue_in(CAT, y, P).initial_share[CAR] for y in (1950, 1988, 2009, 2010, 2015, 2020, 2024)}
    assert (share[2010], share[2015], share[2020]) == (0.0009, 0.0203, 0.1172)
    assert 0.0 < share[1950] < share[1988] < 1e-4 < share[2009] < share[2010]
    assert share[2020] < share[2024] <= CAT.initial_share[CAR]


@pytest.mark.parametrize("first", [1960, 2009, 2025, 2045])
def test_costs_lie_on_the_world_market_path_whenever_a_run_begins(first):
    sim = Simulation(worlds.case(first=first, last=first + 3), record=False)
    np.testing.assert_array_equal(sim.catalogue.cost, cost_now(sim))
    sim.step()
    sim.step()
    path = CAT.cost * (1.0 + CAT.cost_change) ** (first + 1 - 2025)
    np.testing.assert_allclose(cost_now(sim), np.clip(path, 0.0, 1.0))


@pytest.mark.parametrize("first", [1988, 2009])
def test_use_of_another_first_year_does_not_jump(first):
    """Three years without any rule: no solution of citizens or businesses moves more than a twentieth."""
    sim = Simulation(Case.load(design="enthusiasts-only", citizens=15_000, first=first, last=first + 3), record=False)
    mine = np.concatenate([sim.chosen, sim.practised])
    weight = sim.population / sim.population.sum()
    before = weight @ sim.uptake[:, mine]
    np.testing.assert_allclose(before, sim.catalogue.initial_share[mine], atol=0.05)
    sim.run()
    assert np.abs(weight @ sim.uptake[:, mine] - before).max() < 0.05


def test_a_calendar_year_meets_the_same_attention_in_every_run():
    long, short = (attention_of(Streams(3), range(first, 2031), P.attention) for first in (1950, 2025))
    np.testing.assert_array_equal(long[2025 - 1950 :], short)
    assert (long[:20] == P.attention.mean).all()
    assert np.ptp(long[20:]) > 0.1
    assert (attention_of(Streams(3), range(1950, 1960), P.attention) == P.attention.mean).all()
