"""Shared luck: a comparison of designs needs far fewer runs than one with independent seeds."""

import numpy as np

from model.simulation import Simulation
from tests import worlds

SEEDS = range(1, 49)  # a ratio of variances from a dozen is uncertain by a half
BASIS = worlds.statement('kind = "duty", element = "plan"', attribute="municipality")
ADDED = worlds.statement('kind = "project_grant", million_nok = 100')
LOCAL = worlds.statement(
    'kind = "duty", element = "budget"',
    attribute="municipality",
    more='condition = "number == \\"4001\\""\nor_else = { kind = "default_standard" }',
)


def totals(design: str) -> np.ndarray:
    """Emissions of both accounts and mean institutionalisation in the last year, for each seed: (seeds, 3)."""
    found = []
    for seed in SEEDS:
        sim = Simulation(worlds.case(design=design, citizens=800, seed=seed, last=2040), record=False).run()
        inst = sim.municipalities.institutionalisation.mean()
        found.append([sim.territorial.sum(), sim.footprint.sum(), inst])
    return np.array(found)


def factor(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How many times more runs independent seeds need for the same interval of the difference."""
    apart = one.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)
    return apart / (other - one).var(axis=0, ddof=1)


def test_paired_runs_need_far_fewer_seeds(tmp_path):
    basis = totals(worlds.design_file(tmp_path, BASIS, name="basis"))
    local = totals(worlds.design_file(tmp_path, BASIS, LOCAL, name="local"))
    wide = totals(worlds.design_file(tmp_path, BASIS, ADDED, name="wide"))
    assert (local != basis).any()
    assert (factor(basis, local) > 10.0).all()  # one statement about one municipality
    assert (factor(basis, wide) > 2.0).all()  # a new scheme for all of them
