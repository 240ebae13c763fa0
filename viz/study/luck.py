"""What the spread of single runs comes from: uncertain parameters, or luck."""

import numpy as np

from experiments.crossed import Estimate
from experiments.variance import Parts, parts
from viz.canvas import Drawing, Panel
from viz.palette import LIGHT, look
from viz.study.marks import across, letters
from viz.study.reading import Study, counted, told_share, unit_words
from viz.words import Both

TONES = (("factor-III", "parameters"), ("factor-I", "seeds"), ("factor-population", "mixed"))
LEGEND = (
    ("factor-III", Both("uncertain parameters", "usikre parametere")),
    ("factor-I", Both("luck, the same in every future", "tilfeldigheter, like i alle framtider")),
    ("factor-population", Both("luck that depends on the future", "tilfeldigheter som avhenger av framtiden")),
)
HEADER = (
    Both("Design", "Utforming"),
    Both("measure", "mål"),
    Both("parameters, % (95 %)", "parametere, % (95 %)"),
    Both("luck, % (95 %)", "tilfeldigheter, % (95 %)"),
)
CAPTION = Both(
    "How much of the difference between runs of a design is due to what is uncertain and how much to who "
    "leaves, who is elected and who meets whom. Intervals are in the table. n = {n}.",
    "Hvor mye av forskjellen mellom kjøringer av en utforming som skyldes det usikre, og hvor mye som "
    "skyldes hvem som slutter, hvem som velges og hvem som møter hvem. Intervaller står i tabellen. n = "
    "{n}.",
)


def draw(study: Study) -> list[Drawing]:
    """One drawing with a panel a measure, where futures and seeds are both two or more."""
    panels, rows, block = [], [], None
    for outcome in study.shown:
        found = study.block(outcome)
        if found is None or min(found.values.shape[1:]) < 2:
            return []
        block = found
        each = [parts(values) for values in found.values]
        figure, axes = across(len(each), 0.0, 100.0, width=300)
        for row, one in enumerate(each):
            left = 0.0
            for (tone, _), share in zip(TONES, _shares(one), strict=True):
                axes.barh(row, share, left=left, height=0.6, color=LIGHT[tone], edgecolor=LIGHT["paper"], zorder=3)
                left += share
        letters(axes, [look(d) for d in range(len(each))])
        title, _ = unit_words(outcome)
        panels.append(Panel(figure, title))
        for place, one in enumerate(each):
            name = study.lettered(place)
            rows.append((name, title, _told(one.parameter_share), _told(one.luck_share)))
    if block is None:
        return []
    return [
        Drawing(
            "luck",
            Both("Known unknowns, or luck?", "Kjente ukjente, eller tilfeldigheter?"),
            Both("Per cent of the variance of a single run", "Prosent av variansen i én kjøring"),
            CAPTION.fill(n=counted(block)),
            Both("Divided bars; the figures are in the table.", "Delte stolper; tallene står i tabellen."),
            tuple(panels),
            HEADER,
            tuple(rows),
            columns=min(len(panels), 4),
            is_row=len(panels) == 4,
            has_key=True,
            legend=LEGEND,
        )
    ]


def _told(share: Estimate) -> Both:
    return told_share(np.array(share[:3]))


def _shares(one: Parts) -> tuple[float, float, float]:
    total = one.parameters.value + one.seeds.value + one.mixed.value
    if total <= 0:
        return 0.0, 0.0, 0.0
    own, seeds, mixed = (100 * part.value / total for part in (one.parameters, one.seeds, one.mixed))
    return own, seeds, mixed
