"""A population drawn to the totals of a place: citizens with ties, businesses, and what they use and offer at first."""

from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from agents.businesses import Businesses
from agents.citizens import Citizens
from agents.ties import ties_of
from model.ledger import shared
from model.parts import in_parts
from model.places import Place
from model.solutions import Catalogue
from model.streams import Streams

USUAL_VOTE = 0.18  # green vote of the nation, from which a municipality's own is counted
SPAN = np.uint64(1 << 26)  # more persons than any municipality has: keys of different municipalities never meet


def stable_keys(names: tuple[str, ...]) -> NDArray[np.uint64]:
    """Keys below 2**32 of municipalities or solutions, (N,): the same whatever else there is beside them."""
    return np.array(
        [int.from_bytes(blake2b(n.encode(), digest_size=4).digest(), "big") for n in names], dtype=np.uint64
    )


def pair_keys_of(towns: NDArray[np.uint64], solutions: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Keys of (municipality, solution) pairs, (M, S)."""
    return (solutions[None, :] << np.uint64(32)) | towns[:, None]


def starts_of(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bounds of each municipality's rows, (M+1,)."""
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def citizens_each(total: int, population: NDArray[np.float64]) -> NDArray[np.int64]:
    """Citizens of each municipality, (M,): in proportion to population beyond a floor, and at most everybody.

    The floor is twenty, or half an equal share where that is less: a handful of rows would make a small municipality's
    account jump. It is never under one.
    """
    size = len(population)
    most = population.astype(np.int64)
    floor = np.minimum(max(1, min(20, total // (2 * size))), most)
    each = np.minimum(floor + shared(max(0, total - int(floor.sum())), population), most)
    missing = max(total, size) - int(each.sum())
    for m in np.argsort(-(most - each), kind="stable"):
        if missing <= 0:
            break
        more = min(missing, int(most[m] - each[m]))
        each[m] += more
        missing -= more
    return each


def rows_of(sizes: NDArray[np.int64], towns: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """Owner and stable key of every row, each (N,)."""
    owner = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    keys, starts = np.empty(len(owner), dtype=np.uint64), starts_of(sizes).astype(np.uint64)

    def number(rows: slice) -> None:
        mine = owner[rows]
        keys[rows] = towns[mine] * SPAN + (np.arange(rows.start, rows.stop, dtype=np.uint64) - starts[mine])

    in_parts(len(owner), number)
    return owner, keys


def draw_citizens(place: Place, luck: Streams, sizes: NDArray[np.int64], p: Any) -> Citizens:
    """Citizens with attitude, income, habit and ties.

    Attitudes are stratified: the rows of a municipality ascend through the distribution, one draw in each stratum.
    """
    degree = int(p.degree)
    people = Citizens(int(sizes.sum()), degree=degree)
    people.owner, people.keys = rows_of(sizes, stable_keys(place.numbers))
    starts = starts_of(sizes)
    centre = p.attitude_mean + p.green_pull * (place.green_vote - USUAL_VOTE)
    spread = 0.5513 * p.attitude_spread  # a logistic variable has standard deviation pi / sqrt(3)

    def draw(rows: slice) -> None:
        owner, keys = people.owner[rows], people.keys[rows]
        rank = np.arange(rows.start, rows.stop) - starts[owner] + luck.uniform("attitude", 0, keys)
        quantile = np.clip(rank / sizes[owner], 1e-6, 1.0 - 1e-6)
        people.attitude[rows] = np.clip(centre[owner] + spread * np.log(quantile / (1.0 - quantile)), 0.0, 1.0)
        people.income[rows] = luck.uniform("income", 0, keys)
        people.habit[rows] = 0.9 * luck.uniform("habit", 0, keys)

    in_parts(len(people), draw)
    total = np.cumsum(place.commute_share)
    before = np.concatenate([[0.0], total])[place.commute_indptr[:-1]]
    cumulative = total - np.repeat(before, np.diff(place.commute_indptr))
    commute = (place.commute_indptr, place.commute_indices, cumulative)
    shape = (degree, float(p.work_share), float(p.homophily))
    people.ties = ties_of(people.owner, starts, people.keys, commute, shape, luck.keys("ties", 0))
    return people


def first_uses(
    people: Citizens, place: Place, luck: Streams, cat: Catalogue, chosen: NDArray[np.int64], liking: float
) -> None:
    """Set the bits of what citizens use in the first year: the catalogue's share, more where taste and place fit.

    A citizen's score is part taste (correlation `liking`), part chance; those with the highest scores use the solution.
    """
    weight = place.population[0] / place.population[0].sum()
    lean = place.centrality - float((weight * place.centrality).sum())
    ids = stable_keys(cat.ids)
    usual = cat.initial_share[chosen][:, None] * (1.0 + cat.urban[chosen][:, None] * lean)  # (J, M)

    def draw(rows: slice) -> None:
        owner, keys, fit = people.owner[rows], people.keys[rows], 0.5 + people.attitude[rows]
        for j, s in enumerate(chosen):
            bar = -ndtri(np.clip(usual[j][owner] * fit, 1e-6, 1.0 - 1e-6))
            chance = luck.normal("initial-adoption", int(ids[s]), keys)
            score = liking * luck.taste(keys, ids[s]) + np.sqrt(1.0 - liking**2) * chance
            people.uses[rows] |= (score > bar).astype(np.uint32) << np.uint32(j)

    in_parts(len(people), draw)


def all_businesses(place: Place, jobs_each: float) -> NDArray[np.int64]:
    """How many businesses each municipality has, in proportion to jobs and at least six, (M,)."""
    return np.maximum(6, np.rint(place.jobs / jobs_each)).astype(np.int64)


def businesses_each(every: NDArray[np.int64], citizens: int, people: NDArray[np.float64], p: Any) -> NDArray[np.int64]:
    """Agents for the businesses of each municipality, (M,): as citizens of `people`, but `fewest` where there are."""
    scale = min(1.0, citizens / float(people.sum()))
    return np.maximum(np.rint(every * scale), np.minimum(every, p.fewest)).astype(np.int64)


def draw_businesses(place: Place, luck: Streams, sizes: NDArray[np.int64]) -> Businesses:
    """So many businesses in each municipality, with their outlooks."""
    firms = Businesses(int(sizes.sum()))
    firms.owner, firms.keys = rows_of(sizes, stable_keys(place.numbers))
    firms.outlook[:] = luck.uniform("firm", 0, firms.keys)
    return firms


def offered_at_first(use: NDArray[np.float64], reach: float, p: Any) -> NDArray[np.float64]:
    """Share of businesses that offer a service in the first year, by today's use of it, same shape."""
    return np.minimum(0.9, reach * (p.first + p.first_by_use * use))


def first_offers(firms: Businesses, luck: Streams, cat: Catalogue, served: NDArray[np.int64], p: Any) -> None:
    """Set the bits of what businesses offer in the first year: enough to reach those who use it."""
    keys = stable_keys(cat.ids)
    share = offered_at_first(cat.initial_share, p.businesses.reach, p.supply)
    for j, s in enumerate(served):
        has = luck.uniform("initial-offer", int(keys[s]), firms.keys) < share[s] * (0.5 + firms.outlook)
        firms.offers |= has.astype(np.uint32) << np.uint32(j)


def first_practices(firms: Businesses, luck: Streams, cat: Catalogue, own: NDArray[np.int64]) -> None:
    """Set the bits of the circular practices that businesses have in the first year."""
    keys = stable_keys(cat.ids)
    for j, s in enumerate(own):
        has = luck.uniform("initial-practice", int(keys[s]), firms.keys) < cat.initial_share[s]
        firms.practises |= has.astype(np.uint32) << np.uint32(j)
