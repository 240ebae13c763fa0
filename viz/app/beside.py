"""Two designs beside each other, for every page that compares: the verdict in words and numbers, and the figures."""

from collections.abc import Callable
from typing import Any

import solara

from viz.app.contrast import MEASURES, Contrast
from viz.app.options import contrasts, levels, towns, uptake, verdicts
from viz.app.texts import Voice
from viz.app.widgets import drawn


@solara.component
def Beside(
    pair: Contrast, titles: tuple[str, str], voice: Voice, place: str, measure: str, choose: Callable[[str], None]
) -> Any:
    """place: whose municipalities the runs tell of, or empty where they do not; measure: the name of one, or empty."""
    chosen = next((m for m in MEASURES if m.name == measure), MEASURES[0])

    def hear(said: dict[str, Any]) -> None:
        if said.get("measure") in [m.name for m in MEASURES]:
            choose(said["measure"])

    with solara.v.Html(tag="div", class_="comparison"):
        solara.v.Html(tag="p", class_="headline", children=[verdicts.headline(pair, titles, voice)])
        drawn("verdicts", verdicts.verdicts(pair, titles, voice, chosen=chosen.name), hear)
        with solara.v.Html(tag="div", class_="figures"):
            drawn("chart", contrasts.both(pair, chosen, voice))
            drawn("chart", contrasts.gap(pair, chosen, voice))
            drawn("chart", uptake.largest(pair, voice))
            for spec in levels.levels_of_two(pair.first, pair.second, voice):
                drawn("chart", spec)
            if place:
                of_towns = chosen.name if chosen.name in towns.COLUMNS else MEASURES[0].name
                drawn("chart", contrasts.costs(pair, voice))
                drawn("groups", towns.by_group(pair, place, of_towns, voice))
                drawn("chart", towns.towns(pair, place, of_towns, voice))
