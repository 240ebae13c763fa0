"""Former municipalities in terms of today's: merged, renumbered and split. Knows nothing of files or tonnes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from model.intake.findings import Change

Shares = dict[str, float]  # today's number -> part, summing to 1


class Divisions:
    """Changes in the order of their days. What was split is divided by people or area of today (approximate)."""

    def __init__(self, changes: Iterable[Change], today: Iterable[str]) -> None:
        """today: numbers of the division that figures are wanted in; these are never changed."""
        self.today = frozenset(today)
        by_day: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for change in changes:
            if change.new not in by_day[change.when][change.old]:
                by_day[change.when][change.old].append(change.new)
        self.days = sorted(by_day.items())

    def successors(self, code: str) -> frozenset[str]:
        """What the number became: today's numbers, and others where nothing leads on from them."""
        if code in self.today:
            return frozenset([code])
        now = {code}
        for _, changes in self.days:
            now = {new for old in now for new in (changes.get(old, [old]) if old not in self.today else [old])}
        return frozenset(now)

    def shares(self, code: str, weight: Mapping[str, float]) -> Shares:
        """Parts of a former number by today's; empty where it leads to a number that is none of today's.

        >>> changes = [Change("1507", "1508", "2024-01-01", 2), Change("1507", "1580", "2024-01-01", 3)]
        >>> Divisions(changes, ["1508", "1580"]).shares("1507", {"1508": 3.0, "1580": 1.0})
        {'1508': 0.75, '1580': 0.25}
        """
        ends = sorted(self.successors(code))
        if not ends or not self.today.issuperset(ends):
            return {}
        total = sum(weight[end] for end in ends)
        return {end: weight[end] / total if total > 0 else 1 / len(ends) for end in ends}

    def partners(self, code: str) -> frozenset[str]:
        """Numbers that went into the same new ones on the same day: without them the sum is not whole."""
        found: set[str] = set()
        for _, changes in self.days:
            new = set(changes.get(code, ()))
            if new and code not in self.today:
                found |= {old for old, ends in changes.items() if new & set(ends)}
        return frozenset(found - {code})
