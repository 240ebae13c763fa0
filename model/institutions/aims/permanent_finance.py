"""Permanent climate money, with or without an earmark."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import ConfigDict, Field, model_validator

from agents.vocabulary import ELEMENTS
from model.institutions.aim import Element, Reading, Share
from model.institutions.errors import DesignError, Fault
from model.institutions.money import COVERS, EARMARK, PAIRED, MoneyAim, distributed
from model.institutions.phrases import THINGS, covering, percent
from model.terms import Terms


class PermanentFinance(MoneyAim):
    """Money every year without application: `base_share` of it equal for all, the rest by inhabitants.

    With `element` it is earmarked and meets the share `covers` of that element's cost. The base share is assumed.
    """

    model_config = ConfigDict(json_schema_extra=PAIRED)
    actors = ("state",)
    kind: Literal["permanent_finance"]
    base_share: Annotated[Share, Field(description="Part that is equal for all, 0-1; the rest by inhabitants.")] = 0.3
    element: Annotated[Element | None, Field(description=EARMARK)] = None
    covers: Annotated[Share | None, Field(description=COVERS)] = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if (self.element is None) != (self.covers is None):
            raise DesignError(Fault("aim has only one of 'element' and 'covers'", "earmarked money gives both"))
        return self

    def write(self, terms: Terms, reading: Reading) -> None:
        if self.element is not None and self.covers is not None:
            self.earmark(terms, reading, self.element, covers=self.covers, base_share=self.base_share)
            return
        total = self.sum(reading.year)
        if total:
            np.add(terms.permanent, distributed(total, self.base_share, reading), out=terms.permanent)
            terms.money_statement[reading.mask, ELEMENTS.index("finance")] = reading.index

    def cost(self, reading: Reading, terms: Terms, prices: Mapping[str, float]) -> float:
        return float(distributed(self.sum(reading.year), self.base_share, reading).sum())

    def phrase(self, language: str) -> str:
        sums, use, how = self.spoken(language), self._use(language), self._key(language)
        return f"give municipalities {sums} {use}, {how}" if language == "en" else f"gi kommunene {sums} {use}, {how}"

    def _use(self, language: str) -> str:
        if self.element is None or self.covers is None:
            return {"en": "in permanent money for climate work", "nb": "i faste midler til klimaarbeid"}[language]
        cover = covering(self.covers, THINGS[self.element][language], language)
        return f"{'in permanent money that' if language == 'en' else 'i faste midler som'} {cover}"

    def _key(self, language: str) -> str:
        base = percent(self.base_share, language)
        texts = {
            "en": (
                "by number of inhabitants",
                "the same to each",
                f"{base} of it in equal parts and the rest by number of inhabitants",
            ),
            "nb": ("fordelt etter folketall", "like mye til hver", f"{base} likt fordelt og resten etter folketall"),
        }[language]
        return texts[0] if self.base_share == 0 else texts[1] if self.base_share == 1 else texts[2]
