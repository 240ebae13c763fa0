"""What every claim shares: its arms, what is read of them, and how intervals become a verdict. Knows no claim."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from experiments.arms import Arm, Text

if TYPE_CHECKING:
    from experiments.diary import Diary

Figures = Mapping[str, float]
Contrast = Callable[[Mapping[str, Figures]], float]  # of the figures of each arm, by name
Verdict = Literal["supported", "not supported", "undecided"]
SUPPORTED: Final[Verdict] = "supported"
REFUTED: Final[Verdict] = "not supported"
OPEN: Final[Verdict] = "undecided"

# Smallest effects of practical size: our judgement, close to that in the report of a run.
POINTS: Final = Text("share of first year's emissions", "andel av utslippene det første året")
HALF_POINT: Final = 0.005  # of the first year's emissions: about 0.04 t per inhabitant
SCALE: Final = Text("0-1", "0-1")
ONE_POINT: Final = 0.01  # of a scale from 0 to 1
SHARE: Final = Text("share", "andel")


class Span(NamedTuple):
    """First and last year of a claim's runs."""

    first: int
    last: int

    def after(self, years: int) -> int:
        """So many years after the first, at most the last."""
        return min(self.first + years, self.last)


@dataclass(frozen=True)
class Effect:
    """One figure of a claim: a contrast between arms that met the same luck.

    value: from the figures of each arm in one pair of runs. holds: what the claim says of it: that it lies above or
    below `limit`, or within `smallest` of it; None: only told. A difference up to `smallest` has no practical size.
    """

    name: str
    title: Text
    unit: Text
    value: Contrast
    holds: Literal["above", "below", "within"] | None = None
    limit: float = 0.0
    smallest: float = 0.0


@dataclass(frozen=True)
class Claim:
    """A claim of the report as an experiment; its first effect is the headline.

    arms: by name, for the years of the runs; read: the figures of one run; judge: from the verdicts of the effects that
    are tested, by name; answer: a sentence made of the effects, by name, where a verdict does not say enough; why: why
    it holds by construction, or what of it emerges.
    """

    id: str
    title: Text
    arms: Callable[[Span], Mapping[str, Arm]]
    read: Callable[["Diary"], Figures]
    effects: tuple[Effect, ...]
    by_construction: bool
    why: Text
    judge: Callable[[Mapping[str, Verdict]], Verdict] = lambda verdicts: all_of(verdicts)
    answer: Callable[[Mapping[str, Mapping[str, Any]]], Text] = lambda effects: Text("", "")


def verdict_of(effect: Effect, low: float, high: float) -> Verdict:
    """The verdict of a tested effect from the ends of its interval.

    Supported: the whole interval is beyond the smallest effect in the direction of the claim. Not supported: the whole
    interval is on the other side or too small to matter. Undecided: anything else.

    >>> text = Text("a", "b")
    >>> effect = Effect("x", text, text, value=len, holds="above", smallest=1.0)
    >>> verdict_of(effect, 1.1, 3.0), verdict_of(effect, -4.0, 1.0), verdict_of(effect, 0.5, 2.0)
    ('supported', 'not supported', 'undecided')
    """
    low, high, margin = low - effect.limit, high - effect.limit, effect.smallest
    if effect.holds == "within":
        if -margin <= low and high <= margin:
            return SUPPORTED
        return REFUTED if low > margin or high < -margin else OPEN
    if effect.holds == "below":
        low, high = -high, -low
    if low > margin:
        return SUPPORTED
    return REFUTED if high <= margin else OPEN


def all_of(verdicts: Mapping[str, Verdict]) -> Verdict:
    """Supported when every tested effect is; not supported as soon as one is not.

    >>> all_of({"a": "supported", "b": "undecided"}), all_of({"a": "undecided", "b": "not supported"})
    ('undecided', 'not supported')
    """
    told = set(verdicts.values())
    return REFUTED if REFUTED in told else OPEN if OPEN in told or not told else SUPPORTED


def sentence(en: str, nb: str) -> Callable[[Mapping[str, Mapping[str, Any]]], Text]:
    """A sentence with the means of effects in it by name; empty where one of them is missing.

    >>> sentence("{a:.1%} is left", "{a:.1%} er igjen")({"a": {"effect": 0.5}})
    Text(en='50.0% is left', nb='50,0 % er igjen')
    """

    def filled(effects: Mapping[str, Mapping[str, Any]]) -> Text:
        means = {name: effect["effect"] for name, effect in effects.items() if effect["effect"] is not None}
        try:
            told = en.format(**means), nb.format(**means)
        except KeyError:
            return Text("", "")
        return Text(_minus(told[0]), _minus(_norwegian(told[1])))

    return filled


def _norwegian(text: str) -> str:
    """Numbers as Norwegian writes them: a comma, and a space before the sign for per cent."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text).replace("%", " %")


def _minus(text: str) -> str:
    return re.sub(r"(?<=\s)-(?=\d)", "−", text)


def difference(one: str, other: str, figure: str) -> Contrast:
    """How much more of a figure one arm has than another."""
    return lambda arms: arms[one][figure] - arms[other][figure]


def level(arm: str, figure: str) -> Contrast:
    """A figure of one arm as it is."""
    return lambda arms: arms[arm][figure]
