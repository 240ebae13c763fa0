"""Payments in whole øre: what one pays another is paid, and shares add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.ledger import KINDS, Ledger, ore_of, shared, shared_within

weights = arrays(np.float64, st.integers(1, 40), elements=st.floats(1e-3, 1e7))


@given(st.integers(0, 10**15), weights)
def test_shares_add_up_and_are_fair(total, weight):
    parts = shared(total, weight)
    assert int(parts.sum()) == total
    assert parts.min() >= 0
    exact = total * (weight / weight.sum())
    assert np.abs(parts - exact).max() <= 1.0 + 1e-9 * total


@given(st.integers(0, 10**9), weights)
def test_equal_weights_differ_by_an_ore_at_most(total, weight):
    parts = shared(total, np.ones_like(weight))
    assert parts.max() - parts.min() <= 1


@given(weights, st.integers(0, 2**31), st.integers(1, 5))
def test_groups_pay_their_own_sum(weight, seed, groups):
    luck = np.random.default_rng(seed)
    group, amounts = luck.integers(0, groups, len(weight)), luck.integers(0, 10**9, len(weight))
    parts = shared_within(group, amounts, weight)
    assert parts.min() >= 0
    for g in np.unique(group):
        mine = group == g
        total = int(amounts[mine].sum())
        assert int(parts[mine].sum()) == total
        assert np.abs(parts[mine] - total * weight[mine] / weight[mine].sum()).max() <= mine.sum() + 1e-6


@given(st.floats(-1e9, 1e9))
def test_ore_are_hundredths(amount):
    assert abs(int(ore_of(np.array([amount]))[0]) - amount * 100.0) <= 0.5 + 1e-6


payments = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(KINDS), arrays(np.int64, 4, elements=st.integers(0, 10**12))),
    max_size=12,
)


@given(payments)
def test_no_payment_makes_or_loses_money(made):
    ledger = Ledger(np.array([0, 0, 1, 1], dtype=np.int32), 2)
    for payer, payee, amount in made:
        before = {kind: ledger.balance[kind].copy() for kind in KINDS}
        ledger.pay(2030, payer, payee, amount=amount, purpose="a test")
        assert ledger.total() == 0
        for kind in KINDS:
            moved = int((ledger.balance[kind] - before[kind]).sum())
            assert moved == int(amount.sum()) * ((kind == payee) - (kind == payer))
    assert sum(flow[4] for flow in ledger.flows) == sum(int(amount.sum()) for _, _, amount in made)


def test_counties_and_state_pay_for_each_municipality():
    ledger = Ledger(np.array([0, 1, 1], dtype=np.int32), 2)
    ledger.pay(2030, "county", "municipality", amount=np.array([5, 7, 11]), purpose="staff")
    ledger.pay(2030, "citizens", "state", amount=np.array([1, 2, 3]), purpose="tax")
    assert ledger.balance["county"].tolist() == [-5, -18]
    assert ledger.balance["municipality"].tolist() == [5, 7, 11]
    assert ledger.balance["state"].tolist() == [6]
    assert ledger.flows == [(2030, "county", "municipality", "staff", 23), (2030, "citizens", "state", "tax", 6)]


def test_a_negative_payment_is_refused_and_not_booked():
    ledger = Ledger(np.array([0, 0], dtype=np.int32), 1)
    with pytest.raises(ValueError, match="staff is negative"):
        ledger.pay(2030, "state", "municipality", amount=np.array([5, -1]), purpose="staff")
    assert not ledger.flows
    assert not any(b.any() for b in ledger.balance.values())


def test_nothing_is_no_flow():
    ledger = Ledger(np.array([0, 0], dtype=np.int32), 1)
    ledger.pay(2030, "state", "municipality", amount=np.zeros(2, dtype=np.int64), purpose="staff")
    assert not ledger.flows
