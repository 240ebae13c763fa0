"""What statements write into the Terms: for whom, how strongly, with which money, and what befalls who breaks them."""

import time

import numpy as np
import pytest

from agents.vocabulary import ELEMENTS
from model.costs import sum_by_year
from model.institutions.conditions import WORDS, Situation
from model.institutions.design import design_names, evaluate, load_design, parse_design
from model.solutions import load_catalogue
from model.terms import Terms

HEAD = 'name = "mine"\ntitle = { en = "Mine", nb = "Min" }\nquestion = { en = "Why?", nb = "Hvorfor?" }\n'
PEOPLE = np.array([1_000.0, 4_000.0, 95_000.0])
PLAN, BUDGET = ELEMENTS.index("plan"), ELEMENTS.index("budget")


def at(year=2030, m=3, ids=("car-sharing", "electric-car", "repair"), **changed) -> Situation:
    fields = {
        "year": year,
        "words": {name: np.full(m, 0.5) for name in WORDS if name not in ("year", "population", "number", "county")},
        "stage": np.zeros((m, len(ELEMENTS)), dtype=np.int8),
        "practice": np.zeros((m, len(ELEMENTS))),
        "county_of": np.zeros(m, dtype=np.int32),
        "county_numbers": ("03",),
        "numbers": tuple(f"{i:04d}" for i in range(m)),
        "population": np.resize(PEOPLE, m),
        "solution_ids": ids,
    }
    return Situation(**(fields | changed))


def terms_of(*statements: str, situation: Situation | None = None) -> Terms:
    text = HEAD + "".join(f'[[statement]]\nsource = "a report"\n{one}\n' for one in statements)
    situation = situation or at()
    terms = Terms(len(situation.population), len(situation.solution_ids))
    evaluate(parse_design(text), situation, terms)
    return terms


def duty(deontic="must", element="plan", more=""):
    return (
        f'attribute = "municipality"\ndeontic = "{deontic}"\naim = {{ kind = "duty", element = "{element}" }}\n{more}'
    )


def state(aim: str, more="", who="state", deontic="must") -> str:
    return f'attribute = "{who}"\ndeontic = "{deontic}"\naim = {{ {aim} }}\n{more}'


def test_strongest_duty_wins_then_the_most_credible():
    sure = 'or_else = { kind = "default_standard" }'
    terms = terms_of(duty("should"), duty(), duty(more=sure + '\ncondition = "population < 5000"'), duty("may"))
    assert terms.duty[:, PLAN].tolist() == [1.0, 1.0, 1.0]
    assert terms.credibility[:, PLAN].tolist() == [0.8, 0.8, 0.15]
    assert terms.duty_statement[:, PLAN].tolist() == [2, 2, 1]
    assert not terms.duty[:, BUDGET].any()
    assert (terms.duty_statement[:, BUDGET] == -1).all()


@pytest.mark.parametrize(("year", "duties"), [(2026, 0.0), (2027, 1.0), (2029, 1.0), (2030, 0.0)])
def test_years_in_force(year, duties):
    assert terms_of(duty(more="from = 2027\nto = 2029"), situation=at(year)).duty[0, PLAN] == duties


def test_permanent_money_is_shared_and_scales_with_the_place():
    one = state('kind = "permanent_finance", million_nok = 100, base_share = 0.3')
    terms = terms_of(one)
    assert terms.permanent.sum() == pytest.approx(100e6)
    assert terms.permanent == pytest.approx(100e6 * (0.3 / 3 + 0.7 * PEOPLE / PEOPLE.sum()))
    assert (terms.money_statement[:, ELEMENTS.index("finance")] == 0).all()
    assert terms_of(one, situation=at(population_share=0.1)).permanent.sum() == pytest.approx(10e6)
    masked = terms_of(one + 'condition = "population < 5000"').permanent
    assert masked.sum() == pytest.approx(100e6)
    assert masked[2] == 0
    assert terms_of(one + 'condition = "population < 0"').permanent.sum() == 0
    assert terms_of(one, one).permanent.sum() == pytest.approx(200e6)
    assert terms_of(one, situation=at(population=np.zeros(3))).permanent.sum() == pytest.approx(100e6)


def test_the_statement_that_helps_most_is_named():
    weak, strong = (state(f'kind = "pooled_staff", strength = {strength}') for strength in (0.2, 0.7))
    where = 'condition = "population > 2000"'
    terms = terms_of(weak, strong + where, weak)
    competence = terms.help_statement[:, ELEMENTS.index("competence")]
    assert competence.tolist() == [0, 1, 1]
    assert (terms.help_statement[:, ELEMENTS.index("arena")] == -1).all()
    standard = 'kind = "indicator_standard", scope = "own", precision = 0.5'
    terms = terms_of(weak, state(standard), state('kind = "arena", strength = 0.0'))
    assert (terms.help_statement[:, ELEMENTS.index("indicators")] == 1).all()
    assert (terms.help_statement[:, ELEMENTS.index("arena")] == -1).all()


@pytest.mark.parametrize("kind", ["permanent_finance", "project_grant"])
def test_earmarked_money_goes_to_the_element_and_nowhere_else(kind):
    terms = terms_of(state(f'kind = "{kind}", million_nok = 9, base_share = 1.0, element = "roles", covers = 0.6'))
    roles = ELEMENTS.index("roles")
    assert terms.earmarked[:, roles].tolist() == pytest.approx([3e6] * 3)
    assert terms.earmarked.sum() == pytest.approx(9e6)
    assert terms.earmarked_share[:, roles].tolist() == [0.6] * 3
    assert (terms.money_statement[:, roles] == 0).all()
    assert terms.pots == []
    assert not terms.permanent.any()


def test_pots_change_stop_scale_and_know_who_is_eligible():
    one = state('kind = "project_grant", million_nok = { 2029 = 50, 2030 = 80 }, co_finance = 0.4, duration = 2',
                'condition = "population > 2000"')  # fmt: skip
    (pot,) = terms_of(duty(), one, situation=at(2030, population_share=0.25)).pots
    assert (pot.amount, pot.co_finance, pot.duration, pot.statement) == (20e6, 0.4, 2, 1)
    assert pot.eligible.tolist() == [False, True, True]
    assert terms_of(one, situation=at(2031)).pots == []
    assert terms_of(one, situation=at(population=np.zeros(3))).pots == []


def test_offers_are_scaled_by_the_deontic_and_do_not_add_up():
    terms = terms_of(
        state('kind = "pooled_staff", strength = 0.8', who="county"),
        state('kind = "pooled_staff", strength = 0.8', who="county", deontic="should"),
        state('kind = "network", strength = 0.5', who="county", deontic="should"),
        state('kind = "arena", strength = 0.9', 'condition = "population < 2000"', who="municipality"),
        state('kind = "indicator_standard", scope = "community", precision = 0.6', deontic="should"),
    )
    assert terms.staff.tolist() == [0.8] * 3
    assert terms.network.tolist() == [0.25] * 3
    assert terms.arena.tolist() == [0.9, 0.0, 0.0]
    assert terms.scope.tolist() == [0.5] * 3
    assert terms.precision.tolist() == pytest.approx([0.3] * 3)
    assert not terms_of(state('kind = "indicator_standard", scope = "own", precision = 0.6')).scope.any()


def test_solutions_are_listed_or_selected():
    terms = terms_of(
        state('kind = "facility", solutions = ["repair"], strength = 0.5'),
        state('kind = "information", solution_kind = "sharing", strength = 0.7', 'condition = "population < 2000"'),
        state('kind = "price", level = "III", share = 0.6'),
        state('kind = "price", domain = "transport", share = 0.7'),
    )
    assert terms.facility.tolist() == [[0.0, 0.0, 0.5]] * 3
    assert terms.information.tolist() == [[0.7, 0.0, 0.0], [0.0] * 3, [0.0] * 3]
    assert terms.price[0] == pytest.approx([1.0, 0.7, 0.0])


def broken(years) -> Situation:
    breach = np.zeros((3, len(ELEMENTS)), dtype=np.asarray(years).dtype)
    breach[:, PLAN] = years
    return at(breach=breach)


def test_sanctions_befall_those_who_break_the_statement_and_are_masked():
    where = 'condition = "population < 5000"\n'
    situation = broken([True, False, True])
    lost = terms_of(duty(more=where + 'or_else = { kind = "loss_of_grant" }'), situation=situation)
    assert lost.blocked.tolist() == [True, False, False]
    shown = terms_of(duty(more='or_else = { kind = "publicity", reach = 0.4 }'), situation=situation)
    assert shown.publicity.tolist() == [0.4, 0.0, 0.4]
    standard = terms_of(duty("should", more='or_else = { kind = "default_standard" }'), situation=situation)
    assert standard.duty[:, PLAN].tolist() == [1.0, 0.5, 1.0]
    assert standard.credibility[:, PLAN].tolist() == [0.95, 0.8, 0.95]
    unbroken = terms_of(duty(more='or_else = { kind = "loss_of_grant" }'))
    assert not unbroken.blocked.any()


def test_graduated_sanctions_grow_with_the_years_of_breach():
    terms = terms_of(duty(more='or_else = { kind = "graduated" }'), situation=broken([1, 3, 5]))
    assert terms.publicity.tolist() == [1.0, 1.0, 1.0]
    assert terms.blocked.tolist() == [False, True, True]
    assert terms.credibility[:, PLAN].tolist() == [0.75, 0.75, 0.95]


def test_evaluation_is_fast_and_bounded():
    ids = load_catalogue().ids
    situation = at(m=357, ids=ids, breach=np.ones((357, len(ELEMENTS)), dtype=bool))
    for name in design_names():
        design = load_design(name)
        best = np.inf
        for _ in range(20):
            terms = Terms(357, len(ids))
            start = time.process_time()
            evaluate(design, situation, terms)
            best = min(best, time.process_time() - start)
        assert best < 1e-3
        shares = ("duty", "credibility", "earmarked_share", "staff", "network", "arena", "scope", "precision",
                  "publicity", "facility", "information")  # fmt: skip
        for share in shares:
            values = getattr(terms, share)
            assert ((values >= 0) & (values <= 1)).all(), share
        assert (np.abs(terms.price) <= 1).all()
        paid = terms.permanent.sum() + terms.earmarked.sum() + sum(pot.amount for pot in terms.pots)
        assert paid <= sum_by_year(design, range(2030, 2031))[2030] + 1e-3
