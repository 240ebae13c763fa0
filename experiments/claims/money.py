"""Claim: permanent finance beats project finance of equal sum (Kortreist kvalitet 1.1, 7.7)."""

from collections.abc import Mapping
from typing import Final

from experiments.arms import Arm, Text
from experiments.claim import (
    HALF_POINT,
    ONE_POINT,
    POINTS,
    SCALE,
    Claim,
    Contrast,
    Effect,
    Figures,
    Span,
    difference,
    sentence,
)
from experiments.diary import Diary

NOK: Final = Text("million NOK", "millioner kroner")


def arms(span: Span) -> Mapping[str, Arm]:
    """Project grants; and in each pair of runs permanent money of exactly the sums that these paid, year by year."""
    projects = Arm(Text("project grants", "prosjekttilskudd"), "project-grants")
    lasting = Arm(
        Text("permanent finance of the sums paid as grants", "fast finansiering av det som ble utbetalt i tilskudd"),
        "permanent-finance",
        paid_as=projects,
    )
    matched = Text(
        "the same, and the municipalities' own share of the projects",
        "det samme, og kommunenes egenandel i prosjektene",
    )
    return {
        "projects": projects,
        "permanent": lasting,
        "matched": Arm(matched, "permanent-finance", paid_as=projects, is_matched=True),
    }


def read(diary: Diary) -> Figures:
    """Municipal part of the fall, institutions, and what was paid."""
    last = diary.years[-1]
    return {
        "part": diary.municipal_part(last),
        "half_way": diary.municipal_part(Span(diary.years[0], last).after(15)),
        "institutionalisation": diary.mean("institutionalisation", last),
        "agenda": diary.mean("agenda", last),
        "state": float((diary.money["project"] + diary.money["permanent"]).sum()) / 1e6,
        "own": float(diary.money["own"].sum()) / 1e6,
        **{f"part_{k}": diary.part_of(k, last) for k in ("I", "II", "III")},
    }


def more(figure: str) -> Contrast:
    """How much more of a figure permanent money gives."""
    return difference("permanent", "projects", figure)


MONEY: Final = Claim(
    id="permanent-beats-project",
    title=Text(
        "Permanent finance beats project finance of equal sum",
        "Fast finansiering slår prosjektfinansiering av samme sum",
    ),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "part",
            Text(
                "municipal part of the fall in the last year, permanent against project money",
                "kommunenes del av nedgangen det siste året, faste midler mot prosjektmidler",
            ),
            POINTS,
            more("part"),
            "above",
            0.0,
            HALF_POINT,
        ),
        Effect(
            "matched",
            Text(
                "the same where permanent money also makes up for the municipalities' own share",
                "det samme der faste midler også erstatter kommunenes egenandel",
            ),
            POINTS,
            difference("matched", "projects", "part"),
        ),
        Effect("half-way", Text("the same after fifteen years", "det samme etter femten år"), POINTS, more("half_way")),
        Effect(
            "institutionalisation",
            Text("institutionalisation in the last year", "institusjonalisering det siste året"),
            SCALE,
            more("institutionalisation"),
            smallest=ONE_POINT,
        ),
        Effect("agenda", Text("attention in the last year", "oppmerksomhet det siste året"), SCALE, more("agenda")),
        *(
            Effect(
                f"part-{k}",
                Text(f"level {k}'s part of the fall", f"nivå {k} sin del av nedgangen"),
                POINTS,
                more(f"part_{k}"),
            )
            for k in ("I", "II", "III")
        ),
        Effect(
            "state",
            Text(
                "money from the state over all years: a check that the sums are equal",
                "penger fra staten over alle år: en kontroll av at summene er like",
            ),
            NOK,
            more("state"),
        ),
        Effect(
            "own",
            Text("the municipalities' own money over all years", "kommunenes egne penger over alle år"),
            NOK,
            more("own"),
        ),
    ),
    answer=sentence(
        "For the same money from the state, permanent finance changes the fall by {part:+.1%} of the first "
        "year's emissions; where it also makes up for the municipalities' own share of the projects, by "
        "{matched:+.1%}.",
        "For de samme pengene fra staten endrer fast finansiering nedgangen med {part:+.1%} av utslippene "
        "det første året; der den også erstatter kommunenes egenandel i prosjektene, med {matched:+.1%}.",
    ),
    by_construction=False,
    why=Text(
        "That project results must survive the end of their money is assumed. But projects also start work at "
        "once, draw the municipalities' own money and teach how to apply; which weighs more emerges.",
        "Det er forutsatt at prosjektresultater må overleve at pengene tar slutt. Men prosjekter setter også i "
        "gang arbeid med en gang, utløser kommunens egne penger og lærer den å søke; hva som veier mest, "
        "oppstår i modellen.",
    ),
)
