"""Events say who, what and why; the why can be followed to a statement, a neighbour or a county."""

import re

import numpy as np
import pandas as pd
import pytest

from agents.vocabulary import COUNTY_RULES, ELEMENTS
from model.chronicle import Chronicle, Happening
from model.institutions.design import load_design
from model.moves import FALL, RISE
from model.schema import EVENT
from tests import worlds

DESIGNS = ("enthusiasts-only", "todays-practice", "full-transition", "experimentalist")


def events(design: str) -> pd.DataFrame:
    return worlds.frame(worlds.finished(design=design), "event")


def moves(design: str) -> pd.DataFrame:
    """Advances and lapses of municipal elements."""
    told = events(design)
    return told[told["subject"].isin(ELEMENTS) & told["actor"].str.isdigit()]


@pytest.fixture(scope="module", params=DESIGNS)
def design(request: pytest.FixtureRequest) -> str:
    return request.param


def test_every_event_has_a_cause(design):
    told = events(design)
    assert len(told) > 100
    assert list(told.columns) == [c.name for c in EVENT]
    assert (told["cause"].str.len() > 2).all()
    assert (told["what"].str.len() > 2).all()
    assert told["strength"].between(0.0, 1.0).all()


def test_events_happen_to_actors_within_the_years(design):
    sim = worlds.finished(design=design)
    known = {"state", *sim.place.numbers, *(c.node for c in sim.counties)}
    told = events(design)
    assert set(told["actor"]) <= known
    assert told["year"].between(sim.case.first, sim.case.last).all()
    assert told["year"].is_monotonic_increasing


def test_subjects_are_elements_or_solutions(design):
    sim = worlds.finished(design=design)
    told = events(design)
    assert set(told["subject"]) <= {"", *ELEMENTS, *COUNTY_RULES, *sim.catalogue.ids}
    assert (told.loc[told["what"].str.startswith(("measure", "grant", "project")), "subject"] != "").all()


def named_statement(text: str, design: str) -> bool:
    found = re.fullmatch(rf"{design}, statement (\d+)", text)
    return bool(found) and 1 <= int(found[1]) <= len(load_design(design).statements)


def test_duty_names_the_statement_behind_it(design):
    told = moves(design)
    duty = told[told["cause"] == "duty"]
    assert all(named_statement(text, design) for text in duty["because_of"])
    for text, element in zip(duty["because_of"], duty["subject"], strict=True):
        statement = load_design(design).statements[int(text.rpartition(" ")[2]) - 1]
        assert statement.aim.kind == "duty"
        assert statement.aim.element == element
    assert len(duty) or design in ("enthusiasts-only", "experimentalist")


def test_money_names_the_statement_or_the_county_behind_it(design):
    sim = worlds.finished(design=design)
    told = moves(design)
    money = told[told["cause"] == "money"]
    nodes = {c.node for c in sim.counties}
    assert all(named_statement(text, design) or text in nodes for text in money["because_of"])
    assert (money["what"] == "became strategy").all()  # money buys a form, and hardens none


def test_grants_name_the_statement_behind_them(design):
    told = events(design)
    grants = told[told["what"] == "grant won"]
    assert all(named_statement(text, design) for text in grants["because_of"])
    for text in set(grants["because_of"]):
        statement = load_design(design).statements[int(text.rpartition(" ")[2]) - 1]
        assert statement.aim.kind == "project_grant"


def test_measures_of_a_rule_name_the_statement_behind_them(design):
    told = events(design)
    ruled = told[(told["what"] == "measure started") & (told["cause"] == "rule")]
    assert all(named_statement(text, design) for text in ruled["because_of"])


def test_neighbours_are_named(design):
    told = moves(design)
    assert (told.loc[told["cause"] == "neighbours", "because_of"] != "").all()


def test_neighbours_are_tied_to_the_actor(design):
    sim = worlds.finished(design=design)
    graph = sim.graph()
    told = moves(design)
    told = told[told["cause"] == "neighbours"]
    named = told[told["because_of"] != ""]
    assert len(named) or design != "full-transition"
    for actor, other in zip(named["actor"], named["because_of"], strict=True):
        types = {data["type"] for data in (graph.get_edge_data(actor, other) or {}).values()}
        fellows = {sim.place.county_of[sim.place.numbers.index(n)] for n in (actor, other)}
        assert types & {"neighbour", "commuting"} or len(fellows) == 1, f"{other} is no partner of {actor}"


def test_an_advance_says_the_stage_reached(design):
    """Stages told of agree with the table of elements, and so does every change of a stage with what is told."""
    element = worlds.frame(worlds.finished(design=design), "element")
    stage = {(y, str(n), str(e)): s for y, n, e, s in element[["year", "number", "element", "stage"]].itertuples(False)}
    told = moves(design)
    told_of = set()
    for year, actor, what, subject in told[["year", "actor", "what", "subject"]].itertuples(False):
        now, before = stage[year, actor, subject], stage.get((year - 1, actor, subject))
        assert what == (RISE if what.startswith("became") else FALL)[now]
        if before is not None:
            assert now - before == (1 if what.startswith("became") else -1)
        told_of.add((year, actor, subject))
    changed = {k for k, s in stage.items() if s != stage.get((k[0] - 1, *k[1:]), s)}
    assert changed <= told_of


def test_the_last_champion_leaves_where_the_column_says_so(design):
    town = worlds.frame(worlds.finished(design=design), "municipality")
    lost = town[town["is_champion_lost"] > 0]
    told = events(design)
    told = told[told["what"] == "last champion left"]
    assert set(zip(told["year"], told["actor"], strict=True)) == set(
        zip(lost["year"], lost["number"].astype(str), strict=True)
    )
    assert (lost["champions"] == 0).all()
    assert len(told) > 3


def test_the_first_champion_appears_where_there_was_none(design):
    town = worlds.frame(worlds.finished(design=design), "municipality")
    count = {(y, str(n)): c for y, n, c in town[["year", "number", "champions"]].itertuples(False)}
    told = events(design)
    for year, actor in told.loc[told["what"] == "champion appeared", ["year", "actor"]].itertuples(False):
        assert count[year, actor] > 0
        assert count.get((year - 1, actor), 0) == 0


def test_the_state_moves_in_its_years(design):
    sim = worlds.finished(design=design)
    told = events(design)
    told = told[told["actor"] == "state"]
    ambition = worlds.frame(sim, "nation").set_index("year")["state_ambition"].diff()
    assert (told["year"] % 4 == 1).all()
    moved = ambition[ambition.abs() > 0.02].index
    assert set(moved) <= set(told["year"])


def test_edges_appear_before_they_go(design):
    edge = worlds.frame(worlds.finished(design=design), "edge")
    assert set(edge["type"]) <= {"arena", "cooperation", "network"}
    for (kind, _, _), one in edge.groupby(["type", "source", "target"]):
        first = one["change"].iloc[0]
        assert first == "appears" or kind == "network"  # some are members before the first year
        turns = ["appears", "goes"] if first == "appears" else ["goes", "appears"]
        assert one["change"].tolist() == (turns * len(one))[: len(one)]


def test_a_closed_chronicle_keeps_nothing():
    closed = Chronicle(["0301"], "mine", is_open=False)
    closed.note(2030, Happening("arena convened", np.array([0]), cause="a test"))
    closed.note_state(2030, "ambition raised", "a test")
    closed.edge(2030, "arena", "0301", "0301/citizens", change="appears")
    assert not closed.events
    assert not closed.edges
    assert all(len(column) == 0 for column in (closed.event_columns() | closed.edge_columns()).values())


def test_statements_are_counted_from_one():
    book = Chronicle(["0301"], "mine")
    assert [book.statement(i) for i in (-1, 0, 3)] == ["", "mine, statement 1", "mine, statement 4"]


def test_one_text_holds_for_all_and_many_for_each():
    book = Chronicle(["0301", "4012"], "mine")
    rows = np.array([1, 0, 1])
    book.note(
        2030, Happening("grant won", rows, subject=["a", "b", "c"], cause="money", strength=np.array([0.1, 0.2, 1.0]))
    )
    book.note(2031, Happening("grant won", rows[:0], subject=[], cause="money"))
    columns = {name: column.to_pylist() for name, column in book.event_columns().items()}
    assert columns["year"] == [2030] * 3
    assert columns["actor"] == ["4012", "0301", "4012"]
    assert columns["what"] == ["grant won"] * 3
    assert columns["subject"] == ["a", "b", "c"]
    assert columns["cause"] == ["money"] * 3
    assert columns["because_of"] == [""] * 3
    assert columns["strength"] == [0.1, 0.2, 1.0]
