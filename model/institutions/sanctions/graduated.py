"""A series of sanctions that grows harder the longer the statement is broken."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.institutions.aim import Reading
from model.institutions.errors import DesignError, Fault
from model.institutions.phrases import years
from model.institutions.sanction import Breach, Sanction, exposed, imposed, shut_out
from model.terms import Terms


class Graduated(Sanction):
    """First publicity, then loss of grant, at last a default standard; counted in years of breach (assumed)."""

    kind: Literal["graduated"]
    loss_after: Annotated[int, Field(ge=1, le=20, description="Years of breach before the loss of grants.")] = 2
    standard_after: Annotated[int, Field(ge=1, le=40, description="Years of breach before the standard.")] = 4

    @model_validator(mode="after")
    def _grows(self) -> Self:
        if self.loss_after > self.standard_after:
            wrong = f"the standard after {self.standard_after} years comes before the loss after {self.loss_after}"
            raise DesignError(Fault(wrong, "give a standard_after that is at least loss_after"))
        return self

    def act(self, terms: Terms, reading: Reading, breach: Breach) -> None:
        exposed(terms, breach.mask, 1.0)
        shut_out(terms, breach.years > self.loss_after)
        imposed(terms, breach.years > self.standard_after, breach.element, reading)

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
