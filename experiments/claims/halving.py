"""Claim: minus 50 per cent in fifteen years needs levels II and III (Kortreist kvalitet 1.1, 6.1)."""

from collections.abc import Mapping
from typing import Final

from experiments.arms import Arm, Text
from experiments.claim import (
    HALF_POINT,
    OPEN,
    REFUTED,
    SHARE,
    SUPPORTED,
    Claim,
    Effect,
    Figures,
    Span,
    Verdict,
    difference,
    level,
    sentence,
)
from experiments.diary import Diary

YEARS: Final = 15
GOAL: Final = 0.5


def arms(span: Span) -> Mapping[str, Arm]:
    """All that the report recommends, with all levels open, without II, without III, and without both."""
    closed: dict[str, tuple[str, ...]] = {"all": (), "no_II": ("II",), "no_III": ("III",), "only_I": ("II", "III")}
    titles = {
        "all": Text("full transition, all levels open", "full omstilling, alle nivåer åpne"),
        "no_II": Text("the same without level II", "det samme uten nivå II"),
        "no_III": Text("the same without level III", "det samme uten nivå III"),
        "only_I": Text("the same without levels II and III", "det samme uten nivå II og III"),
    }
    return {
        name: Arm(titles[name], "full-transition", settings={f"levels.{k}": 0.0 for k in levels})
        for name, levels in closed.items()
    }


def read(diary: Diary) -> Figures:
    """The fall within fifteen years and to the end, in all and per inhabitant."""
    soon, late = Span(diary.years[0], diary.years[-1]).after(YEARS), diary.years[-1]
    return {
        "fall": diary.fall(soon),
        "fall_per_head": diary.fall_per_head(soon),
        "fall_at_end": diary.fall(late),
        "national": diary.part_of("national", soon),
    }


def judged(verdicts: Mapping[str, Verdict]) -> Verdict:
    """Supported when one arm reaches the goal and the other misses it; where both miss it nothing is decided."""
    if verdicts["without"] == REFUTED:
        return REFUTED
    return SUPPORTED if set(verdicts.values()) == {SUPPORTED} else OPEN


HALVING: Final = Claim(
    id="halving-needs-all-levels",
    title=Text(
        "−50 per cent in fifteen years needs levels II and III", "−50 prosent på femten år krever nivå II og III"
    ),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "added",
            Text(
                "what levels II and III add to the fall in fifteen years",
                "det nivå II og III legger til nedgangen på femten år",
            ),
            SHARE,
            difference("all", "only_I", "fall"),
            smallest=HALF_POINT,
        ),
        Effect(
            "with",
            Text("fall in fifteen years with all levels open", "nedgang på femten år med alle nivåer åpne"),
            SHARE,
            level("all", "fall"),
            "above",
            GOAL,
        ),
        Effect(
            "without",
            Text("fall in fifteen years without levels II and III", "nedgang på femten år uten nivå II og III"),
            SHARE,
            level("only_I", "fall"),
            "below",
            GOAL,
        ),
        Effect(
            "II",
            Text("what level II adds to the fall", "det nivå II legger til nedgangen"),
            SHARE,
            difference("all", "no_II", "fall"),
        ),
        Effect(
            "III",
            Text("what level III adds to the fall", "det nivå III legger til nedgangen"),
            SHARE,
            difference("all", "no_III", "fall"),
        ),
        Effect(
            "with-per-head",
            Text("fall per inhabitant with all levels open", "nedgang per innbygger med alle nivåer åpne"),
            SHARE,
            level("all", "fall_per_head"),
        ),
        Effect(
            "national",
            Text(
                "part of the fall that the given national path stands for",
                "del av nedgangen som den gitte nasjonale banen står for",
            ),
            SHARE,
            level("all", "national"),
        ),
        Effect(
            "with-at-end",
            Text("fall to the last year with all levels open", "nedgang til det siste året med alle nivåer åpne"),
            SHARE,
            level("all", "fall_at_end"),
        ),
        Effect(
            "without-at-end",
            Text("fall to the last year without levels II and III", "nedgang til det siste året uten nivå II og III"),
            SHARE,
            level("only_I", "fall_at_end"),
        ),
    ),
    answer=sentence(
        "Within fifteen years emissions fall by {with:.1%} with all levels open, and by {without:.1%} "
        "without levels II and III.",
        "På femten år faller utslippene med {with:.1%} med alle nivåer åpne, og med {without:.1%} uten nivå II og III.",
    ),
    by_construction=False,
    why=Text(
        "The national path and the ceiling of level I are given; how far municipalities, citizens and "
        "businesses get at levels II and III, and whether it is enough, emerges. Where the goal is missed with "
        "all levels open as well, the claim cannot be decided.",
        "Den nasjonale banen og taket for nivå I er gitt; hvor langt kommuner, innbyggere og næringsliv kommer "
        "på nivå II og III, og om det er nok, oppstår i modellen. Nås ikke målet selv med alle nivåer åpne, kan"
        " påstanden ikke avgjøres.",
    ),
    judge=judged,
)
