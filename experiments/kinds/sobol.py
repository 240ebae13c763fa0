"""Saltelli's sample for Sobol' indices, the share of variance that is each parameter's. Saltelli 2010; by SALib."""

from pathlib import Path
from typing import Any, Final

import numpy as np

from experiments.layout import Layout, Outline, problem_of
from experiments.request import RequestError
from experiments.selection import WORDS, fails_of, only, selected, whole

KEYS: Final = (*WORDS, "base", "second", "grouped", "seed", "fails")


def outline(table: dict[str, Any], settings: dict[str, float], folder: Path) -> Outline:
    """`base` points, a power of two; `second` asks for interactions of pairs as well. Raises RequestError."""
    only(table, KEYS)
    parameters = selected(table, settings)
    base = whole(table, "base", None, least=2)
    if base & (base - 1):
        low = 1 << (base.bit_length() - 1)
        raise RequestError(f"base = {base}: must be a power of two; give {low} or {2 * low}")
    second, grouped = table.get("second", False), table.get("grouped", False)
    for name, value in (("second", second), ("grouped", grouped)):
        if not isinstance(value, bool):
            raise RequestError(f"{name}: give true or false")
    problem = problem_of(parameters, grouped=grouped)
    factors = len(set(problem.get("groups", problem["names"])))
    if factors < 2:
        raise RequestError("one parameter alone has all the variance; name at least two (or two groups)")
    rows = base * ((2 if second else 1) * factors + 2)
    seed = whole(table, "seed", 1, least=0, most=2**31 - 1)
    told = {"base": base, "second": second, "grouped": grouped, "seed": seed, "rows": rows}
    return Outline(rows, parameters, told | fails_of(table))


def layout(plan: Outline) -> Layout:
    """The rows in SALib's own order: base point by base point."""
    from SALib.sample import sobol

    how = plan.options
    problem = problem_of(plan.parameters, grouped=bool(how["grouped"]))
    points = sobol.sample(problem, how["base"], calc_second_order=how["second"], seed=how["seed"])
    return Layout(plan.parameters, np.asarray(points, dtype=np.float64), problem, how)
