"""Each design against the first over the same futures and seeds: mean difference with interval."""

from experiments.contrast import Contrast
from viz.canvas import Drawing, Panel
from viz.palette import LIGHT, look
from viz.study.marks import across, dot, letters, reach
from viz.study.reading import Study, counted, told, unit_words
from viz.words import Both, percent, same

HEADER = (
    Both("Design", "Utforming"),
    Both("measure", "mål"),
    Both("difference (95 % interval)", "forskjell (95 %-intervall)"),
    Both("unit", "enhet"),
    Both("higher in % of pairs (95 % interval)", "høyere i % av parene (95 %-intervall)"),
    Both("in spreads of differences", "i spredninger av forskjellen"),
    Both("in spreads of runs", "i spredninger av kjøringene"),
    Both("pairs", "par"),
    Both("verdict", "dom"),
)
TELLINGS = {
    "higher": Both("higher", "høyere"),
    "lower": Both("lower", "lavere"),
    "cannot be told apart": Both("cannot be told apart", "kan ikke skilles"),
    "identical": Both("identical", "like"),
    "too few": Both("too few pairs", "for få par"),
}
CAPTION = Both(
    "Marker and bar: mean difference with 95 % interval for new futures and seeds; hollow: the two cannot be told "
    "apart. Line at zero: no difference. n = {n}. Among twenty comparisons of designs that are alike, about "
    "one shows a difference by chance.",
    "Merke og strek: snitt av forskjellen med 95 %-intervall for nye framtider og frø; hult: de to kan ikke "
    "skilles fra hverandre. Linje ved null: ingen forskjell. n = {n}. Blant tjue sammenlikninger av like "
    "utforminger viser omtrent én en forskjell ved en tilfeldighet.",
)


def draw(study: Study) -> list[Drawing]:
    """One drawing with a panel a measure; none with a single design or without drawn futures."""
    panels, block = [], None
    for outcome in study.shown:
        against = study.against(outcome)
        if not against:
            return []
        block = study.block(outcome)
        gaps = [c.difference for c in against.values()]
        figure, axes = across(len(gaps), *reach(gaps, 0.0))
        looks = [look(study.designs.index(design)) for design in against]
        for row, (found, style) in enumerate(zip(against.values(), looks, strict=True)):
            dot(axes, row, found.difference, style, is_hollow=found.telling not in ("higher", "lower"))
        axes.axvline(0, color=LIGHT["ink"], linewidth=1.2, zorder=2)
        letters(axes, looks)
        title, unit = unit_words(outcome)
        panels.append(Panel(figure, Both("{t}, {u}", "{t}, {u}").fill(t=title, u=unit), note=_side(outcome.better)))
    if block is None:
        return []
    return [
        Drawing(
            "differences",
            Both("Against “{r}”, pair by pair", "Mot «{r}», par for par").fill(r=study.title(study.designs[0])),
            Both(
                "Both runs of a pair meet the same future and the same luck",
                "Begge kjøringer i et par møter den samme framtiden og de samme tilfeldighetene",
            ),
            CAPTION.fill(n=counted(block)),
            Both("Interval chart; the figures are in the table.", "Intervalldiagram; tallene står i tabellen."),
            tuple(panels),
            HEADER,
            _rows(study),
            columns=min(len(panels), 4),
            is_row=len(panels) == 4,
            has_key=True,
        )
    ]


def _side(better: int) -> Both | None:
    if not better:
        return None
    return Both("less is better", "mindre er bedre") if better < 0 else Both("more is better", "mer er bedre")


def _rows(study: Study) -> tuple[tuple[Both, ...], ...]:
    rows = []
    for outcome in study.outcomes:
        title, unit = unit_words(outcome)
        for design, found in study.against(outcome).items():
            name = study.lettered(study.designs.index(design))
            gap = told(found.difference, outcome.digits, sign=True)
            rows.append((name, title, gap, unit, *_sizes(found), same(found.pairs), TELLINGS[found.telling]))
    return tuple(rows)


def _sizes(found: Contrast) -> tuple[Both, Both, Both]:
    ahead = found.ahead
    share = Both("{m} ({a} to {b})", "{m} ({a} til {b})").fill(
        m=percent(ahead.value), a=percent(ahead.low), b=percent(ahead.high)
    )
    return share, told(found.paired, 1, sign=True), told(found.standardised, 1, sign=True)
