"""The model in Mesa's own browser page, for those who know SolaraViz: one world, stepped while you watch.

`solara run examples/solara_viz.py`, after `pip install -c constraints.txt -e ".[app,dev]"`, which brings versions that
fit each other; the page takes parts of itself from the network. The laboratory (`omstilling app`) is another thing: it
shows whole trajectories of many runs, and shares nothing between its users.
"""

from typing import Any

import solara
from matplotlib.figure import Figure
from mesa.visualization import Slider, SolaraViz
from mesa.visualization.utils import update_counter

from model.case import Case
from model.simulation import Simulation

DESIGNS = ["enthusiasts-only", "todays-practice", "project-grants", "permanent-finance", "full-transition"]


class County(Simulation):
    """Telemark under one design: what SolaraViz builds anew when a field changes. `rng` comes from its own field."""

    def __init__(self, design: str = "todays-practice", citizens: int = 1000, rng: int | None = 1) -> None:
        super().__init__(Case.load(place="telemark", design=design, citizens=citizens, seed=int(rng or 0)))
        self.seen: list[tuple[int, float, float]] = []

    def step(self) -> None:
        """One year, until the last, and what the two figures show of it."""
        super().step()
        emissions = float(self.territorial.sum() / self.population.sum())
        self.seen.append((self.year, emissions, 100 * float(self.municipalities.institutionalisation.mean())))
        self.running = self.year < self.case.last


@solara.component
def Course(model: County) -> Any:
    """Emissions per inhabitant, and how firmly climate work is built in, so far."""
    update_counter.get()
    figure = Figure(figsize=(6, 5), layout="constrained")
    above, below = figure.subplots(2, sharex=True)
    years = [year for year, *_ in model.seen]
    above.plot(years, [emissions for _, emissions, _ in model.seen], marker="o")
    above.set(ylabel="t CO2e per inhabitant", ylim=(0, None), xlim=(model.case.first, model.case.last))
    below.plot(years, [built_in for *_, built_in in model.seen], marker="o", color="teal")
    below.set(ylabel="institutionalised, 0-100", ylim=(0, 100))
    solara.FigureMatplotlib(figure)


def page() -> Any:
    """The page: a world and its fields."""
    fields = {
        "design": {"type": "Select", "value": "todays-practice", "values": DESIGNS, "label": "Institutional design"},
        "citizens": Slider("Citizen agents", 1000, 500, 5000, 500),
        "rng": {"type": "InputText", "value": 1, "label": "Luck (seed)"},
    }
    return SolaraViz(County(), components=[(Course, 0)], model_params=fields, name="Omstilling, Telemark")


Page = page
