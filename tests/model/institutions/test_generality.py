"""Any dated design runs in any place: pots that stop, duties with nothing behind them, other numbers, other years."""

import numpy as np
import pytest

from agents.vocabulary import ELEMENTS
from model.institutions.design import load_design, parse_design
from model.institutions.errors import DesignError
from model.simulation import Simulation
from tests import worlds

ELSEWHERE = (
    "1,Ny by,X-land,9000,X",
    "SE-0180,Gammel by,X-land,90000,X",
    "abc,Nordby,Nordland,2000,No-18",
    "0301,Vik,Vest,400,7",
)
POT = worlds.statement('kind = "project_grant", million_nok = { 1998 = 1000, 1999 = 0, 2000 = 2500 }')
DUTY = worlds.statement('kind = "duty", element = "indicators"', attribute="municipality")
OFFERS = (
    worlds.statement('kind = "network", strength = 0.8', attribute="county"),
    worlds.statement('kind = "pooled_staff", strength = 0.5', attribute="county", deontic="should"),
    worlds.statement('kind = "indicator_standard", scope = "own", precision = 0.4'),
)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> str:
    return worlds.place_folder(
        tmp_path_factory.mktemp("places") / "x", ELSEWHERE, "number,name,county,population,county_number"
    )


def run(place: str, folder, statements, years=(2025, 2028)) -> Simulation:
    design = worlds.design_file(folder, *statements)
    return Simulation(worlds.case(place=place, design=design, citizens=50, first=years[0], last=years[1]))


def test_a_pot_that_changes_and_stops(elsewhere, tmp_path):
    sim = run(elsewhere, tmp_path, [POT], (1996, 2003))
    size = {year: sum(pot.amount for pot in sim.terms.pots) for year in worlds.years_of(sim)}
    whole = 1e9 * sim.place.population[0].sum() / sim.place.nation
    assert size == pytest.approx(dict.fromkeys(range(1996, 2004), 0.0) | {1998: whole, 2000: 2.5 * whole})
    assert sim.warnings == []


@pytest.mark.parametrize("statements", [[DUTY], [*OFFERS], [DUTY, *OFFERS, POT]], ids=["duty", "offers", "all"])
@pytest.mark.parametrize("years", [(1950, 1953), (1988, 1991), (2024, 2026), (2097, 2100)])
@pytest.mark.parametrize("place", ["elsewhere", "islands"])
def test_any_design_in_any_place_and_time(place, statements, years, request, tmp_path):
    sim = run(request.getfixturevalue(place), tmp_path, statements, years).run()
    assert sim.warnings == []
    assert np.isfinite(sim.tables["nation"].to_pandas()).all(axis=None)
    assert sim.tables["nation"].to_pandas()["year"].tolist() == list(range(years[0], years[1] + 1))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('number == "SE-0180"', [0, 1, 0, 0]),
        ('number == "abc" or number == "1"', [1, 0, 1, 0]),
        ('number != "0301"', [1, 1, 1, 0]),
        ('county == "X"', [1, 1, 0, 0]),
        ('county == "No-18" or county == "7"', [0, 0, 1, 1]),
        ("is_north", [0, 0, 1, 0]),
        ("not is_north and population > 1000", [1, 1, 0, 0]),
        ('county == "03"', [0, 0, 0, 0]),
    ],
)
def test_conditions_know_the_numbers_of_the_place(elsewhere, tmp_path, text, who):
    budget = ELEMENTS.index("budget")
    duty = worlds.statement('kind = "duty", element = "budget"', attribute="municipality", more=f"condition = '{text}'")
    sim = run(elsewhere, tmp_path, [duty])
    sim.step()
    by_number = dict(zip(sim.place.numbers, sim.terms.duty[:, budget], strict=True))
    assert [by_number[row.split(",")[0]] for row in ELSEWHERE] == who


def years(first: str, last: str) -> str:
    return worlds.HEAD.format(name="mine") + first + last + DUTY


def test_a_design_can_say_for_which_years_it_is_meant():
    design = parse_design(years("from = 1988\n", "to = 2009\n"))
    assert (design.first, design.last) == (1988, 2009)
    assert parse_design(years("to = 2009\n", "")).first is None
    assert design.digest != parse_design(years("", "")).digest
    assert (load_design("duty").first, load_design("duty").last) == (None, None)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("from = 2009\n", "to = 1988\n", "swap the years"),
        ("from = 1.5\n", "", "integer"),
        ("from = '1988'\n", "", "integer"),
        ("", "to = 99\n", "greater than or equal to 1950"),
        ("first = 1988\n", "", "use one of: from,"),
    ],
)
def test_wrong_years_are_refused(first, last, said):
    with pytest.raises(DesignError) as caught:
        parse_design(years(first, last), file="designs/mine.toml")
    assert said in str(caught.value)
    assert caught.value.file == "designs/mine.toml"
    assert caught.value.line > 0
