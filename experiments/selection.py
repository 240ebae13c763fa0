"""Which parameters a study varies, and between what: words of a plan's table against the library of parameters.

Knows nothing of how they are sampled. Errors are RequestError with the key and what would be right.
"""

import difflib
import math
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, Final

from experiments.facts import Varied
from experiments.request import RequestError
from model.institutions.errors import quoted
from model.parameters import Parameter, declared

WORDS: Final = ("parameters", "uncertainties", "levers", "ranges")  # keys of a table that select
MOST: Final = 1_000  # patterns in a plan


def selected(table: Mapping[str, Any], fixed: Mapping[str, Any]) -> tuple[Varied, ...]:
    """The parameters that a kind's table asks for, in the order of the library; `fixed` are the plan's settings."""
    wanted: set[str] = set()
    for word, kind in (("uncertainties", "uncertainty"), ("levers", "lever")):
        if word in table:
            if table[word] != "all":
                raise RequestError(f'{word} = {quoted(table[word])}: write {word} = "all", or name them in parameters')
            wanted |= {p.path for p in declared().values() if p.kind == kind}
    patterns = table.get("parameters", [])
    if not isinstance(patterns, list) or len(patterns) > MOST:
        raise RequestError(f'parameters: give a list of at most {MOST} paths or patterns, such as ["agenda.*"]')
    for pattern in patterns:
        wanted |= matching(pattern)
    ranges = ranges_of(table.get("ranges", {}))
    wanted |= ranges.keys()
    if not wanted:
        raise RequestError('no parameter varies: give parameters = ["agenda.*"], uncertainties = "all" or ranges')
    both = sorted(wanted & fixed.keys())
    if both:
        raise RequestError(f"{both[0]}: stands in [settings] and would also vary; leave it out of one of them")
    return tuple(varied(p, ranges.get(p.path)) for p in declared().values() if p.path in wanted)


def matching(pattern: Any) -> set[str]:
    """Paths that a path or pattern (`agenda.*`) names; a pattern passes over constants, a path to one is refused."""
    if not isinstance(pattern, str):
        raise RequestError(f"parameters: {quoted(pattern)} is not a text; give paths or patterns such as 'agenda.*'")
    if "*" not in pattern:
        return {known(pattern).path}
    found = {p.path for p in declared().values() if p.kind != "constant" and fnmatchcase(p.path, pattern)}
    if not found:
        raise RequestError(f"parameters: nothing matches {quoted(pattern)}; `omstilling case --schema` lists the paths")
    return found


def known(path: str) -> Parameter:
    """The parameter at a path that may vary."""
    parameter = declared().get(path)
    if parameter is None:
        near = difflib.get_close_matches(path, declared(), n=1)
        hint = f"did you mean '{near[0]}'?" if near else "`omstilling case --schema` lists the paths"
        raise RequestError(f"unknown path {quoted(path)}; {hint}")
    if parameter.kind == "constant":
        raise RequestError(f"{path}: is a constant ({parameter.meaning}); only levers and uncertainties vary")
    return parameter


def ranges_of(table: Any) -> dict[str, tuple[float, float]]:
    """The `ranges` of a table: path to low and high, within what the parameter may be."""
    found = {}
    for path, pair in flat(table, "ranges").items():
        parameter = known(path)
        if not isinstance(pair, list) or len(pair) != 2:
            raise RequestError(
                f"ranges: {path} = {quoted(pair)}; give two numbers, such as [{parameter.low:g}, {parameter.high:g}]"
            )
        low, high = (value_of(parameter, end, "ranges") for end in pair)
        if not low < high:
            raise RequestError(f"ranges: {path} = [{low:g}, {high:g}]; the first must be less than the second")
        found[path] = (low, high)
    return found


def value_of(parameter: Parameter, raw: Any, where: str) -> float:
    """A finite number within the parameter's bounds."""
    right = f"give a number from {parameter.low:g} to {parameter.high:g} ({parameter.unit})"
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise RequestError(f"{where}: {parameter.path}: {quoted(raw)} is not a number; {right}")
    if not math.isfinite(raw) or not parameter.low <= raw <= parameter.high:
        raise RequestError(f"{where}: {parameter.path}: {raw} is out of bounds; {right}")
    return float(raw) + 0.0


def varied(parameter: Parameter, ends: tuple[float, float] | None = None) -> Varied:
    """A parameter with the range of the plan, or its own."""
    low, high = ends or (parameter.low, parameter.high)
    return Varied(parameter.path, low, high, parameter.unit, parameter.meaning, parameter.kind)


def flat(table: Any, where: str, prefix: str = "") -> dict[str, Any]:
    """Nested tables as one: `agenda.decay` may be written with and without quotes. A range is a table with `from`."""
    if not isinstance(table, Mapping):
        raise RequestError(f"{where} = {quoted(table)} has the wrong type; give a table of paths")
    found: dict[str, Any] = {}
    for key, value in table.items():
        path = f"{prefix}{key}"
        inner = flat(value, where, f"{path}.") if isinstance(value, Mapping) and "from" not in value else {path: value}
        twice = found.keys() & inner.keys()
        if twice:
            raise RequestError(f"{where}: {sorted(twice)[0]} stands twice; write it once")
        found |= inner
    return found


def whole(table: Mapping[str, Any], key: str, default: int | None, *, least: int = 1, most: int = 1_000_000_000) -> int:
    """A whole number of a kind's table."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        told = "is missing" if value is None else f"= {quoted(value)} cannot be"
        raise RequestError(f"{key} {told}; give a whole number from {least} to {most}")
    return value


def only(table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    """Refuse keys that a kind does not know."""
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(str(key), keys, n=1)
            hint = f"did you mean '{near[0]}'? " if near else ""
            raise RequestError(f"unknown key {quoted(key)}; {hint}the keys are {', '.join(keys) or 'none'}")


def fails_of(table: Mapping[str, Any]) -> dict[str, Any]:
    """The option `fails`: which measure on the wrong side of which limit (in the frame's own value) is a failure."""
    from experiments.outcomes import MEASURES

    if "fails" not in table:
        return {}
    told, right = table["fails"], 'give { measure = "reduction_15", limit = 0.5 }'
    if not isinstance(told, Mapping) or set(told) != {"measure", "limit"}:
        raise RequestError(f"fails = {quoted(told)} cannot be; {right}")
    sided = [m.told.name for m in MEASURES if m.told.better]
    if told["measure"] not in sided:
        raise RequestError(f"fails: {quoted(told['measure'])} has no better side; those that do: {', '.join(sided)}")
    limit = told["limit"]
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not math.isfinite(limit):
        raise RequestError(f"fails: limit = {quoted(limit)} is not a number; {right}")
    return {"fails": {"measure": told["measure"], "limit": float(limit)}}
