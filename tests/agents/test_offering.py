"""Businesses' decisions: with the same luck, what pays better is offered at least as much, firm by firm."""

from typing import Any

import numpy as np
import pytest

from agents import choice, offering

M, J = 2, 3
LUCK = choice.Keys(np.uint64(11), np.uint64(12))
OWN = offering.Practices(np.arange(J, dtype=np.uint64), np.full(J, 0.1), np.full(J, 0.5), 2.0)


def is_no_less(better: np.ndarray, worse: np.ndarray) -> bool:
    """Whether everybody uses under `better` all that the same one uses under `worse`, and somebody more."""
    return not (worse & ~better).any() and bool((better & ~worse).any())


def firms(size: int = 2_000, **changes: Any) -> offering.Firms:
    draw = np.random.default_rng(9)
    columns: dict[str, Any] = {
        "owner": np.repeat(np.arange(M, dtype=np.int32), size // M),
        "keys": np.arange(size, dtype=np.uint64),
        "outlook": draw.random(size).astype(np.float32),
        "losses": draw.integers(0, 3, size).astype(np.int8),
        "experience": draw.random(size).astype(np.float32),
        "is_owner": np.zeros(size, dtype=bool),
        "offers": draw.integers(0, 2**J, size).astype(np.uint32),
    }
    return offering.Firms(**(columns | changes))


def offered(who: offering.Firms, worth: float, support: float = 0.0, **changes: float) -> np.ndarray:
    rates: dict[str, Any] = {"exit": 0.3, "closing": 0.0, "learning": 0.15, "forgetting": 0.2, "loyalty": 0.5} | changes
    rates |= {"entry": np.full(J, 0.06), "usual": np.ones(J)}
    market = offering.Market(
        np.arange(J, dtype=np.uint64), np.full((M, J), worth), np.full((M, J), support), np.zeros((M, J)), **rates
    )
    offering.offer(who, market, LUCK.first, LUCK.second)
    return who.offers


@pytest.mark.parametrize(("worse", "better"), [((0.2, 0.0), (0.7, 0.0)), ((0.3, 0.0), (0.3, 0.6))])
def test_businesses_offer_no_less_where_it_pays_more(worse, better):
    assert is_no_less(offered(firms(), *better), offered(firms(), *worse))


def test_what_pays_is_not_withdrawn_and_what_is_worthless_not_offered():
    who, before = firms(), firms().offers
    assert not (before & ~offered(who, 1.0)).any()
    assert not (offered(firms(), 0.0) & ~before).any()


def test_joint_owners_withdraw_less():
    loyal = offered(firms(is_owner=np.ones(2_000, dtype=bool)), 0.4)
    assert is_no_less(loyal, offered(firms(), 0.4))


def test_losses_count_up_with_loss_and_down_without():
    who, before = firms(), firms()
    offered(who, 0.2)
    at_a_loss = before.offers > 0
    assert np.array_equal(who.losses[at_a_loss], before.losses[at_a_loss] + 1)
    assert np.array_equal(who.losses[~at_a_loss], np.maximum(before.losses[~at_a_loss] - 1, 0))
    assert who.experience.min() >= 0.0
    assert who.experience.max() <= 1.0


def practised(odds: float, *, leave: float = 0.1, occasion: float = 0.5) -> np.ndarray:
    who = firms()
    practices = who.offers.copy()
    offering.practise(
        who,
        practices,
        np.full((M, J), odds),
        OWN._replace(leave=np.full(J, leave), occasion=np.full(J, occasion)),
        LUCK,
    )
    return practices


def test_circular_practice_follows_its_odds():
    assert is_no_less(practised(1.0), practised(-1.0))
    assert np.array_equal(practised(3.0, leave=0.0, occasion=0.0), firms().offers)
    assert not practised(-50.0, leave=1.0).any()
