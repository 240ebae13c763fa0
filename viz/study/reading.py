"""A study as its report sees it: frame, facts and measures, with the arrays that figures share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pandas as pd

from experiments import cells
from experiments.cells import Block
from experiments.contrast import Contrast, contrast
from experiments.crossed import Estimate, Floats, negligible
from experiments.facts import Outcome, StudyFacts, Varied
from experiments.sensitivity import Sensitivity, SensitivityError, factors_of, morris, sobol
from viz.palette import look
from viz.words import Both, number, pair, runs, same, seeds, sharp, told_apart

STANDINGS = {
    "matters": Both("matters", "betyr noe"),
    "small": Both("small", "liten"),
    "unclear": Both("unclear", "uklar"),
}
HEADLINES = 4  # measures that are drawn; the tables hold all of them
FIRST = ("territorial_last", "reduction_15", "institutionalisation_last", "sharing_uptake")  # deep, lasting, shared


@dataclass(frozen=True, eq=False)
class Study:
    """A finished or unfinished study; hashable by identity, so that what is asked of it twice is computed once."""

    frame: pd.DataFrame
    facts: StudyFacts
    outcomes: tuple[Outcome, ...]

    @cached_property
    def designs(self) -> tuple[str, ...]:
        """Designs with a finished run, in the plan's order."""
        seen = set(self.frame["design"].astype(str))
        return tuple(d for d in self.facts.designs if d in seen)

    def title(self, design: str) -> Both:
        """The design's title, or its name; both where two designs have one title."""
        named = {d: pair(self.facts.titles.get(d), d) for d in dict.fromkeys((*self.facts.designs, design))}
        return told_apart(named, design)

    @property
    def heading(self) -> Both:
        """The plan's title, or what it runs where it has none: a page and a citation need one."""
        if self.facts.title.strip():
            return same(self.facts.title)
        first, *others = (self.title(d) for d in self.facts.designs)
        more = Both(" and {n} more", " og {n} til").fill(n=len(others)) if others else same("")
        return Both("Study of “{d}”{m}", "Studie av «{d}»{m}").fill(d=first, m=more)

    def lettered(self, place: int) -> Both:
        """Letter and title of the design at a place of `designs`."""
        return Both(*(f"{look(place).letter} {t}" for t in self.title(self.designs[place])))

    @property
    def step(self) -> int:
        """Rows of a block of the sample matrix; 0 where nothing is sampled in blocks."""
        if self.facts.kind not in ("sobol", "morris"):
            return 0
        count = len(factors_of(self.facts.problem))
        if self.facts.kind == "morris":
            return count + 1
        return (2 if self.facts.options.get("second") else 1) * count + 2

    @cached_property
    def shown(self) -> tuple[Outcome, ...]:
        """The measures that are drawn: of those that move, deep, lasting and shared first, with a better side."""
        moving = sorted((o for o in self.outcomes if self._moves(o.name)), key=lambda o: o.name not in FIRST)
        return tuple(([o for o in moving if o.better] or moving)[:HEADLINES])

    def _moves(self, name: str) -> bool:
        values = self.frame[name].to_numpy(dtype=np.float64)
        seen = values[np.isfinite(values)]
        return bool(len(seen) and np.ptp(seen) > negligible(seen))

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The rows whose futures are drawn evenly; empty for `sweep` and `morris`."""
        return cells.futures(self.frame, self.facts.kind, self.step)

    def block(self, outcome: Outcome) -> Block | None:
        """The measure in its unit over designs, drawn futures and seeds; None where nothing is left."""
        return _block(self, outcome)

    def against(self, outcome: Outcome) -> Mapping[str, Contrast]:
        """Every design but the first against the first; empty where there are no pairs."""
        found = self.block(outcome)
        if found is None or len(self.designs) < 2:
            return {}
        return {d: contrast(found.values[i], found.values[0]) for i, d in enumerate(self.designs) if i}

    def sensitivity(self, design: str, outcome: Outcome) -> Sensitivity | None:
        """Indices of a measure in its unit under a design; None where they cannot be had."""
        return _sensitivity(self, design, outcome)

    def varied(self, path: str) -> Varied | None:
        """The parameter behind a path; None for a group."""
        return next((p for p in self.facts.parameters if p.path == path), None)

    @property
    def needs_care(self) -> bool:
        """Whether a run failed, is missing, or a check warned."""
        facts = self.facts
        return bool(facts.failed or facts.warned or facts.done < facts.runs)


@cache
def _block(study: Study, outcome: Outcome) -> Block | None:
    if study.drawn.empty:
        return None
    found = cells.block(study.drawn, outcome.name, study.designs)
    if found.is_empty:
        return None
    return Block(found.values * outcome.scale, found.designs, found.samples, found.seeds, found.dropped)


@cache
def _sensitivity(study: Study, design: str, outcome: Outcome) -> Sensitivity | None:
    facts = study.facts
    rows = int(facts.options["rows"]) if "rows" in facts.options else int(study.frame["sample"].max()) + 1
    rows += -rows % study.step
    values = cells.by_row(study.frame, design, outcome.name, rows) * outcome.scale
    try:
        if facts.kind == "sobol":
            return sobol(facts.problem, values, second=bool(facts.options.get("second")))
        points = cells.inputs(study.frame, facts.problem["names"], np.arange(rows))
        return morris(facts.problem, points, values)
    except SensitivityError:
        return None


def told(estimate: Estimate, digits: int, *, sign: bool = False) -> Both:
    """An estimate as `0.52 (0.48 to 0.56)`; an estimate without interval says so."""
    if not np.isfinite(estimate.value):
        return same("–")
    if not np.isfinite(estimate.low):
        return number(estimate.value, digits, sign=sign).then(Both("(no interval)", "(uten intervall)"))
    digits = max(sharp(estimate.low, estimate.high, digits), _fine(estimate.half, digits))
    value, low, high = (number(v, digits, sign=sign) for v in estimate[:3])
    return Both("{m} ({a} to {b})", "{m} ({a} til {b})").fill(m=value, a=low, b=high)


def share_words(ends: Floats) -> Both:
    """A share (value, low, high) as `83 % (62 to 100 %)`."""
    value, low, high = (number(100 * float(v), 0) for v in ends)
    return Both("{m} % ({a} to {b} %)", "{m} % ({a} til {b} %)").fill(m=value, a=low, b=high)


def _fine(half: float, digits: int) -> int:
    """Decimals that show the first digit of a half-width: at most three more than asked for."""
    return digits if half <= 0 else min(max(digits, int(np.ceil(-np.log10(half)))), digits + 3)


def told_share(ends: Floats) -> Both:
    """A share (value, low, high) in per cent with its interval."""
    value, low, high = (100 * float(v) for v in ends)
    return told(Estimate(value, low, high, 0), 0)


def unit_words(outcome: Outcome) -> tuple[Both, Both]:
    """Title and unit of a measure."""
    return Both(*outcome.title), Both(*outcome.unit)


def titled(outcome: Outcome) -> Both:
    """Title and unit of a measure in one line."""
    title, unit = unit_words(outcome)
    return Both("{t}, {u}", "{t}, {u}").fill(t=title, u=unit) if unit.en else title


def counted(block: Block) -> Both:
    """How many runs of each design stand behind a figure: futures × seeds."""
    futures, each = len(block.samples), len(block.seeds)
    if futures == 1:
        return Both("{r} of each design", "{r} av hver utforming").fill(r=runs(each))
    words = Both("{f} futures × {s} = {r} of each design", "{f} framtider × {s} = {r} av hver utforming")
    return words.fill(f=number(futures, 0), s=seeds(each), r=runs(futures * each))


def left_out(block: Block) -> Both | None:
    """What was left out because some design lacks it; None when nothing was."""
    if not block.dropped:
        return None
    return Both(
        "{n} cells of future and seed are left out, since a run is missing in some design.",
        "{n} celler av framtid og frø er utelatt, siden en kjøring mangler i minst én utforming.",
    ).fill(n=number(block.dropped, 0))


def parameter_name(study: Study, path: str) -> Both:
    """A parameter as tables name it: path and meaning."""
    found = study.varied(path)
    return same(path if found is None else f"{path}: {found.meaning}")
