"""One run of a story's world, small enough to travel: its measures by year. Imported by workers; knows no words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from viz.app.stories.measures import Floats, series
from viz.app.stories.story import Story

MOST: Final = 10_000  # citizens of a run, which pupils wait for
OWN: Final = ("measures", "reference", "elements")  # of the arguments: what is read, not what is run


@dataclass(frozen=True, eq=False)
class Tale:
    """Measures (Y,) by name, of one run."""

    seed: int
    years: tuple[int, ...]
    series: Mapping[str, Floats]


def arguments_of(story: Story, world: str, *, place: str, citizens: int) -> dict[str, Any]:
    """What `tale_of` takes, but for the seed: the world as plain data. Raises the errors of a design."""
    from experiments.arms import design_of
    from model.institutions.comparison import to_toml

    arm = story.world(world).arm
    return {
        "place": place,
        "design": to_toml(design_of(arm)),
        "citizens": citizens,
        "settings": dict(arm.settings),
        "measures": story.measures,
        "reference": story.reference,
        "elements": tuple(story.elements),
    }


def tale_of(arguments: Mapping[str, Any]) -> Tale:
    """The run of a world with the seed in the arguments, as its measures. Raises what the case raises."""
    from model.simulation import Simulation
    from viz.app.cases import case_of

    case = case_of({k: v for k, v in arguments.items() if k not in OWN})
    sim = Simulation(case).run()
    reference = min(int(arguments["reference"]), len(case.years) - 1)
    read = series(sim, arguments["measures"], reference=reference, elements=arguments["elements"])
    return Tale(case.seed, tuple(case.years), {name: np.asarray(values) for name, values in read.items()})
