"""Claim: institutionalised work survives the loss of its champion, other work does not (Kortreist kvalitet 7.7)."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.arms import Arm, Text
from experiments.claim import SCALE, SHARE, Claim, Effect, Figures, Span, level, sentence
from experiments.diary import Diary

LOSS: Final = 10  # years after the first in which all champions leave
LATER: Final = 5  # years after the loss at which what is left is looked at
SMALLEST: Final = 0.05  # of what would have been there


def arms(span: Span) -> Mapping[str, Arm]:
    """Today's practice, with and without a year in which all champions leave."""
    return {
        "lost": Arm(
            Text(
                "today's practice; all champions leave in the tenth year",
                "dagens praksis; alle ildsjeler slutter i det tiende året",
            ),
            "todays-practice",
            settings={"shock.champions_year": float(span.after(LOSS))},
        ),
        "kept": Arm(Text("today's practice", "dagens praksis"), "todays-practice"),
    }


def thirds(diary: Diary, row: int) -> dict[str, NDArray[np.bool_]]:
    """Of the municipalities with a champion at the end of a year: the third most, and least, institutionalised."""
    had, strength = diary.champions[row] > 0, diary.town["institutionalisation"][row]
    low, high = np.quantile(strength[had], (1 / 3, 2 / 3)) if had.sum() >= 3 else (np.nan, np.nan)
    return {"strong": had & (strength >= high), "weak": had & (strength <= low)}


def read(diary: Diary) -> Figures:
    """What work there is five years after the loss, in the municipalities that had a champion just before it."""
    first = diary.years[0]
    before = LOSS - 1
    after = min(LOSS + LATER, len(diary.years) - 1)
    lived = diary.practice[after] @ diary.sim.element_weight
    carried = diary.carried[after][:, diary.sim.is_municipal[0]].mean(axis=1)
    columns = {
        "practice": lived,
        "carried": carried,
        "agenda": diary.town["agenda"][after],
        "capacity": diary.town["capacity"][after],
        "champion": (diary.champions[after] > 0).astype(float),
        "started": diary.work("I", first + after) + diary.work("II", first + after) + diary.work("III", first + after),
    }
    figures: dict[str, float] = {}
    for name, which in thirds(diary, before).items():
        strength = diary.town["institutionalisation"][before]
        figures |= {f"{what}_{name}": _mean(values, which) for what, values in columns.items()}
        figures |= {f"before_{name}": _mean(strength, which), f"towns_{name}": float(which.sum())}
    return figures


def _mean(values: NDArray[np.float64], which: NDArray[np.bool_]) -> float:
    return float(values[which].mean()) if which.any() else float("nan")


def left(arms: Mapping[str, Figures], what: str, group: str) -> float:
    """What is left after the loss, as a share of what the same municipalities have without it."""
    without = arms["kept"][f"{what}_{group}"]
    return arms["lost"][f"{what}_{group}"] / without if without > 0 else float("nan")


def spared(arms: Mapping[str, Figures], what: str) -> float:
    """How much more is left in the institutionalised third than in the other."""
    return left(arms, what, "strong") - left(arms, what, "weak")


CHAMPIONS: Final = Claim(
    id="work-outlives-champions",
    title=Text(
        "Institutionalised work survives the loss of its champion, other work does not",
        "Institusjonalisert arbeid overlever at ildsjelen slutter, annet arbeid gjør det ikke",
    ),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "practice",
            Text(
                "how much more of the practice is left five years later where work was institutionalised",
                "hvor mye mer av praksisen som er igjen fem år etter der arbeidet var institusjonalisert",
            ),
            SHARE,
            lambda a: spared(a, "practice"),
            "above",
            0.0,
            SMALLEST,
        ),
        Effect(
            "strong",
            Text(
                "practice left in the most institutionalised third",
                "praksis igjen i den mest institusjonaliserte tredelen",
            ),
            SHARE,
            lambda a: left(a, "practice", "strong"),
        ),
        Effect(
            "weak",
            Text(
                "practice left in the least institutionalised third",
                "praksis igjen i den minst institusjonaliserte tredelen",
            ),
            SHARE,
            lambda a: left(a, "practice", "weak"),
        ),
        Effect(
            "carried",
            Text(
                "how much more of the measures carried out is left", "hvor mye mer av gjennomførte tiltak som er igjen"
            ),
            SHARE,
            lambda a: spared(a, "carried"),
        ),
        Effect(
            "started",
            Text(
                "how much more is left of the measures carried out since the first year",
                "hvor mye mer som er igjen av tiltak gjennomført siden det første året",
            ),
            SHARE,
            lambda a: spared(a, "started"),
        ),
        Effect(
            "agenda",
            Text("how much more of the attention is left", "hvor mye mer av oppmerksomheten som er igjen"),
            SHARE,
            lambda a: spared(a, "agenda"),
        ),
        Effect(
            "capacity",
            Text("how much more of the capacity is left", "hvor mye mer av kapasiteten som er igjen"),
            SHARE,
            lambda a: spared(a, "capacity"),
        ),
        Effect(
            "before-strong",
            Text(
                "institutionalisation of the most institutionalised third before the loss",
                "institusjonalisering i den mest institusjonaliserte tredelen før tapet",
            ),
            SCALE,
            level("kept", "before_strong"),
        ),
        Effect(
            "before-weak",
            Text(
                "institutionalisation of the least institutionalised third before the loss",
                "institusjonalisering i den minst institusjonaliserte tredelen før tapet",
            ),
            SCALE,
            level("kept", "before_weak"),
        ),
    ),
    answer=sentence(
        "Five years after the loss {strong:.0%} of the practice is left in the most institutionalised "
        "third, {weak:.0%} in the least.",
        "Fem år etter tapet er {strong:.0%} av praksisen igjen i den mest institusjonaliserte tredelen, "
        "{weak:.0%} i den minst.",
    ),
    by_construction=False,
    why=Text(
        "That an organisation keeps what it has written down is assumed; how fast it is written down, what "
        "attention, money and elements do when a champion is gone, and how often a new one comes, emerges.",
        "Det er forutsatt at en organisasjon beholder det den har skrevet ned; hvor fort det skrives ned, hva "
        "oppmerksomhet, penger og elementer gjør når ildsjelen er borte, og hvor ofte det kommer en ny, oppstår"
        " i modellen.",
    ),
)
