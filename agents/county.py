"""Counties: a regional strategy, and rules of their own that they enact, harden, soften and drop.

A county's rules are decided as a municipality's elements are: complementary log-log hazards on arrays, from a briefing.
"""

from typing import Any, ClassVar, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.actor import Actor
from agents.population import Attribute, Population
from agents.vocabulary import COUNTY_RULES, ELEMENTS, HELP, STAGES

Floats = NDArray[np.float64]

CARRIED: Final = tuple(ELEMENTS.index(lifted[0]) for lifted in HELP.values())  # what each rule carries below it
DRIVERS: Final = ("strategy", "municipalities", "neighbours", "support")
ENDERS: Final = ("weak strategy", "few municipalities", "support ended", "chance")


class CountyRules(Population):
    """The rules that counties have enacted themselves, in the order of their numbers."""

    attributes: ClassVar[tuple[Attribute, ...]] = (
        Attribute("stage", "int8", "0-3", 0, 3, "none, strategy, norm, rule", "rules"),
        Attribute("had_support", "bool", "", 0, 1, "the design offered the same last year", "rules"),
    )

    stage: NDArray[np.int8]
    had_support: NDArray[np.bool_]


class RegionalBriefing(NamedTuple):
    """What a county sees: share of its municipalities with a platform, mean trust among them, support by the design."""

    platform_share: float
    trust: float
    support: float
    ambition: float


class County(Actor):
    """One county. `strategy` (0-1) is the strength of its regional strategy, arenas and joint packages."""

    rules_of: tuple[CountyRules, int]  # the columns and its row in them; the simulation sets them

    def __init__(self, world: Any, number: str, name: str, strategy: float) -> None:
        super().__init__(world, f"county:{number}")
        self.number = number
        self.name = name
        self.strategy = strategy

    @property
    def rules(self) -> dict[str, str]:
        """Stage of each of its own rules."""
        columns, row = self.rules_of
        return {rule: STAGES[int(columns.stage[row, k])] for k, rule in enumerate(COUNTY_RULES)}

    def decide(self, briefing: RegionalBriefing, weights: Any) -> float:
        """Strategy of the year: pace × (what the region calls for − strategy); slow, as regional planning is."""
        call = (
            weights.call_support * briefing.support
            + weights.call_platform * briefing.platform_share
            + weights.call_trust * briefing.trust
            + weights.call_ambition * briefing.ambition
        )
        self.strategy += weights.pace * (min(1.0, call) - self.strategy)
        return self.strategy


class RuleBriefing(NamedTuple):
    """What counties weigh for each of their own rules: strategy (C, 1), the rest (C, 3); all 0-1.

    members: share of the county's municipalities that have the element the rule carries; neighbours: share of the
    counties beside it that have the rule; support: what the design offers of the same; has_ended: it did last year;
    can_gather: (C, 1) the county has several municipalities, without which it has nobody to bring together (Oslo is
    county and municipality in one).
    """

    strategy: Floats
    members: Floats
    neighbours: Floats
    support: Floats
    has_ended: NDArray[np.bool_]
    can_gather: NDArray[np.bool_]


def enact_parts(b: RuleBriefing, p: Any) -> list[Floats]:
    """Part of each of `DRIVERS` in the log hazard that a rule is enacted or hardened, each (C, 1) or (C, 3)."""
    return [
        p.enact_strategy * b.strategy,
        p.enact_members * b.members,
        p.enact_neighbours * b.neighbours,
        p.enact_support * b.support,
    ]


def enact_hazard(stage: NDArray[np.int8], parts: list[Floats], b: RuleBriefing, p: Any) -> Floats:
    """Log hazard of one stage up, (C, 3): what exists hardens more slowly than something is begun."""
    push = p.enact_base + sum(parts) + np.where(stage > 0, p.harden, 0.0)
    return np.where((stage >= 3) | ~b.can_gather, -50.0, push)


def lapse_parts(stage: NDArray[np.int8], b: RuleBriefing, p: Any) -> list[Floats]:
    """Part of each of `ENDERS` in the log hazard of one stage down, from a county halfway in strategy and members."""
    form = np.where(stage == 2, p.lapse_norm, np.where(stage == 3, p.lapse_rule, 0.0))
    return [
        p.lapse_strategy * (b.strategy - 0.5),
        p.lapse_members * (b.members - 0.5),
        p.lapse_ended * b.has_ended,
        form,  # never a push: where nothing else pushes, the lapse is chance
    ]


def lapse_hazard(stage: NDArray[np.int8], parts: list[Floats], b: RuleBriefing, p: Any) -> Floats:
    """Log hazard of one stage down, (C, 3); support by the design holds what is there."""
    return np.where(stage == 0, -50.0, p.lapse_base + sum(parts) + p.lapse_held * b.support)
