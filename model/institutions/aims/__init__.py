"""The aims, as an explicit list: a new one is a new file and one line here."""

from typing import Annotated, get_args

from pydantic import Field

from model.institutions.aims.arena import Arena
from model.institutions.aims.duty import Duty
from model.institutions.aims.facility import Facility
from model.institutions.aims.indicator_standard import IndicatorStandard
from model.institutions.aims.information import Information
from model.institutions.aims.network import Network
from model.institutions.aims.permanent_finance import PermanentFinance
from model.institutions.aims.pooled_staff import PooledStaff
from model.institutions.aims.price import Price
from model.institutions.aims.project_grant import ProjectGrant

AnyAim = Annotated[
    Duty
    | ProjectGrant
    | PermanentFinance
    | PooledStaff
    | Network
    | Arena
    | IndicatorStandard
    | Facility
    | Price
    | Information,
    Field(discriminator="kind"),
]
AIMS = {get_args(one.model_fields["kind"].annotation)[0]: one for one in get_args(get_args(AnyAim)[0])}
