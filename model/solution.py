"""One solution as its table gives it: every number with unit, bounds and evidence. Knows nothing of who chooses."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple, Self, TypeAlias

from pydantic import BaseModel, Field, ValidationInfo, create_model, field_validator, model_validator

from agents.vocabulary import CATEGORIES, EARLIEST, LATEST, SECTORS

PARTS: Final = {"motives": ("climate", "cost", "quality"), "territorial": SECTORS, "footprint": CATEGORIES}


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
    since: Annotated[Number, Quantity("year", EARLIEST, LATEST, "first year in which it can be begun")] = Number(
        value=EARLIEST
    )
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
        if self.since.value > EARLIEST and (self.chooser != "municipality" or self.initial_share.value):
            raise ValueError("since is for what a municipality chooses and nobody has yet; remove it")
        return self


QUANTITIES: Final[dict[str, Quantity]] = {
    name: q for name, field in Solution.model_fields.items() for q in field.metadata if isinstance(q, Quantity)
}


def solution_numbers(solution: Solution) -> Iterator[tuple[str, Number]]:
    """Every number that the solution's table states, as (field, number), such as ('territorial.waste', Number)."""
    yield from ((name, getattr(solution, name)) for name in QUANTITIES)
    for part, names in PARTS.items():
        given = getattr(solution, part)
        yield from ((f"{part}.{n}", getattr(given, n)) for n in names if n in given.model_fields_set)
