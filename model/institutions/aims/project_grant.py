"""A pot of project money that municipalities apply for, or a time-limited grant earmarked for one element."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.institutions.aim import Element, Reading, Share
from model.institutions.errors import DesignError, Fault
from model.institutions.money import MoneyAim
from model.institutions.phrases import THINGS, percent, years
from model.terms import GrantPot, Terms


class ProjectGrant(MoneyAim):
    """Project money with an end. With `element` it is handed out for that element instead of applied for.

    million_nok: the pot, a year or by year; co_finance: share a municipality pays itself; duration: years of a project;
    covers: share of the element's cost that an earmarked grant meets; base_share: part of it that is equal for all.
    """

    actors = ("state",)
    kind: Literal["project_grant"]
    co_finance: Annotated[float, Field(ge=0, le=0.95)] = 0.5  # Klimasats asks for half
    duration: Annotated[int, Field(ge=1, le=20)] = 3
    element: Element | None = None
    covers: Share | None = None
    base_share: Share = 1.0

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if (self.element is None) != (self.covers is None):
            raise DesignError(Fault("aim has only one of 'element' and 'covers'", "an earmarked grant gives both"))
        if self.element is None and self.base_share != 1.0:
            raise DesignError(Fault("aim has 'base_share' without 'element'", "only earmarked grants are shared out"))
        return self

    def write(self, terms: Terms, reading: Reading) -> None:
        if self.element is not None and self.covers is not None:
            self.earmark(terms, reading, self.element, covers=self.covers, base_share=self.base_share)
            return
        total = self.money(reading)
        if total and reading.mask.any():
            terms.pots.append(GrantPot(total, self.co_finance, self.duration, reading.mask, reading.index))

    def phrase(self, language: str) -> str:
        sums = self.spoken(language)
        if self.element is not None and self.covers is not None:
            thing, part = THINGS[self.element][language], percent(self.covers, language)
            if language == "en":
                return f"give {sums} as a time-limited grant that covers {part} of the cost of {thing}"
            return f"gi {sums} som tidsbegrenset tilskudd som dekker {part} av utgiftene til {thing}"
        own, length = percent(self.co_finance, language), years(self.duration, language)
        if language == "en":
            own = f"of which municipalities pay {own} themselves" if self.co_finance else "paid in full"
            return f"offer {sums} in grants that municipalities can apply for, for projects of up to {length}, {own}"
        own = f"der kommunene selv betaler {own}" if self.co_finance else "fullt betalt"
        return f"lyse ut {sums} i tilskudd som kommunene kan søke på, til prosjekter på inntil {length}, {own}"
