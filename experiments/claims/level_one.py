"""Claim: level I alone cannot go beyond 20-30 per cent (Kortreist kvalitet 1.1 and 6.2)."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from experiments.arms import SOURCE, Arm, Text
from experiments.claim import HALF_POINT, SHARE, Claim, Effect, Figures, Span, difference, level, sentence
from experiments.diary import Diary
from model.accounts import level_reduction

PUSH: Final = tuple(
    {"attribute": "state", "deontic": "must", "aim": {"level": "I", **aim}, "source": SOURCE}
    for aim in (
        {"kind": "facility", "strength": 1.0},
        {"kind": "information", "strength": 1.0},
        {"kind": "price", "share": 0.5},
    )
)
LIMIT: Final = 0.30  # the upper end of what the report says


def arms(span: Span) -> Mapping[str, Arm]:
    """All that rules can do for level I, the other levels closed; and the same with no level open."""
    closed = {"levels.II": 0.0, "levels.III": 0.0}
    return {
        "alone": Arm(
            Text(
                "full transition and every support for level I; II and III closed",
                "full omstilling og all støtte til nivå I; II og III stengt",
            ),
            "full-transition",
            add=PUSH,
            settings=closed,
        ),
        "none": Arm(
            Text("the same with all levels closed", "det samme med alle nivåer stengt"),
            "full-transition",
            add=PUSH,
            settings={**closed, "levels.I": 0.0},
        ),
    }


def read(diary: Diary) -> Figures:
    """Emissions at the end, and what level I would take off without its ceiling."""
    return {
        "emissions": float(diary.emissions[-1]),
        "half_way": float(diary.emissions[min(15, len(diary.years) - 1)]),
        "without_ceiling": without_ceiling(diary),
    }


def without_ceiling(diary: Diary) -> float:
    """Share of emissions that level I would take off at the end if nothing held it back but the catalogue."""
    sim, cat = diary.sim, diary.sim.catalogue
    change = (sim.uptake - sim.first_uptake) / np.maximum(1.0 - cat.initial_share, 0.05)
    effect = cat.territorial * (1.0 - cat.rebound)[:, None]
    held = sim.openness[0] * level_reduction(change, effect, cat.level, sim.ceilings)[0]
    free = np.einsum("ms,sx->mx", change[:, cat.level == 0], effect[cat.level == 0])
    reference = sim.territorial / (1.0 - held)  # with II and III closed, this is what is emitted without level I
    return float((reference * free).sum() / reference.sum())


def taken_off(arms: Mapping[str, Figures], figure: str) -> float:
    """Share of emissions that level I takes off, against the arm where no level is open."""
    return 1.0 - arms["alone"][figure] / arms["none"][figure]


LEVEL_ONE: Final = Claim(
    id="level-one-limit",
    title=Text("Level I alone cannot go beyond 20–30 per cent", "Nivå I alene kommer ikke lenger enn 20–30 prosent"),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "taken-off",
            Text(
                "emissions that level I alone takes off in the last year",
                "utslipp som nivå I alene tar bort det siste året",
            ),
            SHARE,
            lambda a: taken_off(a, "emissions"),
            "below",
            LIMIT,
            HALF_POINT,
        ),
        Effect(
            "half-way",
            Text("the same after fifteen years", "det samme etter femten år"),
            SHARE,
            lambda a: taken_off(a, "half_way"),
        ),
        Effect(
            "without-ceiling",
            Text(
                "the same in the last year if the level had no ceiling: what the catalogue alone allows",
                "det samme det siste året om nivået ikke hadde noe tak: det katalogen alene tillater",
            ),
            SHARE,
            level("alone", "without_ceiling"),
            "below",
            LIMIT,
            HALF_POINT,
        ),
        Effect(
            "tonnes",
            Text("emissions of the last year that it changes", "utslipp det siste året som det endrer"),
            Text("t CO2e", "t CO2e"),
            difference("alone", "none", "emissions"),
        ),
    ),
    answer=sentence(
        "Level I alone takes off {taken-off:.1%} in the last year; without its ceiling the catalogue would "
        "allow {without-ceiling:.1%}.",
        "Nivå I alene tar bort {taken-off:.1%} det siste året; uten taket ville katalogen tillatt {without-"
        "ceiling:.1%}.",
    ),
    by_construction=True,
    why=Text(
        "The ceiling of level I, 20–30 per cent of a sector, is put into the model, so no run can break it. "
        "What emerges is how much of that room is used, and whether the catalogue alone would allow more.",
        "Taket for nivå I, 20–30 prosent av en sektor, er lagt inn i modellen, så ingen kjøring kan bryte det. "
        "Det som oppstår i modellen, er hvor mye av rommet som brukes, og om katalogen alene ville tillatt mer.",
    ),
    judge=lambda verdicts: verdicts["taken-off"],
)
