"""A pot of project money that municipalities apply for, or a time-limited grant earmarked for one element."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from model.institutions.aim import Element, Reading, Share
from model.institutions.errors import DesignError, Fault
from model.institutions.money import COVERS, EARMARK, PAIRED, MoneyAim, distributed
from model.institutions.phrases import THINGS, covering, percent, years
from model.terms import GrantPot, Terms


class ProjectGrant(MoneyAim):
    """Project money with an end. With `element` it is handed out for that element instead of applied for."""

    model_config = ConfigDict(json_schema_extra=PAIRED)
    actors = ("state",)
    kind: Literal["project_grant"]
    # Klimasats asks for half.
    co_finance: Annotated[float, Field(ge=0, le=0.95, description="Share a municipality pays itself, 0-0.95.")] = 0.5
    duration: Annotated[int, Field(ge=1, le=20, description="Length of a project, years.")] = 3
    element: Annotated[Element | None, Field(description=EARMARK)] = None
    covers: Annotated[Share | None, Field(description=COVERS)] = None
    base_share: Annotated[Share, Field(description="Part of an earmarked grant that is equal for all, 0-1.")] = 1.0

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

    def cost(self, reading: Reading, terms: Terms, prices: Mapping[str, float]) -> float:
        if self.element is None:
            return super().cost(reading, terms, prices)
        return float(distributed(self.sum(reading.year), self.base_share, reading).sum())

    def phrase(self, language: str) -> str:
        sums = self.spoken(language)
        if self.element is not None and self.covers is not None:
            cover = covering(self.covers, THINGS[self.element][language], language)
            if language == "en":
                return f"give municipalities {sums} as a time-limited grant that {cover}"
            return f"gi kommunene {sums} som tidsbegrenset tilskudd som {cover}"
        own, length = percent(self.co_finance, language), years(self.duration, language)
        if language == "en":
            own = f"of which municipalities pay {own} themselves" if self.co_finance else "paid in full"
            return f"offer {sums} in grants that municipalities can apply for, for projects of up to {length}, {own}"
        own = f"der kommunene selv betaler {own}" if self.co_finance else "fullt betalt"
        return f"lyse ut {sums} i tilskudd som kommunene kan søke om, til prosjekter på inntil {length}, {own}"
