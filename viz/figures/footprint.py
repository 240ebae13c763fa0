"""The footprint of residents' consumption per inhabitant over the years."""

from viz.canvas import Drawing
from viz.curves import account
from viz.results import Results
from viz.words import Both


def draw(results: Results) -> Drawing | None:
    """The drawing, from the nation table."""
    title = Both("Footprint of what residents consume", "Fotavtrykket av det innbyggerne forbruker")
    unit = Both(
        "Consumption account, wherever emissions occur, t CO₂e per inhabitant and year",
        "Forbruksregnskap, uansett hvor utslippet skjer, t CO₂e per innbygger og år",
    )
    return account(results, "footprint_per_inhabitant", title, unit)
