"""The rule in plain Mesa: one object a citizen; first everybody decides, then everybody acts."""

import mesa
import numpy as np


class Citizen(mesa.Agent):
    """Somebody who looks at ten others."""

    def __init__(self, model, attitude, uses):
        super().__init__(model)
        self.attitude, self.uses, self.will, self.ties = attitude, uses, uses, ()

    def decide(self):
        """What to use next year, from what the ties use now."""
        rule, luck = self.model.rule, self.model.random.random
        will = list(self.uses)
        for j, occasion in enumerate(self.model.occasions):
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


class Country(mesa.Model):
    """All citizens and the rule."""

    def __init__(self, world, rule, seed):
        super().__init__(rng=seed)
        self.rule, self.occasions = rule, world.occasions.tolist()
        pairs = zip(world.attitude.tolist(), world.uses.tolist(), strict=True)
        citizens = [Citizen(self, attitude, uses) for attitude, uses in pairs]
        for citizen, ties in zip(citizens, world.ties.tolist(), strict=True):
            citizen.ties = [citizens[i] for i in ties]

    def step(self):
        """One year."""
        self.agents.do("decide")
        self.agents.do("act")


def start(world, rule, seed):
    """A function that plays a year and returns the share of users of each solution, (J,)."""
    country = Country(world, rule, seed)

    def year():
        country.step()
        return np.mean(country.agents.get("uses"), axis=0)

    return year
