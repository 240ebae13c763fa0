"""The rule as the model plays it: one bit a solution, compiled blocks of citizens."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from agents import choice
from benchmarks.peers.rule import Rule, World

Shares = NDArray[np.float64]


def start(world: World, rule: Rule, seed: int) -> Callable[[], Shares]:
    """A function that plays a year and returns the share of users of each solution, (J,)."""
    (size, kinds), degree = world.uses.shape, world.ties.shape[1]
    one, seen = np.ones(kinds), np.minimum(np.arange(17) / degree, 1.0)
    traits = choice.Traits(
        keys=np.arange(1, kinds + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15),
        occasion=world.occasions,
        threshold=one * rule.threshold,
        noise=one * rule.noise,
        resistance=one,
        drop=one * rule.leave,
        climate=one,
        saving=0.0 * one,
        pleasure=0.0 * one,
        is_complex=np.zeros(kinds, dtype=bool),
        norm=np.stack([seen, seen]),
        spreads=np.zeros(kinds, dtype=bool),
    )
    mind = choice.Psychology(0, rule.attitude, rule.norm, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0)
    flat = np.zeros((1, kinds))
    around = choice.Surroundings(np.zeros(1), np.ones((1, kinds)), flat, flat, flat, flat)
    whole, bits = np.ones(size, dtype=np.float32), np.arange(kinds, dtype=np.uint32)
    now = (world.uses.astype(np.uint32) << bits).sum(axis=1, dtype=np.uint32)
    owner, keys = np.zeros(size, np.int32), np.arange(size, dtype=np.uint64)
    people = choice.People(owner, keys, world.attitude, whole, whole, world.ties, now)
    luck, after, starts = np.random.default_rng(seed), np.empty_like(now), np.array([0, size])

    def year() -> Shares:
        nonlocal people, after
        choice.choose(after, people, around, traits, mind, choice.Keys(*luck.integers(0, 2**63, 2, dtype=np.uint64)))
        people, after = people._replace(now=after), people.now
        return choice.counts_of(starts, people.now, kinds)[0] / size

    return year
