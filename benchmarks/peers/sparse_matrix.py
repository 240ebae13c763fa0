"""The rule without agents: a sparse matrix of ties times the matrix of users, and whole tables of random numbers."""

import numpy as np
from scipy.sparse import csr_matrix


def start(world, rule, seed):
    """A function that plays a year and returns the share of users of each solution, (J,)."""
    (size, kinds), degree = world.uses.shape, world.ties.shape[1]
    starts = np.arange(0, size * degree + 1, degree)
    weight = np.full(size * degree, 1.0 / degree, dtype=np.float32)
    ties = csr_matrix((weight, world.ties.ravel(), starts), shape=(size, size))
    liking, luck, uses = rule.attitude * world.attitude[:, None], np.random.default_rng(seed), world.uses

    def even():
        return luck.random((size, kinds), dtype=np.float32)

    def year():
        nonlocal uses
        push = liking + rule.norm * (ties @ uses.astype(np.float32))
        push += rule.spread * (even() + even() + even() + even() - 2.0)
        chance = even()
        takes = (chance < world.occasions) & (push > rule.threshold)
        uses = np.where(uses, chance >= rule.leave, takes)
        return uses.mean(axis=0)

    return year
