"""What designs cost the state before they are run: complete, comparable, and as the ledger then pays it."""

import numpy as np
import pytest

from model import bill
from model.costs import costs, is_open_ended, sum_by_year, years_of
from model.institutions.aims import AIMS
from model.institutions.conditions import condition
from model.institutions.design import design_names, load_design
from model.institutions.grammar import Design
from model.institutions.possibility import may_hold
from model.places import load_place
from model.simulation import Simulation
from tests import worlds
from tests.model.institutions.test_conditions import situation

NORWAY = load_place("norway")
TOWNS = len(NORWAY.numbers)
PRICE = worlds.defaults().money


def design(*statements: str) -> Design:
    return worlds.design_of(*statements)


def staff(strength=0.8, **more) -> str:
    return worlds.statement(f'kind = "pooled_staff", strength = {strength}', attribute="county", **more)


def in_2030(rules: Design, **more) -> float:
    return sum_by_year(rules, range(2030, 2031), **more)[2030]


def test_every_aim_says_what_it_costs():
    help_in_kind = {
        kind: in_2030(design(worlds.statement(f'kind = "{kind}", strength = 0.5', deontic="should")))
        for kind in ("pooled_staff", "network", "arena")
    }
    assert help_in_kind == pytest.approx(
        {
            "pooled_staff": 0.25 * TOWNS * PRICE.staff_cost,
            "network": 0.25 * TOWNS * PRICE.network_cost,
            "arena": 0.25 * TOWNS * PRICE.arena_cost,
        }
    )
    money = worlds.statement('kind = "permanent_finance", million_nok = 250', deontic="may")  # money is not scaled
    earmarked = worlds.statement('kind = "project_grant", million_nok = 9, element = "roles", covers = 0.5')
    assert in_2030(design(money, earmarked)) == pytest.approx(259e6)
    words = worlds.statement('kind = "indicator_standard", scope = "community", precision = 1.0')
    assert in_2030(design(words)) == 0.0
    assert {kind for kind, aim in AIMS.items() if aim.is_open_ended} == {"price"}


def test_conditions_count_where_they_may_hold():
    small = float((NORWAY.population[0] < 5000).sum())
    assert in_2030(design(staff(1.0, more='condition = "population < 5000"'))) == small * PRICE.staff_cost
    unknown = "condition = 'population < 5000 and not has(\"competence\")'"
    assert in_2030(design(staff(1.0, more=unknown))) == small * PRICE.staff_cost
    assert in_2030(design(staff(1.0, more='condition = "year > 2040 and gap > 0.1"'))) == 0.0
    never = worlds.statement('kind = "project_grant", million_nok = 10', more='condition = "population < 0"')
    assert in_2030(design(never)) == 0.0


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("population < 5000", [0, 1, 0, 0]),
        ("agenda > 0.5", [1, 1, 1, 1]),
        ("not agenda > 0.5", [1, 1, 1, 1]),
        ("agenda > 0.5 and population < 5000", [0, 1, 0, 0]),
        ("not (agenda > 0.5 or population < 5000)", [1, 0, 1, 1]),
        ("not (agenda > 0.5 and population < 5000)", [1, 1, 1, 1]),
        ('has("plan") or population < 5000', [1, 1, 1, 1]),
        ('county == "46" and broken("plan") > 2', [0, 0, 1, 1]),
        ("year < 2030 and agenda > 0.5", [0, 0, 0, 0]),
        ("agenda + population > 0 and year > 2030", [0, 0, 0, 0]),
        ("agenda * 0 > 1", [1, 1, 1, 1]),
    ],
)
def test_what_may_hold(text, may):
    known = situation(words={"density": 1.0})
    assert may_hold(condition(text), known).tolist() == [bool(one) for one in may]


def test_the_same_help_is_paid_once_and_the_strongest_counts():
    rules = design(staff(0.5), staff(0.8, more='condition = "population < 5000"'), staff(0.3))
    small = int((NORWAY.population[0] < 5000).sum())
    (span,) = costs(rules, range(2030, 2032))
    assert span.statements == pytest.approx({0: 0.5 * TOWNS * PRICE.staff_cost, 1: 0.3 * small * PRICE.staff_cost})
    assert span.by_kind(rules) == pytest.approx({"pooled_staff": span.total})


def test_prices_are_parameters():
    rules, doubled = design(staff()), {"money.staff_cost": 2 * PRICE.staff_cost}
    assert in_2030(rules, settings=doubled) == pytest.approx(2 * in_2030(rules))


def test_spans_of_years_that_cost_the_same():
    pot = worlds.statement('kind = "project_grant", million_nok = { 1998 = 10, 1999 = 0, 2000 = 25 }')
    spans = costs(design(pot, staff(1.0, more="from = 2003\nto = 2004")), range(1996, 2006))
    assert [(span.first, span.last, round(span.total / 1e6, 1)) for span in spans] == [
        (1996, 1997, 0.0), (1998, 1998, 10.0), (1999, 1999, 0.0), (2000, 2000, 25.0), (2001, 2002, 0.0),
        (2003, 2004, round(TOWNS * PRICE.staff_cost / 1e6, 1)), (2005, 2005, 0.0),
    ]  # fmt: skip
    assert list(sum_by_year(design(pot), range(1996, 2006))) == list(range(1996, 2006))


def test_a_place_gets_its_part():
    place = load_place("telemark")
    money = design(worlds.statement('kind = "project_grant", million_nok = 100'))
    assert in_2030(money, place=place) == pytest.approx(100e6 * place.population[0].sum() / place.nation)
    assert in_2030(design(staff(1.0)), place=place) == pytest.approx(len(place.numbers) * PRICE.staff_cost)


def paid(sim: Simulation, *purposes: str) -> float:
    """NOK that the state paid this year for these purposes."""
    return (
        sum(flow[4] for flow in sim.ledger.flows if flow[0] == sim.year and flow[1] == "state" and flow[3] in purposes)
        / 100
    )


@pytest.mark.parametrize("name", ["collaborative-region", "duty-and-money", "learning-networks", "permanent-finance"])
def test_the_ledger_pays_what_was_said(name):
    """Designs whose conditions are about population only: in the first year the sum is exact, to the øre of each."""
    sim = Simulation(worlds.case(design=name, citizens=50, last=2026), record=False)
    sim.step()
    said = sum_by_year(sim.case.design, range(2025, 2026), place=sim.place)[2025]
    spent = paid(sim, "permanent climate money", "earmarked money", "regional support")
    assert spent == pytest.approx(said, abs=0.02 * len(sim.place.numbers))
    assert said > 0


@pytest.mark.parametrize("name", design_names())
def test_no_year_costs_more_than_was_said(name):
    """Grants on offer, other money and regional support in each year of a run; towns grow by a few per cent."""
    first = load_design(name).first or 2025
    sim = Simulation(worlds.case(design=name, citizens=50, last=first + 6), record=False)
    said = sum_by_year(sim.case.design, range(first, first + 7), place=sim.place)
    for _ in sim.case.years:
        sim.step()
        on_offer = sum(pot.amount for pot in sim.terms.pots)
        spent = paid(sim, "permanent climate money", "earmarked money", "regional support") + on_offer
        assert spent <= said[sim.year] * 1.05 + 1.0


def test_years_of_a_design():
    rules = load_design("duty")
    assert years_of(rules) == range(2025, 2051)
    assert years_of(rules.model_copy(update={"first": 1988, "last": 2009})) == range(1988, 2010)
    assert years_of(rules.model_copy(update={"first": 2060})) == range(2060, 2061)
    assert years_of(rules.model_copy(update={"last": 1990})) == range(1990, 1991)


def test_the_bill_in_words():
    rules = load_design("experimentalist")
    spans = costs(rules, years_of(rules))
    told = {
        language: bill.told(rules, spans, language, people_of=2025, is_open=is_open_ended(rules, years_of(rules)))
        for language in ("en", "nb")
    }
    assert told["en"][0] == "What it costs the state in the whole country, with the inhabitants of 2025:"
    assert told["en"][1].startswith("  from 2025 to 2027: NOK 261.4 million a year (learning networks 11.4 and project")
    assert told["nb"][2].startswith(
        "  fra 2028 til og med 2050: 304,3 millioner kroner i året (læringsnettverk 11,4, prosj"
    )
    assert len(told["en"]) == len(told["nb"]) == 5
    assert "left of a pot is offered again" in told["en"][4]
    assert "lyses ut igjen" in told["nb"][4]
    assert [bill.of_statement(k, spans, "en") for k in (0, 3, 4)] == [
        "", "NOK 11.4 million a year", "NOK 250 million a year"
    ]  # fmt: skip
    free = load_design("enthusiasts-only")
    assert bill.told(free, costs(free, range(2025, 2027)), "nb", people_of=2025, is_open=False)[1:] == [
        "  fra 2025 til og med 2026: ingenting"
    ]
    assert is_open_ended(load_design("full-transition"), range(2027, 2028))
    assert not is_open_ended(load_design("full-transition"), range(2025, 2027))


def test_every_kind_that_costs_has_a_name():
    kinds = {kind for kind, aim in AIMS.items() if aim.cost is not AIMS["duty"].cost}
    assert set(bill.KINDS) == kinds
    assert all(
        np.isfinite(span.total) for name in design_names() for span in costs(load_design(name), range(2025, 2051))
    )
