"""Claim: collaboration across levels, citizens and businesses spreads sharing and circular solutions and keeps them."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import CHOOSERS
from experiments.arms import Arm, Pattern, Text
from experiments.claim import (
    ONE_POINT,
    OPEN,
    SHARE,
    SUPPORTED,
    Claim,
    Contrast,
    Effect,
    Figures,
    Span,
    Verdict,
    difference,
    sentence,
)
from experiments.diary import Diary

ENDS: Final = 10  # years after the first in which support ends
LATER: Final = 15  # years after the end of support
KINDS: Final = ("sharing", "circular")
TOGETHER: Final[tuple[Pattern, ...]] = (
    {"kind": "arena"},
    {"kind": "network"},
    {"kind": "duty", "element": "network"},
    {"kind": "pooled_staff"},
)
SUPPORT: Final[tuple[Pattern, ...]] = ({"kind": "facility"}, {"kind": "price"}, {"kind": "information"})


def arms(span: Span) -> Mapping[str, Arm]:
    """All that the report recommends with support for solutions that ends; with and without ways to work together."""
    year = span.after(ENDS)
    support = tuple((pattern, year) for pattern in SUPPORT)
    together = tuple((pattern, year) for pattern in TOGETHER)
    return {
        "together": Arm(
            Text(
                "full transition; support, arenas, networks and shared staff end after ten years",
                "full omstilling; støtte, arenaer, nettverk og delt fagstab tar slutt etter ti år",
            ),
            "full-transition",
            end=support + together,
        ),
        "apart": Arm(
            Text(
                "the same support without arenas, networks and shared staff",
                "samme støtte uten arenaer, nettverk og delt fagstab",
            ),
            "full-transition",
            drop=TOGETHER,
            end=support,
        ),
        "standing": Arm(
            Text(
                "the same support; arenas, networks and shared staff go on",
                "samme støtte; arenaer, nettverk og delt fagstab fortsetter",
            ),
            "full-transition",
            end=support,
        ),
    }


def chosen(diary: Diary, *choosers: str) -> NDArray[np.bool_]:
    """Sharing and circular solutions that the named choose, (S,)."""
    cat = diary.sim.catalogue
    who = np.isin(cat.chooser, [CHOOSERS.index(name) for name in choosers])
    return who & np.array([one.kind in KINDS for one in cat.solutions])


def read(diary: Diary) -> Figures:
    """Use of sharing and circular solutions when support ends and long after."""
    span = Span(diary.years[0], diary.years[-1])
    end, later = span.after(ENDS), span.after(ENDS + LATER)
    figures = {}
    for name, year in (("end", end), ("later", later)):
        figures[name] = diary.use(chosen(diary, "citizens", "businesses"), year)
        figures |= {f"{who}_{name}": diary.use(chosen(diary, who), year) for who in ("citizens", "businesses")}
        figures[f"supply_{name}"] = float(diary.supply[diary.at(year)][chosen(diary, "citizens")].mean())
        figures[f"footprint_{name}"] = float(diary.footprint[diary.at(year)] / diary.footprint[0])
    return figures | {"first": diary.use(chosen(diary, "citizens", "businesses"), span.first)}


def gained(arms: Mapping[str, Figures], arm: str) -> float:
    """Part of the use gained under support that is left fifteen years later; more than 1 when it has grown."""
    won = arms[arm]["end"] - arms[arm]["first"]
    return (arms[arm]["later"] - arms[arm]["first"]) / won if won > 0 else float("nan")


def more(figure: str) -> Contrast:
    """How much more of a figure there is with ways to work together."""
    return difference("together", "apart", figure)


def judged(verdicts: Mapping[str, Verdict]) -> Verdict:
    """What is there long after support has ended decides; where it was not there when support ended, it came late."""
    if verdicts["later"] == SUPPORTED:
        return SUPPORTED if verdicts["end"] == SUPPORTED else OPEN
    return verdicts["later"]


COLLABORATION: Final = Claim(
    id="collaboration-spreads-and-keeps",
    title=Text(
        "Collaboration across levels, citizens and businesses spreads sharing and circular solutions further "
        "and keeps them",
        "Samarbeid på tvers av nivåer, innbyggere og næringsliv sprer dele- og sirkulærløsninger lenger og bevarer dem",
    ),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "end",
            Text(
                "use when support ends, with against without collaboration",
                "bruk når støtten tar slutt, med mot uten samarbeid",
            ),
            SHARE,
            more("end"),
            "above",
            0.0,
            ONE_POINT,
        ),
        Effect(
            "later",
            Text("use fifteen years after support ended", "bruk femten år etter at støtten tok slutt"),
            SHARE,
            more("later"),
            "above",
            0.0,
            ONE_POINT,
        ),
        Effect(
            "kept",
            Text(
                "how much more of the use gained is left fifteen years later",
                "hvor mye mer av den vunne bruken som er igjen femten år etter",
            ),
            SHARE,
            lambda a: gained(a, "together") - gained(a, "apart"),
        ),
        Effect(
            "kept-alone",
            Text(
                "part of the use gained that is left without collaboration",
                "del av den vunne bruken som er igjen uten samarbeid",
            ),
            SHARE,
            lambda a: gained(a, "apart"),
        ),
        Effect(
            "citizens",
            Text("use by citizens, fifteen years after", "innbyggernes bruk, femten år etter"),
            SHARE,
            more("citizens_later"),
        ),
        Effect(
            "businesses",
            Text("practice in businesses, fifteen years after", "praksis i bedrifter, femten år etter"),
            SHARE,
            more("businesses_later"),
        ),
        Effect(
            "supply",
            Text("supply within reach, fifteen years after", "tilbud innen rekkevidde, femten år etter"),
            SHARE,
            more("supply_later"),
        ),
        Effect(
            "footprint",
            Text(
                "footprint against that of the first year, fifteen years after",
                "fotavtrykk mot det første årets, femten år etter",
            ),
            SHARE,
            more("footprint_later"),
        ),
        Effect(
            "standing",
            Text(
                "use fifteen years after where collaboration goes on, against none",
                "bruk femten år etter der samarbeidet fortsetter, mot uten",
            ),
            SHARE,
            difference("standing", "apart", "later"),
        ),
    ),
    answer=sentence(
        "Collaboration adds {end:.1%} of possible users when support ends, and {later:.1%} fifteen years later.",
        "Samarbeid legger til {end:.1%} av mulige brukere når støtten tar slutt, og {later:.1%} femten år etter.",
    ),
    judge=judged,
    by_construction=False,
    why=Text(
        "Joint owners withdraw less and arenas widen the frame by assumption; whether that shows in what "
        "citizens and businesses use, and lasts when support has ended, emerges.",
        "Det er forutsatt at medeiere trekker seg sjeldnere, og at arenaer utvider forståelsen; om det viser "
        "seg i det innbyggere og bedrifter bruker, og varer etter at støtten er borte, oppstår i modellen.",
    ),
)
