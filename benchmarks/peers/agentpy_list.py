"""The rule in AgentPy: one object a citizen in an AgentList."""

import agentpy
import numpy as np


class Citizen(agentpy.Agent):
    """Somebody who looks at ten others."""

    def decide(self):
        """What to use next year, from what the ties use now."""
        rule, luck = self.p.rule, self.model.random.random
        will = list(self.uses)
        for j, occasion in enumerate(self.p.occasions):
            chance = luck()
            if self.uses[j]:
                will[j] = chance >= rule.leave
            elif chance < occasion:
                share = sum([other.uses[j] for other in self.ties]) / len(self.ties)
                noise = luck() + luck() + luck() + luck() - 2.0
                push = rule.attitude * self.attitude + rule.norm * share + rule.spread * noise
                will[j] = push > rule.threshold
        self.will = will

    def act(self):
        """Use it."""
        self.uses = self.will


class Country(agentpy.Model):
    """All citizens."""

    def setup(self):
        """Citizens with their attitudes, what they use and their ties."""
        world = self.p.world
        self.citizens = agentpy.AgentList(self, len(world.attitude), Citizen)
        every = list(self.citizens)
        columns = zip(every, world.attitude.tolist(), world.uses.tolist(), world.ties.tolist(), strict=True)
        for citizen, attitude, uses, ties in columns:
            citizen.attitude, citizen.uses, citizen.ties = attitude, uses, [every[i] for i in ties]

    def step(self):
        """One year."""
        self.citizens.decide()
        self.citizens.act()


def start(world, rule, seed):
    """A function that plays a year and returns the share of users of each solution, (J,)."""
    country = Country({"world": world, "rule": rule, "occasions": world.occasions.tolist(), "seed": seed})
    country.sim_setup()

    def year():
        country.sim_step()
        return np.mean([citizen.uses for citizen in country.citizens], axis=0)

    return year
