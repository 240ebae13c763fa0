"""Choose: citizens take up, keep or drop solutions; compiled over all of them at once."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents import choice, habits
from model import market, readings
from model.present import example_of

if TYPE_CHECKING:
    from model.simulation import Simulation


def _example(sim: "Simulation") -> NDArray[np.float64]:
    """Chance that what is seen around suffices, (M, J), for what spreads so; else 0."""
    away, spreads = sim.p.citizens.work_share, sim.traits.spreads
    used = sim.uptake[:, sim.chosen[spreads]]
    seen = (1.0 - away) * used + away * sim.governance.mean_of_workplaces(used)
    chance = np.zeros((len(used), len(spreads)))
    chance[:, spreads] = example_of(seen, sim.p.citizens)
    return chance


def choose(sim: "Simulation") -> None:
    """One year of citizens' choices; leaves uptake (M, S) of the solutions that citizens choose."""
    cat, people, towns, mine = sim.catalogue, sim.citizens, sim.municipalities, sim.chosen
    mind, after, year = sim.p.citizens, sim.spare_uses, sim.year
    supply = sim.supply[:, mine]
    reach = np.maximum(supply, sim.p.supply.work * sim.governance.mean_of_workplaces(supply))
    lean = cat.urban[mine][None, :] * (2.0 * sim.place.centrality[:, None] - 1.0)
    around = choice.Surroundings(
        mood=towns.mood,
        reach=reach,
        cost=np.clip(readings.cost_now(sim)[mine][None, :] - sim.terms.price[:, mine], -1.0, 1.0),
        quality=np.clip(mind.quality + (1.0 - mind.quality) * lean, 0.0, 1.0),
        information=sim.terms.information[:, mine],
        example=_example(sim),
    )
    events = choice.Keys(*sim.streams.keys("life-event", year))
    habits.renew_habits(people.habit, people.keys, events, mind.life_event, mind.habit_years)
    rows = choice.People(
        people.owner, people.keys, people.attitude, people.income, people.habit, people.ties, people.uses
    )
    choice.choose(after, rows, around, sim.traits, sim.mind, choice.Keys(*sim.streams.keys("choice", year)))
    kinds = len(mine)
    sim.taken_up = choice.counts_of(sim.citizen_starts, after & ~people.uses, kinds)
    sim.given_up = choice.counts_of(sim.citizen_starts, people.uses & ~after, kinds)
    people.uses, sim.spare_uses = after, people.uses
    market.count_citizens(sim)
