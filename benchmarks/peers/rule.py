"""One rule of adoption on one network, the same for every peer: what it says, and the world it is played in.

Each year, for each solution, a user gives up with chance `leave`; whoever does not use it has an occasion with its
chance and takes it up when attitude, the share of users among ten ties and noise together exceed a threshold. All
decide at once on what was there last year. Noise is the sum of four even numbers, as in the model. It is the model's
planned behaviour over all solutions that citizens choose, less what differs between solutions and places.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Rule(NamedTuple):
    """Weights of intention, threshold, standard deviation of noise, yearly chance of giving up."""

    attitude: float = 0.4
    norm: float = 0.6
    threshold: float = 0.6
    noise: float = 0.2
    leave: float = 0.1

    @property
    def spread(self) -> float:
        """What the sum of four even numbers, less 2, is multiplied by."""
        return self.noise * 3.0**0.5


class World(NamedTuple):
    """N citizens, J solutions: attitude (N,), 0-1; uses (N, J); ties (N, degree), rows; occasions a year (J,)."""

    attitude: NDArray[np.float32]
    uses: NDArray[np.bool_]
    ties: NDArray[np.int32]
    occasions: NDArray[np.float64]


def world(citizens: int) -> World:
    """Norway in the first year: its citizens, their ties, what they use and how often they have occasion to choose."""
    from model.case import Case
    from model.simulation import Simulation

    sim = Simulation(Case.load(citizens=citizens), record=False)
    people, occasions = sim.citizens, sim.traits.occasion
    uses = (people.uses[:, None] >> np.arange(len(occasions), dtype=np.uint32)) & 1
    return World(people.attitude, uses.astype(bool), people.ties, occasions)


def save(it: World, path: Path) -> None:
    """Keep a world for processes that may not have the model."""
    np.savez(path, **it._asdict())


def load(path: Path) -> World:
    """A world that was kept."""
    with np.load(path) as kept:
        return World(*(kept[name] for name in World._fields))
