"""The catalogue of solutions, read from TOML, checked, laid out as read-only arrays. Knows nothing of who chooses."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError, ValidationInfo, create_model, field_validator, model_validator

from agents.vocabulary import CATEGORIES, CHOOSERS, LEVELS, SECTORS

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

FILES: Final = ("transport.toml", "buildings.toml", "food.toml", "goods.toml", "land.toml")
FOLDER: Final = Path(__file__).parent / "library" / "solutions"
SIZE_LIMIT: Final = 256_000  # bytes a file
FLAGS: Final = ("is_national", "needs_offers", "needs_facility")
PARTS: Final = {"motives": ("climate", "cost", "quality"), "territorial": SECTORS, "footprint": CATEGORIES}


class SolutionError(ValueError):
    """A catalogue that cannot be used: says file, table, field, value and what would be right."""


class Quantity(NamedTuple):
    """Unit, bounds and meaning of one number of a solution."""

    unit: str
    low: float
    high: float
    meaning: str


SHARE: Final = Quantity("share", 0, 1, "share of the whole")


class _Frozen(BaseModel):
    model_config = {"frozen": True, "extra": "forbid", "strict": True}


class Number(_Frozen):
    """A value with its evidence. A plain number in the file is a value of grade `assumed`.

    grade: H official or primary, M press or evaluation, L weak, D derived (arithmetic in `note`), R unverified.
    """

    value: Annotated[float, Field(allow_inf_nan=False)]
    grade: Literal["H", "M", "L", "D", "R", "assumed"] = "assumed"
    source: Annotated[str, Field(max_length=300)] = ""
    note: Annotated[str, Field(max_length=500)] = ""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, given: Any) -> Any:
        return {"value": given} if isinstance(given, int | float) and not isinstance(given, bool) else given

    @model_validator(mode="after")
    def _has_evidence(self) -> Self:
        if self.grade != "assumed" and not self.source:
            raise ValueError(f"grade {self.grade} without a source; name the source or use grade 'assumed'")
        if self.grade == "D" and not self.note:
            raise ValueError("grade D without a note; show the arithmetic in `note`")
        return self


class Words(_Frozen):
    """The same text in English and Norwegian Bokmål."""

    en: Annotated[str, Field(min_length=1, max_length=400)]
    nb: Annotated[str, Field(min_length=1, max_length=400)]


class Bounded(_Frozen):
    """Numbers within the bounds of `QUANTITIES`, or shares; an effect that is not given is zero."""

    @field_validator("*")
    @classmethod
    def _within(cls, given: Any, info: ValidationInfo) -> Any:
        q = QUANTITIES.get(str(info.field_name), SHARE)
        if isinstance(given, Number) and not q.low <= given.value <= q.high:
            raise ValueError(f"{given.value:g} is out of bounds; give {q.unit} from {q.low:g} to {q.high:g}")
        return given


if TYPE_CHECKING:
    Motives: TypeAlias = Bounded
    Territorial: TypeAlias = Bounded
    Footprint: TypeAlias = Bounded
else:
    ZERO = (Number, Number(value=0))
    Motives = create_model("Motives", __base__=Bounded, **dict.fromkeys(PARTS["motives"], (Number, ...)))
    Territorial = create_model("Territorial", __base__=Bounded, **dict.fromkeys(SECTORS, ZERO))
    Footprint = create_model("Footprint", __base__=Bounded, **dict.fromkeys(CATEGORIES, ZERO))


class Solution(Bounded):
    """One solution as its table gives it.

    motives: what people like about it, sum 1. territorial, footprint: share of the emissions of a sector or a category
    that goes when uptake moves from today's to full, beyond adopted national policy and before rebound.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=50)]
    names: Words
    description: Words
    domain: Literal["transport", "buildings", "food", "goods", "land"]
    level: Literal["I", "II", "III"]
    kind: Literal["efficiency", "substitution", "sharing", "circular", "prevention"]
    chooser: Literal["citizens", "businesses", "municipality"]
    contagion: Literal["simple", "complex"]
    needs_offers: bool
    needs_facility: bool
    is_national: bool = False
    lifetime: Annotated[Number, Quantity("years", 0.5, 60, "time between two occasions to choose")]
    cost: Annotated[Number, Quantity("share", 0, 1, "outlay relative to a median actor's yearly income")]
    cost_change: Annotated[Number, Quantity("share per year", -0.2, 0.2, "yearly change of the cost")]
    resistance: Annotated[Number, Quantity("0-1", 0, 1, "threshold that intention or others' example must pass")]
    drop_rate: Annotated[Number, Quantity("share per year", 0, 1, "users who leave at weak intention")]
    critical_mass: Annotated[Number, Quantity("share", 0, 1, "share of inhabitants an offer needs as users")]
    difficulty: Annotated[Number, Quantity("0-1", 0, 1, "how hard it is to carry out or to facilitate")]
    spending: Annotated[Number, Quantity("NOK per inhabitant and year", 0, 5000, "municipal spending on it")]
    initial_share: Annotated[Number, Quantity("share", 0, 1, "uptake in 2025")]
    urban: Annotated[Number, Quantity("-1 to 1", -1, 1, "how much better it fits dense places")]
    rebound: Annotated[Number, Quantity("share", 0, 1, "share of the footprint saving that is lost again")]
    municipal_use: Annotated[Number, Quantity("0-1", 0, 1, "how strongly municipal own use seeds the supply")]
    motives: Motives
    territorial: Territorial = Territorial()
    footprint: Footprint = Footprint()

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        total = sum(getattr(self.motives, name).value for name in PARTS["motives"])
        if abs(total - 1) > 1e-9:
            raise ValueError(f"motives sum to {total:g}; climate, cost and quality must sum to 1")
        effects = [n.value for name, n in solution_numbers(self) if name.startswith(("territorial.", "footprint."))]
        if self.is_national and any(effects):
            raise ValueError("is_national with effects; the national path carries them, so remove every effect")
        if self.needs_offers and not self.critical_mass.value:
            raise ValueError("needs_offers without critical_mass; give the share of inhabitants an offer needs")
        return self


QUANTITIES: Final[dict[str, Quantity]] = {
    name: q for name, field in Solution.model_fields.items() for q in field.metadata if isinstance(q, Quantity)
}


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


def solution_numbers(solution: Solution) -> Iterator[tuple[str, Number]]:
    """Every number that the solution's table states, as (field, number), such as ('territorial.waste', Number)."""
    yield from ((name, getattr(solution, name)) for name in QUANTITIES)
    for part, names in PARTS.items():
        given = getattr(solution, part)
        yield from ((f"{part}.{n}", getattr(given, n)) for n in names if n in given.model_fields_set)


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
