"""Two designs beside each other, for every page that compares: the verdict in words and numbers, and the figures."""

from collections.abc import Callable
from typing import Any

import solara

from viz.app.contrast import MEASURES, Contrast, Measure
from viz.app.options import contrasts, levels, towns, uptake, verdicts
from viz.app.texts import Voice
from viz.app.widgets import Sealed, board, drawn


@solara.component
def Beside(
    pair: Contrast, titles: tuple[str, str], voice: Voice, place: str, measure: str, choose: Callable[[str], None]
) -> Any:
    """place: whose municipalities the runs tell of, or empty where they do not; measure: the name of one, or empty."""
    chosen = next((m for m in MEASURES if m.name == measure), MEASURES[0])

    def hear(said: dict[str, Any]) -> None:
        if said.get("measure") in [m.name for m in MEASURES]:
            choose(said["measure"])

    spec = solara.use_memo(
        lambda: spec_of(pair, titles, voice, place, chosen), [pair, titles, voice.language, place, chosen.name]
    )
    with solara.v.Html(tag="div", class_="comparison"):
        solara.v.Html(tag="p", class_="headline", children=[verdicts.headline(pair, titles, voice)])
        drawn("board", spec, hear)


def spec_of(pair: Contrast, titles: tuple[str, str], voice: Voice, place: str, chosen: Measure) -> Sealed:
    """The verdict and the figures."""
    parts = [
        ("verdicts", verdicts.verdicts(pair, titles, voice, chosen=chosen.name)),
        ("chart", contrasts.both(pair, chosen, voice)),
        ("chart", contrasts.gap(pair, chosen, voice)),
        ("chart", uptake.largest(pair, voice)),
        *(("chart", spec) for spec in levels.levels_of_two(pair.first, pair.second, voice)),
    ]
    if place:
        of_towns = chosen.name if chosen.name in towns.COLUMNS else MEASURES[0].name
        parts += [
            ("chart", contrasts.costs(pair, voice)),
            ("groups", towns.by_group(pair, place, of_towns, voice)),
            ("chart", towns.towns(pair, place, of_towns, voice)),
        ]
    return board(parts)
