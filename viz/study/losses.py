"""What is lost with each design where another would have done better: regret over the futures tried."""

from experiments.ranking import Regret, regret
from viz.canvas import Drawing, Panel
from viz.palette import LIGHT, look
from viz.study.marks import across, dot, letters, reach
from viz.study.reading import Study, counted, titled, told
from viz.words import Both, percent

LEAST_FUTURES = 10
CAPTION = Both(
    "Filled: mean regret over futures, with 95 % interval. Hollow: regret in the worst future tried, with its "
    "interval over seeds. Zero: never worse than the best. n = {n}. Luck alone makes designs that are alike regret "
    "a little, the more the fewer the seeds.",
    "Fylt: gjennomsnittlig anger over framtidene, med 95 %-intervall. Hult: anger i den verste framtiden som er "
    "prøvd, med intervall over frø. Null: aldri dårligere enn den beste. n = {n}. Tilfeldigheter alene gir litt "
    "anger også for like utforminger, mer jo færre frø.",
)
HEADER = (
    Both("Design", "Utforming"),
    Both("measure", "mål"),
    Both("mean regret (95 % interval)", "gjennomsnittlig anger (95 %-intervall)"),
    Both("worst regret (95 % interval over seeds)", "verste anger (95 %-intervall over frø)"),
    Both("least mean in % of draws", "minst i snitt i % av trekkene"),
    Both("least worst in % of draws", "minst i verste fall i % av trekkene"),
)


def draw(study: Study) -> list[Drawing]:
    """One drawing with a panel a measure that has a better side; none with fewer than two designs or ten futures."""
    panels, rows, block = [], [], None
    for outcome in study.shown:
        found = study.block(outcome)
        if found is None or len(study.designs) < 2 or not outcome.better or len(found.samples) < LEAST_FUTURES:
            continue
        block, lost = found, regret(found.values, outcome.better)
        figure, axes = across(len(study.designs), *reach([*lost.mean, *lost.worst], 0.0))
        looks = [look(d) for d in range(len(study.designs))]
        for row, style in enumerate(looks):
            ends = [lost.mean[row].value, lost.worst[row].value]
            axes.plot(ends, [row, row], color=LIGHT["axis"], linewidth=1, linestyle=(0, (2, 2)), zorder=2)
            dot(axes, row, lost.mean[row], style)
            dot(axes, row, lost.worst[row], style, is_hollow=True)
        letters(axes, looks)
        panels.append(Panel(figure, titled(outcome)))
        rows += _rows(study, titled(outcome), lost, outcome.digits)
    if block is None:
        return []
    return [
        Drawing(
            "regret",
            Both("What one may come to regret", "Hva en kan komme til å angre"),
            Both("Loss against the best design of each future", "Tap mot den beste utformingen i hver framtid"),
            CAPTION.fill(n=counted(block)),
            Both("Interval chart; the figures are in the table.", "Intervalldiagram; tallene står i tabellen."),
            tuple(panels),
            HEADER,
            tuple(rows),
            columns=min(len(panels), 4),
            is_row=len(panels) == 4,
            has_key=True,
        )
    ]


def _rows(study: Study, title: Both, lost: Regret, digits: int) -> list[tuple[Both, ...]]:
    rows: list[tuple[Both, ...]] = []
    for place in range(len(study.designs)):
        name = study.lettered(place)
        least = percent(float(lost.least_mean[place])), percent(float(lost.least_worst[place]))
        rows.append((name, title, told(lost.mean[place], digits), told(lost.worst[place], digits), *least))
    return rows
