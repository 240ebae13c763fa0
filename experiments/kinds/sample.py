"""Points spread evenly over ranges: Latin hypercube (McKay 1979), or a scrambled Sobol' sequence (Owen 1995)."""

from pathlib import Path
from typing import Any, Final

import numpy as np

from experiments.layout import Layout, Outline, problem_of
from experiments.request import RequestError
from experiments.selection import WORDS, fails_of, only, selected, whole
from model.institutions.errors import quoted

METHODS: Final = ("latin-hypercube", "sobol-sequence")
KEYS: Final = (*WORDS, "count", "method", "seed", "fails")


def outline(table: dict[str, Any], settings: dict[str, float], folder: Path) -> Outline:
    """`count` points by `method` with the sample's own `seed`. Raises RequestError."""
    only(table, KEYS)
    count, seed = whole(table, "count", None, least=2), whole(table, "seed", 1, least=0, most=2**31 - 1)
    method = table.get("method", METHODS[0])
    if method not in METHODS:
        raise RequestError(f"method = {quoted(method)}; the methods are {', '.join(METHODS)}")
    if method == METHODS[1] and count & (count - 1):
        low = 1 << (count.bit_length() - 1)
        raise RequestError(f"count = {count}: a Sobol' sequence is even at powers of two; give {low} or {2 * low}")
    parameters = selected(table, settings)
    return Outline(count, parameters, {"count": count, "method": method, "seed": seed} | fails_of(table))


def layout(plan: Outline) -> Layout:
    """The points in the units of the parameters."""
    from scipy.stats import qmc

    size, seed = len(plan.parameters), int(plan.options["seed"])
    if plan.options["method"] == METHODS[0]:
        unit = qmc.LatinHypercube(size, rng=np.random.default_rng(seed)).random(plan.samples)
    else:
        unit = qmc.Sobol(size, rng=np.random.default_rng(seed)).random_base2(plan.samples.bit_length() - 1)
    low, high = (np.array([getattr(p, end) for p in plan.parameters]) for end in ("low", "high"))
    return Layout(plan.parameters, low + unit * (high - low), problem_of(plan.parameters), plan.options)
