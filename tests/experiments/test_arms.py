"""Arms: what is dropped, ended, changed, added and paid; every arm of every claim can be built."""

import itertools

import pytest

from agents.vocabulary import ELEMENTS
from experiments.arms import Arm, ArmError, Text, case_of, design_of, duty, paid
from experiments.claim import Span
from experiments.claims import CLAIMS
from experiments.claims.mandates import DEMANDED
from experiments.diary import flows, kept
from model.institutions.design import load_design

ASKED = {"place": "telemark", "citizens": 400, "seed": 3}
NAME = Text("a test", "en prøve")
SPAN = Span(2025, 2050)


def kinds(arm: Arm) -> list[str]:
    return [s.aim.kind for s in design_of(arm).statements]


def test_an_arm_without_changes_is_the_shipped_design():
    assert design_of(Arm(NAME, "duty")) is load_design("duty")


def test_statements_are_dropped_ended_changed_and_added():
    base = load_design("full-transition")
    less = design_of(Arm(NAME, "full-transition", drop=({"kind": "arena"}, {"kind": "duty", "element": "plan"})))
    assert len(less.statements) == len(base.statements) - 2
    assert less.digest != base.digest
    ended = design_of(Arm(NAME, "full-transition", end=(({"kind": "facility"}, 2030),)))
    for before, after in zip(base.statements, ended.statements, strict=True):
        assert after.last == (2030 if before.aim.kind == "facility" else before.last)
    own = design_of(Arm(NAME, "climate-budget", change=(({"kind": "indicator_standard"}, {"scope": "own"}),)))
    assert [s.aim.scope for s in own.statements if s.aim.kind == "indicator_standard"] == ["own"]
    assert [s.aim.kind for s in own.statements] == kinds(Arm(NAME, "climate-budget"))
    assert kinds(Arm(NAME, "enthusiasts-only", add=(duty("platform"),)))[-1] == "duty"


@pytest.mark.parametrize("change", [{"drop": ({"kind": "arena"},)}, {"end": (({"kind": "price"}, 2030),)}])
def test_a_statement_that_is_not_there_is_an_error(change):
    with pytest.raises(ArmError, match="has no statement with"):
        design_of(Arm(NAME, "enthusiasts-only", **change))


def test_settings_of_the_arm_come_first():
    arm = Arm(NAME, "duty", settings={"levels.II": 0.0})
    case = case_of(arm, {**ASKED, "settings": {"levels.II": 0.5, "levels.III": 0.5}})
    assert dict(case.settings) == {"levels.II": 0.0, "levels.III": 0.5}


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_every_arm_of_a_claim_is_a_world_of_its_own(claim):
    arms = claim.arms(SPAN)
    assert len(arms) >= 2
    worlds = {name: (case_of(arm, ASKED).digest, arm.is_matched) for name, arm in arms.items()}
    assert all(one != other for one, other in itertools.combinations(worlds.values(), 2))
    assert all(arm.title.en and arm.title.nb for arm in arms.values())


def test_the_elements_that_mandates_are_read_for_are_those_demanded():
    for design in ("duty", "duty-and-money"):
        asked = {s.aim.element for s in load_design(design).statements if s.aim.kind == "duty"}
        assert {ELEMENTS[k] for k in DEMANDED} == asked


@pytest.mark.parametrize("is_matched", [False, True])
def test_permanent_money_is_what_the_projects_were_paid(is_matched):
    claim = next(claim for claim in CLAIMS if claim.id == "permanent-beats-project")
    arm = claim.arms(SPAN)["matched" if is_matched else "permanent"]
    told = flows(case_of(arm.paid_as, ASKED), is_matched=is_matched)
    diary = kept(paid(arm, ASKED, told))
    assert max(told.values()) > 0
    assert diary.money["permanent"].tolist() == pytest.approx([told[year] for year in diary.years], abs=1.0)
    assert (diary.money["project"] == 0).all()
    state = sum(flows(case_of(arm.paid_as, ASKED)).values())
    assert (sum(told.values()) > state) == is_matched
