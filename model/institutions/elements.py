"""How an institutional element moves: advance, lapse, and practice that may lag behind the form.

Complementary log-log hazards per year, for each municipality and element. Stages are those of Tolbert & Zucker (1996)
and of the ADICO reading: none, strategy, norm, rule. Knows nothing of designs, only what they mean for a municipality.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import ELEMENTS

Floats = NDArray[np.float64]

CEILING: Final = np.array([0.0, 0.55, 0.8, 1.0])  # practice that a form can carry: none, strategy, norm, rule (assumed)
INDICATORS: Final = ELEMENTS.index("indicators")
DRIVERS: Final = ("size", "champion", "agenda", "neighbours", "duty", "money", "network", "county", "platform")
ENDERS: Final = ("little practice", "nobody carries it", "money ended", "small municipality", "chance")


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


def advance_parts(s: Setting, p: Any) -> list[Floats]:
    """Part of each of `DRIVERS` in the log hazard of an advance, each (M, 1) or (M, 11)."""
    return [
        (p.advance_size * s.scale)[:, None],
        (p.advance_champion * s.champion)[:, None],
        (p.advance_agenda * s.agenda)[:, None],
        p.advance_neighbours * s.neighbours,
        p.advance_duty * s.duty,
        p.advance_money * s.money,
        (p.advance_network * s.network)[:, None],
        (p.advance_county * s.county)[:, None],
        (p.advance_platform * s.platform)[:, None],
    ]


def advance_hazard(stage: NDArray[np.int8], practice: Floats, parts: list[Floats], ease: Floats, p: Any) -> Floats:
    """Log hazard of an advance by one stage, (M, 11).

    Money and size buy a form where there is none; what exists hardens through practice, among other practised elements,
    and through duty. A rule is the last stage.
    """
    bought = parts[DRIVERS.index("money")] + parts[DRIVERS.index("size")]
    push = p.advance_base + ease[None, :] + sum(parts)
    breadth = np.minimum(1.0, 2.0 * practice.mean(axis=1))[:, None]
    hard = push - bought + p.harden * practice - p.harden_lone * (1.0 - breadth)
    return np.where(stage >= 3, -50.0, np.where(stage > 0, hard, push))


def lapse_parts(stage: NDArray[np.int8], practice: Floats, s: Setting, p: Any) -> list[Floats]:
    """Part of each of `ENDERS` in the log hazard of a lapse, (M, 1) or (M, 11), from a half-practised strategy."""
    form = np.where(stage == 2, p.lapse_norm, np.where(stage == 3, p.lapse_rule, 0.0))
    return [
        p.lapse_practice * (practice - 0.5 * CEILING[stage]),
        (p.lapse_alone * s.is_alone)[:, None],
        p.lapse_money_gone * s.money_ended,
        (p.lapse_size * s.scale)[:, None],
        form,  # never a push: where nothing else pushes, the lapse is chance
    ]


def lapse_hazard(stage: NDArray[np.int8], parts: list[Floats], s: Setting, p: Any) -> Floats:
    """Log hazard of falling one stage, (M, 11); a duty in force or money for the element holds it."""
    held = p.lapse_held * np.maximum(np.minimum(1.0, s.duty * 1.5), s.money)
    middle = p.lapse_base + 0.5 * p.lapse_practice * CEILING[stage]
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
    carried = p.lone + (1.0 - p.lone) * np.minimum(1.0, 2.2 * w.breadth)[:, None]
    room = np.maximum(CEILING[stage] * carried - practice, 0.0)
    kept = (1.0 - 0.6 * w.money) * (1.0 - 0.3 * w.indicators[:, None]) * (1.0 - 0.3 * w.capacity[:, None])
    loss = p.practice_lost * kept * np.where(stage == 3, 0.6, 1.0)
    loss = np.where(stage == 0, 0.5, loss)
    return np.clip(practice + gain * room - loss * practice, 0.0, 1.0)


def institutionalisation(practice: Floats, weight: Floats, epsilon: float) -> Floats:
    """Weighted geometric mean of practice, 0-1, (M,): one strong channel alone stays fragile.

    >>> float(institutionalisation(np.ones((1, 11)), np.ones(11), 0.05)[0])
    1.0
    """
    share = weight / weight.sum()
    mean = np.exp((np.log(epsilon + practice) * share[None, :]).sum(axis=1))
    return np.clip(mean - epsilon, 0.0, 1.0)
