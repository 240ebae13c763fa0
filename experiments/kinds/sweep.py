"""A grid over values of parameters: every value of each with every value of the others."""

import itertools
import math
from pathlib import Path
from typing import Any, Final

import numpy as np

from experiments.layout import Layout, Outline
from experiments.request import RequestError
from experiments.selection import flat, known, value_of, varied, whole
from model.institutions.errors import quoted

MOST_VALUES: Final = 10_000


def outline(table: dict[str, Any], settings: dict[str, float], folder: Path) -> Outline:
    """Each key is a path; its value a list of numbers or { from, to, steps }. Raises RequestError."""
    axes: dict[str, list[float]] = {}
    for path, raw in flat(table, "[sweep]").items():
        parameter = known(path)
        if path in settings:
            raise RequestError(f"{path}: stands in [settings] and would also vary; leave it out of one of them")
        values = [value_of(parameter, value, "[sweep]") for value in _values(path, raw)]
        if len(set(values)) < len(values):
            raise RequestError(f"[sweep]: {path}: a value stands twice; give each once")
        axes[path] = values
    if not axes:
        raise RequestError('[sweep] is empty; give values such as "agenda.decay" = [0.2, 0.3, 0.4]')
    parameters = tuple(varied(known(p), (min(v), max(v))) for p, v in axes.items())
    return Outline(math.prod(map(len, axes.values())), parameters, axes)


def _values(path: str, raw: Any) -> list[Any]:
    if isinstance(raw, dict):
        if raw.keys() != {"from", "to", "steps"}:
            raise RequestError(
                f"[sweep]: {path}: a range has from, to and steps, such as {{ from = 0, to = 1, steps = 5 }}"
            )
        first, last = (value_of(known(path), raw[end], "[sweep]") for end in ("from", "to"))
        return [float(v) for v in np.linspace(first, last, whole(raw, "steps", None, least=2, most=MOST_VALUES))]
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST_VALUES:
        raise RequestError(f"[sweep]: {path} = {quoted(raw)}; give a list of 1 to {MOST_VALUES} numbers")
    return raw


def layout(plan: Outline) -> Layout:
    """The grid, the last parameter running fastest."""
    points = np.array(list(itertools.product(*plan.options.values())), dtype=np.float64)
    return Layout(plan.parameters, points, {}, plan.options)
