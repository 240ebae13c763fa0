"""Differences between designs in words, from pairs of runs with the same seed. Knows nothing of how they are drawn."""

from typing import NamedTuple

import numpy as np

from viz.figures import differences
from viz.likelihood import SAME, SMALLEST, likelihood
from viz.results import Floats, Results, quantiles
from viz.words import Both, measured, sharp


class Measure(NamedTuple):
    """A column of the nation table as sentences name it; a difference below `smallest` is of no practical size."""

    column: str
    name: Both
    unit: Both
    smallest: float  # in the unit; our judgement
    scale: float = 1.0
    digits: int = 2


_TONNES = Both("t per inhabitant", "t per innbygger")
MEASURES = (
    Measure("territorial_per_inhabitant", Both("territorial emissions", "direkte utslipp"), _TONNES, SMALLEST),
    Measure("footprint_per_inhabitant", Both("footprint", "fotavtrykk"), _TONNES, SMALLEST),
    Measure(
        "institutionalisation",
        Both("institutionalisation", "institusjonalisering"),
        Both("points of 100", "poeng av 100"),
        1.0,
        100.0,
        1,
    ),
)


def pair_sentences(results: Results) -> list[Both]:
    """Each design against the reference in a sentence: three measures, each with its interval and how sure it is."""
    said = []
    for d, design in enumerate(results.designs):
        if design == results.reference:
            continue
        told = [_told(m, differences.differences(results, m.column)[d] * m.scale) for m in MEASURES]
        parts = Both("; ".join(t.en for t in told), "; ".join(t.nb for t in told))
        words = Both("“{t}” against “{r}”: {p}.", "«{t}» mot «{r}»: {p}.")
        said.append(words.fill(t=results.title(design), r=results.title(results.reference), p=parts))
    return said


def _told(measure: Measure, gaps: Floats) -> Both:
    """One measure: how much lower or higher, in how many pairs, and how sure; or that it does not matter."""
    ends = tuple(float(q) for q in quantiles(gaps, axis=0))
    low, middle, high = ends
    seen = gaps[np.isfinite(gaps)]
    if not len(seen):
        return Both("{n}: no pairs of runs", "{n}: ingen par av kjøringer").fill(n=measure.name)
    if abs(middle) < measure.smallest:
        around = measured(low, middle, high, sharp(low, high, measure.digits))[1]
        words = Both("{n}: {s} (difference {i} {u})", "{n}: {s} (forskjell {i} {u})")
        return words.fill(n=measure.name, s=SAME, i=around, u=measure.unit)
    if middle < 0:
        low, middle, high = -high, -middle, -low
    median, around = measured(low, middle, high, measure.digits)
    way = Both("lower", "lavere") if ends[1] < 0 else Both("higher", "høyere")
    direction = -1 if ends[1] < 0 else 1
    sure = likelihood(differences.better(gaps, direction), len(seen), size=ends[1], smallest=measure.smallest)
    words = Both("{n} {m} {u} {w} ({i}) in {k} of {p} pairs, {s}", "{n} {m} {u} {w} ({i}) i {k} av {p} par, {s}")
    return words.fill(
        n=measure.name,
        m=median,
        u=measure.unit,
        w=way,
        i=around,
        k=str(int((seen * direction > 0).sum())),
        p=str(len(seen)),
        s=sure,
    )
