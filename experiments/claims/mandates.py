"""Claim: mandates without money or indicators change form, not practice (Kortreist kvalitet 7.7; decoupling)."""

from collections.abc import Mapping
from typing import Final

from agents.vocabulary import ELEMENTS, STAGES
from experiments.arms import Arm, Text
from experiments.claim import SCALE, SHARE, Claim, Effect, Figures, Span, sentence
from experiments.diary import Diary

DEMANDED: Final = [ELEMENTS.index(e) for e in ("plan", "roles", "budget", "competence")]  # by the design `duty`
YEARS: Final = (5, 15, 25)
SMALLEST: Final = 0.05  # of the way from no form to a rule, and from no practice to a full one
HALF: Final = 0.5


def arms(span: Span) -> Mapping[str, Arm]:
    """No rule at all; duties alone; the same duties with permanent money."""
    return {
        "nothing": Arm(Text("enthusiasts only", "bare ildsjeler"), "enthusiasts-only"),
        "duty": Arm(
            Text("duties on plan, roles, budget and competence", "plikt til plan, roller, budsjett og kompetanse"),
            "duty",
        ),
        "paid": Arm(Text("the same duties and permanent money", "de samme pliktene og faste midler"), "duty-and-money"),
    }


def read(diary: Diary) -> Figures:
    """Form (mean stage of the demanded elements, 1 a rule) and practice of the same, and what it comes to."""
    span = Span(diary.years[0], diary.years[-1])
    figures = {"part": diary.municipal_part(span.last)}
    for years in YEARS:
        row = diary.at(span.after(years))
        figures[f"form_{years}"] = float(diary.stage[row][:, DEMANDED].mean()) / (len(STAGES) - 1)
        figures[f"practice_{years}"] = float(diary.practice[row][:, DEMANDED].mean())
    return figures


def change(arms: Mapping[str, Figures], arm: str, figure: str) -> float:
    """What an arm changes, against no rule at all."""
    return arms[arm][figure] - arms["nothing"][figure]


def hollow(arms: Mapping[str, Figures], arm: str, years: int) -> float:
    """Change of form less change of practice."""
    return change(arms, arm, f"form_{years}") - change(arms, arm, f"practice_{years}")


def lived(arms: Mapping[str, Figures], arm: str, years: int) -> float:
    """Change of practice as a share of the change of form."""
    form = change(arms, arm, f"form_{years}")
    return change(arms, arm, f"practice_{years}") / form if form > SMALLEST else float("nan")


MANDATES: Final = Claim(
    id="mandates-change-form",
    title=Text(
        "Mandates without money or indicators change form, not practice",
        "Pålegg uten penger eller indikatorer endrer form, ikke praksis",
    ),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "hollow",
            Text(
                "change of form less change of practice after fifteen years of duty",
                "endring i form minus endring i praksis etter femten år med plikt",
            ),
            SCALE,
            lambda a: hollow(a, "duty", 15),
            "above",
            0.0,
            SMALLEST,
        ),
        Effect(
            "lived",
            Text(
                "change of practice as a share of the change of form, after fifteen years",
                "endring i praksis som andel av endringen i form, etter femten år",
            ),
            SHARE,
            lambda a: lived(a, "duty", 15),
            "below",
            HALF,
        ),
        Effect(
            "form",
            Text("change of form after fifteen years", "endring i form etter femten år"),
            SCALE,
            lambda a: change(a, "duty", "form_15"),
        ),
        Effect(
            "practice",
            Text("change of practice after fifteen years", "endring i praksis etter femten år"),
            SCALE,
            lambda a: change(a, "duty", "practice_15"),
        ),
        Effect(
            "lived-soon",
            Text("practice as a share of form after five years", "praksis som andel av form etter fem år"),
            SHARE,
            lambda a: lived(a, "duty", 5),
        ),
        Effect(
            "lived-late",
            Text("practice as a share of form in the last year", "praksis som andel av form det siste året"),
            SHARE,
            lambda a: lived(a, "duty", 25),
        ),
        Effect(
            "lived-paid",
            Text(
                "practice as a share of form after fifteen years where money comes with the duty",
                "praksis som andel av form etter femten år der det følger penger med plikten",
            ),
            SHARE,
            lambda a: lived(a, "paid", 15),
        ),
        Effect(
            "part",
            Text(
                "municipal part of the fall in the last year, duty against nothing",
                "kommunenes del av nedgangen det siste året, plikt mot ingenting",
            ),
            SHARE,
            lambda a: change(a, "duty", "part"),
        ),
        Effect(
            "part-paid", Text("the same with money", "det samme med penger"), SHARE, lambda a: change(a, "paid", "part")
        ),
    ),
    answer=sentence(
        "After fifteen years a duty has moved form by {form:.2f} and practice by {practice:.2f} (0-1): "
        "{lived:.0%} of the form is lived, {lived-paid:.0%} where money comes with it.",
        "Etter femten år har plikten flyttet form med {form:.2f} og praksis med {practice:.2f} (0-1): "
        "{lived:.0%} av formen er levd, {lived-paid:.0%} der det følger penger med.",
    ),
    by_construction=False,
    why=Text(
        "That money, persons and indicators turn form into practice is assumed; how far practice follows "
        "without them, and whether elements that stand together carry each other, emerges.",
        "Det er forutsatt at penger, personer og indikatorer gjør form til praksis; hvor langt praksis følger "
        "etter uten dem, og om elementer som står sammen, bærer hverandre, oppstår i modellen.",
    ),
)
