"""Counties enact, harden, soften and drop rules of their own; these reach municipalities through Terms and are paid."""

from pathlib import Path

import numpy as np
import pytest

from agents.vocabulary import COUNTY_RULES
from model import causes
from model.institutions import regional
from model.simulation import Simulation
from model.terms import Terms
from tests import worlds

P = worlds.defaults().county
NORWAY = {"place": "norway", "citizens": 400}
MEMBERS = worlds.statement(
    'kind = "duty", element = "network"', attribute="municipality", more='or_else = { kind = "default_standard" }'
)
HELP = worlds.statement('kind = "network", strength = 1.0', attribute="county")


def stages(design: str) -> np.ndarray:
    """Stage of the counties' own networks in every year, (Y, C)."""
    county = worlds.frame(worlds.finished(design=design, **NORWAY), "county")
    return county["network_stage"].to_numpy().reshape(-1, county["county"].nunique())


@pytest.fixture(scope="module")
def designs(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("designs")
    ending = HELP.replace("source", "to = 2028\nsource")
    return {
        "nothing": worlds.design_file(folder, worlds.NOTHING, name="nothing"),
        "members": worlds.design_file(folder, MEMBERS, name="members"),
        "lasting": worlds.design_file(folder, HELP, name="lasting"),
        "ending": worlds.design_file(folder, ending, name="ending"),
    }


def test_counties_with_many_members_enact_a_network(designs):
    few, many = stages(designs["nothing"])[15:], stages(designs["members"])[15:]
    assert many.mean() > few.mean() + 0.7
    assert (many > 0).mean() > 0.6 > (few > 0).mean() + 0.3


def test_support_that_stops_lets_a_network_soften(designs):
    lasting, ending = stages(designs["lasting"]), stages(designs["ending"])
    until = 2028 - 2025
    assert np.array_equal(lasting[: until + 1], ending[: until + 1])  # the same luck, the same world so far
    assert ending[-1].mean() < lasting[-1].mean() - 0.5
    told = worlds.frame(worlds.finished(design=designs["ending"], **NORWAY), "event")
    mine = told[told["actor"].str.startswith("county:") & (told["subject"] == "network")]
    assert mine["what"].isin(["softened to norm", "softened to strategy"]).any()
    assert set(mine.loc[mine["cause"] == "support ended", "year"]) <= {2029}
    assert "support ended" in set(mine["cause"])


def test_a_county_names_whom_it_follows(designs):
    sim = worlds.finished(design=designs["lasting"], **NORWAY)
    told = worlds.frame(sim, "event")
    told = told[told["actor"].str.startswith("county:")]
    county_of = dict(zip(sim.place.numbers, sim.place.county_of, strict=True))
    nodes = [c.node for c in sim.counties]
    for actor, cause, because in told[["actor", "cause", "because_of"]].itertuples(index=False):
        c = nodes.index(actor)
        if cause == "municipalities":
            assert county_of[because] == c
        elif cause == "neighbours":
            assert sim.governance.beside[c, nodes.index(because)] == 1.0
        elif cause == "support":
            assert because == "lasting, statement 1"
        else:
            assert because == ""
    assert {"municipalities", "neighbours", "support"} <= set(told["cause"])


def test_a_county_has_the_same_first_rules_alone_and_in_the_nation():
    whole = Simulation(worlds.case(**NORWAY))
    assert 0.0 < (whole.county_rules.stage > 0).mean() < 0.5
    for place, number in (("telemark", "40"), ("agder", "42"), ("nordland", "18")):
        alone = Simulation(worlds.case(place=place, citizens=100))
        row = whole.place.county_numbers.index(number)
        assert np.array_equal(alone.county_rules.stage[0], whole.county_rules.stage[row])
        assert alone.counties[0].rules == whole.counties[row].rules


def test_a_county_of_one_municipality_has_no_rules_of_its_own():
    sim = worlds.finished(design="full-transition", place="0301,4001,4003")
    county = worlds.frame(sim, "county")
    columns = [f"{rule}_stage" for rule in COUNTY_RULES]
    oslo = county["county"] == "03"
    assert (county.loc[oslo, columns] == 0).all(axis=None)
    assert (county.loc[~oslo, columns] > 0).any(axis=None)


# -- what a rule means, and who pays ------------------------------------------------------------------------------


def test_a_rule_counts_where_the_design_offers_less():
    terms = Terms(3, 1)
    terms.network[:], terms.staff[:] = (0.0, 0.3, 1.0), 0.1
    stage = np.array([[3, 0, 0], [2, 3, 1], [3, 0, 2]], dtype=np.int8)
    regional.write(terms, stage, P)
    strength = {rule: getattr(P, rule).strength for rule in COUNTY_RULES}
    assert np.allclose(terms.network, [strength["network"], max(0.3, strength["network"] * 2 / 3), 1.0])
    assert np.allclose(terms.staff, [0.1, strength["staff"], 0.1])
    assert np.allclose(terms.arena, [0.0, strength["arena"] / 3, strength["arena"] * 2 / 3])
    assert np.allclose(terms.offered, [[0.0, 0.1, 0.0], [0.3, 0.1, 0.0], [1.0, 0.1, 0.0]])


def test_what_is_decided_holds_from_the_year_after():
    sim = Simulation(worlds.case(design="enthusiasts-only", citizens=100))
    sim.step()
    sim.county_rules.stage[0] = (3, 0, 2)
    assert sim.terms.network.max() < P.network.strength
    sim.step()
    assert np.allclose(sim.terms.network, P.network.strength)
    assert not sim.terms.offered.any()


def test_the_region_pays_what_its_rules_add(monkeypatch):
    sim = Simulation(worlds.case(design="enthusiasts-only", citizens=100))
    sim.county_rules.stage[0] = (3, 3, 0)
    sim.step()
    flows = {(payer, payee): ore for _, payer, payee, purpose, ore in sim.ledger.flows if purpose != "services used"}
    p, size = sim.p.money, len(sim.place.numbers)
    cost = size * (p.network_cost * P.network.strength + p.staff_cost * P.staff.strength) * 100
    assert flows["county", "citizens"] == pytest.approx(cost, abs=size)
    assert flows["citizens", "county"] == flows["county", "citizens"]
    assert not sim.ledger.balance["county"].any()


@pytest.mark.parametrize("design", ["enthusiasts-only", "todays-practice", "full-transition"])
def test_counties_keep_no_money(design):
    sim = worlds.finished(design=design, **NORWAY)
    assert not sim.ledger.balance["county"].any()
    flow = worlds.frame(sim, "flow")
    paid = flow[flow["payer"] == "county"].groupby("year")["amount"].sum()
    got = flow[flow["payee"] == "county"].groupby("year")["amount"].sum()
    assert (paid == got).all()
    assert (flow["purpose"] == "tax to the county").any()


def test_help_of_the_county_is_named_where_it_led(designs):
    """Under a design that offers nothing, whatever help in kind a municipality met came from its county."""
    sim = worlds.finished(design=designs["nothing"], **NORWAY)
    told = worlds.frame(sim, "event")
    money = told[told["cause"] == "money"]
    assert len(money)
    node = {n: sim.counties[c].node for n, c in zip(sim.place.numbers, sim.place.county_of, strict=True)}
    assert (money["because_of"] == money["actor"].map(node)).all()


def test_a_network_that_carried_is_that_of_who_offers_most(designs):
    """The design's where it offers all; else the county's where its rule is worth more than what members do alone."""
    sim = worlds.finished(design=designs["lasting"], **NORWAY)
    told = worlds.frame(sim, "event")
    carried = told[told["cause"] == "network"]
    assert len(carried)
    assert set(carried["because_of"]) == {"lasting, statement 1"}
    sim = worlds.finished(design=designs["members"], **NORWAY)
    told, county = worlds.frame(sim, "event"), worlds.frame(sim, "county")
    stage = {(y, f"county:{c}"): s for y, c, s in county[["year", "county", "network_stage"]].itertuples(False)}
    node = {n: sim.counties[c].node for n, c in zip(sim.place.numbers, sim.place.county_of, strict=True)}
    carried = told[(told["cause"] == "network") & (told["year"] > sim.case.first)]
    for year, actor, because in carried[["year", "actor", "because_of"]].itertuples(False):
        is_worth_more = P.network.strength * stage[year - 1, node[actor]] / 3 >= sim.p.institution.network_own
        assert because == (node[actor] if is_worth_more else "")
    assert carried["because_of"].nunique() > 1


def test_support_is_followed_to_shared_staff_and_not_beyond_the_regional_strategy(designs):
    staff = worlds.statement('kind = "pooled_staff", strength = 1.0', attribute="county")
    folder = Path(designs["nothing"]).parent
    helped = {"design": worlds.design_file(folder, staff, name="staffed"), "place": "telemark", "citizens": 100}
    told = worlds.frame(worlds.finished(**helped), "event")
    offered = told[(told["cause"] == "county") & (told["because_of"] != "")]
    assert set(offered["because_of"]) <= {"staffed, statement 1"}
    alone = Simulation(worlds.case(**helped | {"settings": {"institution.county_staff": 0.2}}))
    alone.terms.staff[:] = alone.terms.offered[:, COUNTY_RULES.index("staff")] = 1.0
    rows = columns = np.zeros(1, dtype=np.int64)
    for strategy, expected in ((0.1, "staffed, statement 1"), (0.9, "")):
        alone.counties[0].strategy = strategy
        assert causes.behind(alone, rows, columns, ["county"]) == [expected]
    alone.terms.offered[:] = 0.0
    alone.counties[0].strategy = 0.1
    assert causes.behind(alone, rows, columns, ["county"]) == [alone.counties[0].node]


# -- learning in a network ---------------------------------------------------------------------------------------


def test_members_of_a_network_see_each_other():
    sim = Simulation(worlds.case(citizens=100))
    gov, m = sim.governance, len(sim.place.numbers)
    has, member = np.zeros((m, 2), dtype=bool), np.zeros(m, dtype=bool)
    member[:4] = True
    has[0] = True
    alone = gov.seen_by(has, member, 0.0)
    assert np.allclose(alone, gov.mean_of_partners(has))
    seen = gov.seen_by(has, member, 0.25)
    assert np.allclose(seen[1:4], 0.75 * alone[1:4] + 0.25 / 3.0)
    assert np.allclose(seen[0], 0.75 * alone[0])  # the only one that has it sees nobody else who does
    assert np.array_equal(seen[4:], alone[4:])
    only = np.zeros(m, dtype=bool)
    only[0] = True
    assert np.array_equal(gov.seen_by(has, only, 0.25), alone)  # nobody to learn from
