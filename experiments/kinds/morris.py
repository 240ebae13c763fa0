"""Morris' trajectories: one parameter moves at a time, to find those that matter among many. Morris 1991; by SALib."""

from pathlib import Path
from typing import Any, Final

import numpy as np

from experiments.layout import Layout, Outline, problem_of
from experiments.request import RequestError
from experiments.selection import WORDS, only, selected, whole

KEYS: Final = (*WORDS, "trajectories", "levels", "grouped", "seed")


def outline(table: dict[str, Any], settings: dict[str, float], folder: Path) -> Outline:
    """`trajectories` over a grid of `levels`; `grouped` moves the parameters of a library table together."""
    only(table, KEYS)
    parameters = selected(table, settings)
    trajectories = whole(table, "trajectories", None, least=2)
    levels = whole(table, "levels", 4, least=2, most=100)
    if levels % 2:
        raise RequestError(f"levels = {levels}: must be even; give {levels + 1}")
    grouped = table.get("grouped", False)
    if not isinstance(grouped, bool):
        raise RequestError("grouped: give true or false")
    problem = problem_of(parameters, grouped=grouped)
    factors = len(set(problem.get("groups", problem["names"])))
    if factors < 2:
        raise RequestError("one parameter alone cannot be screened; name at least two (or two groups)")
    rows = trajectories * (factors + 1)
    seed = whole(table, "seed", 1, least=0, most=2**31 - 1)
    options = {"trajectories": trajectories, "levels": levels, "grouped": grouped, "seed": seed, "rows": rows}
    return Outline(rows, parameters, options)


def layout(plan: Outline) -> Layout:
    """The rows in SALib's own order: trajectory by trajectory."""
    from SALib.sample import morris

    how = plan.options
    problem = problem_of(plan.parameters, grouped=bool(how["grouped"]))
    points = morris.sample(problem, how["trajectories"], num_levels=how["levels"], seed=how["seed"])
    return Layout(plan.parameters, np.asarray(points, dtype=np.float64), problem, how)
