"""What the worlds of a story gave, in words: comparisons with intervals, what explains them, and answers to guesses.

Worlds are compared pair by pair: two runs with the same seed meet the same luck. Knows nothing of pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from experiments.statistics import quantiles
from viz.app.stories.measures import MEASURES, STEP, Floats
from viz.app.stories.story import Look, Question, Story, both
from viz.app.stories.tale import Tale
from viz.words import Both, capital, measured, number

FEWEST: Final = 5  # pairs, with fewer of which nothing is said about which way
CLEAR: Final = 0.9  # share of the pairs that have to point one way
PER_CENT: Final = Both("per cent", "prosent")
Tales = Mapping[str, Sequence[Tale]]  # by world

WHICH: Final = {"higher": Both("higher", "høyere"), "lower": Both("lower", "lavere")}
FEW: Final = Both(
    "There are too few runs yet to say which way.", "Det er for få kjøringer ennå til å si noe om retningen."
)
NONE: Final = Both(
    "It cannot be told here: too few municipalities have a champion. Choose a larger place.",
    "Det lar seg ikke si her: for få kommuner har en ildsjel. Velg et større sted.",
)


@dataclass(frozen=True)
class Outcome:
    """How a look came out: median and 5-95 % of the pairs, how many point up and down, and in which way that is.

    way: higher, lower, same, unsure; few: not enough pairs; none: no pair has a value.
    """

    way: str
    low: float
    middle: float
    high: float
    up: int
    down: int
    pairs: int


@dataclass(frozen=True)
class Finding:
    """A look in words: what was seen, and what explains it."""

    look: str
    title: Both
    says: Both
    why: Both
    outcome: Outcome


@dataclass(frozen=True)
class Reply:
    """What is said to a prediction: the model's answer in words, and whether the prediction was right (None: open)."""

    says: Both
    is_right: bool | None


def paired(look: Look, tales: Tales) -> Floats:
    """The look in each pair of runs, (n,); NaN where a world has nobody to look at."""
    there = {name: {tale.seed: tale for tale in runs} for name, runs in tales.items()}
    names = [look.world, *filter(None, (look.against,))]
    seeds = sorted(set.intersection(*(set(there[name]) for name in names)))
    return np.array([_value(look, {name: there[name][seed] for name in names}) for seed in seeds])


def _value(look: Look, pair: Mapping[str, Tale]) -> float:
    def changed(measure: str) -> float:
        here = float(pair[look.world].series[measure][look.at])
        if not look.against:
            return here
        there = float(pair[look.against].series[measure][look.at])
        if look.of == "difference":
            return here - there
        return 100.0 * (here / there - 1.0) if there > 0 else float("nan")

    return changed(look.measure) - (changed(look.than) if look.than else 0.0)


def outcome(look: Look, tales: Tales) -> Outcome:
    """How a look comes out over all pairs that have a value."""
    values = paired(look, tales)
    values = values[np.isfinite(values)]
    if not len(values):
        return Outcome("none" if _is_there(look, tales) else "few", float("nan"), float("nan"), float("nan"), 0, 0, 0)
    low, middle, high = (float(q) for q in quantiles(values))
    up, down = int((values > 0).sum()), int((values < 0).sum())
    way = "unsure"
    if len(values) < FEWEST:
        way = "few"
    elif abs(middle) < look.smallest:
        way = "same"
    elif max(up, down) >= CLEAR * len(values):
        way = "higher" if up > down else "lower"
    return Outcome(way, low, middle, high, up, down, len(values))


def _is_there(look: Look, tales: Tales) -> bool:
    return len(paired(look, tales)) >= FEWEST


def findings(story: Story, tales: Tales) -> tuple[Finding, ...]:
    """Every look of a story in words, in its order."""
    return tuple(_finding(story, look, tales) for look in story.looks)


def _finding(story: Story, look: Look, tales: Tales) -> Finding:
    found = outcome(look, tales)
    if found.way == "none":
        return Finding(look.id, both(look.title), NONE, Both("", ""), found)
    if not found.pairs:
        return Finding(look.id, both(look.title), FEW, Both("", ""), found)
    against = both(story.world(look.against).name) if look.against else Both("", "")
    says = _levels(story, look, tales).then(_difference(look, found).fill(o=against))
    why = FEW if found.way == "few" else both(look.why[found.way])  # type: ignore[index]
    return Finding(look.id, both(look.title), says, why, found)


def _levels(story: Story, look: Look, tales: Tales) -> Both:
    """The measures themselves in each world, median over the runs."""
    measure = MEASURES[look.measure]
    year = tales[look.world][0].years[look.at]
    if look.than:
        told = [_level(tales[look.world], name, look.at) for name in (look.measure, look.than)]
        words = Both("“{w}” in {y}: {m} {a}, {o} {b} ({u}).", "«{w}» i {y}: {m} {a}, {o} {b} ({u}).")
        names = {"m": measure.name, "o": MEASURES[look.than].name}
    else:
        told = [_level(tales[world], look.measure, look.at) for world in (look.world, look.against)]
        words = Both("{m} in {y}: {a} in “{w}”, {b} in “{o}” ({u}).", "{m} i {y}: {a} i «{w}», {b} i «{o}» ({u}).")
        names = {"m": capital(measure.name), "o": both(story.world(look.against).name)}
    return words.fill(w=both(story.world(look.world).name), y=str(year), a=told[0], b=told[1], u=measure.unit, **names)


def _level(runs: Sequence[Tale], name: str, at: int) -> Both:
    measure = MEASURES[name]
    return number(float(np.nanmedian([tale.series[name][at] for tale in runs])), measure.digits)


def _difference(look: Look, found: Outcome) -> Both:
    """How much, and in how many pairs."""
    measure, is_up = MEASURES[look.measure], found.middle >= 0
    low, middle, high = (found.low, found.middle, found.high) if is_up else (-found.high, -found.middle, -found.low)
    size, around = measured(low, middle, high, 0 if look.of == "percent" else measure.digits)
    unit = measure.gap if look.of == "difference" else STEP if look.than else PER_CENT
    if not look.than:
        head = Both("It is {m} {u} {w}", "Det er {m} {u} {w}")
    elif look.against:
        head = Both(
            "Against “{o}” the change of the first is {m} {u} {w} than that of the second",
            "Mot «{o}» er endringen i det første {m} {u} {w} enn i det andre",
        )
    else:
        head = Both("The first is {m} {u} {w}", "Det første er {m} {u} {w}")
    tail = Both(
        "({i}), and points that way in {k} of {n} pairs of runs.", "({i}), og peker den veien i {k} av {n} par."
    )
    if not look.against:
        tail = Both("({i}), in {k} of {n} runs.", "({i}), i {k} av {n} kjøringer.")
    which, count = ("higher", found.up) if is_up else ("lower", found.down)
    return head.then(tail).fill(m=size, u=unit, w=WHICH[which], i=around, k=str(count), n=str(found.pairs))


def reply(story: Story, question: Question, said: str, tales: Tales) -> Reply | None:
    """What the runs answer to a prediction; None where nothing, or nothing readable, was predicted.

    said: the number of an option from 0, or the number that was guessed.
    """
    try:
        value = float(said)
    except ValueError:
        return None
    if question.is_choice:
        return _chosen(story, question, value, tales)
    return _guessed(story, question, value, tales)


def _chosen(story: Story, question: Question, value: float, tales: Tales) -> Reply | None:
    if not (value.is_integer() and 0 <= value < len(question.options)):
        return None
    found = outcome(story.look(question.look), tales)
    mine = question.options[int(value)]
    right = next((option for option in question.options if found.way in option.ways), None)
    if right is None:
        return Reply(Both("The runs do not decide it.", "Kjøringene avgjør det ikke."), None)
    words = Both(
        "You said: “{a}” The model, here: “{b}” ({k} of {n} pairs)",
        "Du svarte: «{a}» Modellen, her: «{b}» ({k} av {n} par)",
    )
    count = {"higher": found.up, "lower": found.down}.get(found.way, found.pairs)
    told = words.fill(a=both(mine.text), b=both(right.text), k=str(count), n=str(found.pairs))
    return Reply(told, mine is right)


def answer_of(story: Story, question: Question, tales: Tales) -> tuple[float, float, float] | None:
    """What a guess was about, 5 %, median and 95 % over runs; None where there is no value."""
    if question.measure:
        at = story.look(question.look).at
        values = np.array([tale.series[question.measure][at] for tale in tales[question.world]])
    else:
        values = question.sign * paired(story.look(question.look), tales)
    values = values[np.isfinite(values)]
    return tuple(float(q) for q in quantiles(values)) if len(values) else None  # type: ignore[return-value]


def _guessed(story: Story, question: Question, value: float, tales: Tales) -> Reply | None:
    found = answer_of(story, question, tales)
    if found is None or not np.isfinite(value):
        return None if found is not None else Reply(NONE, None)
    low, middle, high = found
    guess = min(max(value, question.low), question.high)
    size, around = measured(low, middle, high, 0)
    near, off = max(question.step, (question.high - question.low) / 10), abs(guess - middle)
    is_wide = high - low > (question.high - question.low) / 2
    if is_wide:
        judged = Both(
            "The runs spread so widely that no guess is wrong.", "Kjøringene spriker så mye at ingen gjetning er gal."
        )
    elif off <= near:
        judged = Both("Close.", "Godt gjettet.")
    elif guess > middle:
        judged = Both("You guessed too high.", "Du gjettet for høyt.")
    else:
        judged = Both("You guessed too low.", "Du gjettet for lavt.")
    unit = both(question.unit) if question.unit else Both("", "")
    words = Both("You guessed {g}, the model gave {m} {u} ({i}).", "Du gjettet {g}, modellen ga {m} {u} ({i}).")
    told = words.fill(g=number(guess, 0), m=size, u=unit, i=around)
    return Reply(judged.then(told), None if is_wide else off <= near)
