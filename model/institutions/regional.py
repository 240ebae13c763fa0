"""What counties' own rules mean for their municipalities. Writes Terms; knows nothing of how counties decide."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import COUNTY_RULES
from model.terms import Terms


def write(terms: Terms, stage: NDArray[np.int8], p: Any) -> None:
    """Let each county rule count in `terms` where the design does not offer as much.

    stage: (M, 3) stage of the rules of each municipality's county, in the order of COUNTY_RULES; a rule (3) is worth
    `strength` of the rule's group in `p`, a norm two thirds and a strategy one third of it. What the design alone
    offers is kept in `terms.offered`.
    """
    for k, rule in enumerate(COUNTY_RULES):
        column = getattr(terms, rule)
        terms.offered[:, k] = column
        np.maximum(column, stage[:, k] * (getattr(p, rule).strength / 3.0), out=column)
