"""Claim: level III under pure results management fails (Kortreist kvalitet 7.5, figure 7.1)."""

from collections.abc import Mapping
from typing import Final

from experiments.arms import Arm, Text
from experiments.claim import POINTS, SCALE, SHARE, Claim, Effect, Figures, Span, difference, level, sentence
from experiments.diary import Diary

LEVELS: Final = ("I", "II", "III")
HALF: Final = 0.5  # it fails when more than half of the work is lost


def arms(span: Span) -> Mapping[str, Arm]:
    """All that the report recommends, with leadership as it grows and held at results management."""
    return {
        "strategic": Arm(Text("full transition", "full omstilling"), "full-transition"),
        "results": Arm(
            Text("the same under pure results management", "det samme under ren resultatstyring"),
            "full-transition",
            settings={"leadership.cap": 0.0},
        ),
    }


def read(diary: Diary) -> Figures:
    """Municipal work on each level since the first year, and what it takes off."""
    last = diary.years[-1]
    figures = {f"work_{k}": float(diary.work(k, last).mean()) for k in LEVELS}
    figures |= {f"part_{k}": diary.part_of(k, last) for k in LEVELS}
    return figures | {
        "success": diary.success("III"),
        "mode": diary.mean("mode", last),
    }


def lost(arms: Mapping[str, Figures], figure: str) -> float:
    """Share of a figure that is lost under results management."""
    whole = arms["strategic"][figure]
    return 1.0 - arms["results"][figure] / whole if whole > 0 else float("nan")


LEADERSHIP: Final = Claim(
    id="level-three-needs-leadership",
    title=Text("Level III under pure results management fails", "Nivå III mislykkes under ren resultatstyring"),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "lost",
            Text(
                "municipal work at level III that is lost to the last year",
                "kommunalt arbeid på nivå III som går tapt til det siste året",
            ),
            SHARE,
            lambda a: lost(a, "work_III"),
            "above",
            HALF,
        ),
        Effect(
            "success",
            Text(
                "years of work at level III that succeed under results management",
                "år med arbeid på nivå III som lykkes under resultatstyring",
            ),
            SHARE,
            level("results", "success"),
            "below",
            HALF,
        ),
        Effect(
            "success-strategic",
            Text("the same under strategic leadership", "det samme under strategisk ledelse"),
            SHARE,
            level("strategic", "success"),
        ),
        Effect("lost-II", Text("the same at level II", "det samme på nivå II"), SHARE, lambda a: lost(a, "work_II")),
        Effect("lost-I", Text("the same at level I", "det samme på nivå I"), SHARE, lambda a: lost(a, "work_I")),
        Effect(
            "only-III",
            Text(
                "how much more is lost at level III than at level I",
                "hvor mye mer som går tapt på nivå III enn på nivå I",
            ),
            SHARE,
            lambda a: lost(a, "work_III") - lost(a, "work_I"),
        ),
        Effect(
            "part-III",
            Text(
                "level III's part of the fall, strategic against results management",
                "nivå IIIs del av nedgangen, strategisk ledelse mot resultatstyring",
            ),
            POINTS,
            difference("strategic", "results", "part_III"),
        ),
        Effect(
            "mode",
            Text("mode of leadership that is reached where it may grow", "ledelsesform som nås der den kan vokse"),
            SCALE,
            level("strategic", "mode"),
        ),
    ),
    answer=sentence(
        "Under results management {success:.0%} of the years of work at level III succeed, against "
        "{success-strategic:.0%} under strategic leadership; in the end {lost:.0%} of the work is lost.",
        "Under resultatstyring lykkes {success:.0%} av årene med arbeid på nivå III, mot {success-"
        "strategic:.0%} under strategisk ledelse; til slutt går {lost:.0%} av arbeidet tapt.",
    ),
    by_construction=False,
    why=Text(
        "That work at level III succeeds less often without strategic leadership is put into the model (the "
        "group `fit` of the parameters). Whether it therefore fails, or is only slower because municipalities "
        "try again, emerges.",
        "At arbeid på nivå III sjeldnere lykkes uten strategisk ledelse, er lagt inn i modellen "
        "(parametergruppen `fit`). Om det derfor mislykkes, eller bare går saktere fordi kommunene prøver "
        "igjen, oppstår i modellen.",
    ),
)
