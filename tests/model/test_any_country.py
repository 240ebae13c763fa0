"""History, and countries that do not exist: any number of municipalities, any years, rules with dates of their own."""

import numpy as np
import pytest

from agents.vocabulary import ELEMENTS
from model.case import Case
from model.institutions.design import design_names, load_design
from model.simulation import Simulation
from tests import worlds

PLAN, ROLES = ELEMENTS.index("plan"), ELEMENTS.index("roles")
DUTY = worlds.statement('kind = "duty", element = "plan"', attribute="municipality", more="from = 1979")
POT = worlds.statement('kind = "project_grant", million_nok = {1994 = 3, 1996 = 9, 1998 = 1}', more="from = 1994")


def invented(folder, size):
    """A place of `size` municipalities in regions of twenty, with nothing but names, regions and populations."""
    rows = [f"Town {chr(97 + m % 26)}{m},Region {m // 20},{300 + (m * 7919) % 30_000}" for m in range(size)]
    return worlds.place_folder(folder / f"land{size}", rows, header="name,region,population")


def years_of(case):
    """Share with a plan and project money, NOK, of each year; every invariant is checked on the way."""
    sim = Simulation(case)
    rows = [((sim.municipalities.stage[:, PLAN] > 0).mean(), sim.money["project"].sum()) for _ in worlds.years_of(sim)]
    assert sim.tables["nation"].num_rows == len(case.years)
    assert not sim.warnings
    return np.array(rows)


def test_290_municipalities_under_a_duty_with_nothing_behind_it(tmp_path):
    place, soft = invented(tmp_path, 290), worlds.design_file(tmp_path, DUTY)
    told = {}
    for name, design in (("soft", soft), ("none", "enthusiasts-only")):
        case = Case.load(place=place, design=design, first=1977, last=1997, citizens=6_000)
        assert len(case.place.numbers) == 290
        told[name] = years_of(case)[:, 0]
    np.testing.assert_array_equal(told["soft"][:2], told["none"][:2])  # the rule begins in 1979
    assert told["soft"][2:].mean() > told["none"][2:].mean()
    assert told["soft"][3] < 0.5  # soft rules work slowly


def test_20_municipalities_with_a_pot_that_changes_and_stops(tmp_path):
    case = Case.load(
        place=invented(tmp_path, 20), design=worlds.design_file(tmp_path, POT), first=1990, last=2010, citizens=2_000
    )
    money = years_of(case)[:, 1]
    assert not money[:4].any()
    assert money[4 : 1998 - 1990].any()
    assert not money[2002 - 1990 :].any()  # the last projects of three years are over


def test_one_municipality_alone(tmp_path):
    case = Case.load(place=invented(tmp_path, 1), first=1950, last=1960, citizens=20)
    assert years_of(case).shape == (11, 2)


def test_the_order_of_rows_numbers_municipalities_for_good(tmp_path):
    """Rows added at the end leave those before them as they were."""
    runs = []
    for size in (40, 60):  # whole regions of twenty: rings of neighbours do not change either
        case = Case.load(place=invented(tmp_path, size), design=worlds.design_file(tmp_path, DUTY),
                         first=1977, last=1979, citizens=size * 20)  # fmt: skip
        runs.append(Simulation(case, record=False))
    for name, column in runs[0].municipalities.columns().items():
        np.testing.assert_array_equal(column, runs[1].municipalities.columns()[name][:40], err_msg=name)


@pytest.mark.parametrize(
    ("name", "span"), [("earmarked-officers-1988", (1988, 2009)), ("planning-guideline-2009", (2009, 2020))]
)
def test_history_is_among_the_fourteen_designs_with_years_of_its_own(name, span):
    assert len(design_names()) == 14
    assert (load_design(name).first, load_design(name).last) == span


@pytest.fixture(scope="module")
def officers():
    """Share with an officer by year, Norway, mean of two seeds."""
    return _history("earmarked-officers-1988", ROLES)


@pytest.fixture(scope="module")
def plans():
    """Share with a plan by year, Norway, mean of two seeds."""
    return _history("planning-guideline-2009", PLAN)


def _history(design, element):
    share = {}
    for seed in (1, 2):
        sim = Simulation(Case.load(design=design, citizens=7_200, seed=seed), record=False)
        for year in worlds.years_of(sim):
            share[year] = share.get(year, 0.0) + 0.5 * float((sim.municipalities.stage[:, element] > 0).mean())
    return share


def test_officers_come_with_the_money_and_go_after_it(officers):
    assert officers[1991] < 0.3  # a pilot
    assert officers[1996] > 0.85
    assert officers[1996] > officers[1998] > officers[2003] > officers[2008]
    assert officers[2008] < 0.4


def test_plans_come_with_the_guideline(plans):
    assert plans[2009] < 0.25  # counted in December 2009
    assert plans[2013] > 0.8
