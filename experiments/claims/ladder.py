"""Claim: ladder or complacency: early success at level I opens or closes level III (Kortreist kvalitet 7.1, 7.5)."""

from collections.abc import Mapping
from typing import Any, Final

from experiments.arms import SOURCE, Arm, Text
from experiments.claim import ONE_POINT, POINTS, SCALE, Claim, Contrast, Effect, Figures, Span, difference
from experiments.diary import Diary

PUSHED: Final = 7  # years after the first in which the push ends
YEARS: Final = (10, 15, 20, 25)
SIZES: Final = ("small", "middle", "large")
OFF: Final[Mapping[str, Mapping[str, float]]] = {
    "": {},
    "_no_ladder": {"agenda.ladder": 0.0, "start.ladder": 0.0},
    "_no_complacency": {"agenda.complacency": 0.0},
    "_neither": {"agenda.ladder": 0.0, "start.ladder": 0.0, "agenda.complacency": 0.0},
}
TITLES: Final = {
    "": Text("", ""),
    "_no_ladder": Text(" (ladder switched off)", " (stigen slått av)"),
    "_no_complacency": Text(" (complacency switched off)", " (selvtilfredsheten slått av)"),
    "_neither": Text(" (both switched off)", " (begge slått av)"),
}


def arms(span: Span) -> Mapping[str, Arm]:
    """All that the report recommends, with and without an early push on level I; mechanisms switched off in turn."""
    push = [
        {
            "attribute": "state",
            "deontic": "must",
            "aim": {"kind": kind, "level": "I", "strength": 1.0},
            "to": span.after(PUSHED),
            "source": SOURCE,
        }
        for kind in ("facility", "information")
    ]
    made = {}
    for suffix, settings in OFF.items():
        added = TITLES[suffix]
        with_push = Text(
            f"full transition with an early push on level I{added.en}",
            f"full omstilling med en tidlig satsing på nivå I{added.nb}",
        )
        without = Text(f"full transition{added.en}", f"full omstilling{added.nb}")
        made[f"push{suffix}"] = Arm(with_push, "full-transition", add=tuple(push), settings=settings)
        made[f"plain{suffix}"] = Arm(without, "full-transition", settings=settings)
    today = Text("today's practice", "dagens praksis")
    pushed = Text("today's practice with an early push on level I", "dagens praksis med en tidlig satsing på nivå I")
    return made | {
        "push_today": Arm(pushed, "todays-practice", add=tuple(push)),
        "plain_today": Arm(today, "todays-practice"),
    }


def read(diary: Diary) -> Figures:
    """Municipal work at level III by year and by size, and at level I when the push ends."""
    span = Span(diary.years[0], diary.years[-1])
    figures = {f"work_{years}": float(diary.work("III", span.after(years)).mean()) for years in YEARS}
    last = diary.work("III", span.last)
    for name in SIZES:
        which = diary.sized(name)
        figures[name] = float(last[which].mean()) if which.any() else float("nan")
    return figures | {
        "work_I": float(diary.work("I", span.after(PUSHED)).mean()),
        "frame": diary.mean("frame", span.after(15)),
        "agenda": diary.mean("agenda", span.after(15)),
        "part_III": diary.part_of("III", span.last),
    }


def gained(figure: str, suffix: str = "") -> Contrast:
    """What the push changes in a figure."""
    return difference(f"push{suffix}", f"plain{suffix}", figure)


def _after(years: int) -> Effect:
    title = Text(f"municipal work at level III after {years} years", f"kommunalt arbeid på nivå III etter {years} år")
    return Effect(f"after-{years}", title, SCALE, gained(f"work_{years}"))


def _sized(name: str, en: str, nb: str) -> Effect:
    title = Text(f"the same in the last year, {en} inhabitants", f"det samme det siste året, {nb} innbyggere")
    return Effect(name, title, SCALE, gained(name))


WINNERS: Final = {
    "ladder": Text("the ladder wins", "vinner stigen"),
    "complacency": Text("complacency wins", "vinner selvtilfredsheten"),
    "neither": Text("neither wins by a size that matters", "vinner ingen av dem så det betyr noe"),
    "open": Text("it cannot be told", "er det ikke mulig å si"),
}


def winner(low: float, high: float) -> str:
    """Which of `WINNERS` an interval of what the push changes speaks for."""
    if low > ONE_POINT:
        return "ladder"
    if high < -ONE_POINT:
        return "complacency"
    return "neither" if low >= -ONE_POINT and high <= ONE_POINT else "open"


def answered(effects: Mapping[str, Mapping[str, Any]]) -> Text:
    """Which of the two wins, by how long after the first year."""
    names = {**{years: f"after-{years}" for years in YEARS[:-1]}, YEARS[-1]: "work"}
    winners: dict[str, list[str]] = {}
    for years, name in names.items():
        if effects[name]["low"] is not None:
            who = winner(effects[name]["low"], effects[name]["high"])
            winners.setdefault(who, []).append(str(years))
    en = "; ".join(f"after {', '.join(years)} years {WINNERS[who].en}" for who, years in winners.items())
    nb = "; ".join(f"etter {', '.join(years)} år {WINNERS[who].nb}" for who, years in winners.items())
    return Text(f"{en[:1].upper()}{en[1:]}." if en else "", f"{nb[:1].upper()}{nb[1:]}." if nb else "")


LADDER: Final = Claim(
    id="ladder-beats-complacency",
    title=Text(
        "Ladder or complacency: early success at level I opens level III rather than closes it",
        "Stige eller selvtilfredshet: tidlig suksess på nivå I åpner nivå III heller enn å stenge det",
    ),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "work",
            Text(
                "what an early push on level I changes in municipal work at level III, last year",
                "det en tidlig satsing på nivå I endrer i kommunalt arbeid på nivå III, siste år",
            ),
            SCALE,
            gained("work_25"),
            "above",
            0.0,
            ONE_POINT,
        ),
        *(_after(years) for years in YEARS[:-1]),
        _sized("small", "under 5,000", "under 5 000"),
        _sized("middle", "5,000 to 20,000", "5 000 til 20 000"),
        _sized("large", "from 20,000", "fra 20 000"),
        Effect(
            "ladder",
            Text(
                "the same with complacency switched off: the ladder alone",
                "det samme med selvtilfredsheten slått av: stigen alene",
            ),
            SCALE,
            gained("work_25", "_no_complacency"),
        ),
        Effect(
            "complacency",
            Text(
                "the same with the ladder switched off: complacency alone",
                "det samme med stigen slått av: selvtilfredsheten alene",
            ),
            SCALE,
            gained("work_25", "_no_ladder"),
        ),
        Effect(
            "neither",
            Text(
                "the same with both switched off: money, capacity and luck",
                "det samme med begge slått av: penger, kapasitet og flaks",
            ),
            SCALE,
            gained("work_25", "_neither"),
        ),
        Effect(
            "today",
            Text("the same under today's practice", "det samme under dagens praksis"),
            SCALE,
            gained("work_25", "_today"),
        ),
        Effect(
            "frame",
            Text("width of the frame after fifteen years", "hvor vidt saken forstås etter femten år"),
            SCALE,
            gained("frame"),
        ),
        Effect(
            "agenda", Text("attention after fifteen years", "oppmerksomhet etter femten år"), SCALE, gained("agenda")
        ),
        Effect(
            "part-III",
            Text("level III's part of the fall in the last year", "nivå IIIs del av nedgangen det siste året"),
            POINTS,
            gained("part_III"),
        ),
        Effect(
            "push",
            Text("municipal work at level I when the push ends", "kommunalt arbeid på nivå I når satsingen tar slutt"),
            SCALE,
            gained("work_I"),
        ),
    ),
    answer=answered,
    by_construction=False,
    why=Text(
        "Both mechanisms are assumed and pull against each other; which of them wins, when, and in which "
        "municipalities, emerges. Supported: the ladder wins; not supported: complacency wins, or neither "
        "matters.",
        "Begge mekanismene er forutsatt og trekker hver sin vei; hvilken som vinner, når, og i hvilke kommuner,"
        " oppstår i modellen. Støttet: stigen vinner; ikke støttet: selvtilfredsheten vinner, eller ingen av "
        "dem betyr noe.",
    ),
)
