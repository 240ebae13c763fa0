"""The figures of the report, in order: name → function that draws it. One line here and one file add a figure."""

from collections.abc import Callable
from typing import Final

from viz.canvas import Drawing
from viz.figures import (
    adoption,
    champions,
    decomposition,
    decoupling,
    differences,
    elements,
    footprint,
    institutions,
    maps,
    size,
    territorial,
)
from viz.results import Results

FIGURES: Final[dict[str, Callable[[Results], Drawing | None]]] = {
    "territorial": territorial.draw,
    "footprint": footprint.draw,
    "differences": differences.draw,
    "decomposition": decomposition.draw,
    "map_reduction": maps.draw_reduction,
    "institutions": institutions.draw,
    "decoupling": decoupling.draw,
    "elements": elements.draw,
    "champions": champions.draw,
    "size": size.draw,
    "map_institutions": maps.draw_institutions,
    "adoption": adoption.draw,
}
