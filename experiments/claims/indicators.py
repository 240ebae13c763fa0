"""Claim: indicators of total local emissions keep climate on the agenda longer than indicators of own operations."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from experiments.arms import Arm, Text
from experiments.claim import (
    ONE_POINT,
    POINTS,
    SCALE,
    SHARE,
    Claim,
    Contrast,
    Effect,
    Figures,
    Span,
    difference,
    level,
    sentence,
)
from experiments.diary import Diary

LATE: Final = 10  # the last years in which attention is looked at


def arms(span: Span) -> Mapping[str, Arm]:
    """Climate budgets by law, with a standard for the whole community and with one for own operations."""
    own = ({"kind": "indicator_standard"}, {"scope": "own"})
    return {
        "community": Arm(
            Text(
                "climate budget by law, indicators of the whole community",
                "lovfestet klimabudsjett, indikatorer for hele lokalsamfunnet",
            ),
            "climate-budget",
        ),
        "own": Arm(
            Text("the same with indicators of own operations", "det samme med indikatorer for egen drift"),
            "climate-budget",
            change=(own,),
        ),
    }


def read(diary: Diary) -> Figures:
    """Attention in the last years, in three classes of size, and what follows from it."""
    agenda, last = diary.town["agenda"], diary.years[-1]
    late = agenda[-LATE:].mean(axis=0)
    return {
        "late": float(late.mean()),
        "half_way": diary.mean("agenda", Span(diary.years[0], last).after(10)),
        "last": diary.mean("agenda", last),
        "above": float((agenda[-LATE:] > agenda[0]).mean()),
        **{
            name: float(late[diary.sized(name)].mean()) if diary.sized(name).any() else float("nan")
            for name in ("small", "middle", "large")
        },
        "first": float(np.mean(agenda[0])),
        "institutionalisation": diary.mean("institutionalisation", last),
        "part": diary.municipal_part(last),
    }


def more(figure: str) -> Contrast:
    """How much more of a figure indicators of the whole community give."""
    return difference("community", "own", figure)


INDICATORS: Final = Claim(
    id="community-indicators-hold-attention",
    title=Text(
        "Indicators of total local emissions keep climate on the agenda longer than indicators of own operations",
        "Indikatorer for samlede lokale utslipp holder klima på dagsordenen lenger enn indikatorer for egen drift",
    ),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "late",
            Text(
                "attention in the last ten years, whole community against own operations",
                "oppmerksomhet de siste ti årene, hele lokalsamfunnet mot egen drift",
            ),
            SCALE,
            more("late"),
            "above",
            0.0,
            ONE_POINT,
        ),
        Effect("half-way", Text("attention after ten years", "oppmerksomhet etter ti år"), SCALE, more("half_way")),
        Effect("last", Text("attention in the last year", "oppmerksomhet det siste året"), SCALE, more("last")),
        Effect(
            "above",
            Text(
                "part of the last ten years in which attention is above that of the first year",
                "del av de siste ti årene der oppmerksomheten er over det første årets",
            ),
            SHARE,
            more("above"),
        ),
        Effect(
            "small",
            Text(
                "attention in the last ten years, under 5,000 inhabitants",
                "oppmerksomhet de siste ti årene, under 5 000 innbyggere",
            ),
            SCALE,
            more("small"),
        ),
        Effect(
            "large",
            Text(
                "attention in the last ten years, from 20,000 inhabitants",
                "oppmerksomhet de siste ti årene, fra 20 000 innbyggere",
            ),
            SCALE,
            more("large"),
        ),
        Effect(
            "institutionalisation",
            Text("institutionalisation in the last year", "institusjonalisering det siste året"),
            SCALE,
            more("institutionalisation"),
        ),
        Effect(
            "part",
            Text("municipal part of the fall in the last year", "kommunenes del av nedgangen det siste året"),
            POINTS,
            more("part"),
        ),
        Effect(
            "level",
            Text(
                "attention in the last ten years with indicators of own operations",
                "oppmerksomhet de siste ti årene med indikatorer for egen drift",
            ),
            SCALE,
            level("own", "late"),
        ),
    ),
    answer=sentence(
        "With indicators of the whole community attention in the last ten years differs by {late:+.2f} from"
        " the {level:.2f} with those of own operations (0-1).",
        "Med indikatorer for hele lokalsamfunnet skiller oppmerksomheten de siste ti årene seg med "
        "{late:+.2f} fra {level:.2f} med indikatorer for egen drift (0-1).",
    ),
    by_construction=False,
    why=Text(
        "What an indicator shows feeds attention by assumption. Own operations can close their gap by own "
        "measures, but the gap of the whole community is also closed by national policy; which gap stays open "
        "longer emerges.",
        "Det er forutsatt at det indikatoren viser, gir oppmerksomhet. Egen drift kan lukke avstanden til målet"
        " med egne tiltak, men lokalsamfunnets avstand lukkes også av nasjonal politikk; hvilken som står "
        "lengst åpen, oppstår i modellen.",
    ),
)
