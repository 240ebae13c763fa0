"""How businesses decide on arrays: services to offer or withdraw, circular practices to take up. Compiled."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from agents.choice import Keys
from agents.luck import GOLDEN, mix

_UNIT = 1.0 / 9007199254740992.0

Floats = NDArray[np.float64]
Masks = NDArray[np.uint32]


class Firms(NamedTuple):
    """Columns of the businesses, shape (B,); `offers` holds one bit for each solution."""

    owner: NDArray[np.int32]
    keys: NDArray[np.uint64]
    outlook: NDArray[np.float32]
    losses: NDArray[np.int8]
    experience: NDArray[np.float32]
    is_owner: NDArray[np.bool_]
    offers: Masks


class Market(NamedTuple):
    """What businesses of a municipality meet: viability, help and imitation, each (M, J); stable keys of services (J,).

    entry, usual: (J,) chance of entry a year at the usual push, and that push; exit, closing: yearly chances of
    withdrawal in a first year of full loss, and for reasons of its own; learning, forgetting: of experience, a year.
    """

    keys: NDArray[np.uint64]
    viability: Floats
    support: Floats
    imitation: Floats
    entry: Floats
    usual: Floats
    exit: float
    closing: float
    learning: float
    forgetting: float
    loyalty: float


@njit(cache=True)
def offer(firms: Firms, market: Market, first: int, second: int) -> None:
    """One year of businesses' decisions: who starts to offer, learns, loses, withdraws; changes `firms` in place.

    A firm enters with a chance that grows with viability (expected users against critical mass), support (facility,
    procurement), imitation in the county and its outlook; it withdraws after losses, joint owners less readily.
    """
    kinds = market.viability.shape[1]
    one = np.uint32(1)
    for b in range(firms.owner.shape[0]):
        m = firms.owner[b]
        mask, lost, alive = firms.offers[b], False, False
        base = mix(firms.keys[b] * GOLDEN + first)
        for j in range(kinds):
            word = mix(base ^ (second + market.keys[j]))
            u = (word >> np.uint64(11)) * (1.0 / 9007199254740992.0)
            bit = one << np.uint32(j)
            worth = market.viability[m, j] + market.support[m, j]
            if mask & bit:
                short = worth < 1.0
                lost = lost or short
                chance = market.exit * (1.0 + firms.losses[b]) * (1.0 - worth) if short else 0.0
                chance *= (1.0 - market.loyalty) if firms.is_owner[b] else 1.0
                if u < max(chance, market.closing):
                    mask &= ~bit
                else:
                    alive = True
            else:
                push = worth * (0.5 + firms.outlook[b]) + market.imitation[m, j]  # one half is the mean outlook
                if u < market.entry[j] * (push / market.usual[j]) ** 2:
                    mask |= bit
                    alive = True
        firms.offers[b] = mask
        firms.losses[b] = min(9, firms.losses[b] + 1) if lost else max(0, firms.losses[b] - 1)
        if alive:
            firms.experience[b] += np.float32(market.learning) * (np.float32(1.0) - firms.experience[b])
        else:
            firms.experience[b] *= np.float32(1.0 - market.forgetting)


class Practices(NamedTuple):
    """Circular practices of businesses' own: stable keys, yearly chances to leave and of an occasion, each (J,).

    readiness: how much better the log odds of the readiest firm are than those of the least ready one.
    """

    keys: NDArray[np.uint64]
    leave: Floats
    occasion: Floats
    readiness: float


@njit(cache=True)
def practise(firms: Firms, practices: Masks, odds: Floats, own: Practices, luck: Keys) -> None:
    """One year of businesses' own circular practice: changes the bits of `practices` (B,) in place.

    odds: (M, J) log odds of taking a practice up at an occasion; a ready firm (outlook above one half) has better ones.
    """
    one = np.uint32(1)
    for b in range(practices.shape[0]):
        m, mask = firms.owner[b], practices[b]
        base = mix(firms.keys[b] * GOLDEN + luck.first)
        for j in range(odds.shape[1]):
            word = mix(base ^ (luck.second + own.keys[j]))
            u = (word >> np.uint64(11)) * _UNIT
            bit = one << np.uint32(j)
            if mask & bit:
                if u < own.leave[j]:
                    mask = np.uint32(mask & ~bit)
            elif u < own.occasion[j]:  # few have an occasion, and only theirs needs the dear part
                ready = odds[m, j] + own.readiness * (firms.outlook[b] - 0.5)
                if u < own.occasion[j] / (1.0 + np.exp(-ready)):
                    mask = np.uint32(mask | bit)
        practices[b] = mask
