"""A measure along a parameter, a line a design, with the interval of the mean over seeds as ribbon."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.cells import block
from experiments.crossed import Estimate, Floats, mean_over
from experiments.facts import Outcome, Varied
from viz.canvas import Drawing, Panel, digits_of, end_labels, line, nice, panel, ribbon, value_axis
from viz.palette import look
from viz.study.reading import Study, titled, told
from viz.words import Both, number, same

MOST = 4  # parameters that are drawn


def draw(study: Study) -> list[Drawing]:
    """A drawing a parameter, of a sweep in which something moves."""
    if study.facts.kind != "sweep" or not study.shown:
        return []
    return [_along(study, parameter) for parameter in study.facts.parameters[:MOST]]


def _along(study: Study, parameter: Varied) -> Drawing:
    values = np.unique(study.frame[parameter.path].to_numpy(dtype=np.float64))
    panels, rows, fewest = [], [], 0
    for outcome in study.shown:
        means = _means(study, parameter, values, outcome)
        fewest = min((e.n for row in means for e in row), default=0)
        panels.append(Panel(_curves(means, values), titled(outcome)))
        rows += _rows(study, means, values, outcome)
    others = [p.path for p in study.facts.parameters if p.path != parameter.path]
    mixed = Both(" Mean over the values of {o}.", " Snitt over verdiene av {o}.").fill(o=", ".join(others))
    caption = Both(
        "Line: mean; ribbon: its 95 % interval over seeds.{m} n = {n} seeds at each value, the same for every design "
        "and value.",
        "Linje: snitt; bånd: 95 %-intervallet over frø.{m} n = {n} frø ved hver verdi, de samme for hver utforming "
        "og verdi.",
    ).fill(m=mixed if others else "", n=number(fewest, 0))
    header = (same(parameter.path), Both("measure", "mål"), *(study.title(d) for d in study.designs))
    return Drawing(
        f"sweep-{parameter.path.replace('.', '-')}",
        Both("Along {p}", "Langs {p}").fill(p=parameter.path),
        same(f"{parameter.meaning}, {parameter.unit}"),
        caption,
        Both("Line chart; the figures are in the table.", "Linjediagram; tallene står i tabellen."),
        tuple(panels),
        header,
        tuple(rows),
        columns=min(len(panels), 4),
        is_row=len(panels) == 4,
        has_key=True,
    )


def _means(study: Study, parameter: Varied, values: Floats, outcome: Outcome) -> list[list[Estimate]]:
    """By design and value: the mean over seeds, of means over the other parameters' grid."""
    found = []
    for design in study.designs:
        row = []
        for value in values:
            there: pd.DataFrame = study.frame[study.frame[parameter.path] == value]
            if not (there["design"] == design).any():
                row.append(Estimate(np.nan, np.nan, np.nan, 0))
                continue
            cells = block(there, outcome.name, (design,)).values[0] * outcome.scale
            empty = Estimate(np.nan, np.nan, np.nan, 0)
            row.append(mean_over(cells.mean(axis=0, keepdims=True)) if cells.size else empty)
        found.append(row)
    return found


def _curves(means: list[list[Estimate]], values: Floats) -> Figure:
    figure, axes = panel(320, 236, (42, 26, 12, 30))
    ends = np.array([[e[:3] for e in row] for row in means], dtype=np.float64)
    value_axis(axes, float(np.nanmin(ends)), float(np.nanmax(ends)), count=4)
    ticks = nice(float(values[0]), float(values[-1]), 4)
    axes.set_xlim(values[0], max(values[-1], values[0] + 1e-9))
    inside = [t for t in ticks if values[0] - 1e-9 <= t <= values[-1] + 1e-9]
    axes.set_xticks(inside, [number(t, digits_of(ticks)).seamed() for t in inside])
    labels = []
    for place, row in enumerate(ends):
        style = look(place)
        ribbon(axes, values, row[:, 1], row[:, 2], style.colour)
        line(axes, values, row[:, 0], style, width=1.9)
        labels.append((float(row[-1, 0]), same(style.letter), style.colour))
    end_labels(axes, labels, apart=13)
    return figure


def _rows(study: Study, means: list[list[Estimate]], values: Floats, outcome: Outcome) -> list[tuple[Both, ...]]:
    digits = digits_of(values)
    return [
        (number(float(v), digits), titled(outcome), *(told(means[d][i], outcome.digits) for d in range(len(means))))
        for i, v in enumerate(values)
    ]
