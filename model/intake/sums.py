"""Figures by former number added to figures by municipality of a place, with what is whole and what is approximate."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from model.intake.divisions import Divisions
from model.intake.findings import Entry, Finding

BY_AREA: Final = ("agriculture", "area")  # columns that follow land rather than people when a municipality is split
Key = tuple[str, str, int]  # today's number, column, year


@dataclass
class Sums:
    """Values by municipality, column and year, and how they came about."""

    values: dict[Key, float] = field(default_factory=lambda: defaultdict(float))
    rows: dict[str, int] = field(default_factory=dict)  # first row of each municipality
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # its numbers in the file
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)  # former number -> today's
    lost: dict[str, int] = field(default_factory=dict)  # numbers that lead nowhere -> row
    lacking: dict[Key, str] = field(default_factory=dict)  # not whole: what lacks


def sums_of(
    finding: Finding, divisions: Divisions, *, weights: Mapping[str, Mapping[str, float]], names: Mapping[str, str]
) -> Sums:
    """Add up a finding's entries. Sums over municipalities equal those over the entries, less what is lost.

    weights: "people" and "area", each by today's number. names: of former numbers, for what is told.
    """
    found = Sums()
    there = {(entry.code, entry.year) for entry in finding.entries}
    partners = {code: divisions.partners(code) for code, _ in there}
    parts = {(code, key): divisions.shares(code, weights[key]) for code in partners for key in weights}
    for entry in finding.entries:
        shares = parts[entry.code, "area" if entry.column in BY_AREA else "people"]
        if not shares:
            found.lost.setdefault(entry.code, entry.row)
        if len(shares) > 1:
            found.split[entry.code] = tuple(shares)
        for number, share in shares.items():
            found.values[number, entry.column, entry.year] += share * entry.value
            found.parts[number].add(entry.code)
            found.rows[number] = min(entry.row, found.rows.get(number, entry.row))
        for number, partner in _gaps(divisions, entry, partners[entry.code], there):
            told = f"{partner} {names.get(partner, '')}".strip()
            found.lacking[number, entry.column, entry.year] = f"{told} is not in the file"
    for (code, year, column), row in finding.doubtful.items():
        for number in divisions.successors(code):
            found.lacking[number, column, year] = f"row {row} cannot be used"
    for key in found.lacking:
        found.values.pop(key, None)
    return found


def _gaps(
    divisions: Divisions, entry: Entry, partners: Iterable[str], there: Container[tuple[str, int]]
) -> Iterator[tuple[str, str]]:
    """Municipalities of which the file lacks a part in this year, with the number of the part."""
    for partner in partners:
        if (partner, entry.year) not in there:
            for number in divisions.successors(partner) & divisions.successors(entry.code):
                if (number, entry.year) not in there:
                    yield number, partner
