"""What is left of the institutions in the years after the last champion has gone, by how strong they were."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from viz.canvas import Drawing, Panel, end_labels, panel, ribbon, value_axis
from viz.curves import TINY, short, spread
from viz.palette import LIGHT, look
from viz.results import Results
from viz.words import Both, listed, number, same

MOST = 2.0  # where the picture is cut: what is far above grew for other reasons than the loss
GROUPS = {
    "strong": (Both("strong", "sterke"), "solid", "s", "accent"),
    "weak": (Both("weak", "svake"), (0, (4, 2)), "o", "goal"),
}

CAPTION = Both(
    "Line: median of the losses; ribbon: 5–95 % of them; n below: losses in the group, all runs together. "
    "Solid with squares: institutions strong at the loss. Dashed with circles: weak. "
    "Strong: above the median of all losses in the year before; 0 is the year of the loss. Cut at 200.",
    "Linje: median av tapene; bånd: 5–95 % av dem; n under: tap i gruppen, alle kjøringer samlet. "
    "Heltrukket med firkanter: sterke institusjoner ved tapet. Stiplet med sirkler: svake. "
    "Sterke: over medianen av alle tap året før; 0 er året for tapet. Kuttet ved 200.",
)
HEADER = (
    Both("Design", "Utforming"),
    Both("institutions", "institusjoner"),
    Both("years after", "år etter"),
    Both("left, % (5–95 %)", "igjen, % (5–95 %)"),
    same("n"),
)


def draw(results: Results) -> Drawing | None:
    """The drawing, from the table champion_loss; none when no champion was lost."""
    table = results.tables["champion_loss"]
    table = table[table["design"].isin(results.designs) & table["median"].notna()]
    if table.empty:
        return None
    top, bottom = min(max(1.05, float(table["p95"].max())), MOST), min(0.8, float(table["p05"].min()))
    panels, rows = [], []
    for d, design in enumerate(results.designs):
        own = table[table["design"] == design]
        if own.empty:
            continue
        figure = _panel(own, bottom, top)
        panels.append(Panel(figure, results.title(design), look(d), _counts(own)))
        rows += _rows(results, design, own)
    return Drawing(
        "champions",
        Both("What broke when champions left", "Hva som brast da ildsjelene sluttet"),
        Both(
            "Institutionalisation by years since the last champion left; 100 = the year before",
            "Institusjonalisering etter år siden siste ildsjel sluttet; 100 = året før",
        ),
        CAPTION,
        Both(
            "Line charts for strong and weak institutions; the figures are in the table.",
            "Linjediagrammer for sterke og svake institusjoner; tallene står i tabellen.",
        ),
        tuple(panels),
        HEADER,
        tuple(rows[:60]),
        columns=max(1, min(5, len(panels))),
        is_row=True,
    )


def _panel(own: Any, bottom: float, top: float) -> Figure:
    lags = range(int(own["lag"].max()) + 1)
    figure, axes = panel(*TINY, (34, 50, 10, 26))
    value_axis(axes, bottom, top, scale=100, count=4)
    axes.set_xlim(0, max(lags[-1], 1))
    axes.set_xticks(lags, [str(i) for i in lags])
    axes.axhline(1, color=LIGHT["axis"], linewidth=1, zorder=1)
    _lines(axes, own)
    return figure


def _lines(axes: Axes, own: Any) -> None:
    labels = []
    for group, (name, dash, marker, token) in GROUPS.items():
        part = own[own["group"].astype(str) == group].sort_values("lag")
        if part.empty:
            continue
        ribbon(axes, part["lag"], part["p05"], part["p95"], LIGHT[token])
        axes.plot(
            part["lag"], part["median"], marker, linestyle=dash, color=LIGHT[token], linewidth=2, markersize=4, zorder=4
        )
        labels.append((min(float(part["median"].iloc[-1]), MOST), name, LIGHT[token]))
    end_labels(axes, labels, apart=14, offset=7)


def _counts(own: Any) -> Both:
    """How many losses each group had."""
    parts = []
    for group, (name, *_) in GROUPS.items():
        part = own[own["group"].astype(str) == group]
        if len(part):
            parts.append(Both("{g} {n}", "{g} {n}").fill(g=name, n=number(float(part["n"].max()), 0)))
    return Both("n: ", "n: ").then(listed(parts))


def _rows(results: Results, design: str, own: Any) -> list[tuple[Both, ...]]:
    rows: list[tuple[Both, ...]] = []
    for group, (name, *_) in GROUPS.items():
        part = own[own["group"].astype(str) == group].sort_values("lag")
        for row in part[part["lag"] % 2 == 1].itertuples():
            value = spread(row.p05, row.median, row.p95, 0, 100)
            rows.append((short(results, design, 60), name, same(row.lag), value, number(row.n, 0)))
    return rows
