"""How surely each design comes first, second and so on: the chance of each rank, measure by measure."""

import numpy as np
from matplotlib.axes import Axes

from experiments.ranking import Ranking, ranking
from viz.canvas import Drawing, Panel
from viz.palette import LIGHT, look
from viz.study.marks import across, letters
from viz.study.reading import Study, counted, told, unit_words
from viz.words import Both, percent

TONES = ("scale-6", "scale-4", "scale-2", "scale-1", "scale-0")
CAPTION = Both(
    "A row a design, best first; each bar is divided by how often the design takes each rank when futures and "
    "seeds are drawn anew ({n}).",
    "En rad per utforming, best først; stolpen er delt etter hvor ofte utformingen får hver plass når framtider "
    "og frø trekkes på nytt ({n}).",
)
HEADER = (
    Both("Design", "Utforming"),
    Both("measure", "mål"),
    Both("expected rank (95 % interval)", "ventet plass (95 %-intervall)"),
    Both("first in % of draws", "først i % av trekkene"),
    Both("last in % of draws", "sist i % av trekkene"),
)


def draw(study: Study) -> list[Drawing]:
    """One drawing with a panel a measure that has a better side; none with fewer than two designs."""
    panels, rows, block = [], [], None
    for outcome in study.shown:
        found = study.block(outcome)
        if found is None or len(study.designs) < 2 or not outcome.better or found.values[0].size < 2:
            continue
        block, ranked = found, ranking(found.values, outcome.better)
        figure, axes = across(len(study.designs), 0.0, 100.0, width=300)
        _bars(axes, ranked)
        letters(axes, [look(d) for d in ranked.order])
        panels.append(Panel(figure, unit_words(outcome)[0]))
        rows += _rows(study, unit_words(outcome)[0], ranked)
    if block is None:
        return []
    ranks = ("1", "2", "3", "4", "5+")[: len(study.designs)]
    legend = tuple(
        (TONES[i], Both("rank {k}", "plass {k}").fill(k=word if len(study.designs) > 5 or word != "5+" else "5"))
        for i, word in enumerate(ranks)
    )
    return [
        Drawing(
            "ranks",
            Both("Which comes first, and how surely", "Hvem som kommer først, og hvor sikkert"),
            Both("Per cent of draws", "Prosent av trekkene"),
            CAPTION.fill(n=counted(block)),
            Both("Divided bars; the figures are in the table.", "Delte stolper; tallene står i tabellen."),
            tuple(panels),
            HEADER,
            tuple(rows),
            columns=min(len(panels), 4),
            is_row=len(panels) == 4,
            has_key=True,
            legend=legend,
        )
    ]


def _bars(axes: Axes, ranked: Ranking) -> None:
    for row, design in enumerate(ranked.order):
        left = 0.0
        for rank, chance in enumerate(ranked.chance[design]):
            wide = 100 * float(chance)
            colour = LIGHT[TONES[min(rank, len(TONES) - 1)]]
            axes.barh(row, wide, left=left, height=0.66, color=colour, edgecolor=LIGHT["paper"], linewidth=1, zorder=3)
            if wide >= 17:
                ink = LIGHT["factor-on_deep"] if rank < 2 else LIGHT["factor-on_pale"]
                text = percent(float(chance)).seamed()
                axes.text(left + wide / 2, row, text, color=ink, ha="center", va="center_baseline", zorder=5)
            left += wide


def _rows(study: Study, title: Both, ranked: Ranking) -> list[tuple[Both, ...]]:
    rows: list[tuple[Both, ...]] = []
    for design in ranked.order:
        name = study.lettered(design)
        chances = ranked.chance[design]
        first, last = percent(float(chances[0])), percent(float(np.asarray(chances)[-1]))
        rows.append((name, title, told(ranked.expected[design], 1), first, last))
    return rows
