"""Or-elses behind one another: when each comes in, how far the chain is believed, and how it is read out."""

import numpy as np
import pytest

from agents.vocabulary import ELEMENTS
from model.institutions.conditions import WORDS, Situation
from model.institutions.design import evaluate, load_design
from model.institutions.errors import DesignError
from model.institutions.grammar import Design
from model.institutions.sanction import believed, chain, usual_wait
from model.institutions.sentences import read_out
from model.parameters import values_of
from model.simulation import Simulation
from model.terms import Terms
from tests import worlds

PLAN = ELEMENTS.index("plan")
LOSS, STANDARD = 'kind = "loss_of_grant"', 'kind = "default_standard"'


def design(or_else: str, *, deontic="must", more="", element="plan") -> Design:
    end = f"or_else = {{ {or_else} }}\n{more}" if or_else else more
    return worlds.design_of(
        worlds.statement(f'kind = "duty", element = "{element}"', attribute="municipality", deontic=deontic, more=end)
    )


def terms_after(rules: Design, years: list[int], *, year=2040, delay=1.0, **settings: float) -> Terms:
    """Terms where municipality m has broken the rule on the plan for years[m] beyond the grace."""
    m = len(years)
    breach = np.zeros((m, len(ELEMENTS)), dtype=np.int64)
    breach[:, PLAN] = years
    situation = Situation(
        year=year,
        words={name: np.full(m, 0.5) for name in WORDS},
        stage=np.zeros((m, len(ELEMENTS)), dtype=np.int8),
        practice=np.zeros((m, len(ELEMENTS))),
        county_of=np.zeros(m, dtype=np.int32),
        county_numbers=("03",),
        numbers=tuple(f"{i:04d}" for i in range(m)),
        population=np.full(m, 1000.0),
        solution_ids=("repair",),
        breach=breach,
        p=values_of({"sanction.delay": delay} | {f"sanction.{name}": value for name, value in settings.items()}),
    )
    terms = Terms(m, 1)
    evaluate(rules, situation, terms)
    return terms


def test_the_second_comes_in_when_the_first_has_acted_for_two_years():
    terms = terms_after(design(f"{LOSS}, or_else = {{ {STANDARD} }}"), [0, 1, 2, 3, 9])
    assert terms.blocked.tolist() == [False, True, True, True, True]
    assert (terms.credibility[:, PLAN] == 0.95).tolist() == [False, False, False, True, True]


@pytest.mark.parametrize("after", [1, 2, 5])
def test_how_long_it_waits_is_its_own_to_say(after):
    terms = terms_after(design(f"{LOSS}, or_else = {{ {STANDARD}, after = {after} }}"), list(range(9)))
    assert (terms.credibility[:, PLAN] == 0.95).tolist() == [years > after for years in range(9)]


def test_a_third_waits_for_the_second_and_all_go_on_acting():
    third = f'kind = "publicity", reach = 0.5, or_else = {{ {LOSS}, after = 1, or_else = {{ {STANDARD}, after = 3 }} }}'
    terms = terms_after(design(third), [1, 2, 4, 5], delay=0.5)
    assert terms.publicity.tolist() == [0.5] * 4
    assert terms.blocked.tolist() == [False, True, True, True]
    assert (terms.credibility[:, PLAN] == 0.95).tolist() == [False, False, False, True]


def test_a_graduated_series_behind_another_counts_from_its_own_start():
    series = 'kind = "graduated", after = 3, loss_after = 1, standard_after = 2'
    terms = terms_after(design(f'kind = "publicity", reach = 0.2, or_else = {{ {series} }}'), [3, 4, 5, 6])
    assert terms.publicity.tolist() == [0.2, 1.0, 1.0, 1.0]
    assert terms.blocked.tolist() == [False, False, True, True]
    assert (terms.credibility[:, PLAN] == 0.95).tolist() == [False, False, False, True]


def test_nobody_answers_for_years_before_the_statement_was_in_force():
    rules = design(f"{LOSS}, or_else = {{ {STANDARD}, after = 1 }}", more="from = 2030")
    for year, is_blocked, is_imposed in ((2031, False, False), (2032, True, False), (2033, True, True)):
        terms = terms_after(rules, [20], year=year)
        assert (bool(terms.blocked[0]), terms.credibility[0, PLAN] == 0.95) == (is_blocked, is_imposed)


# -- belief ------------------------------------------------------------------------------------------------------


def belief(or_else: str, delay: float) -> float:
    return believed(design(or_else).statements[0].or_else, values_of({"sanction.delay": delay}).sanction)


def test_a_chain_is_believed_by_the_chance_that_one_link_follows():
    assert belief(LOSS, 0.8) == 0.7
    assert belief(f"{LOSS}, or_else = {{ {STANDARD} }}", 0.8) == pytest.approx(1 - 0.3 * (1 - 0.8 * 0.8**2))
    assert belief(f"{LOSS}, or_else = {{ {STANDARD}, after = 10 }}", 0.8) == pytest.approx(
        1 - 0.3 * (1 - 0.8 * 0.8**10)
    )
    assert belief(f"{LOSS}, or_else = {{ {STANDARD} }}", 1.0) == pytest.approx(1 - 0.3 * 0.2)
    assert belief(f"{LOSS}, credibility = 0.0, or_else = {{ {STANDARD}, credibility = 0.0 }}", 0.8) == 0.0
    assert believed(None, worlds.defaults().sanction) == worlds.defaults().sanction.without


def test_links_behind_one_another_are_believed_as_the_graduated_series():
    third = f'kind = "publicity", or_else = {{ {LOSS}, or_else = {{ {STANDARD} }} }}'
    delay = worlds.defaults().sanction.delay
    assert belief(third, delay) == pytest.approx(belief('kind = "graduated"', delay), abs=0.02)


def test_belief_reaches_the_terms():
    rules = design(f"{LOSS}, or_else = {{ {STANDARD} }}")
    assert terms_after(rules, [0], delay=0.5).credibility[0, PLAN] == pytest.approx(1 - 0.3 * (1 - 0.8 * 0.25))
    assert terms_after(rules, [0], delay=1.0).credibility[0, PLAN] == pytest.approx(0.94)


def test_what_a_case_sets_holds_where_a_design_says_nothing():
    rules = design(f"{LOSS}, or_else = {{ {STANDARD} }}")
    doubted = {"credibility.loss_of_grant": 0.4, "credibility.default_standard": 0.5}
    unsure = terms_after(rules, [4, 5], standing=0.9, after=4.0, **doubted)
    assert unsure.credibility[:, PLAN].tolist() == pytest.approx([0.7, 0.9])
    said = design(f"{LOSS}, credibility = 0.7, or_else = {{ {STANDARD}, credibility = 0.8, after = 4 }}")
    assert terms_after(said, [0], after=1.0, **doubted).credibility[0, PLAN] == pytest.approx(0.94)
    assert terms_after(design(""), [0], without=0.3).credibility[0, PLAN] == 0.3


def test_grace_is_counted_from_when_the_statement_came():
    rules = design(LOSS, more="from = 2030")
    assert [terms_after(rules, [20], year=y, grace=3.0).blocked[0] for y in (2032, 2033)] == [False, True]


# -- words and refusals ------------------------------------------------------------------------------------------


def test_read_out_says_when_each_comes_in():
    third = f'kind = "publicity", or_else = {{ {LOSS}, after = 1, or_else = {{ {STANDARD}, after = 3 }} }}'
    (en,), (nb,) = (read_out(design(third), language) for language in ("en", "nb"))
    assert en == (
        "Municipalities must have a climate and energy plan. "
        "Otherwise, the public is told which municipalities lag behind. "
        "If that does not help within one year, the municipality loses its right to apply for grants. "
        "If that does not help within three years either, a standard set by the state takes effect in the municipality."
    )
    assert nb == (
        "Kommunene skal ha en klima- og energiplan. "
        "Ellers blir det offentliggjort hvilke kommuner som ligger etter. "
        "Hjelper ikke det innen ett år, mister kommunen retten til å søke om tilskudd. "
        "Hjelper heller ikke det innen tre år, trer en standard fastsatt av staten i kraft i kommunen."
    )


@pytest.mark.parametrize(
    ("or_else", "said"),
    [
        (f"{LOSS}, after = 2", "the first or_else has 'after'"),
        (f"{LOSS}, or_else = {{ {STANDARD}, after = 0 }}", "greater than or equal to 1"),
        (f"{LOSS}, or_else = {{ {STANDARD}, after = 41 }}", "less than or equal to 40"),
        (f"{LOSS}, or_else = {{ {STANDARD}, after = 1.5 }}", "integer"),
        (f"{LOSS}, or_else = {{ {STANDARD}, afer = 1 }}", "did you mean 'after'?"),
        ('kind = "graduated", loss_after = 5', "the standard after 4 years comes before the loss after 5"),
    ],
)
def test_refusals(or_else, said):
    with pytest.raises(DesignError) as caught:
        design(or_else)
    assert said in str(caught.value)
    assert caught.value.remedy


def test_links_know_when_they_start():
    third = f'kind = "publicity", or_else = {{ {LOSS}, after = 4, or_else = {{ {STANDARD} }} }}'
    links = list(chain(design(third).statements[0].or_else, usual_wait()))
    assert [(link.sanction.kind, link.start, link.wait) for link in links] == [
        ("publicity", 0, 0), ("loss_of_grant", 4, 4), ("default_standard", 6, 2)
    ]  # fmt: skip
    assert list(chain(None, 2)) == []


# -- in a run ----------------------------------------------------------------------------------------------------


def run(folder, *statements: str, last=2036) -> Simulation:
    return Simulation(
        worlds.case(design=worlds.design_file(folder, *statements), citizens=100, last=last), record=False
    )


def rule(
    deontic="must", or_else=f"{LOSS}, credibility = 0.0, or_else = {{ {STANDARD}, credibility = 0.0, after = 3 }}"
):
    more = f"or_else = {{ {or_else} }}" if or_else else ""
    return worlds.statement('kind = "duty", element = "arena"', attribute="municipality", deontic=deontic, more=more)


@pytest.mark.parametrize("deontic", ["must", "should"])
def test_a_run_lets_the_chain_act_year_by_year(tmp_path, deontic):
    sim, arena = run(tmp_path, rule(deontic)), ELEMENTS.index("arena")
    blocked, imposed = 0, 0
    for _ in sim.case.years:
        years = np.maximum(sim.municipalities.breach_years[:, arena] - (sim.p.sanction.grace - 1), 0)
        sim.step()
        assert (sim.terms.blocked == (years > 0)).all()
        assert ((sim.terms.credibility[:, arena] == 0.95) == (years > 3)).all()
        blocked, imposed = blocked + sim.terms.blocked.sum(), imposed + (years > 3).sum()
    assert blocked > imposed > 0


def test_only_what_binds_can_be_broken(tmp_path):
    free = run(tmp_path, rule("should", ""), rule("may", ""), last=2030)
    bound = run(tmp_path, rule("must", ""), last=2030)
    for sim in (free, bound):
        for _ in sim.case.years:
            sim.step()
    assert not free.municipalities.breach_years.any()
    assert bound.municipalities.breach_years[:, ELEMENTS.index("arena")].any()


def test_a_second_statement_when_the_first_is_broken(tmp_path):
    """The nested form of nADICO: who breaks one statement comes under another, here help instead of a sanction."""
    helped = worlds.statement(
        'kind = "pooled_staff", strength = 1.0', attribute="county", more="condition = 'broken(\"arena\") > 1'"
    )
    sim, arena = run(tmp_path, rule("must", ""), helped), ELEMENTS.index("arena")
    seen = 0
    for _ in sim.case.years:
        years = np.maximum(sim.municipalities.breach_years[:, arena] - (sim.p.sanction.grace - 1), 0)
        sim.step()
        assert (sim.terms.staff[years > 1] == 1.0).all()
        seen += (years > 1).sum()
    assert seen > 0


def test_the_shipped_chain_is_believed_further_than_its_first_link():
    or_else = load_design("experimentalist").statements[1].or_else
    usual = worlds.defaults().sanction
    assert believed(or_else, usual) > believed(or_else.model_copy(update={"or_else": None}), usual)
