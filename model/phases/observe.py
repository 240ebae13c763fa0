"""Observe: every actor sees the indicators as they are published, with the scope, noise and delay of the standard."""

from typing import TYPE_CHECKING

import numpy as np

from agents.state import NationalBriefing
from agents.vocabulary import ELEMENTS
from model import readings

if TYPE_CHECKING:
    from model.simulation import Simulation

INDICATORS = ELEMENTS.index("indicators")
TOLD = 0.02  # change of the state's ambition that is told as an event; moves nothing


def observe(sim: "Simulation") -> None:
    """Publish the figures of past years and let the state read them.

    The published fall is the true one of `delay` years ago plus an error that is redrawn at each revision of method.
    Where the standard looks at own operations, own measures of level I close the gap, whatever the community emits.
    """
    p, towns, before = sim.p.indicator, sim.municipalities, sim.terms
    delay = np.rint(p.delay - (p.delay - 1.0) * before.precision).astype(np.int64)
    seen = sim.reduction[np.maximum(sim.index - delay, 0), np.arange(towns.size)]
    error = sim.streams.normal("indicator", int(sim.year // p.revision_years), sim.town_keys)
    known = sim.index > delay
    towns.published[:] = np.clip(seen + known * p.noise * (1.0 - p.precise * before.precision) * error, -5.0, 1.0)
    goal = p.goal_share * sim.index / p.goal_years
    community = np.clip((goal - towns.published) / p.goal_share, 0.0, 1.0)
    own = np.clip(min(goal / p.goal_share, 1.0) - readings.own_progress(sim), 0.0, 1.0)  # no more than all can be done
    gap = before.scope * community + (1.0 - before.scope) * own
    towns.gap[:] = np.clip(gap * (p.unfollowed + (1.0 - p.unfollowed) * towns.practice[:, INDICATORS]), 0.0, 1.0)
    weight = sim.population / sim.population.sum()
    national = round(float((weight * community).sum()), 1)  # as published: coarse enough that one town does not move it
    old = sim.state.ambition
    new = sim.state.decide(NationalBriefing(sim.year, national * p.goal_share), sim.p.state)
    if abs(new - old) > TOLD:
        sim.chronicle.note_state(sim.year, "ambition raised" if new > old else "ambition lowered", "published gap")
