"""How each design does in each measure: mean with interval, and where nine of ten runs lie."""

import numpy as np

from experiments.crossed import mean_over
from viz.canvas import Drawing, Panel
from viz.palette import look
from viz.study.marks import across, dot, letters, reach
from viz.study.reading import Study, counted, told, unit_words
from viz.words import Both, interval, same

HEADER = (
    Both("Design", "Utforming"),
    Both("measure", "mål"),
    Both("unit", "enhet"),
    Both("mean (95 % interval)", "snitt (95 %-intervall)"),
    Both("nine of ten runs", "ni av ti kjøringer"),
    Both("runs", "kjøringer"),
)


def draw(study: Study) -> list[Drawing]:
    """One drawing with a panel a measure; the table holds every measure. None for plans whose points are laid out."""
    panels, block = [], None
    for outcome in study.shown:
        block = study.block(outcome)
        if block is None:
            return []
        means = [mean_over(values) for values in block.values]
        spread = np.quantile(block.values, [0.05, 0.95], axis=(1, 2)).T
        figure, axes = across(len(means), *reach(means, *spread.ravel()))
        looks = [look(i) for i in range(len(means))]
        for row, (mean, ends, style) in enumerate(zip(means, spread, looks, strict=True)):
            axes.plot(ends, [row, row], color=style.colour, linewidth=1.1, alpha=0.65, zorder=2)
            dot(axes, row, mean, style)
        letters(axes, looks)
        title, unit = unit_words(outcome)
        panels.append(Panel(figure, Both("{t}, {u}", "{t}, {u}").fill(t=title, u=unit)))
    if block is None:
        return []
    caption = Both(
        "Marker and thick bar: mean with 95 % interval. Thin line: nine of ten runs. n = {n}.",
        "Merke og tykk strek: snitt med 95 %-intervall. Tynn strek: ni av ti kjøringer. n = {n}.",
    )
    return [
        Drawing(
            "levels",
            Both("How the designs do", "Hvordan utformingene gjør det"),
            Both("Over all futures and seeds of the study", "Over alle framtider og frø i studien"),
            caption.fill(n=counted(block)),
            Both("Interval chart; the figures are in the table.", "Intervalldiagram; tallene står i tabellen."),
            tuple(panels),
            HEADER,
            _rows(study),
            columns=min(len(panels), 4),
            is_row=len(panels) == 4,
            has_key=True,
        )
    ]


def _rows(study: Study) -> tuple[tuple[Both, ...], ...]:
    rows = []
    for outcome in study.outcomes:
        block = study.block(outcome)
        if block is None:
            continue
        title, unit = unit_words(outcome)
        for place in range(len(study.designs)):
            values = block.values[place]
            low, high = (float(v) for v in np.quantile(values, [0.05, 0.95]))
            name = study.lettered(place)
            mean = told(mean_over(values), outcome.digits)
            rows.append((name, title, unit, mean, interval(low, high, outcome.digits), same(values.size)))
    return tuple(rows)
