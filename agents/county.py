"""Counties: a regional strategy that grows with platforms below it and support above it."""

from typing import Any, NamedTuple

from agents.actor import Actor


class RegionalBriefing(NamedTuple):
    """What a county sees: share of its municipalities with a platform, mean trust among them, support by the rules."""

    platform_share: float
    trust: float
    support: float
    ambition: float


class County(Actor):
    """One county. `strategy` (0-1) is the strength of its regional strategy, arenas and joint packages."""

    def __init__(self, world: Any, number: str, name: str, strategy: float) -> None:
        super().__init__(world, f"county:{number}")
        self.number = number
        self.name = name
        self.strategy = strategy

    def decide(self, briefing: RegionalBriefing, *, pace: float) -> float:
        """Strategy of the year: pace × (what the region calls for − strategy); slow, as regional planning is."""
        call = (
            0.45 * briefing.support + 0.25 * briefing.platform_share + 0.15 * briefing.trust + 0.15 * briefing.ambition
        )
        self.strategy += pace * (min(1.0, call) - self.strategy)
        return self.strategy
