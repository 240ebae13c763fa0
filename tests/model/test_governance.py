"""The governance graph: typed edges, individuals on request, export that can be read back."""

import json
from collections import Counter

import networkx as nx
import numpy as np
import pytest

from model import governance
from model.simulation import Simulation
from tests import worlds


@pytest.fixture(scope="module")
def sim() -> Simulation:
    return worlds.finished(design="full-transition")


@pytest.fixture(scope="module")
def graph(sim: Simulation) -> nx.MultiGraph:
    return sim.graph()


def edges(graph: nx.MultiGraph, kind: str) -> list[tuple[str, str, dict]]:
    return [(a, b, data) for a, b, data in graph.edges(data=True) if data["type"] == kind]


def test_every_actor_is_a_node(sim, graph):
    numbers = set(sim.place.numbers)
    groups = {f"{n}/{kind}" for n in numbers for kind in ("citizens", "businesses")}
    assert set(graph) == {"state", *(c.node for c in sim.counties), *numbers, *groups}
    assert {agent.node for agent in sim.agents} <= set(graph)
    kinds = Counter(data["kind"] for _, data in graph.nodes(data=True))
    assert kinds == {"state": 1, "county": 1, "municipality": 17, "citizens": 17, "businesses": 17}


def test_every_edge_has_a_type_of_the_list(graph):
    assert {data["type"] for _, _, data in graph.edges(data=True)} <= set(governance.EDGE_TYPES)
    assert all(key == data["type"] for _, _, key, data in graph.edges(keys=True, data=True))


def test_all_types_are_there_after_years(graph):
    assert {data["type"] for _, _, data in graph.edges(data=True)} == set(governance.EDGE_TYPES)


def test_at_first_nobody_cooperates_yet():
    graph = Simulation(worlds.case(citizens=200)).graph()
    assert not edges(graph, "cooperation")
    assert not edges(graph, "arena")
    assert edges(graph, "neighbour")


def test_the_hierarchy_is_a_tree(sim, graph):
    tree = nx.Graph((a, b) for a, b, _ in edges(graph, "hierarchy"))
    assert nx.is_tree(tree)
    assert set(tree) == {"state", *(c.node for c in sim.counties), *sim.place.numbers}
    for m, number in enumerate(sim.place.numbers):
        assert tree.has_edge(number, sim.counties[sim.place.county_of[m]].node)


def test_everybody_has_a_home(sim, graph):
    told = {frozenset((a, b)) for a, b, _ in edges(graph, "home")}
    assert told == {frozenset((n, f"{n}/{kind}")) for n in sim.place.numbers for kind in ("citizens", "businesses")}


def test_neighbours_are_those_of_the_place(sim, graph):
    numbers = sim.place.numbers
    told = {frozenset((a, b)) for a, b, _ in edges(graph, "neighbour")}
    assert told == {frozenset((numbers[i], numbers[j])) for i, j in sim.place.neighbours}


def test_commuting_carries_the_larger_share(sim, graph):
    place = sim.place
    share = np.zeros((len(place.numbers),) * 2)
    for m in range(len(share)):
        span = slice(place.commute_indptr[m], place.commute_indptr[m + 1])
        share[m, place.commute_indices[span]] = place.commute_share[span]
    told = edges(graph, "commuting")
    assert told
    for a, b, data in told:
        i, j = place.numbers.index(a), place.numbers.index(b)
        assert data["weight"] == pytest.approx(max(share[i, j], share[j, i]))
        assert data["weight"] >= governance.COMMUTING_EDGE
    pairs = {frozenset((a, b)) for a, b, _ in told}
    strong = np.argwhere(share >= governance.COMMUTING_EDGE)
    assert pairs == {frozenset((place.numbers[i], place.numbers[j])) for i, j in strong if i != j}


def test_networks_arenas_and_cooperation_are_those_of_the_year(sim, graph):
    numbers, towns = sim.place.numbers, sim.municipalities
    assert {b for a, b, _ in edges(graph, "network")} | {a for a, b, _ in edges(graph, "network")} == {
        *(numbers[m] for m in np.nonzero(towns.stage[:, 9] > 0)[0]),
        *({sim.counties[0].node} if (towns.stage[:, 9] > 0).any() else ()),
    }
    held = {a for a, _, _ in edges(graph, "arena")}
    assert held == {numbers[m] for m in np.nonzero(towns.is_arena_held)[0]}
    for _, _, data in edges(graph, "cooperation"):
        assert governance.ENDS <= data["trust"] <= 1.0
    assert len(edges(graph, "cooperation")) == worlds.frame(sim, "nation")["cooperation_edges"].iloc[-1]


def test_edge_events_lead_to_the_edges_there_are(sim, graph):
    there: set[frozenset[str]] = set()
    for kind, a, b, change in worlds.frame(sim, "edge")[["type", "source", "target", "change"]].itertuples(index=False):
        if kind == "cooperation":
            (there.add if change == "appears" else there.discard)(frozenset((a, b)))
    assert there == {frozenset((a, b)) for a, b, _ in edges(graph, "cooperation")}


def test_cooperation_that_ends_is_told_of():
    sim = Simulation(worlds.case(citizens=100))
    for trust, change in ((0.9, "appears"), (0.0, "goes")):
        sim.governance.trust[:] = trust
        sim.step()
        told = sim.tables["edge"].to_pandas().query("type == 'cooperation' and year == @sim.year")
        assert set(told["change"]) == {change}
        assert len(told) == len(sim.governance.pairs)


def test_individuals_come_on_request(sim):
    plain, wide = sim.graph(), sim.graph(["4001", "4012"])
    assert not [n for n, data in plain.nodes(data=True) if data["kind"] in ("citizen", "business")]
    for number in ("4001", "4012"):
        m = sim.place.numbers.index(number)
        citizens = [n for n in wide[f"{number}/citizens"] if wide.nodes[n]["kind"] == "citizen"]
        assert len(citizens) == sim.citizen_starts[m + 1] - sim.citizen_starts[m]
        rows = sorted(wide.nodes[n]["row"] for n in citizens)
        assert rows == list(range(sim.citizen_starts[m], sim.citizen_starts[m + 1]))
        firms = [n for n in wide[f"{number}/businesses"] if wide.nodes[n]["kind"] == "business"]
        assert len(firms) == sim.business_starts[m + 1] - sim.business_starts[m]


def test_an_unknown_municipality_is_named(sim):
    with pytest.raises(ValueError, match="9999"):
        sim.graph(["9999"])


def same(one: nx.MultiGraph, other: nx.MultiGraph) -> bool:
    told = [
        (
            {n: dict(data) for n, data in g.nodes(data=True)},
            sorted(
                (*sorted((a, b)), key, tuple(sorted(data.items()))) for a, b, key, data in g.edges(keys=True, data=True)
            ),
        )
        for g in (one, other)
    ]
    return told[0] == told[1]


def test_graphml_is_read_back(sim, tmp_path):
    graph, path = sim.graph(["4001"]), tmp_path / "graph.graphml"
    governance.export(graph, path)
    again = nx.read_graphml(path, force_multigraph=True)
    assert same(graph, again)
    assert (again.graph["year"], again.graph["place"]) == (sim.year, "telemark")


def test_json_is_read_back(sim, tmp_path):
    graph, path = sim.graph(["4001"]), tmp_path / "graph.json"
    governance.export(graph, path)
    again = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    assert same(graph, again)
    assert again.graph["year"] == sim.year


def test_another_ending_is_refused(sim, tmp_path):
    with pytest.raises(ValueError, match=r"graph\.gexf: a graph is written as \.graphml or \.json"):
        governance.export(sim.graph(), tmp_path / "graph.gexf")


def test_drawing_the_graph_changes_nothing(sim):
    before = sim.digest()
    sim.graph(["4001"])
    assert sim.digest() == before


# -- ties as arrays ----------------------------------------------------------------------------------------------


def test_the_mean_of_partners_is_weighted_by_trust():
    sim = Simulation(worlds.case(citizens=100))
    gov, m = sim.governance, len(sim.place.numbers)
    gov.trust = np.random.default_rng(1).random(len(gov.pairs))
    values = np.random.default_rng(2).random((m, 3))
    told = gov.mean_of_partners(values)
    for town in range(m):
        mine = [(p, int(pair.sum() - town)) for p, pair in enumerate(gov.pairs) if town in pair]
        weight = np.array([0.3 + gov.trust[p] for p, _ in mine])
        expected = sum(w * values[other] for w, (_, other) in zip(weight, mine, strict=True)) / weight.sum()
        assert np.allclose(told[town], expected)
        assert gov.mean_trust()[town] == pytest.approx(np.mean([gov.trust[p] for p, _ in mine]))
    assert np.allclose(gov.mean_of_partners(values[:, 0]), told[:, 0])


def test_the_mean_of_workplaces_is_a_mean():
    sim = worlds.finished()
    ones = sim.governance.mean_of_workplaces(np.ones((len(sim.place.numbers), 2)))
    assert np.allclose(ones, 1.0)


def test_cooperation_begins_and_ends_at_different_trust():
    sim = Simulation(worlds.case(citizens=100))
    gov = sim.governance
    for trust, appears, goes, holds in ((0.4, 0, 0, False), (0.6, 1, 0, True), (0.4, 0, 0, True), (0.2, 0, 1, False)):
        gov.trust[:] = trust
        came, went = gov.renew_cooperation()
        count = len(gov.pairs)
        assert (len(came), len(went)) == (appears * count, goes * count)
        assert gov.is_cooperation.all() == holds
