"""The regime: every rule in force in a year, with who set it, since when and why, in words of two languages.

The state's rules are the statements of the design; counties and municipalities enact their own. Changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from agents.vocabulary import STAGES
from model.institutions.grammar import Design
from model.institutions.local import sentence as local_sentence
from model.institutions.phrases import LANGUAGES
from model.institutions.reasons import reason
from model.institutions.sentences import sentence
from model.places import Place
from model.spells import OUTSET

if TYPE_CHECKING:
    from model.simulation import Simulation

LEVELS: Final = ("state", "county", "municipality")
STATEMENT: Final = ", statement "  # between the name of a design and the number of its statement
TEXTS: Final = ("level", "actor", "subject", "cause", "because_of")
Columns = dict[str, Any]


def columns(sim: "Simulation") -> Columns:
    """The columns of the table `regime`: spells of the design's statements, of counties and of municipalities."""
    first, last = sim.case.first, sim.case.first + sim.recorder.years - 1
    parts = [_of_design(sim.case.design, first, last)]
    for level in LEVELS[1:]:
        spells = sim.spells[level]
        part = spells.columns(last)
        part["actor"] = np.array(spells.actors, dtype=object)[part["actor"]]
        part["subject"] = np.array(spells.subjects, dtype=object)[part["subject"]]
        parts.append(part | {"level": np.full(len(part["actor"]), level, dtype=object)})
    joined = {name: np.concatenate([part[name] for part in parts]) for name in (*TEXTS, "stage", "since", "until")}
    return joined | {name: pa.array(joined[name], pa.string()).dictionary_encode() for name in TEXTS}


def _of_design(design: Design, first: int, last: int) -> Columns:
    """Spells of the statements that are in force in some year of the run, in the order of the design."""
    rows = []
    for index, one in enumerate(design.statements, 1):
        since, until = one.first or first, min(one.last or last, last)
        if since <= last and until >= first:
            cause = "design" if one.first is not None and one.first >= first else OUTSET
            subject, stage = one.aim.breakable or one.aim.kind, STAGES.index(one.reads_as)
            rows.append(("state", "state", subject, cause, f"{design.name}{STATEMENT}{index}", stage, since, until))
    names = (*TEXTS, "stage", "since", "until")
    kinds = (*[object] * len(TEXTS), np.int8, np.int16, np.int16)
    return {n: np.array([r[k] for r in rows], dtype=t) for k, (n, t) in enumerate(zip(names, kinds, strict=True))}


class Names:
    """Names of actors, and of what stands behind a cause, for a place and a design."""

    def __init__(self, place: Place, design: Design) -> None:
        self.design = design
        self.of_municipality = dict(zip(place.numbers, place.names, strict=True))
        self.of_county = dict(zip(place.county_numbers, place.county_names, strict=True))

    def __contains__(self, actor: str) -> bool:
        is_county = actor.startswith("county:") and actor.removeprefix("county:") in self.of_county
        return actor == "state" or actor in self.of_municipality or is_county

    def actor(self, node: str, language: str) -> str:
        """The name of the state, `county:NN` or a municipality number within a sentence."""
        if node == "state":
            return {"en": "the state", "nb": "staten"}[language]
        if node in self.of_municipality:
            return self.of_municipality[node]
        county = self.of_county[node.removeprefix("county:")]
        return f"{county} {'county' if language == 'en' else 'fylkeskommune'}"

    def behind(self, because: str, language: str) -> str:
        """Who or what stands behind a cause: an actor, a statement of the design, or nothing."""
        if STATEMENT in because:
            number, title = because.rpartition(" ")[2], getattr(self.design.title, language)
            return f"“{title}”, statement {number}" if language == "en" else f"«{title}», utsagn {number}"
        return self.actor(because, language) if because else ""

    def statement(self, because: str, language: str) -> str:
        """A statement of the design, named as in `because`, as a sentence."""
        return sentence(self.design.statements[int(because.rpartition(" ")[2]) - 1], language)


@dataclass(frozen=True)
class Rule:
    """A rule in force: who set it, what it is about, at which stage, since when and why; texts by language.

    is_older: it was there before the first year of the run, `since` which nobody has counted.
    """

    level: str
    actor: str
    name: Mapping[str, str]
    subject: str
    stage: str
    since: int
    is_older: bool
    cause: str
    because_of: str
    sentence: Mapping[str, str]
    reason: Mapping[str, str]

    def since_when(self, language: str) -> str:
        """Since when, in words."""
        return f"{'before' if language == 'en' else 'før'} {self.since}" if self.is_older else str(self.since)


def in_force(spells: pa.Table, year: int, names: Names, *, first: int, actor: str = "") -> list[Rule]:
    """The rules in force at the end of `year`, of one actor or of all; spells: the table `regime`.

    first: first year of the run, before which nothing is dated but what a design dates itself.
    """
    since, until = (spells.column(name).to_numpy() for name in ("since", "until"))
    rows = spells.filter(pa.array((since <= year) & (year <= until))).to_pylist()
    return [_rule(row, names, first) for row in rows if actor in ("", row["actor"])]


def _rule(row: Mapping[str, Any], names: Names, first: int) -> Rule:
    level, actor, subject, stage = row["level"], row["actor"], row["subject"], int(row["stage"])
    cause, because = row["cause"], row["because_of"]
    name = {n: names.actor(actor, n) for n in LANGUAGES}
    if level == "state":
        says = {n: names.statement(because, n) for n in LANGUAGES}
    else:
        says = {n: local_sentence(level, name[n], subject, stage, n) for n in LANGUAGES}
    return Rule(
        level=level,
        actor=actor,
        name=name,
        subject=subject,
        stage=STAGES[stage],
        since=int(row["since"]),
        is_older=cause == OUTSET and int(row["since"]) >= first,
        cause=cause,
        because_of=because,
        sentence=says,
        reason={n: reason(cause, names.behind(because, n), n) for n in LANGUAGES},
    )
