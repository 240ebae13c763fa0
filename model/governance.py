"""The governance graph: who is tied to whom, kept as arrays and drawn as a networkx graph when asked for.

Edges: `hierarchy`, `neighbour`, `commuting` (weighted), `network`, `cooperation` (emerges, carries trust), `arena`
(emerges), `home`.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from numba import njit
from numpy.typing import NDArray

from model import readings
from model.places import Place

if TYPE_CHECKING:
    from model.simulation import Simulation

COMMUTING_EDGE = 0.05  # share of a municipality's employed residents from which a commuting tie counts as a tie
BEGINS, ENDS = 0.5, 0.3  # trust at which cooperation appears and goes
EDGE_TYPES = ("hierarchy", "neighbour", "commuting", "network", "cooperation", "arena", "home")

Floats = NDArray[np.float64]


@njit(cache=True)
def pair_mean(pairs: NDArray[np.int32], weight: Floats, values: Floats) -> Floats:
    """Weighted mean over a municipality's ties, (M, X) from values (M, X); zero where it has no tie."""
    total = np.zeros_like(values)
    mass = np.zeros(values.shape[0])
    for p in range(pairs.shape[0]):
        i, j, w = pairs[p, 0], pairs[p, 1], weight[p]
        mass[i] += w
        mass[j] += w
        for x in range(values.shape[1]):
            total[i, x] += w * values[j, x]
            total[j, x] += w * values[i, x]
    for m in range(values.shape[0]):
        if mass[m] > 0.0:
            for x in range(values.shape[1]):
                total[m, x] /= mass[m]
    return total


@njit(cache=True)
def flow_mean(indptr: NDArray[np.int64], indices: NDArray[np.int32], share: Floats, values: Floats) -> Floats:
    """Mean of values (M, X) over where residents work, (M, X); rows of `share` sum to 1."""
    out = np.zeros_like(values)
    for m in range(values.shape[0]):
        for k in range(indptr[m], indptr[m + 1]):
            for x in range(values.shape[1]):
                out[m, x] += share[k] * values[indices[k], x]
    return out


class Governance:
    """Ties among municipalities: possible partners are neighbours and strong commuting ties; trust lives on them."""

    draw: Callable[[], nx.MultiGraph]  # set by the simulation, which knows the actors

    def __init__(self, place: Place, trust: float, known: float) -> None:
        self.place, self.known = place, known
        self.neighbours = np.asarray(place.neighbours, dtype=np.int32).reshape(-1, 2)
        self.commuting, self.commuting_share = self._commuting_ties(place)
        both = np.concatenate([self.neighbours, self.commuting])
        self.pairs = np.unique(both, axis=0).astype(np.int32) if len(both) else both
        self.trust = np.full(len(self.pairs), trust)
        self.is_cooperation = np.zeros(len(self.pairs), dtype=bool)
        counties = np.arange(len(place.county_numbers))
        self.in_county = (counties[:, None] == place.county_of).astype(np.float64)  # (C, M)
        self.can_gather = self.in_county.sum(axis=1)[:, None] > 1.0  # (C, 1) a county of several municipalities
        self.beside = self._counties_beside(place)
        self.pairs_of = [np.nonzero((self.pairs == m).any(axis=1))[0] for m in range(len(place.numbers))]
        self.partners_of = [self.pairs[rows].sum(axis=1) - m for m, rows in enumerate(self.pairs_of)]

    @staticmethod
    def _commuting_ties(place: Place) -> tuple[NDArray[np.int32], Floats]:
        home = np.repeat(np.arange(len(place.numbers), dtype=np.int32), np.diff(place.commute_indptr))
        strong = (place.commute_share >= COMMUTING_EDGE) & (home != place.commute_indices)
        pairs = np.sort(np.stack([home[strong], place.commute_indices[strong]], axis=1), axis=1)
        return pairs.astype(np.int32), np.asarray(place.commute_share[strong])

    def _counties_beside(self, place: Place) -> Floats:
        """1 where municipalities of two counties are neighbours, (C, C)."""
        beside = np.zeros((len(place.county_numbers),) * 2)
        left, right = place.county_of[self.neighbours[:, 0]], place.county_of[self.neighbours[:, 1]]
        beside[left, right] = beside[right, left] = 1.0
        np.fill_diagonal(beside, 0.0)
        return beside

    @property
    def graph(self) -> nx.MultiGraph:
        """The governance graph of the present year, drawn anew; `sim.graph([...])` adds individuals."""
        return self.draw()

    def mean_of_partners(self, values: Floats | NDArray[np.bool_]) -> Floats:
        """Mean over possible partners, weighted by trust; (M,) or (M, X) in and out."""
        flat = values.reshape(len(values), -1).astype(np.float64)
        return pair_mean(self.pairs, self.known + self.trust, flat).reshape(values.shape)

    def seen_by(self, values: NDArray[np.bool_], member: NDArray[np.bool_], weight: float) -> Floats:
        """Share of others that have it, (M, X): partners, for members with `weight` the others of their network too.

        values: (M, X); member: (M,) of the learning network of one's county; the partners count by trust.
        """
        partners = self.mean_of_partners(values)
        joined, of = values * member[:, None].astype(np.float64), self.place.county_of
        others = (self.in_county @ member)[of] - 1.0
        fellows = ((self.in_county @ joined)[of] - joined) / np.maximum(others, 1.0)[:, None]
        return partners + weight * (member & (others > 0.0))[:, None] * (fellows - partners)

    def mean_of_county(self, values: Floats | NDArray[np.bool_]) -> Floats:
        """Mean over the municipalities of each county, (C,) or (C, X) from (M,) or (M, X)."""
        total = self.in_county @ values
        return np.asarray(total.T / self.in_county.sum(axis=1)).T

    def mean_of_counties_beside(self, values: NDArray[np.bool_]) -> Floats:
        """Share of the counties beside each county, (C, X) in and out; zero where there is none in the place."""
        return np.asarray(self.beside @ values / np.maximum(self.beside.sum(axis=1), 1.0)[:, None])

    def mean_of_workplaces(self, values: Floats) -> Floats:
        """Mean over the municipalities where residents work, (M, X)."""
        p = self.place
        return flow_mean(p.commute_indptr, p.commute_indices, p.commute_share, np.ascontiguousarray(values))

    def mean_trust(self) -> Floats:
        """Mean trust on a municipality's ties, (M,)."""
        ones = np.zeros((len(self.place.numbers), 1))
        total, mass = ones[:, 0].copy(), ones[:, 0].copy()
        for column in (0, 1):
            total += np.bincount(self.pairs[:, column], self.trust, len(total))
            mass += np.bincount(self.pairs[:, column], minlength=len(total))
        return np.divide(total, mass, out=np.zeros_like(total), where=mass > 0)

    def renew_cooperation(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Cooperation after this year's trust: rows of pairs that appear, and rows that go."""
        before = self.is_cooperation
        after = np.where(before, self.trust >= ENDS, self.trust >= BEGINS)
        self.is_cooperation = after
        return np.nonzero(after & ~before)[0], np.nonzero(before & ~after)[0]


def graph_of(sim: "Simulation", *, individuals: Sequence[str] = ()) -> nx.MultiGraph:
    """The governance graph of the present year.

    Nodes: state, counties (`county:40`), municipalities (by number) and for each its citizens and its businesses;
    for the municipalities named in `individuals` every citizen and business of the model is a node of its own.
    """
    place, towns = sim.place, sim.municipalities
    graph = nx.MultiGraph(year=sim.year, place=place.name)
    graph.add_node("state", kind="state", ambition=sim.state.ambition)
    for county in sim.counties:
        graph.add_node(county.node, kind="county", name=county.name, strategy=county.strategy)
        graph.add_edge("state", county.node, key="hierarchy", type="hierarchy")
    for m, number in enumerate(place.numbers):
        graph.add_node(
            number, kind="municipality", name=place.names[m], institutionalisation=float(towns.institutionalisation[m])
        )
        graph.add_edge(sim.counties[int(place.county_of[m])].node, number, key="hierarchy", type="hierarchy")
        for kind in ("citizens", "businesses"):
            graph.add_node(f"{number}/{kind}", kind=kind)
            graph.add_edge(number, f"{number}/{kind}", key="home", type="home")
            if towns.is_arena_held[m]:
                graph.add_edge(number, f"{number}/{kind}", key="arena", type="arena")
    _add_ties(graph, sim)
    for number in individuals:
        _add_individuals(graph, sim, number)
    return graph


def _add_ties(graph: nx.MultiGraph, sim: "Simulation") -> None:
    gov, numbers = sim.governance, sim.place.numbers
    for i, j in gov.neighbours:
        graph.add_edge(numbers[i], numbers[j], key="neighbour", type="neighbour")
    for (i, j), share in zip(gov.commuting, gov.commuting_share, strict=True):
        old = graph.get_edge_data(numbers[i], numbers[j], "commuting", {"weight": 0.0})["weight"]
        graph.add_edge(numbers[i], numbers[j], key="commuting", type="commuting", weight=max(old, float(share)))
    for p in np.nonzero(gov.is_cooperation)[0]:
        i, j = gov.pairs[p]
        graph.add_edge(numbers[i], numbers[j], key="cooperation", type="cooperation", trust=float(gov.trust[p]))
    for m in np.nonzero(readings.has_network(sim))[0]:
        county = sim.counties[int(sim.place.county_of[m])].node
        graph.add_edge(county, numbers[m], key="network", type="network")


def _add_individuals(graph: nx.MultiGraph, sim: "Simulation", number: str) -> None:
    if number not in sim.place.numbers:
        raise ValueError(
            f"no municipality '{number}' in {sim.place.name}; give a number such as {sim.place.numbers[0]}"
        )
    m = sim.place.numbers.index(number)
    for kind, plural, starts in (
        ("citizen", "citizens", sim.citizen_starts),
        ("business", "businesses", sim.business_starts),
    ):
        for i in range(int(starts[m]), int(starts[m + 1])):
            graph.add_node(f"{number}/{kind}/{i - int(starts[m])}", kind=kind, row=i)
            graph.add_edge(f"{number}/{plural}", f"{number}/{kind}/{i - int(starts[m])}", key="home", type="home")


def export(graph: nx.MultiGraph, path: Path) -> None:
    """Write the graph as GraphML or JSON, by the ending of `path`. Raises ValueError for any other ending."""
    if path.suffix == ".graphml":
        nx.write_graphml(graph, path)
    elif path.suffix == ".json":
        data: Any = nx.node_link_data(graph, edges="edges")
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    else:
        raise ValueError(f"{path.name}: a graph is written as .graphml or .json")
