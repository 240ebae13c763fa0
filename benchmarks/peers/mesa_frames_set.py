"""The rule in mesa-frames: citizens as a polars data frame, a column for each solution."""

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF


class Citizens(AgentSetPolars):
    """All who look at ten others."""

    def __init__(self, model, world, rule):
        super().__init__(model)
        (self.count, self.kinds), self.degree = world.uses.shape, world.ties.shape[1]
        self.rule, self.occasions, self.seen = rule, world.occasions.tolist(), pl.Series(world.ties.ravel())
        uses = {f"uses_{j}": world.uses[:, j] for j in range(self.kinds)}
        self.add(pl.DataFrame({"unique_id": np.arange(self.count), "attitude": world.attitude} | uses))

    def even(self):
        """One even number for each citizen."""
        return pl.Series(self.model.random.random(self.count, dtype=np.float32))

    def decide(self, j):
        """What to use of solution j next year, from what the ties use now."""
        rule, now = self.rule, self.agents[f"uses_{j}"]
        users = now.cast(pl.UInt8).gather(self.seen).reshape((self.count, self.degree)).arr.sum()
        push = rule.attitude * self.agents["attitude"] + (rule.norm / self.degree) * users
        push += rule.spread * (self.even() + self.even() + self.even() + self.even() - 2.0)
        chance = self.even()
        takes = (chance < self.occasions[j]) & (push > rule.threshold)
        return ((now & (chance >= rule.leave)) | (~now & takes)).alias(f"uses_{j}")

    def step(self):
        """One year: all columns at once."""
        self.agents = self.agents.with_columns([self.decide(j) for j in range(self.kinds)])


class Country(ModelDF):
    """All citizens."""

    def __init__(self, world, rule, seed):
        super().__init__(seed)
        self.citizens = Citizens(self, world, rule)
        self.agents += self.citizens

    def step(self):
        """One year."""
        self.agents.do("step", inplace=True)


def start(world, rule, seed):
    """A function that plays a year and returns the share of users of each solution, (J,)."""
    country = Country(world, rule, seed)

    def year():
        country.step()
        agents = country.citizens.agents
        return np.array([agents[f"uses_{j}"].mean() for j in range(world.uses.shape[1])])

    return year
