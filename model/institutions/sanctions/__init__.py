"""The or-elses, as an explicit list: a new one is a new file and one line here."""

from typing import Annotated, get_args

from pydantic import Field

from model.institutions.sanctions.default_standard import DefaultStandard
from model.institutions.sanctions.graduated import Graduated
from model.institutions.sanctions.loss_of_grant import LossOfGrant
from model.institutions.sanctions.publicity import Publicity

AnySanction = Annotated[Publicity | LossOfGrant | DefaultStandard | Graduated, Field(discriminator="kind")]
SANCTIONS = {get_args(one.model_fields["kind"].annotation)[0]: one for one in get_args(get_args(AnySanction)[0])}

for _one in SANCTIONS.values():  # an or-else can carry a further or-else
    _one.model_rebuild(_types_namespace={"AnySanction": AnySanction})
