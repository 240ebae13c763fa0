"""The ten claims of the report, in its order: the explicit list. A new claim is a file here and a line below."""

from typing import Final

from experiments.claim import Claim
from experiments.claims.champions import CHAMPIONS
from experiments.claims.collaboration import COLLABORATION
from experiments.claims.halving import HALVING
from experiments.claims.indicators import INDICATORS
from experiments.claims.ladder import LADDER
from experiments.claims.leadership import LEADERSHIP
from experiments.claims.level_one import LEVEL_ONE
from experiments.claims.mandates import MANDATES
from experiments.claims.money import MONEY
from experiments.claims.plans import PLANS

CLAIMS: Final[tuple[Claim, ...]] = (
    LEVEL_ONE,
    HALVING,
    CHAMPIONS,
    MONEY,
    MANDATES,
    LEADERSHIP,
    COLLABORATION,
    INDICATORS,
    PLANS,
    LADDER,
)
