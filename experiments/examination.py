"""Carries out claims: every arm of every claim with the same seeds, and a world that several claims share only once.

Figures are read where the run is made; what comes back is small. Knows nothing of verdicts.
"""

import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from agents.vocabulary import RULES
from experiments.claim import Claim, Span
from experiments.request import MOST_REPLICATES, RequestError

if TYPE_CHECKING:
    from experiments.arms import Arm

FEWEST: Final = 2  # pairs without which there is no interval
YEARS: Final = 25  # between the first and the last year; claims look so far ahead
ALL: Final = "all"  # every rule of choice in turn
CITIZENS: Final = 20_000
REPLICATES: Final = 20


@dataclass(frozen=True)
class Question:
    """What the claims are examined with; choice: one rule by which citizens choose, or `all`.

    citizens: a number, `all`, or None: 20,000 or as many as live there.
    """

    place: str = "norway"
    citizens: int | str | None = None
    replicates: int = REPLICATES
    seed: int = 1
    choice: str = "planned"
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of choice that are asked for, in order."""
        return RULES if self.choice == ALL else (self.choice,)


@dataclass(frozen=True)
class World:
    """One world to run: an arm under a rule of choice, and which arms of which claims it is: (claim, arm).

    digest: of its case with the first seed; key: that, and what else decides its results.
    """

    key: str
    digest: str
    choice: str
    arm: "Arm"
    asked: Mapping[str, Any]
    uses: tuple[tuple[str, str], ...]


def settled(question: Question) -> tuple[Question, Span]:
    """The question with its number of citizens, and the years of its runs.

    Raises RequestError and the errors of `Case.load`.
    """
    from model.case import Case

    if not FEWEST <= question.replicates <= MOST_REPLICATES:
        raise RequestError(f"{question.replicates} replicates: give from {FEWEST} to {MOST_REPLICATES}")
    if not 0 <= question.seed < 2**63 - MOST_REPLICATES:
        raise RequestError(f"seed {question.seed}: give a whole number from 0 to {2**63 - MOST_REPLICATES - 1}")
    case = Case.load(
        place=question.place,
        citizens=question.citizens,
        seed=question.seed,
        choice=question.rules[0],
        settings=question.settings,
    )
    if case.last - case.first < YEARS:
        told = f"{case.place.name} has data from {case.first} to {case.last}"
        raise RequestError(f"{told}; the claims look {YEARS} years ahead: give a place with {YEARS + 1} years")
    citizens = case.citizens if question.citizens is not None else min(CITIZENS, case.citizens)
    return replace(question, citizens=citizens, settings=dict(case.settings)), Span(case.first, case.last)


def worlds_of(question: Question, span: Span, claims: Sequence[Claim]) -> list[World]:
    """Every world that the claims need, once; the question is settled. Raises the errors of `Case.load`."""
    from experiments.arms import case_of

    found: dict[str, World] = {}
    for rule in question.rules:
        asked: dict[str, Any] = {"place": question.place, "citizens": question.citizens, "seed": question.seed}
        asked |= {"choice": rule, "settings": dict(question.settings)}
        for claim in claims:
            for name, arm in claim.arms(span).items():
                digest = case_of(arm, asked).digest
                key = f"{digest}{_followed(arm, asked)}"
                known = found.get(key) or World(key, digest, rule, arm, asked, ())
                found[key] = replace(known, uses=(*known.uses, (claim.id, name)))
    return list(found.values())


def _followed(arm: "Arm", asked: Mapping[str, Any]) -> str:
    """What else decides the results of an arm that is paid as another."""
    from experiments.arms import case_of

    return f" paid as {case_of(arm.paid_as, asked).digest} {arm.is_matched}" if arm.paid_as else ""


def tasks_of(question: Question, worlds: Sequence[World]) -> list[dict[str, Any]]:
    """One task a world and seed, seed by seed, so that an interrupted examination has whole pairs."""
    return [
        {
            "key": world.key,
            "digest": world.digest,
            "first": question.seed,
            "design": f"{', '.join(dict.fromkeys(claim for claim, _ in world.uses))}: {world.arm.title.en}",
            "replicate": replicate,
            "seed": question.seed + replicate,
            "arm": world.arm,
            "asked": {**world.asked, "seed": question.seed + replicate},
            "claims": tuple(dict.fromkeys(claim for claim, _ in world.uses)),
        }
        for replicate in range(question.replicates)
        for world in worlds
    ]


def perform(task: dict[str, Any]) -> dict[str, Any]:
    """Run one world and read it for each claim that uses it: a receipt with `figures` by claim. Imported by workers."""
    started = time.perf_counter()
    receipt = {name: task[name] for name in ("key", "design", "replicate", "seed")}
    try:
        _check_unchanged(task)
        figures = figures_of(task["arm"], task["asked"], task["claims"])
    except Exception as error:  # whatever a run raises is its result, and never the end of the others
        told = "".join(traceback.format_exception(error))[-8000:]
        return receipt | {"status": "failed", "error": f"{type(error).__name__}: {error}", "traceback": told}
    return receipt | {"status": "done", "figures": figures, "seconds": round(time.perf_counter() - started, 3)}


def _check_unchanged(task: Mapping[str, Any]) -> None:
    from experiments.arms import case_of

    if case_of(task["arm"], {**task["asked"], "seed": task["first"]}).digest != task["digest"]:
        raise RuntimeError("the place, a design or a parameter changed while the claims ran; start them again")


def figures_of(arm: "Arm", asked: Mapping[str, Any], claims: Sequence[str]) -> dict[str, dict[str, float]]:
    """What one run of an arm gives for each of the claims: {"claim": {"figure": number}}."""
    from experiments import arms, diary
    from experiments.claims import CLAIMS

    if arm.paid_as is None:
        case = arms.case_of(arm, asked)
    else:
        flows = diary.flows(arms.case_of(arm.paid_as, asked), is_matched=arm.is_matched)
        case = arms.paid(arm, asked, flows)
    kept = diary.kept(case)
    return {claim.id: dict(claim.read(kept)) for claim in CLAIMS if claim.id in claims}


def receipts_of(tasks: list[dict[str, Any]], workers: int) -> Iterator[dict[str, Any]]:
    """Receipts as runs end. Raises RequestError for a number of workers that cannot be."""
    from experiments.crew import receipts_of

    yield from receipts_of(perform, tasks, workers)
