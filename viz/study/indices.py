"""What an outcome answers to: Sobol' indices with intervals, and how they settle as the sample grows."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.crossed import Floats
from experiments.facts import Outcome
from experiments.sensitivity import SMALL, Sensitivity
from viz.canvas import Drawing, Panel, digits_of, end_labels, nice, panel
from viz.palette import LIGHT, look
from viz.study.marks import across, names
from viz.study.reading import STANDINGS, Study, parameter_name, told_share, unit_words
from viz.words import Both, number, percent, same

MOST = 10  # parameters that are drawn; the table holds all of them
HEADER = (
    Both("Parameter", "Parameter"),
    Both("design", "utforming"),
    Both("in all, with others (95 %)", "i alt, med andre (95 %)"),
    Both("alone (95 %)", "alene (95 %)"),
    Both("standing", "stilling"),
)


def draw(study: Study) -> list[Drawing]:
    """A drawing of bars a measure, and one of how they settle for the first measure; of Sobol' studies only."""
    if study.facts.kind != "sobol":
        return []
    drawings = [_bars(study, outcome) for outcome in study.shown] + [_settling(study, o) for o in study.shown[:1]]
    return [d for d in drawings if d is not None]


def _found(study: Study, outcome: Outcome) -> dict[str, Sensitivity]:
    each = {design: study.sensitivity(design, outcome) for design in study.designs}
    return {design: found for design, found in each.items() if found is not None and not found.is_constant}


def _bars(study: Study, outcome: Outcome) -> Drawing | None:
    found = _found(study, outcome)
    if not found:
        return None
    panels, rows = [], []
    for design, indices in found.items():
        style = look(study.designs.index(design))
        panels.append(Panel(_one(indices), study.title(design), style, _note(indices)))
        rows += _rows(study, design, indices)
    first = next(iter(found.values()))
    caption = Both(
        "Share of the variance of the mean over seeds. Wide bar: in all, with what the parameter does together with "
        "others; narrow bar: alone; lines: 95 % intervals from {n} base samples. Dotted: 5 %, below which we call it "
        "small. n = {m} runs of each design ({s} seeds).",
        "Andel av variansen i snittet over frø. Bred stolpe: i alt, med det parameteren gjør sammen med andre; smal "
        "stolpe: alene; streker: 95 %-intervaller fra {n} grunnutvalg. Prikket: 5 %, under det kaller vi den liten. "
        "n = {m} kjøringer av hver utforming ({s} frø).",
    ).fill(n=number(first.blocks, 0), m=number(first.blocks * study.step * first.seeds, 0), s=str(first.seeds))
    title, unit = unit_words(outcome)
    return Drawing(
        f"indices-{outcome.name.replace('_', '-')}",
        Both("What decides: {t}", "Hva som avgjør: {t}").fill(t=_low(title)),
        Both("Sobol' indices, {u}", "Sobol'-indekser, {u}").fill(u=unit),
        caption,
        Both("Bar chart; the figures are in the table.", "Stolpediagram; tallene står i tabellen."),
        tuple(panels),
        HEADER,
        tuple(rows),
        columns=min(len(panels), 3),
    )


def _low(text: Both) -> Both:
    return Both(*(t[:1].lower() + t[1:] for t in text))


def _order(indices: Sensitivity) -> list[int]:
    return [int(k) for k in np.argsort(-np.nan_to_num(indices.leading[:, 0], nan=-1.0), kind="stable")]


def _one(indices: Sensitivity) -> Figure:
    order = _order(indices)[:MOST]
    top = float(np.nanmax(indices.leading[:, 2]))
    figure, axes = across(len(order), 0.0, max(100.0, 101 * top), width=440, left=190)
    axes.set_xlim(0.0, max(100.0, 101 * top))
    axes.set_xticks([0, 25, 50, 75, 100])
    for row, k in enumerate(order):
        for name, height, tone, low in (("ST", 0.62, "factor-II", 0.15), ("S1", 0.24, "factor-III", -0.15)):
            value, a, b = 100 * indices.indices[name][k]
            axes.barh(row, max(value, 0.0), height=height, color=LIGHT[tone], zorder=2 if name == "ST" else 3)
            axes.plot([a, b], [row + low] * 2, color=LIGHT["ink"], linewidth=1.3, zorder=4)
    axes.axvline(100 * SMALL, color=LIGHT["goal"], linewidth=1.2, linestyle=(0, (1.5, 2)), zorder=1)
    axes.axvline(0, color=LIGHT["axis"], linewidth=1, zorder=5)
    names(axes, [indices.factors[k] for k in order])
    return figure


def _note(indices: Sensitivity) -> Both:
    """Whether the indices have settled, what was dropped and how much is luck."""
    settled = Both("Settled.", "Har satt seg.")
    if not indices.is_settled:
        settled = Both(
            "Not settled: more base samples would move these bars.",
            "Ikke satt seg: flere grunnutvalg ville flyttet dem.",
        )
    if indices.dropped:
        words = Both("{n} blocks with a missing run are left out.", "{n} blokker med en manglende kjøring er utelatt.")
        settled = settled.then(words.fill(n=str(indices.dropped)))
    if np.isfinite(indices.luck_share):
        words = Both(
            "Luck is {p} % of the variance of a single run.", "Tilfeldigheter er {p} % av variansen i én kjøring."
        )
        settled = settled.then(words.fill(p=percent(indices.luck_share)))
    return settled


def _rows(study: Study, design: str, indices: Sensitivity) -> list[tuple[Both, ...]]:
    letter = look(study.designs.index(design)).letter
    rows: list[tuple[Both, ...]] = []
    for k in _order(indices):
        name = parameter_name(study, indices.factors[k])
        total, alone = told_share(indices.indices["ST"][k]), told_share(indices.indices["S1"][k])
        rows.append((name, same(letter), total, alone, STANDINGS[indices.standing(k)]))
    return rows


def _settling(study: Study, outcome: Outcome) -> Drawing | None:
    found = {design: i for design, i in _found(study, outcome).items() if len(i.steps) > 1}
    if not found:
        return None
    panels, rows = [], []
    for design, indices in found.items():
        style = look(study.designs.index(design))
        panels.append(Panel(_growth(indices), study.title(design), style))
        for step in indices.steps:
            each = [told_share(step.index[k]) for k in _order(indices)[:5]]
            rows.append((number(step.blocks, 0), same(style.letter), *each, *[same("–")] * (5 - len(each))))
    counts = [Both("{k}th", "nr. {k}").fill(k=str(k)) for k in range(1, 6)]
    title, _ = unit_words(outcome)
    return Drawing(
        f"settling-{outcome.name.replace('_', '-')}",
        Both("Are these shares settled? {t}", "Har andelene satt seg? {t}").fill(t=title),
        Both(
            "Share in all of the five leading parameters, per cent, by number of base samples",
            "Andel i alt for de fem ledende parametrene, prosent, etter antall grunnutvalg",
        ),
        Both(
            "Marker: index from the first base samples; line: 95 % interval. Called settled when the last doubling "
            "moves nothing by more than 5 points and no interval is wider than ±10 points.",
            "Merke: indeks fra de første grunnutvalgene; strek: 95 %-intervall. Kalles satt når den siste doblingen "
            "ikke flytter noe mer enn 5 poeng og ingen intervall er videre enn ±10 poeng.",
        ),
        Both("Interval chart; the figures are in the table.", "Intervalldiagram; tallene står i tabellen."),
        tuple(panels),
        (Both("Base samples", "Grunnutvalg"), Both("design", "utforming"), *counts),
        tuple(rows),
        columns=min(len(panels), 3),
    )


def _growth(indices: Sensitivity) -> Figure:
    figure, axes = panel(440, 220, (40, 190, 12, 30))
    order = _order(indices)[:5]
    ends = np.array([[100 * step.index[k] for step in indices.steps] for k in order])
    ticks = nice(0.0, float(np.nanmax(ends)), 4)
    axes.set_ylim(min(0.0, float(np.nanmin(ends))), float(ticks[-1]))
    axes.set_yticks(ticks, [number(t, digits_of(ticks)).seamed() for t in ticks])
    axes.grid(axis="y", color=LIGHT["grid"], linewidth=1)
    places = np.arange(len(indices.steps), dtype=float)
    axes.set_xlim(-0.35, len(places) - 0.65)
    axes.set_xticks(places, [number(s.blocks, 0).seamed() for s in indices.steps])
    labels = []
    for row, (k, values) in enumerate(zip(order, ends, strict=True)):
        labels.append(_trace(axes, places + 0.07 * (row - 2), values, (row, indices.factors[k])))
    end_labels(axes, labels, apart=15)
    return figure


def _trace(axes: Axes, places: Floats, values: Floats, named: tuple[int, str]) -> tuple[float, Both, str]:
    style = look(named[0])
    for place, (_, low, high) in zip(places, values, strict=True):
        axes.plot([place, place], [low, high], color=style.colour, linewidth=1.4, zorder=3)
    axes.plot(places, values[:, 0], color=style.colour, linewidth=1.2, linestyle=style.dash, zorder=2)
    axes.plot(places, values[:, 0], style.marker, color=style.colour, markersize=5, zorder=4)
    text = named[1] if len(named[1]) <= 26 else named[1][:25] + "…"
    return float(values[-1, 0]), same(text), style.colour
