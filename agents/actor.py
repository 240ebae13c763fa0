"""What every actor is: a mesa.Agent with a node in the governance graph. Never reaches into the simulation."""

from typing import Any

import mesa


def release(world: Any) -> None:
    """Take a model out of Mesa 3.3's class-wide table of agent numbers, which would keep it alive for ever."""
    table = getattr(mesa.Agent, "_ids", None)
    if table is not None:
        table.pop(world, None)


class Actor(mesa.Agent):
    """One actor; `node` is its name in the governance graph."""

    def __init__(self, world: Any, node: str) -> None:
        super().__init__(world)
        self.node = node

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.node!r})"
