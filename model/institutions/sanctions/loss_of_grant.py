"""Those who break the statement cannot apply for grants."""

from typing import Literal

from model.institutions.aim import Reading
from model.institutions.sanction import Breach, Sanction, shut_out
from model.terms import Terms


class LossOfGrant(Sanction):
    """The right to apply for grants is lost for as long as the statement is broken."""

    kind: Literal["loss_of_grant"]

    def act(self, terms: Terms, reading: Reading, breach: Breach) -> None:
        shut_out(terms, breach.mask)

    def phrase(self, language: str) -> str:
        if language == "en":
            return "the municipality loses its right to apply for grants"
        return "mister kommunen retten til å søke om tilskudd"
