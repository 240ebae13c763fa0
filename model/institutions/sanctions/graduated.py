"""A series of sanctions that grows harder the longer the statement is broken."""

from typing import Annotated, Literal

from pydantic import Field

from model.institutions.aim import Reading
from model.institutions.phrases import years
from model.institutions.sanction import Breach, Sanction, exposed, imposed, shut_out
from model.terms import Terms


class Graduated(Sanction):
    """First publicity, then loss of grant, at last a default standard; counted in years of breach (assumed)."""

    kind: Literal["graduated"]
    credibility: float = Field(default=0.75, ge=0, le=1)  # assumed
    loss_after: Annotated[int, Field(ge=1, le=20)] = 2
    standard_after: Annotated[int, Field(ge=1, le=40)] = 4

    def act(self, terms: Terms, reading: Reading, breach: Breach) -> None:
        exposed(terms, breach.mask, 1.0)
        shut_out(terms, breach.years > self.loss_after)
        imposed(terms, breach.years > self.standard_after, breach.element, reading.index)

    def phrase(self, language: str) -> str:
        loss, standard = years(self.loss_after, language), years(self.standard_after, language)
        if language == "en":
            return (
                "the public is told which municipalities lag behind; "
                f"after {loss} they lose the right to apply for grants, "
                f"and after {standard} a standard set by the state takes effect"
            )
        return (
            "blir det offentliggjort hvilke kommuner som ligger etter; "
            f"etter {loss} mister de retten til å søke om tilskudd, "
            f"og etter {standard} trer en standard fastsatt av staten i kraft"
        )
