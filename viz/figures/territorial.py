"""Territorial emissions per inhabitant over the years, with the goal for 2050 and the mark for half."""

from viz.canvas import Drawing
from viz.curves import account
from viz.results import Results
from viz.words import Both


def draw(results: Results) -> Drawing | None:
    """The drawing, from the nation table."""
    title = Both("Emissions inside the municipal borders", "Utslipp innenfor kommunegrensene")
    unit = Both("Territorial account, t CO₂e per inhabitant and year", "Direkte utslipp, t CO₂e per innbygger og år")
    basis = Both(
        "Findings and table give the fall in total tonnes; where the population grows it is smaller than the fall per "
        "inhabitant shown here.",
        "Funn og tabell gir nedgangen i samlede tonn; der folketallet vokser, er den mindre enn nedgangen per "
        "innbygger som vises her.",
    )
    return account(results, "territorial_per_inhabitant", title, unit, note=basis)
