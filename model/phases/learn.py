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
    looks_good = np.clip(1.0 - 2.0 * towns.gap, 0.0, 1.0) * towns.learned[:, 0]
    climb = p.ladder * (0.25 * towns.learned[:, 0] + 0.5 * towns.learned[:, 1] + 0.5 * towns.learned[:, 2])
    fade = p.complacency * looks_good
    towns.frame[:] = np.clip(towns.frame + climb * (1.0 - towns.frame) - fade * towns.frame, 0.0, 1.0)
    seen = np.clip(towns.learned.mean(axis=1) + 0.3 * sim.terms.information.mean(axis=1), 0.0, 1.0)
    gain = sim.p.citizens.mood_gain
    towns.mood[:] = np.clip(towns.mood + gain * (seen - 0.25) - 0.1 * towns.mood, -0.3, 0.3)
    citizens = np.clip(0.6 * readings.mean_attitude(sim) + 0.4 * towns.ambition, 0.0, 1.0)
    strain = np.clip(0.6 - 0.15 * sim.scale, 0.0, 1.0)
    towns.agenda[:] = next_agenda(
        AgendaBriefing(
            agenda=towns.agenda,
            institutionalisation=towns.institutionalisation,
            champion=towns.champion_skill.max(axis=1),
            citizens=citizens,
            neighbours=sim.governance.mean_of_partners(towns.agenda),
            gap=np.clip(towns.gap * (1.0 + 0.5 * sim.terms.publicity), 0.0, 1.0),
            crowding=strain,
            complacency=p.complacency * looks_good * (1.0 - towns.frame),
            national=float(sim.attention[sim.index]) * (0.5 + sim.state.ambition),
        ),
        p,
    )
    sim.record()
