"""The catalogue of solutions, read from TOML, checked, laid out as read-only arrays. Knows nothing of who chooses."""

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from agents.vocabulary import CHOOSERS, LEVELS
from model.solution import PARTS, QUANTITIES, Number, Solution, Words, solution_numbers

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

FILES: Final = ("transport.toml", "buildings.toml", "food.toml", "goods.toml", "land.toml")
FOLDER: Final = Path(__file__).parent / "library" / "solutions"
SIZE_LIMIT: Final = 256_000  # bytes a file
FLAGS: Final = ("is_national", "needs_offers", "needs_facility")


class SolutionError(ValueError):
    """A catalogue that cannot be used: says file, table, field, value and what would be right."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All solutions; arrays by solution (S) in the order of `ids`, read-only. Units and bounds: `QUANTITIES`."""

    solutions: tuple[Solution, ...]
    ids: tuple[str, ...]
    level: NDArray[np.int8]  # 0, 1, 2
    chooser: NDArray[np.int8]  # index in CHOOSERS
    is_complex: Booleans  # spreads only through several reinforcing ties
    is_national: Booleans  # the effect lies in the national path; the rows below are zero
    needs_offers: Booleans
    needs_facility: Booleans
    has_municipal_use: Booleans  # municipal_use above zero
    lifetime: Floats
    cost: Floats
    cost_change: Floats
    resistance: Floats
    drop_rate: Floats
    critical_mass: Floats
    difficulty: Floats
    spending: Floats
    initial_share: Floats
    urban: Floats
    rebound: Floats
    municipal_use: Floats
    since: Floats
    climate_motive: Floats
    cost_motive: Floats
    quality_motive: Floats
    territorial: Floats  # (S, 10) by SECTORS
    footprint: Floats  # (S, 5) by CATEGORIES

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False


@lru_cache(maxsize=16)
def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue in the folder `path` (default: the shipped one), kept after reading; SolutionError if unusable."""
    found: dict[str, Solution] = {}
    for file in FILES:
        for key, table in _read(Path(path or FOLDER) / file).items():
            if key in found:
                raise SolutionError(f"{file}, [{key}]: id already used in {found[key].domain}.toml; give it another id")
            found[key] = _solution(file, key, table)
    if not found:
        raise SolutionError(f"no solution in {', '.join(FILES)}; give at least one [table]")
    return _arrays(tuple(found.values()))


def solution_index(catalogue: Catalogue, name: str) -> int:
    """Position of the solution `name` in the arrays; SolutionError with the nearest names if there is none."""
    if name in catalogue.ids:
        return catalogue.ids.index(name)
    raise SolutionError(f"unknown solution {name[:60]!r}{_nearest(name, catalogue.ids)}")


def assumed_numbers(catalogue: Catalogue) -> list[tuple[str, str]]:
    """(id, field) of every number of grade `assumed`, such as ('repair', 'footprint.goods')."""
    return [(s.id, name) for s in catalogue.solutions for name, n in solution_numbers(s) if n.grade == "assumed"]


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(SIZE_LIMIT + 1)
        if len(raw) > SIZE_LIMIT:
            raise ValueError(f"larger than {SIZE_LIMIT:,} bytes")
        return tomllib.loads(raw.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        needed = f"needed are {', '.join(FILES)}, each TOML in UTF-8 with one [table] a solution"
        raise SolutionError(f"{path.name}: {reason}; {needed}") from error


def _solution(file: str, key: str, table: Any) -> Solution:
    where = f"{file}, [{key[:60]}]"
    if not isinstance(table, dict) or "id" in table:
        raise SolutionError(f"{where}: {str(table)[:60]!r}; each solution is one [table] whose name is its id")
    try:
        solution = Solution.model_validate({**table, "id": key})
    except ValidationError as error:
        raise SolutionError(f"{where}{_explained(error)}") from error
    if f"{solution.domain}.toml" != file:
        raise SolutionError(f"{where}, domain: {solution.domain!r} in {file}; move the table to {solution.domain}.toml")
    return solution


def _explained(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    loc = [str(part)[:60] for part in first["loc"] if part != "value"]
    field = f", {'.'.join(loc)}" if loc else ""
    if loc == ["id"]:
        return ": not a valid id; write it in kebab-case, at most 50 characters, such as car-sharing"
    match first["type"]:
        case "missing":
            return f"{field}: missing; add it"
        case "extra_forbidden":
            table = Solution if len(loc) == 1 else Words if loc[0] in ("names", "description") else Number
            known = PARTS[loc[0]] if len(loc) == 2 and loc[0] in PARTS else tuple(table.model_fields)
            return f"{field}: unknown field{_nearest(loc[-1], known)}"
        case "value_error":
            return f"{field}: {first['msg'].removeprefix('Value error, ')}"
    return f"{field}: {str(first['input'])[:60]!r} refused; {first['msg'][0].lower()}{first['msg'][1:]}"


def _nearest(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name[:60], known, n=2)
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else f"; known are {', '.join(known)}"


def _effects(solutions: tuple[Solution, ...], part: str) -> Floats:
    effect = np.array([[getattr(getattr(s, part), name).value for name in PARTS[part]] for s in solutions])
    worst = int(effect.sum(axis=0).argmax())
    if (total := effect[:, worst].sum()) > 1:
        largest = solutions[int(effect[:, worst].argmax())]
        raise SolutionError(
            f"{largest.domain}.toml, [{largest.id}], {part}.{PARTS[part][worst]}: {effect[:, worst].max():.3g} "
            f"brings the sum over all solutions to {total:.3g}; together they may remove at most 1, lower it"
        )
    return effect


def _arrays(solutions: tuple[Solution, ...]) -> Catalogue:
    columns: dict[str, Any] = {name: np.array([getattr(s, name).value for s in solutions]) for name in QUANTITIES}
    columns |= {n: np.array([getattr(s, n) for s in solutions]) for n in FLAGS}
    columns |= {f"{n}_motive": np.array([getattr(s.motives, n).value for s in solutions]) for n in PARTS["motives"]}
    return Catalogue(
        solutions=solutions,
        ids=tuple(s.id for s in solutions),
        level=np.array([LEVELS.index(s.level) for s in solutions], dtype=np.int8),
        chooser=np.array([CHOOSERS.index(s.chooser) for s in solutions], dtype=np.int8),
        is_complex=np.array([s.contagion == "complex" for s in solutions]),
        has_municipal_use=columns["municipal_use"] > 0,
        territorial=_effects(solutions, "territorial"),
        footprint=_effects(solutions, "footprint"),
        **columns,
    )
