"""Parameters of the model: read from data with unit, range, meaning, source and grade; overridden by path."""

import difflib
import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

LIBRARY: Final = Path(__file__).parent / "library"
FILE: Final = LIBRARY / "parameters.toml"
POSTERIOR: Final = LIBRARY / "posterior"  # one file a block of parameters that were calibrated together
BLOCKS: Final = ("institutions", "cars")


class ParameterError(ValueError):
    """A path that does not exist, or a value outside its range; the message says what would be right."""


@dataclass(frozen=True)
class Parameter:
    """One parameter: `kind` is lever, uncertainty or constant; `grade` says how well it is known."""

    path: str
    value: float
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    grade: str
    kind: str


def _leaves(table: Mapping[str, Any], calibrated: Mapping[str, float], prefix: str = "") -> Iterator[Parameter]:
    for key, entry in table.items():
        path = f"{prefix}{key}"
        if "unit" not in entry:
            yield from _leaves(entry, calibrated, path + ".")
        elif entry["grade"] == "calibrated":
            yield Parameter(path, value=calibrated[path], **entry)
        else:
            yield Parameter(path, **entry)


def posterior(block: str) -> dict[str, Any]:
    """What calibration left of a block: `default` value and `contraction` by path, and `provenance`."""
    return json.loads((POSTERIOR / f"{block}.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def declared() -> dict[str, Parameter]:
    """All parameters by path, in the order of the file."""
    calibrated = {path: value for block in BLOCKS for path, value in posterior(block)["default"].items()}
    with FILE.open("rb") as handle:
        return {p.path: p for p in _leaves(tomllib.load(handle), calibrated)}


def checked(settings: Mapping[str, Any]) -> dict[str, float]:
    """Settings with every path known and every value a finite number within its range.

    >>> checked({"persons.chief_leaves": "0.2"})
    {'persons.chief_leaves': 0.2}
    """
    clean = {}
    for path, raw in settings.items():
        parameter = declared().get(path)
        if parameter is None:
            near = difflib.get_close_matches(str(path), declared(), n=1)
            hint = f"; did you mean '{near[0]}'?" if near else "; `omstilling case --schema` lists the paths"
            raise ParameterError(f"unknown path '{path}'{hint}")
        try:
            value = float(raw)
        except (TypeError, ValueError, OverflowError):
            raise ParameterError(f"{path}: '{str(raw)[:40]}' is not a number; give {_range(parameter)}") from None
        if isinstance(raw, bool) or not math.isfinite(value) or not parameter.low <= value <= parameter.high:
            raise ParameterError(f"{path}: {raw} is out of bounds; give {_range(parameter)}")
        clean[path] = value + 0.0
    return dict(sorted(clean.items()))


def _range(parameter: Parameter) -> str:
    return f"a number from {parameter.low:g} to {parameter.high:g} ({parameter.unit})"


def with_defaults(settings: Mapping[str, float]) -> dict[str, float]:
    """The value of every parameter by path, with settings in place of defaults."""
    return {path: float(settings.get(path, parameter.value)) for path, parameter in declared().items()}


@lru_cache(maxsize=1)
def default_values() -> SimpleNamespace:
    """The default of every parameter as attributes; shared, do not change it."""
    return values_of({})


def values_of(settings: Mapping[str, float]) -> SimpleNamespace:
    """The same as attributes: `values.agenda.decay`."""
    root = SimpleNamespace()
    for path, value in with_defaults(settings).items():
        *groups, leaf = path.split(".")
        node = root
        for group in groups:
            if not hasattr(node, group):
                setattr(node, group, SimpleNamespace())
            node = getattr(node, group)
        setattr(node, leaf, value)
    return root
