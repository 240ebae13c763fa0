"""Those who lag are compared in public."""

from typing import Annotated, Literal

from pydantic import Field

from model.institutions.aim import Reading, Share
from model.institutions.sanction import Breach, Sanction, exposed
from model.terms import Terms


class Publicity(Sanction):
    """Public comparison of those who break the statement; `reach` is how widely it is seen."""

    kind: Literal["publicity"]
    reach: Annotated[Share, Field(description="How widely the comparison is seen, 0-1.")] = 1.0

    def act(self, terms: Terms, reading: Reading, breach: Breach) -> None:
        exposed(terms, breach.mask, self.reach)

    def phrase(self, language: str) -> str:
        if language == "en":
            return "the public is told which municipalities lag behind"
        return "blir det offentliggjort hvilke kommuner som ligger etter"
