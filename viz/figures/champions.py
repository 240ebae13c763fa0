"""What losing the last champion does to institutions, against municipalities that kept one, by how strong they were."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from viz.canvas import Drawing, Panel, end_labels, panel, ribbon, value_axis
from viz.curves import TINY, run_count, short, spread
from viz.palette import LIGHT, look
from viz.results import Results, ResultsError
from viz.words import Both, listed, number, same

NEEDED = (
    *("n_kept", "threshold", "before_lost"),
    *(f"{arm}_{name}" for arm in ("lost", "kept") for name in ("median", "p05", "p95")),
)
GROUPS = {
    "strong": (Both("strong", "sterke"), "solid", "s", "accent"),
    "weak": (Both("weak", "svake"), (0, (4, 2)), "o", "goal"),
}

CAPTION = Both(
    "Each year, municipalities that lost their last champion are compared with those of the same run that kept one and "
    "stood about equally high the year before; what happens later is free in both. Line: median of the runs "
    "(n = {n}); ribbon: 5–95 % of them; zero: no different from where a champion stayed; n below: losses, all runs "
    "together. Solid with squares: institutions that were strong, above {t} points of 100 the year before (the median "
    "of all losses). Dashed with circles: weak. 0 is the year of the loss.",
    "Hvert år sammenlignes kommuner som mistet sin siste ildsjel, med kommuner i samme kjøring som beholdt en og sto "
    "omtrent like høyt året før; det som skjer siden, er fritt i begge. Linje: median av kjøringene (n = {n}); "
    "bånd: 5–95 % av dem; null: som der en ildsjel ble; n under: tap, alle kjøringer samlet. "
    "Heltrukket med firkanter: institusjoner som var sterke, over {t} poeng av 100 året før (medianen av alle tap). "
    "Stiplet med sirkler: svake. 0 er året for tapet.",
)
HEADER = (
    Both("Design", "Utforming"),
    Both("institutions", "institusjoner"),
    Both("years after", "år etter"),
    Both("points the year before", "poeng året før"),
    Both("change, lost (5–95 %)", "endring, mistet (5–95 %)"),
    Both("change, kept (5–95 %)", "endring, beholdt (5–95 %)"),
    Both("difference (5–95 %)", "forskjell (5–95 %)"),
    Both("n lost / kept", "n mistet / beholdt"),
)


def effects(results: Results) -> Any:
    """The rows of the table champion_loss that have a difference; raises ResultsError when it knows no controls."""
    table = results.tables["champion_loss"]
    missing = [c for c in NEEDED if c not in table.columns]
    if missing:
        raise ResultsError(
            f"{results.folder}/tables/champion_loss.parquet: column(s) {', '.join(missing)} missing; "
            "the table was written by another version; run the study again"
        )
    return table[table["design"].isin(results.designs) & table["median"].notna()]


def draw(results: Results) -> Drawing | None:
    """The drawing, from the table champion_loss; none when no champion was lost."""
    table = effects(results)
    if table.empty:
        return None
    bottom, top = min(0.0, float(table["p05"].min())), max(0.0, float(table["p95"].max()))
    panels, rows = [], []
    for d, design in enumerate(results.designs):
        own = table[table["design"] == design]
        if own.empty:
            continue
        panels.append(Panel(_panel(own, bottom, top), results.title(design), look(d), _counts(own)))
        rows += _rows(results, design, own)
    return Drawing(
        "champions",
        Both("What broke when champions left", "Hva som brast da ildsjelene sluttet"),
        Both(
            "Institutionalisation, points of 100: lost the last champion less kept one, by years since the loss",
            "Institusjonalisering, poeng av 100: mistet siste ildsjel minus beholdt en, etter år siden tapet",
        ),
        CAPTION.fill(n=run_count(results), t=number(float(table["threshold"].iloc[0]) * 100, 1)),
        Both(
            "Line charts of the difference for strong and weak institutions; the figures are in the table.",
            "Linjediagrammer over forskjellen for sterke og svake institusjoner; tallene står i tabellen.",
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
    value_axis(axes, bottom, top, scale=100, count=6)
    axes.set_xlim(0, max(lags[-1], 1))
    axes.set_xticks(lags, [str(i) for i in lags])
    axes.axhline(0, color=LIGHT["ink"], linewidth=1.2, zorder=3)
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
        labels.append((float(part["median"].iloc[-1]), name, LIGHT[token]))
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
        for row in part[part["lag"] % 2 == 1].to_dict("records"):
            values = [
                spread(row[f"{arm}p05"], row[f"{arm}median"], row[f"{arm}p95"], 1, 100)
                for arm in ("lost_", "kept_", "")
            ]
            count = Both("{a} / {b}", "{a} / {b}").fill(a=number(row["n"], 0), b=number(row["n_kept"], 0))
            before = number(row["before_lost"] * 100, 1)
            rows.append((short(results, design, 60), name, same(row["lag"]), before, *values, count))
    return rows
