"""Learn: ladder against complacency, frames, attitudes and attention; then the year is recorded."""

from typing import TYPE_CHECKING

import numpy as np

from agents.municipality import AgendaBriefing, next_agenda
from model import readings

if TYPE_CHECKING:
    from model.simulation import Simulation


def learn(sim: "Simulation") -> None:
    """What the year taught: experience opens the frame (ladder), results that look good close it (complacency)."""
    towns, p = sim.municipalities, sim.p.agenda
    looks_good = np.clip(1.0 - towns.gap / p.good_gap, 0.0, 1.0) * towns.learned[:, 0]
    climb = p.ladder * (p.ladder_I * towns.learned[:, 0] + towns.learned[:, 1] + towns.learned[:, 2]) / 2.0
    fade = p.complacency * looks_good
    towns.frame[:] = np.clip(towns.frame + climb * (1.0 - towns.frame) - fade * towns.frame, 0.0, 1.0)
    _move_moods(sim)
    attitude = readings.mean_attitude(sim)
    citizens = np.clip((1.0 - p.council) * attitude + p.council * towns.ambition, 0.0, 1.0)
    towns.agenda[:] = next_agenda(
        AgendaBriefing(
            agenda=towns.agenda,
            institutionalisation=towns.institutionalisation,
            champion=towns.champion_skill.max(axis=1),
            citizens=citizens,
            neighbours=sim.governance.mean_of_partners(towns.agenda),
            gap=np.clip(towns.gap * (1.0 + p.publicity * sim.terms.publicity), 0.0, 1.0),
            crowding=np.clip(p.strain - p.strain_size * sim.scale, 0.0, 1.0),
            complacency=p.complacency * looks_good * (1.0 - towns.frame),
            national=float(sim.attention[sim.index]) * (0.5 + sim.state.ambition),  # one half is the middle
        ),
        p,
    )
    sim.record()


def _move_moods(sim: "Simulation") -> None:
    """Citizens' attitudes rise where more succeeds than is usual, or more is told about it, and fall back."""
    towns, p = sim.municipalities, sim.p.citizens
    told = p.mood_information * sim.terms.information.mean(axis=1)
    seen = np.clip(towns.learned.mean(axis=1) + told, 0.0, 1.0)
    moved = towns.mood + p.mood_gain * (seen - p.mood_usual) - p.mood_fade * towns.mood
    towns.mood[:] = np.clip(moved, -0.5, 0.5)
