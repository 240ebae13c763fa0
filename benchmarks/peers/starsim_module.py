"""The rule in Starsim: a module with a state for each solution, and a network of edges."""

import numpy as np
import starsim as ss


class Ties(ss.Network):
    """Edges that stay."""

    def step(self):
        """Nothing changes."""


class Adoption(ss.Module):
    """All solutions of all people."""

    def __init__(self, world, rule):
        super().__init__()
        self.world, self.rule = world, rule
        self.define_states(ss.FloatArr("attitude"), *(ss.BoolState(f"uses_{j}") for j in range(world.uses.shape[1])))
        self.even = ss.random()

    def init_post(self):
        """Attitudes, and what is used at first."""
        super().init_post()
        self.attitude[:] = self.world.attitude
        for j, state in enumerate(self.uses()):
            state[:] = self.world.uses[:, j]

    def uses(self):
        """The states, one for each solution."""
        return [getattr(self, f"uses_{j}") for j in range(self.world.uses.shape[1])]

    def step(self):
        """One year: everybody decides on what was there before."""
        rule, everybody = self.rule, self.sim.people.auids
        edges, degree = self.sim.networks[0].edges, self.world.ties.shape[1]
        before = [state[everybody] for state in self.uses()]
        for state, now, occasion in zip(self.uses(), before, self.world.occasions, strict=True):
            users = np.bincount(edges.p1, weights=now[edges.p2], minlength=len(now))
            noise = sum(self.even.rvs(everybody) for _ in range(4)) - 2.0
            push = rule.attitude * self.attitude[everybody] + rule.norm * users / degree + rule.spread * noise
            chance = self.even.rvs(everybody)
            takes = (chance < occasion) & (push > rule.threshold)
            state[:] = np.where(now, chance >= rule.leave, takes)


def start(world, rule, seed):
    """A function that plays a year and returns the share of users of each solution, (J,)."""
    size, degree = world.ties.shape
    edges = Ties(p1=np.repeat(np.arange(size), degree), p2=world.ties.ravel(), beta=np.ones(size * degree))
    adoption = Adoption(world, rule)
    sim = ss.Sim(n_agents=size, networks=edges, modules=adoption, start=2025, dur=100, dt=1, rand_seed=seed, verbose=0)
    sim.init()
    played = next(module for module in sim.modules if isinstance(module, Adoption))  # the simulation keeps a copy

    def year():
        sim.run_one_step()
        return np.array([state[sim.people.auids].mean() for state in played.uses()])

    return year
