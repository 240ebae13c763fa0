"""The chain of causes behind a rule: what happened to it, why, and why what stands behind that was there.

Reads the tables `regime` and `event` of a run. Changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import pyarrow as pa

from agents.county import CARRIED
from agents.vocabulary import COUNTY_RULES, ELEMENTS, STAGES
from model.causes import HELPED
from model.institutions.local import thing_of
from model.institutions.reasons import WHAT, reason
from model.regime import STATEMENT, Names
from model.spells import OUTSET

DEEPEST: Final = 6  # links behind one another
# What a cause leads on to: the element of the same actor, or the rule of the county, that carried it.
OF_OWN: Final = {"platform": "platform"}
OF_COUNTY: Final = {"network": "network", "county": "staff"}
# What a cause leads on to among what happened to the same actor.
HAPPENED: Final = {"champion": "champion appeared", "nobody carries it": "last champion left"}


@dataclass(frozen=True)
class Link:
    """What happened to `subject` of `actor`; year 0: before the first year; depth: steps from the question."""

    depth: int
    year: int
    actor: str
    subject: str
    what: str
    cause: str = ""
    because_of: str = ""


Spell = tuple[int, int, int, str, str]  # since, until, stage, cause, because_of


class Story:
    """What is on record of a run, ready to be asked why. regime, event: the tables of these names."""

    def __init__(self, regime: pa.Table, event: pa.Table) -> None:
        self.spells: dict[tuple[str, str], list[Spell]] = {}
        names = ["actor", "subject", "since", "until", "stage", "cause", "because_of"]
        for actor, subject, since, *rest in zip(*regime.select(names).to_pydict().values(), strict=True):
            self.spells.setdefault((actor, subject), []).append((since, *rest))
        self.events: dict[tuple[str, str], list[Link]] = {}
        names = ["year", "actor", "subject", "what", "cause", "because_of"]
        for year, actor, subject, what, *rest in zip(*event.select(names).to_pydict().values(), strict=True):
            if what in WHAT:
                known = self.events.setdefault((actor, subject or what), [])
                known.append(Link(0, year, actor, subject, what, *rest))

    def why(self, actor: str, subject: str) -> list[Link]:
        """All that happened to the rule, oldest first, each with what stands behind it; empty when nothing did."""
        known, links = self.spells.get((actor, subject), []), list(self.events.get((actor, subject), []))
        if (known and known[0][3] == OUTSET) or (links and links[0].what != "became strategy"):
            links.insert(0, Link(0, 0, actor, subject, "there before", OUTSET))
        return [link for one in links for link in self._followed(one)]

    def _followed(self, link: Link) -> Iterator[Link]:
        yield link
        if link.depth < DEEPEST:
            behind = self._behind(link)
            if behind is not None:
                yield from self._followed(replace(behind, depth=link.depth + 1))

    def _behind(self, link: Link) -> Link | None:
        """What stands behind a link; everything is older than the link, so that the chain ends."""
        cause, because, before = link.cause, link.because_of, link.year - 1
        if link.actor == "state":
            return None
        if STATEMENT in because:
            return Link(0, 0, "state", "", "in force", "", because)
        if cause == "neighbours" and because:
            return self._begun(because, link.subject, before)
        if cause == "municipalities":
            return self._begun(because, ELEMENTS[CARRIED[COUNTY_RULES.index(link.subject)]], link.year)
        if cause in OF_COUNTY and because:
            return self._begun(because, OF_COUNTY[cause], before)
        if cause == "money" and because:
            return self._begun(because, HELPED[link.subject], before)
        if cause in OF_OWN:
            return self._begun(link.actor, OF_OWN[cause], before)
        if cause in HAPPENED:
            told = [e for e in self.events.get((link.actor, HAPPENED[cause]), []) if e.year <= link.year]
            return told[-1] if told else None
        return None

    def _begun(self, actor: str, subject: str, year: int) -> Link | None:
        """How the actor came to have the rule that it had in `year`, through all stages since; None if it had none."""
        spells = [s for s in self.spells.get((actor, subject), []) if s[0] <= year]
        if not spells or spells[-1][1] < year:
            return None
        first = len(spells) - 1
        for k, (earlier, later) in reversed(list(enumerate(pairwise(spells)))):
            if earlier[1] + 1 < later[0]:
                break
            first = k
        since, _, stage, cause, because = spells[first]
        if cause == OUTSET:
            return Link(0, 0, actor, subject, "there before", cause)
        return Link(0, since, actor, subject, f"became {STAGES[stage]}", cause, because)


def told(link: Link, names: Names, language: str) -> str:
    """A link in words, without its depth."""
    if link.actor == "state":
        return f"{names.behind(link.because_of, language)}: {names.statement(link.because_of, language)}"
    when = f"{link.year} " if link.year else ""
    thing = f", {thing_of(link.actor, link.subject, language)}" if link.subject else ""
    what = WHAT[link.what][language]
    why = reason(link.cause, names.behind(link.because_of, language), language) if link.cause != OUTSET else ""
    return f"{when}{names.actor(link.actor, language)}{thing}: {what}" + (f"; {why}" if why else "")
