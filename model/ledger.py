"""Every payment between two accounts, in whole øre: what one pays another receives, so all balances sum to zero."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

KINDS: Final = ("state", "county", "municipality", "citizens", "businesses")

Ore = NDArray[np.int64]


def ore_of(amount: NDArray[np.floating[Any]]) -> Ore:
    """NOK as whole øre, rounded half to even; same shape."""
    return np.rint(amount * 100.0).astype(np.int64)


def shared(total: int, weights: NDArray[np.float64]) -> Ore:
    """`total` øre split in proportion to `weights` (M,), to the øre: the largest remainders get what is left.

    >>> shared(10, np.array([1.0, 1.0, 1.0])).tolist()
    [4, 3, 3]
    """
    exact = total * (weights / weights.sum())
    whole = np.floor(exact).astype(np.int64)
    left = int(total - whole.sum())
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[:left]] += 1
    return whole


def shared_within(group: NDArray[np.int32], amounts: Ore, weights: NDArray[np.float64]) -> Ore:
    """The sum of `amounts` of each group split among its members in proportion to `weights`, to the øre; all (M,).

    The first member of a group pays the few øre that are left.

    >>> shared_within(np.array([0, 0, 1]), np.array([10, 1, 5]), np.array([1.0, 3.0, 2.0])).tolist()
    [3, 8, 5]
    """
    total = np.bincount(group, amounts)
    exact = total[group] * weights / np.bincount(group, weights)[group]
    whole = np.floor(exact * (1.0 - 1e-12)).astype(np.int64)  # never above the total, whatever the last digit is
    first = np.unique(group, return_index=True)[1]
    whole[first] += np.rint((total - np.bincount(group, whole))[group[first]]).astype(np.int64)
    return whole


class Ledger:
    """One ledger for all actors of a place: an account for the state, each county, and three in each municipality."""

    def __init__(self, county_of: NDArray[np.int32], counties: int) -> None:
        m = len(county_of)
        self.county_of = county_of
        sizes = {"state": 1, "county": counties, "municipality": m, "citizens": m, "businesses": m}
        self.balance: dict[str, Ore] = {kind: np.zeros(size, dtype=np.int64) for kind, size in sizes.items()}
        self.flows: list[tuple[int, str, str, str, int]] = []

    def pay(self, year: int, payer: str, payee: str, *, amount: Ore, purpose: str) -> None:
        """Pay `amount` (M,) øre between accounts of two kinds, municipality by municipality.

        The state and counties pay or are paid for each municipality in turn. Raises ValueError for a negative amount.
        """
        if amount.size and int(amount.min()) < 0:
            raise ValueError(f"a payment for {purpose} is negative")
        total = int(amount.sum())
        if total == 0:
            return
        self._book(payer, -amount)
        self._book(payee, amount)
        self.flows.append((year, payer, payee, purpose, total))

    def _book(self, kind: str, amount: Ore) -> None:
        if kind == "state":
            self.balance[kind][0] += amount.sum()
        elif kind == "county":
            np.add.at(self.balance[kind], self.county_of, amount)
        else:
            self.balance[kind] += amount

    def total(self) -> int:
        """Sum of all balances in øre; zero unless money was made or lost."""
        return int(sum(int(b.sum()) for b in self.balance.values()))
