"""The grammar: a design is a list of ADICO statements (Crawford & Ostrom 1995), immutable and checked.

Attribute, deontic, aim, condition, or else: attribute, aim and condition alone are a shared strategy (AIC), with a
deontic a norm (ADIC), with an or-else as well a rule (ADICO). Knows nothing of files.
"""

import hashlib
import json
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from model.institutions.aim import Frozen
from model.institutions.aims import AnyAim
from model.institutions.conditions import condition
from model.institutions.errors import DesignError, Fault
from model.institutions.sanctions import AnySanction

# What share of a statement becomes real on average, 0-1; assumed.
STRENGTH: Final = {"must": 1.0, "should": 0.5, "may": 0.2, "none": 0.2}
STATEMENTS: Final = 200  # at most in one design
CHAIN: Final = 3  # or-elses behind one another, at most


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise DesignError(Fault("text has line breaks or control characters", "write it on one line"))
    return text


Line = Annotated[str, StringConstraints(min_length=2, max_length=500), AfterValidator(_one_line)]


class Pair(Frozen):
    """The same text in English and Norwegian Bokmål."""

    en: Line
    nb: Line


class Statement(Frozen):
    """One institutional statement; in force from `first` to `last`, both included, always where they are None."""

    attribute: Literal["state", "county", "municipality", "citizens", "businesses"]
    deontic: Literal["must", "should", "may", "none"] = "none"
    aim: AnyAim
    condition: Annotated[str, Field(max_length=500)] | None = None
    or_else: AnySanction | None = None
    first: Annotated[int, Field(ge=1900, le=2200)] | None = Field(default=None, alias="from")
    last: Annotated[int, Field(ge=1900, le=2200)] | None = Field(default=None, alias="to")
    source: Line

    @field_validator("condition")
    @classmethod
    def _is_readable(cls, text: str | None) -> str | None:
        if text is not None:
            condition(text)
        return text

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.attribute not in self.aim.actors:
            wrong = f"the {self.attribute} cannot be the attribute of {self.aim.kind}"
            raise DesignError(Fault(wrong, "use " + " or ".join(self.aim.actors)))
        if self.first is not None and self.last is not None and self.first > self.last:
            raise DesignError(Fault(f"from {self.first} comes after to {self.last}", "swap the years"))
        if self.or_else is not None:
            self._check_or_else()
        return self

    def _check_or_else(self) -> None:
        if self.deontic not in ("must", "should"):
            raise DesignError(
                Fault("only must and should can carry an or_else", 'write deontic = "must" or leave or_else out')
            )
        if not self.aim.breakable:
            raise DesignError(Fault(f"nobody can break {self.aim.kind}", "put the or_else on a duty"))
        depth, link = 0, self.or_else
        while link is not None:
            depth, link = depth + 1, link.or_else
        if depth > CHAIN:
            raise DesignError(Fault(f"{depth} or_elses follow one another", f"at most {CHAIN} are allowed"))

    @property
    def reads_as(self) -> str:
        """strategy (AIC), norm (ADIC) or rule (ADICO)."""
        if self.deontic == "none":
            return "strategy"
        return "norm" if self.or_else is None else "rule"

    @property
    def strength(self) -> float:
        """Strength of the deontic, 0-1."""
        return STRENGTH[self.deontic]

    def is_in_force(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


class Design(Frozen):
    """An institutional design: what rules hold, for whom, when, and where each comes from."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
    title: Pair
    question: Pair
    statements: Annotated[
        tuple[Statement, ...], Field(min_length=1, max_length=STATEMENTS, strict=False, alias="statement")
    ]

    @cached_property
    def digest(self) -> str:
        """BLAKE2b of everything in the design, 64 hex digits; independent of layout and order of keys."""
        text = json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=True)
        return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()

    def cost(self, year: int) -> float:
        """What the design costs the state in one year in the whole nation, NOK.

        Conditions are not weighed: money whose condition holds nowhere counts, though it is then not paid.
        """
        return sum(s.aim.sum(year) for s in self.statements if s.is_in_force(year))

    def sum_by_year(self, first: int, last: int) -> dict[int, float]:
        """`cost` of each year from `first` to `last`, both included, NOK."""
        return {year: self.cost(year) for year in range(first, last + 1)}
