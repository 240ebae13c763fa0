"""What can colour the municipalities: quantities with their unit, their classes, and the classes of a difference.

Classes are the same for every design, place and year, so that one map can be held against another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from model.solutions import load_catalogue
from viz.app.texts import Voice
from viz.palette import CLASSES
from viz.words import Both, number

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shade:
    """One quantity. scale: from what is recorded to what is shown; bounds: inner bounds of its classes, as shown.

    apart: upper bounds of the classes of a difference, mirrored below nought; better: 1 where more is better, -1 where
    less is, 0 where neither.
    """

    name: str
    unit: str
    bounds: tuple[float, ...]
    apart: tuple[float, float, float]
    scale: float = 100.0
    digits: int = 0
    better: int = 1
    is_count: bool = False

    @property
    def mirrored(self) -> tuple[float, ...]:
        """Inner bounds of the seven classes of a difference."""
        return (*(-bound for bound in reversed(self.apart)), *self.apart)


_SHARES: Final = (10.0, 25.0, 40.0, 55.0, 70.0, 85.0)
_USES: Final = (5.0, 10.0, 20.0, 35.0, 50.0, 70.0)
_POINTS: Final = (3.0, 15.0, 40.0)
SHADES: Final = (
    Shade("institutionalisation", "points", _SHARES, _POINTS),
    Shade("territorial_per_inhabitant", "tonnes", (1, 2, 3, 5, 8, 15), (0.1, 0.5, 1.5), 1, 1, -1),
    Shade("reduction_share", "percent", (10, 20, 30, 40, 50, 60), (1, 4, 10)),
    Shade("footprint_per_inhabitant", "tonnes", (2, 4, 5, 6, 7, 8), (0.1, 0.3, 0.8), 1, 1, -1),
    Shade("elements", "elements", (1, 3, 5, 7, 9, 11), (0.5, 2.5, 4.5), 1, is_count=True),
    Shade("agenda", "points", _SHARES, _POINTS),
    Shade("champions", "persons", (1, 2, 3), (0.5, 1.5, 2.5), 1, is_count=True),
    Shade("decoupling", "points", (5, 10, 20, 30, 40, 50), (2, 8, 20), better=-1),
    Shade("citizen_attitude", "points", (30, 40, 50, 60, 70, 80), (1, 4, 10)),
    Shade("level_I_uptake", "percent", _USES, _POINTS),
    Shade("level_II_uptake", "percent", _USES, _POINTS),
    Shade("level_III_uptake", "percent", _USES, _POINTS),
)
USUAL: Final = SHADES[0].name
SOLUTION: Final = "use-"  # before the name of a solution whose uptake is shown


@lru_cache(maxsize=1)
def solutions() -> dict[str, Both]:
    """Name of each solution of the catalogue by its id."""
    return {one.id: Both(one.names.en, one.names.nb) for one in load_catalogue().solutions}


@lru_cache(maxsize=1)
def shades() -> dict[str, Shade]:
    """Every quantity by its name; the uptake of a solution is called `use-` and its id."""
    uses = (Shade(SOLUTION + name, "percent", _USES, _POINTS) for name in solutions())
    return {shade.name: shade for shade in (*SHADES, *uses)}


def title(name: str, voice: Voice) -> str:
    """What a quantity is called."""
    if name.startswith(SOLUTION):
        return voice.say(solutions()[name.removeprefix(SOLUTION)])
    return voice(f"shade.{name}")


def class_of(values: Floats, bounds: Sequence[float]) -> NDArray[np.intp]:
    """The class of each value as shown, counted from the lowest; a value on a bound belongs to the class above it.

    >>> class_of(np.array([0.0, 1.0, 2.5, 9.0]), (1, 3, 5)).tolist()
    [0, 1, 1, 3]
    """
    return np.searchsorted(np.asarray(bounds, dtype=np.float64), values, side="right")


def tokens(count: int) -> list[str]:
    """Colours of so many classes, spread over the whole scale.

    >>> tokens(3)
    ['scale-0', 'scale-3', 'scale-6']
    """
    return [f"scale-{round(k * (CLASSES - 1) / max(count - 1, 1))}" for k in range(count)]


def labels(shade: Shade, voice: Voice) -> list[str]:
    """What each class holds, in words, from the lowest; the unit stands above them."""
    if shade.is_count:
        lows = [0, *(int(b) for b in shade.bounds)]
        most = [_span(a, b - 1) for a, b in pairwise(lows)]
        return [*most, str(lows[-1]) if shade.name == "elements" else voice("watch.and_more", low=lows[-1])]
    said = [_number(b, voice) for b in shade.bounds]
    return [
        voice("watch.below", high=said[0]),
        *(f"{a}–{b}" for a, b in pairwise(said)),
        voice("watch.and_more", low=said[-1]),
    ]


def labels_apart(shade: Shade, voice: Voice) -> list[str]:
    """What each class of a difference holds, from the lowest."""
    if shade.is_count:
        edges = [int(b + 0.5) for b in shade.apart]
        more = [_span(a, b - 1, "+") for a, b in pairwise(edges)] + [voice("watch.and_more", low=f"+{edges[-1]}")]
        less = [_span(a, b - 1, "−") for a, b in pairwise(edges)] + [voice("watch.and_less", high=f"−{edges[-1]}")]
        return [*reversed(less), voice("watch.same"), *more]
    low, middle, high = (_number(b, voice) for b in shade.apart)
    more = [f"+{low}–{middle}", f"+{middle}–{high}", voice("watch.and_more", low=f"+{high}")]
    less = [f"−{low}–{middle}", f"−{middle}–{high}", voice("watch.and_less", high=f"−{high}")]
    return [*reversed(less), f"±{low}", *more]


def _span(low: int, high: int, sign: str = "") -> str:
    return f"{sign}{low}" if low == high else f"{sign}{low}–{high}"


def _number(value: float, voice: Voice) -> str:
    return voice.say(number(value, 0 if float(value).is_integer() else 1))


def shade_spec(name: str, voice: Voice) -> dict[str, Any]:
    """A quantity as the browser draws it: title, unit, classes with colour and label, and those of a difference."""
    shade = shades()[name]
    apart = [f"apart-{k}" for k in range(7)]
    return {
        "name": name,
        "title": title(name, voice),
        "unit": voice(f"unit.{shade.unit}"),
        "scale": shade.scale,
        "digits": shade.digits,
        "bounds": list(shade.bounds),
        "tokens": tokens(len(shade.bounds) + 1),
        "labels": labels(shade, voice),
        "apart": {
            "bounds": list(shade.mirrored),
            "tokens": apart if shade.better >= 0 else apart[::-1],
            "labels": labels_apart(shade, voice),
            "better": shade.better,
            "unit": voice("unit.points_apart") if shade.unit == "percent" else voice(f"unit.{shade.unit}"),
        },
    }


def groups(voice: Voice) -> list[dict[str, Any]]:
    """Quantities as they are offered: what belongs to the municipality, then the uptake of each solution."""
    uses = sorted((title(SOLUTION + one, voice), SOLUTION + one) for one in solutions())
    return [
        {"title": voice("watch.of_municipality"), "options": [(s.name, title(s.name, voice)) for s in SHADES]},
        {"title": voice("watch.of_solutions"), "options": [(name, text) for text, name in uses]},
    ]
