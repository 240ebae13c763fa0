"""The grammar: a design is a list of ADICO statements (Crawford & Ostrom 1995), immutable and checked.

Attribute, deontic, aim, condition, or else: attribute, aim and condition alone are a shared strategy (AIC), with a
deontic a norm (ADIC), with an or-else as well a rule (ADICO). Knows nothing of files.
"""

import hashlib
import json
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from model.institutions.aim import Frozen, Year
from model.institutions.aims import AnyAim
from model.institutions.conditions import WORDS, condition
from model.institutions.errors import DesignError, Fault, quoted
from model.institutions.sanction import chain
from model.institutions.sanctions import AnySanction

STATEMENTS: Final = 200  # at most in one design
CHAIN: Final = 3  # or-elses behind one another, at most
CONDITION: Final = (
    "Condition: where and when the statement holds, such as population < 5000 and not is_north; always when left out. "
    f'Words: {", ".join(WORDS)}; has(), stage(), practice() and broken() take an element, as in has("plan").'
)


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise DesignError(Fault("text has line breaks or control characters", "write it on one line"))
    return text


def _check_years(first: int | None, last: int | None) -> None:
    if first is not None and last is not None and first > last:
        raise DesignError(Fault(f"from {quoted(first)} comes after to {quoted(last)}", "swap the years", field="from"))


Line = Annotated[str, StringConstraints(min_length=2, max_length=500), AfterValidator(_one_line)]


class Pair(Frozen):
    """The same text in English and Norwegian Bokmål."""

    en: Annotated[Line, Field(description="In English, on one line.")]
    nb: Annotated[Line, Field(description="In Norwegian Bokmål, on one line.")]


class Statement(Frozen):
    """One institutional statement; in force from `from` to `to`, both included, always where they are left out."""

    attribute: Literal["state", "county", "municipality", "citizens", "businesses"] = Field(
        description="Attribute: whom the statement speaks to."
    )
    deontic: Literal["must", "should", "may", "none"] = Field(
        default="none", description="Deontic: must, should, may, or none for a shared strategy."
    )
    aim: AnyAim = Field(description="Aim: what the statement is about, a table with kind and its parameters.")
    condition: Annotated[str, Field(max_length=500)] | None = Field(default=None, description=CONDITION)
    or_else: AnySanction | None = Field(
        default=None, description="Or else: what befalls those who break a duty that must or should be kept."
    )
    first: Year | None = Field(default=None, alias="from", description="First year in force.")
    last: Year | None = Field(default=None, alias="to", description="Last year in force.")
    source: Line = Field(description="Where the statement comes from; say what is assumed.")

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
            raise DesignError(Fault(wrong, "use " + " or ".join(self.aim.actors), field="attribute"))
        _check_years(self.first, self.last)
        if self.or_else is not None:
            self._check_or_else()
        return self

    def _check_or_else(self) -> None:
        if self.deontic not in ("must", "should"):
            raise DesignError(
                Fault(
                    "only must and should can carry an or_else",
                    'write deontic = "must" or leave or_else out',
                    field="or_else",
                )
            )
        if not self.aim.breakable:
            raise DesignError(Fault(f"nobody can break {self.aim.kind}", "put the or_else on a duty", field="or_else"))
        depth = sum(1 for _ in chain(self.or_else, 0))
        if depth > CHAIN:
            raise DesignError(
                Fault(f"{depth} or_elses follow one another", f"at most {CHAIN} are allowed", field="or_else")
            )
        if self.or_else is not None and self.or_else.after is not None:
            wrong = "the first or_else has 'after', but acts when the grace is over"
            raise DesignError(
                Fault(wrong, "leave it out, or write it in the or_else behind the first", field="or_else")
            )

    @property
    def reads_as(self) -> str:
        """strategy (AIC), norm (ADIC) or rule (ADICO)."""
        if self.deontic == "none":
            return "strategy"
        return "norm" if self.or_else is None else "rule"

    def is_in_force(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


class Design(Frozen):
    """An institutional design: what rules hold, for whom, when, and where each comes from."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)] = Field(
        description="Small letters and digits joined by hyphens."
    )
    title: Pair = Field(description="What the design is called.")
    question: Pair = Field(description="What it is to find out.")
    first: Year | None = Field(default=None, alias="from", description="First year for which the design is meant.")
    last: Year | None = Field(default=None, alias="to", description="Last year for which the design is meant.")
    statements: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=STATEMENTS, strict=False)] = Field(
        alias="statement", description="The statements, one [[statement]] each, in the order in which they act."
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        _check_years(self.first, self.last)
        return self

    @cached_property
    def digest(self) -> str:
        """BLAKE2b of everything in the design, 64 hex digits; independent of layout and order of keys."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        text = json.dumps(data, sort_keys=True, ensure_ascii=True)
        return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()
