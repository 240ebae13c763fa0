"""How an institutional element moves: advance, lapse, and practice that may lag behind the form.

Complementary log-log hazards per year, for each municipality and element. Stages are those of Tolbert & Zucker (1996)
and of the ADICO reading: none, strategy, norm, rule. Knows nothing of designs, only what they mean for a municipality.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import ELEMENTS

Floats = NDArray[np.float64]

INDICATORS: Final = ELEMENTS.index("indicators")
PAID_BY_GENERAL_MONEY: Final = np.isin(ELEMENTS, ("roles", "budget", "finance", "competence", "routines"))
DRIVERS: Final = (
    "size",
    "champion",
    "agenda",
    "neighbours",
    "duty",
    "money",
    "network",
    "county",
    "platform",
    "practice",
)
ENDERS: Final = ("little practice", "nobody carries it", "money ended", "small municipality", "chance")


def carried_by(p: Any) -> Floats:
    """Practice that each stage of a form can carry, (4,): none, strategy, norm, rule."""
    return np.array([0.0, p.carry_strategy, p.carry_norm, 1.0])


class Setting(NamedTuple):
    """What surrounds the elements this year; (M,) or (M, 11), all 0-1 but scale (log of population over 8,000)."""

    scale: Floats
    champion: Floats
    agenda: Floats
    neighbours: Floats
    duty: Floats
    money: Floats
    network: Floats
    county: Floats
    platform: Floats
    is_alone: NDArray[np.bool_]
    money_ended: NDArray[np.bool_]


def advance_parts(stage: NDArray[np.int8], practice: Floats, s: Setting, p: Any) -> list[Floats]:
    """Part of each of `DRIVERS` in the log hazard of an advance, each (M, 1) or (M, 11).

    Money and size buy a form where there is none; what exists hardens through practice, among other practised elements,
    and through duty.
    """
    is_new = stage == 0
    breadth = np.minimum(1.0, p.harden_breadth * practice.mean(axis=1))[:, None]
    return [
        (p.advance_size * s.scale)[:, None] * is_new,
        (p.advance_champion * s.champion)[:, None],
        (p.advance_agenda * s.agenda)[:, None],
        p.advance_neighbours * s.neighbours,
        p.advance_duty * s.duty,
        p.advance_money * s.money * is_new,
        (p.advance_network * s.network)[:, None],
        (p.advance_county * s.county)[:, None],
        (p.advance_platform * s.platform)[:, None],
        np.where(is_new, 0.0, p.harden * practice - p.harden_lone * (1.0 - breadth)),
    ]


def advance_hazard(stage: NDArray[np.int8], parts: list[Floats], ease: Floats, p: Any) -> Floats:
    """Log hazard of an advance by one stage, (M, 11); a rule is the last stage."""
    return np.where(stage >= 3, -50.0, p.advance_base + ease[None, :] + sum(parts))


def lapse_parts(stage: NDArray[np.int8], practice: Floats, s: Setting, p: Any) -> list[Floats]:
    """Part of each of `ENDERS` in the log hazard of a lapse, (M, 1) or (M, 11); practice counts from half of what each
    stage can carry.
    """
    form = np.where(stage == 2, p.lapse_norm, np.where(stage == 3, p.lapse_rule, 0.0))
    return [
        p.lapse_practice * (practice - 0.5 * carried_by(p)[stage]),
        (p.lapse_alone * s.is_alone)[:, None],
        p.lapse_money_gone * s.money_ended,
        (p.lapse_size * s.scale)[:, None],
        form,  # never a push: where nothing else pushes, the lapse is chance
    ]


def lapse_hazard(stage: NDArray[np.int8], parts: list[Floats], s: Setting, p: Any) -> Floats:
    """Log hazard of falling one stage, (M, 11); a duty in force or money for the element holds it."""
    held = p.lapse_held * np.maximum(np.minimum(1.0, s.duty * p.lapse_duty), s.money)
    middle = p.lapse_base + 0.5 * p.lapse_practice * carried_by(p)[stage]
    push = middle + sum(parts) + held
    return np.where(stage == 0, -50.0, push)


class Workforce(NamedTuple):
    """Who and what turns form into practice; (M,) or (M, 11), all 0-1; breadth is the mean practice of all elements."""

    money: Floats
    persons: Floats
    indicators: Floats
    capacity: Floats
    breadth: Floats


def next_practice(stage: NDArray[np.int8], practice: Floats, w: Workforce, p: Any) -> Floats:
    """Practice after a year, (M, 11): toward what the form can carry with money, persons and indicators, else away.

    A form that stands alone carries less than one among others: a lone officer achieves little.
    """
    gain = (
        p.practice_base
        + p.practice_money * w.money
        + (p.practice_indicators * w.indicators)[:, None]
        + (p.practice_persons * w.persons)[:, None]
    )
    carried = p.lone + (1.0 - p.lone) * np.minimum(1.0, p.lone_breadth * w.breadth)[:, None]
    room = np.maximum(carried_by(p)[stage] * carried - practice, 0.0)
    kept = 1.0 - p.kept_money * w.money
    kept = kept * (1.0 - p.kept_indicators * w.indicators[:, None]) * (1.0 - p.kept_capacity * w.capacity[:, None])
    loss = p.practice_lost * kept * np.where(stage == 3, 1.0 - p.kept_rule, 1.0)
    loss = np.where(stage == 0, p.practice_gone, loss)
    return np.clip(practice + gain * room - loss * practice, 0.0, 1.0)


def institutionalisation(practice: Floats, weight: Floats, epsilon: float) -> Floats:
    """Weighted geometric mean of practice, 0-1, (M,): one strong channel alone stays fragile.

    >>> float(institutionalisation(np.ones((1, 11)), np.ones(11), 0.05)[0])
    1.0
    """
    share = weight / weight.sum()
    mean = np.exp((np.log(epsilon + practice) * share[None, :]).sum(axis=1))
    return np.clip(mean - epsilon, 0.0, 1.0)
