"""The year as an ordered tuple of phases: the only place where order is decided."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from model.phases.account import account
from model.phases.choose import choose
from model.phases.collaborate import collaborate
from model.phases.deliver import deliver
from model.phases.elect import elect
from model.phases.fund import fund
from model.phases.institutionalise import institutionalise
from model.phases.learn import learn
from model.phases.observe import observe
from model.phases.offer import offer
from model.phases.signal import signal

if TYPE_CHECKING:
    from model.simulation import Simulation

YEAR: Final[tuple[Callable[["Simulation"], None], ...]] = (
    observe,
    signal,
    elect,
    fund,
    institutionalise,
    collaborate,
    deliver,
    offer,
    choose,
    account,
    learn,
)
