"""Which parameters move an outcome at all: Morris' mean absolute effect with interval, and its spread."""

import numpy as np
from matplotlib.figure import Figure

from experiments.crossed import Estimate
from experiments.facts import Outcome
from experiments.sensitivity import SMALL, Sensitivity
from viz.canvas import Drawing, Panel, apart_from, digits_of, frame, nice, panel
from viz.palette import LIGHT, look
from viz.study.marks import across, names
from viz.study.reading import STANDINGS, Study, parameter_name, told, unit_words
from viz.words import Both, number, same

MOST = 12  # parameters that are drawn; the table holds all of them
NAMED = 5  # in the scatter
HEADER = (
    Both("Parameter", "Parameter"),
    Both("design", "utforming"),
    Both("mean absolute effect (95 %)", "snitt av absolutt virkning (95 %)"),
    Both("mean effect (95 %)", "snitt av virkning (95 %)"),
    Both("spread of effects (95 %)", "spredning av virkning (95 %)"),
    Both("standing", "stilling"),
)


def draw(study: Study) -> list[Drawing]:
    """A drawing a measure, of Morris studies only."""
    if study.facts.kind != "morris":
        return []
    return [d for outcome in study.shown if (d := _of(study, outcome)) is not None]


def _of(study: Study, outcome: Outcome) -> Drawing | None:
    panels, rows, last = [], [], None
    for place, design in enumerate(study.designs):
        found = study.sensitivity(design, outcome)
        if found is None or found.is_constant:
            continue
        last, style = found, look(place)
        panels.append(Panel(_bars(found), study.title(design), style, _note(found)))
        panels.append(Panel(_spread(found), Both("effect and its spread", "virkning og spredning"), style))
        rows += _rows(study, design, found, outcome.digits)
    if last is None:
        return None
    title, unit = unit_words(outcome)
    caption = Both(
        "Left: how much the outcome moves, on average and whatever the direction, when a parameter (or a table of "
        "them together) goes through its whole range, with 95 % interval; dotted: 5 % of the largest, below which we "
        "call it small. Right: the same against its spread; on or above the dashed line the effect depends on the "
        "other parameters as much as on this one. n = {n} trajectories, {m} runs of each design.",
        "Til venstre: hvor mye utfallet flytter seg, i snitt og uansett retning, når en parameter går gjennom hele "
        "sitt spenn, med 95 %-intervall; prikket: 5 % av den største, under det kaller vi den liten. Til høyre: det "
        "samme mot spredningen; på eller over den stiplede linjen avhenger virkningen like mye av de andre "
        "parametrene. n = {n} baner, {m} kjøringer av hver utforming.",
    ).fill(n=number(last.blocks, 0), m=number(last.blocks * study.step * last.seeds, 0))
    return Drawing(
        f"screening-{outcome.name.replace('_', '-')}",
        Both("What moves it: {t}", "Hva som flytter på det: {t}").fill(t=Both(*(t[:1].lower() + t[1:] for t in title))),
        unit,
        caption,
        Both("Interval chart and scatter; the figures are in the table.", "Intervalldiagram og punkter; se tabellen."),
        tuple(panels),
        HEADER,
        tuple(rows),
        columns=2,
        is_row=True,
    )


def _order(found: Sensitivity) -> list[int]:
    return [int(k) for k in np.argsort(-np.nan_to_num(found.leading[:, 0], nan=-1.0), kind="stable")]


def _bars(found: Sensitivity) -> Figure:
    order = _order(found)[:MOST]
    figure, axes = across(len(order), 0.0, float(np.nanmax(found.leading[:, 2])), width=440, left=190)
    for row, k in enumerate(order):
        value, low, high = found.leading[k]
        axes.barh(row, value, height=0.56, color=LIGHT["factor-II"], zorder=2)
        axes.plot([low, high], [row, row], color=LIGHT["ink"], linewidth=1.3, zorder=4)
    axes.axvline(SMALL * found.scale, color=LIGHT["goal"], linewidth=1.2, linestyle=(0, (1.5, 2)), zorder=1)
    axes.axvline(0, color=LIGHT["axis"], linewidth=1, zorder=5)
    names(axes, [found.factors[k] for k in order])
    return figure


def _spread(found: Sensitivity) -> Figure:
    figure, axes = panel(440, 250, (46, 150, 12, 40))
    effect, spread = found.leading[:, 0], found.indices["sigma"][:, 0]
    wide, tall = nice(0.0, float(np.nanmax(effect)), 4), nice(0.0, float(np.nanmax(spread)) or 1.0, 4)
    axes.set_xlim(0, wide[-1])
    axes.set_ylim(0, tall[-1])
    axes.set_xticks(wide, [number(t, digits_of(wide)).seamed() for t in wide])
    axes.set_yticks(tall, [number(t, digits_of(tall)).seamed() for t in tall])
    axes.grid(color=LIGHT["grid"], linewidth=1)
    most = min(wide[-1], tall[-1])
    axes.plot([0, most], [0, most], color=LIGHT["axis"], linewidth=1.2, linestyle=(0, (4, 3)), zorder=2)
    axes.plot(effect, spread, "o", color=LIGHT["factor-III"], markersize=6, zorder=4, clip_on=False)
    axes.set_xlabel(
        Both("mean absolute effect", "snitt av absolutt virkning").seamed(), color=LIGHT["muted"], labelpad=2
    )
    order = [k for k in _order(found)[:NAMED] if np.isfinite(effect[k])]
    _, height = frame(axes)
    spots = apart_from([float(spread[k]) / tall[-1] * height for k in order], 16, height)
    for k, spot in zip(order, spots, strict=True):
        at, place = (float(effect[k]), float(spread[k])), spot / height * tall[-1]
        room = 0.03 * wide[-1]
        axes.plot([at[0], at[0] + room], [at[1], place], color=LIGHT["axis"], linewidth=0.8, zorder=3, clip_on=False)
        axes.text(at[0] + 1.4 * room, place, found.factors[k][:24], va="center_baseline", zorder=5)
    return figure


def _note(found: Sensitivity) -> Both | None:
    said = (
        []
        if found.is_settled
        else [Both("Not settled: more trajectories are needed.", "Ikke satt seg: flere baner trengs.")]
    )
    if found.dropped:
        words = Both(
            "{n} trajectories with a missing run are left out.", "{n} baner med en manglende kjøring er utelatt."
        )
        said.append(words.fill(n=str(found.dropped)))
    return Both(*(" ".join(part) for part in zip(*said, strict=True))) if said else None


def _rows(study: Study, design: str, found: Sensitivity, digits: int) -> list[tuple[Both, ...]]:
    letter = look(study.designs.index(design)).letter
    rows: list[tuple[Both, ...]] = []
    for k in _order(found):
        each = [told(_estimate(found, name, k), digits) for name in ("mu_star", "mu", "sigma")]
        rows.append((parameter_name(study, found.factors[k]), same(letter), *each, STANDINGS[found.standing(k)]))
    return rows


def _estimate(found: Sensitivity, name: str, factor: int) -> Estimate:
    value, low, high = (float(v) for v in found.indices[name][factor])
    return Estimate(value, low, high, found.blocks)
