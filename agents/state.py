"""The state: every fourth year its ambition moves with the gap it reads in the published figures."""

from typing import Any, NamedTuple

from agents.actor import Actor


class NationalBriefing(NamedTuple):
    """What the state sees: the year, and the fall that is missing on the wanted path (share of first emissions)."""

    year: int
    gap: float


class State(Actor):
    """The state. `ambition` (0-1) gives weight to every duty and draws national attention to the theme."""

    def __init__(self, world: Any, ambition: float) -> None:
        super().__init__(world, "state")
        self.ambition = ambition

    def decide(self, briefing: NationalBriefing, weights: Any) -> float:
        """Ambition for the year: moved in 2025, 2029 … toward what the gap calls for, else as it was."""
        if briefing.year % 4 == 1:
            wanted = min(1.0, weights.floor + weights.gap * max(0.0, briefing.gap))
            self.ambition += weights.pace * (wanted - self.ambition)
        return self.ambition
