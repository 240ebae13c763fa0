"""Two ensembles world by world: runs with the same seed met the same luck, so their difference is the designs' doing.

Knows nothing of pages and drawings.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np

from experiments.statistics import mean_interval
from viz.app.answers import Ensemble, Floats
from viz.app.yardsticks import of_kinds
from viz.likelihood import likelihood
from viz.words import Both


class Measure(NamedTuple):
    """What is compared. better: -1 where less is better, 1 where more is, 0 where that is not for us to say.

    values: from an ensemble to (R, Y). smallest: in the unit; a difference below it is of no practical size, our
    judgement.
    """

    name: str  # in texts.toml, table `measure`
    unit: str  # in texts.toml, table `unit`
    better: int
    smallest: float
    digits: int
    values: Callable[[Ensemble], Floats]


def _per_head(ensemble: Ensemble) -> Floats:
    """Public money for climate work, NOK per inhabitant by year: what municipalities get and what they add."""
    paid = ensemble.cube("project_money") + ensemble.cube("permanent_money") + ensemble.cube("own_money")
    return paid / ensemble.cube("population")


MEASURES: Final = (
    Measure("territorial", "tonnes", -1, 0.05, 1, lambda e: e.cube("territorial_per_inhabitant")),
    Measure("footprint", "tonnes", -1, 0.05, 1, lambda e: e.cube("footprint_per_inhabitant")),
    Measure("institutions", "points", 1, 1.0, 0, lambda e: 100 * e.cube("institutionalisation")),
    Measure("shared", "percent", 1, 1.0, 0, lambda e: 100 * e.uptake(of_kinds(("sharing", "circular")))),
    Measure("money", "kroner", 0, 5.0, 0, _per_head),
)


class Gap(NamedTuple):
    """The second less the first: mean over pairs of worlds with its 95 % interval (NaN for one pair).

    pairs: how many. fewer, more: in how many of them the second is lower, and higher. middle: the median difference.
    """

    mean: float
    low: float
    high: float
    pairs: int
    fewer: int
    more: int
    middle: float

    def sure(self, smallest: float) -> Both:
        """How sure the direction of the difference is, in words."""
        ties = self.pairs - self.fewer - self.more
        share = (max(self.fewer, self.more) + ties / 2) / max(self.pairs, 1)
        return likelihood(share, self.pairs, size=self.middle, smallest=smallest)


def gap_of(differences: Floats) -> Gap:
    """The gap of differences by pair (R,).

    >>> gap = gap_of(np.array([-1.0, -2.0, -3.0]))
    >>> gap.mean, round(gap.high, 2), gap.pairs, gap.fewer
    (-2.0, 0.48, 3, 3)
    """
    mean, low, high = mean_interval(differences) if len(differences) > 1 else (float(differences[0]), np.nan, np.nan)
    fewer, more = int((differences < 0).sum()), int((differences > 0).sum())
    return Gap(mean, low, high, len(differences), fewer, more, float(np.median(differences)))


@dataclass(frozen=True, eq=False)
class Contrast:
    """The runs of two designs that share a seed, in the same order."""

    first: Ensemble
    second: Ensemble

    @property
    def pairs(self) -> int:
        """How many worlds both have met."""
        return len(self.first.runs)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of both."""
        return self.first.years

    @property
    def answer(self) -> str:
        """Names what is known so far of both."""
        return f"{self.first.key}{self.second.key}-{self.pairs}"

    def gaps(self, measure: Measure) -> Floats:
        """The second less the first, pair by pair and year by year (R, Y)."""
        return measure.values(self.second) - measure.values(self.first)

    def ends(self, column: str) -> tuple[Floats, Floats]:
        """One column of `Run.towns` in both, (R, M) each."""
        one, other = (np.stack([run.towns[column] for run in e.runs]) for e in (self.first, self.second))
        return one, other

    def money(self, purpose: str) -> tuple[Floats, Floats]:
        """NOK a year per inhabitant for one purpose in both, (R,) each."""
        one, other = (
            np.array([run.money.get(purpose, 0.0) / run.nation["population"].mean() for run in e.runs])
            for e in (self.first, self.second)
        )
        return one, other


def contrast(ensembles: Any) -> Contrast | None:
    """The contrast of two ensembles; None where they share no seed, or tell of different years."""
    if len(ensembles) != 2:
        return None
    shared = set.intersection(*({run.seed for run in e.runs} for e in ensembles))
    one, other = (
        replace(e, runs=tuple(sorted((r for r in e.runs if r.seed in shared), key=lambda r: r.seed))) for e in ensembles
    )
    if not shared or one.years != other.years:
        return None
    return Contrast(one, other)
