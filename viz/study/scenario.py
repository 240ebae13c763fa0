"""The futures in which a design fails: the box in words, its ranges, and the futures inside and outside."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments import cells
from experiments.crossed import Floats
from experiments.discovery import DiscoveryError, Limit, Scenario, discover
from experiments.facts import Outcome
from experiments.prim import Mask
from viz.canvas import Drawing, Panel, digits_of, nice, panel
from viz.palette import LIGHT, look
from viz.study.marks import across, names
from viz.study.reading import Study, parameter_name, titled
from viz.words import Both, number, percent, same, sharp

WORST = 0.25  # share of all futures and designs called failed where the plan names no limit
BARE = ("0-1", "share", "factor", "weight")  # units that say nothing more beside a number
SEARCHED = ("territorial_last", "institutionalisation_last")  # where the plan names no measure
HEADER = (
    Both("Parameter", "Parameter"),
    Both("design", "utforming"),
    Both("range of the box", "boksens spenn"),
    Both("range of the study", "studiens spenn"),
    Both("again in % of resamples", "igjen i % av nye utvalg"),
    Both("quasi-p", "kvasi-p"),
)


@dataclass(frozen=True, eq=False)
class Failure:
    """What failing means, and how each design fails: its scenario, or None where no box can be looked for."""

    outcome: Outcome
    limit: float  # in the measure's unit
    is_named: bool  # by the plan, and not by the worst quarter
    paths: tuple[str, ...]
    points: Floats
    seeds: int
    hits: dict[str, Mask]
    scenarios: dict[str, Scenario | None]


def failures(study: Study) -> list[Failure]:
    """Failing in the measure that the plan names (`fails = {measure, limit}`), else in emissions and institutions."""
    if study.facts.kind not in ("sample", "list", "sobol") or not study.shown:
        return []
    named = (study.facts.options.get("fails") or {}).get("measure")
    wanted = [o for o in study.outcomes if o.name == named]
    wanted = wanted or [o for o in study.shown if o.name in SEARCHED] or list(study.shown[:1])
    return [found for outcome in wanted if (found := _failure(study, outcome)) is not None]


@cache
def _failure(study: Study, outcome: Outcome) -> Failure | None:
    named = study.facts.options.get("fails") or {}
    block = study.block(outcome)
    paths = tuple(p.path for p in study.facts.parameters)
    if block is None or not outcome.better or not paths:
        return None
    means = block.values.mean(axis=2)
    quantile = WORST if outcome.better > 0 else 1 - WORST
    is_named = "limit" in named
    limit = float(named["limit"]) * outcome.scale if is_named else float(np.quantile(means, quantile))
    points = cells.inputs(study.drawn, paths, block.samples)
    hits = {
        d: np.asarray(means[i] < limit if outcome.better > 0 else means[i] > limit) for i, d in enumerate(block.designs)
    }
    scenarios = {design: _found(points, mask, paths) for design, mask in hits.items()}
    return Failure(outcome, limit, is_named, paths, points, len(block.seeds), hits, scenarios)


def _found(points: Floats, hits: Mask, paths: tuple[str, ...]) -> Scenario | None:
    try:
        return discover(points, hits, paths)
    except DiscoveryError:
        return None


def meaning(found: Failure) -> Both:
    """What failing means here, as a clause."""
    limit = number(found.limit, found.outcome.digits)
    words = (
        Both("{t} above {l}", "{t} over {l}") if found.outcome.better < 0 else Both("{t} below {l}", "{t} under {l}")
    )
    said = words.fill(t=titled(found.outcome), l=limit)
    if found.is_named:
        return said
    return said.then(
        Both("(the worst quarter of all futures and designs)", "(verste fjerdedel av alle framtider og utforminger)")
    )


def read_out(study: Study, design: str, found: Failure) -> Both:
    """One design's failing in a sentence, with how far it is to be trusted."""
    title, hits, scenario = study.title(design), found.hits[design], found.scenarios[design]
    count = Both("{k} of {n} futures", "{k} av {n} framtider").fill(k=number(hits.sum(), 0), n=number(len(hits), 0))
    if scenario is None:
        words = Both(
            "“{t}” fails in {c}: too few on one side to look for a pattern.",
            "«{t}» svikter i {c}: for få på den ene siden til å lete etter et mønster.",
        )
        return words.fill(t=title, c=count)
    if not scenario.is_found:
        words = Both(
            "“{t}” fails in {c}, but in no part of the range more than chance could make it look.",
            "«{t}» svikter i {c}, men ikke mer i noen del av spennet enn en tilfeldighet kunne gitt.",
        )
        return words.fill(t=title, c=count)
    each = [limit_words(study, limit) for limit in scenario.limits]
    words = Both(
        "“{t}” fails in {c}. Most of all where {b}: {d} % of the {k} such futures fail (against {a} % of all), and "
        "they hold {v} % of its failures. In futures not used to find it: {e} % and {w} %.",
        "«{t}» svikter i {c}. Mest der {b}: {d} % av de {k} slike framtidene svikter (mot {a} % av alle), og de "
        "rommer {v} % av tilfellene der den svikter. I framtider som ikke ble brukt til å finne det: {e} % og {w} %.",
    )
    return words.fill(
        t=title,
        c=count,
        b=Both(" and ".join(e.en for e in each), " og ".join(e.nb for e in each)),
        k=number(scenario.inside.sum(), 0),
        d=percent(scenario.density),
        a=percent(scenario.base),
        v=percent(scenario.coverage),
        e=percent(scenario.held_density),
        w=percent(scenario.held_coverage),
    )


def limit_words(study: Study, limit: Limit) -> Both:
    """A restriction in words with its unit."""
    return same(limit.path).then(_range_words(study, limit, is_clause=True))


def _range_words(study: Study, limit: Limit, *, is_clause: bool = False) -> Both:
    known = study.varied(limit.path)
    span = (known.high - known.low) if known else 1.0
    digits = next((d for d in range(4) if span >= 10 ** (2 - d)), 4)
    low, high = (None if v is None else number(v, digits) for v in (limit.low, limit.high))
    if low and high:
        words = Both("between {a} and {b}", "mellom {a} og {b}").fill(a=low, b=high)
    elif low:
        words = Both("above {a}", "over {a}").fill(a=low)
    else:
        words = Both("below {b}", "under {b}").fill(b=high or "")
    words = words if known is None or known.unit in BARE else words.then(same(known.unit))
    return Both(f"is {words.en}", f"er {words.nb}") if is_clause else words


def draw(study: Study) -> list[Drawing]:
    """A drawing a measure, with two panels a design that has a box: its ranges, and futures over its two firmest."""
    return [drawing for found in failures(study) if (drawing := _drawing(study, found)) is not None]


def _drawing(study: Study, found: Failure) -> Drawing | None:
    panels, rows = [], []
    for place, design in enumerate(study.designs):
        scenario = found.scenarios[design]
        if scenario is None or not scenario.is_found:
            continue
        note = _note(scenario)
        panels.append(Panel(_ranges(study, scenario), study.title(design), look(place), note))
        panels.append(Panel(_scatter(study, found, design), Both("futures", "framtider"), look(place)))
        rows += [_row(study, look(place).letter, limit) for limit in scenario.limits]
    if not panels:
        return None
    caption = Both(
        "Failing: {m}. Left: the whole range of each uncertain number, and the part in which the design fails most. "
        "Right: each mark is a future; filled: the design fails; rectangle: the box. n = {n} futures, mean over {s} "
        "seeds.",
        "Svikt: {m}. Til venstre: hele spennet for hvert usikkert tall, og den delen der utformingen svikter mest. Til "
        "høyre: hvert merke er en framtid; fylt: utformingen svikter; rektangel: boksen. n = {n} framtider, snitt over "
        "{s} frø.",
    ).fill(m=meaning(found), n=number(len(found.points), 0), s=str(found.seeds))
    return Drawing(
        f"scenarios-{found.outcome.name.replace('_', '-')}",
        Both("Where a design fails", "Der en utforming svikter"),
        meaning(found),
        caption,
        Both("Ranges and scatter; the figures are in the table.", "Spenn og punkter; tallene står i tabellen."),
        tuple(panels),
        HEADER,
        tuple(rows),
        columns=2,
        is_row=True,
    )


def _note(scenario: Scenario) -> Both:
    words = Both(
        "Coverage {a} %, density {b} % (unseen futures: {c} % and {d} %).",
        "Dekning {a} %, tetthet {b} % (usette framtider: {c} % og {d} %).",
    )
    shares = (scenario.coverage, scenario.density, scenario.held_coverage, scenario.held_density)
    return words.fill(**{k: percent(v) for k, v in zip("abcd", shares, strict=True)})


def _ranges(study: Study, scenario: Scenario) -> Figure:
    figure, axes = across(len(scenario.limits), 0.0, 100.0, width=440, left=190)
    axes.set_ylim(len(scenario.limits) - 0.5, -0.8)
    axes.grid(visible=False)
    axes.set_xticks([0, 100], [Both("least", "minst").seamed(), Both("most", "mest").seamed()])
    for row, limit in enumerate(scenario.limits):
        known = study.varied(limit.path)
        if known is None:
            continue
        span = known.high - known.low
        low = 0.0 if limit.low is None else 100 * (limit.low - known.low) / span
        high = 100.0 if limit.high is None else 100 * (limit.high - known.low) / span
        axes.plot([0, 100], [row, row], color=LIGHT["grid"], linewidth=9, solid_capstyle="butt", zorder=2)
        axes.plot([low, high], [row, row], color=LIGHT["goal"], linewidth=9, solid_capstyle="butt", zorder=3)
        text = _range_words(study, limit).seamed()
        axes.text(0, row - 0.42, text, color=LIGHT["muted"], va="center_baseline", zorder=5)
    names(axes, [limit.path for limit in scenario.limits])
    return figure


def _scatter(study: Study, found: Failure, design: str) -> Figure:
    figure, axes = panel(440, 280, (56, 22, 12, 46))
    scenario, hits = found.scenarios[design], found.hits[design]
    assert scenario is not None
    firm = [limit.path for limit in scenario.limits]
    paths = (firm + [p for p in found.paths if p not in firm])[:2]
    columns = [found.paths.index(p) for p in paths]
    xs, ys = found.points[:, columns[0]], found.points[:, columns[-1]]
    axes.plot(xs[~hits], ys[~hits], "o", markerfacecolor="none", color=LIGHT["axis"], markersize=4, zorder=2)
    axes.plot(xs[hits], ys[hits], "o", color=LIGHT["goal"], markersize=4.5, zorder=3)
    _axis(axes, study, paths[0], "x")
    _axis(axes, study, paths[-1], "y")
    bounds = {limit.path: limit for limit in scenario.limits}
    edges = [_edges(bounds.get(p), axes.get_xlim() if i == 0 else axes.get_ylim()) for i, p in enumerate(paths)]
    (a, b), (c, d) = edges[0], edges[-1]
    axes.add_patch(Rectangle((a, c), b - a, d - c, fill=False, edgecolor=LIGHT["ink"], linewidth=1.6, zorder=4))
    return figure


def _edges(limit: Limit | None, whole: tuple[float, float]) -> tuple[float, float]:
    if limit is None:
        return whole
    return whole[0] if limit.low is None else limit.low, whole[1] if limit.high is None else limit.high


def _axis(axes: Axes, study: Study, path: str, which: str) -> None:
    known = study.varied(path)
    low, high = (known.low, known.high) if known else (0.0, 1.0)
    ticks = nice(low, high, 4)
    ticks = ticks[(ticks >= low - 1e-9) & (ticks <= high + 1e-9)]
    room = 0.02 * (high - low)
    labels = [number(t, digits_of(ticks)).seamed() for t in ticks]
    text = f"{path}, {known.unit}" if known else path
    if which == "x":
        axes.set_xlim(low - room, high + room)
        axes.set_xticks(ticks, labels)
        axes.set_xlabel(text, color=LIGHT["muted"], labelpad=4)
    else:
        axes.set_ylim(low - room, high + room)
        axes.set_yticks(ticks, labels)
        axes.set_ylabel(text, color=LIGHT["muted"], labelpad=4)


def _row(study: Study, letter: str, limit: Limit) -> tuple[Both, ...]:
    known = study.varied(limit.path)
    low, high = (known.low, known.high) if known else (np.nan, np.nan)
    ends = (low if limit.low is None else limit.low, high if limit.high is None else limit.high)
    digits = max(sharp(low, high, 1), sharp(*ends, 1), 2)
    spans = [
        Both("{a} to {b}", "{a} til {b}").fill(a=number(a, digits), b=number(b, digits)) for a, b in (ends, (low, high))
    ]
    small = same("< 0.001") if limit.quasi_p < 0.001 else number(limit.quasi_p, 3)
    return parameter_name(study, limit.path), same(letter), *spans, percent(limit.stability), small
