"""Findings put together over a place: which figures of which municipalities change, and everything worth telling.

Knows nothing of files or layouts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from agents.vocabulary import SECTORS
from model import baseline
from model.intake.divisions import Divisions
from model.intake.findings import Finding, IntakeError, Remark, Spot
from model.intake.matching import Gazetteer
from model.intake.sums import Sums, sums_of
from model.places import Place, load_place

MOVED = "figures of {year} were taken to {base} with Norway's emissions by sector; approximate"


@dataclass
class Assembly:
    """What changes in `base`: figures by column and number, and sectors that are official."""

    base: Place
    columns: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    official: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    spread: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # part of an official sum of an area
    matched: dict[Spot, list[str]] = field(default_factory=dict)  # municipalities that each file says something of
    years: dict[Spot, list[int]] = field(default_factory=dict)  # years taken from each file
    remarks: list[Remark] = field(default_factory=list)

    def name_of(self, number: str) -> str:
        """Number and name of a municipality of the place."""
        return f"{number} {self.base.names[self.base.numbers.index(number)]}"

    def set_account(self, spot: Spot, number: str, sector: str, tonnes: float) -> None:
        """An official figure; a later file stands, and a contradiction is told."""
        before = self.columns[sector].get(number) if sector in self.official[number] else None
        if before is not None and abs(before - tonnes) > 1.0:
            what = (
                f"{self.name_of(number)}, {sector}: {tonnes:,.1f} t, another file said {before:,.1f}; the last stands"
            )
            self.remarks.append(Remark("differs", spot, what))
        self.columns[sector][number] = tonnes
        self.official[number].add(sector)


def assembled(
    base: Place, findings: Sequence[Finding], *, areas: Mapping[str, str] | None = None, year: int | None = None
) -> Assembly:
    """All findings over `base`. Raises IntakeError when an area is unknown or none of the figures is of the place.

    areas: for workbooks of one area, by file, what they are about (--as). year: of the accounts, instead of the base
    year or the nearest one in the file.
    """
    result = Assembly(base)
    names = {code: name for finding in findings for code, name in finding.names.items()}
    gazetteer = Gazetteer(base, names)
    divisions = _divisions(gazetteer, findings)
    weights = _weights(base, divisions)
    for finding in findings:
        result.remarks += finding.remarks
        accounts = any(entry.column in SECTORS for entry in finding.entries)
        if finding.entries and not finding.area:
            sums = sums_of(finding, divisions, weights=weights, names=names)
            _tell_sums(result, finding, sums, divisions)
            if accounts:
                _take_accounts(result, finding, sums, year)
            else:
                _take_figures(result, finding, sums)
        elif finding.names and not finding.changes:
            _compare_names(result, finding, divisions)
    for finding in findings:
        if finding.area:
            _take_area(result, finding, gazetteer, ((areas or {}).get(finding.spot.file), year))
    return result


def _divisions(gazetteer: Gazetteer, findings: Sequence[Finding]) -> Divisions:
    """Today's division is all of Norway where the place is a part of it, so that others are outside and not unknown."""
    numbers = load_place("norway").numbers if gazetteer.is_norwegian else gazetteer.place.numbers
    return Divisions([change for finding in findings for change in finding.changes], numbers)


def _weights(base: Place, divisions: Divisions) -> dict[str, dict[str, float]]:
    place = base if divisions.today <= set(base.numbers) else load_place("norway")
    return {
        "people": dict(zip(place.numbers, place.population[0].tolist(), strict=True)),
        "area": dict(zip(place.numbers, place.area.tolist(), strict=True)),
    }


def _tell_sums(result: Assembly, finding: Finding, sums: Sums, divisions: Divisions) -> None:
    inside = [n for n in result.base.numbers if n in sums.parts]
    result.matched[finding.spot] = inside
    said = {entry.code: entry.name for entry in finding.entries}
    for code, row in sums.lost.items():
        hint = "the changes given do not lead to one" if divisions.days else "if it was one, give Klass's changes too"
        what = f"{code} {said[code]}".strip() + f" is no municipality of the place; its rows are left out; {hint}"
        result.remarks.append(Remark("unmatched", finding.spot._replace(row=row), what))
    outside = [n for n in sums.parts if n not in result.base.numbers]
    if outside:
        result.remarks.append(
            Remark("unmatched", finding.spot, f"{len(outside)} municipalities lie outside of the place")
        )
    for code, ends in sums.split.items():
        what = f"{code} {said.get(code, '')} was split into {', '.join(ends)} by people (farming by area); approximate"
        result.remarks.append(Remark("split", finding.spot, what))
    for number in inside:
        if len(sums.parts[number]) > 1:
            what = f"{result.name_of(number)} is the sum of {', '.join(sorted(sums.parts[number]))}"
            result.remarks.append(Remark("summed", finding.spot._replace(row=sums.rows[number]), what))
    told = {(number, why) for (number, _, _), why in sums.lacking.items() if number in result.base.numbers}
    for number, why in sorted(told):
        what = f"{result.name_of(number)}: {why}, so its sum is not whole and the estimate stays"
        result.remarks.append(Remark("missing", finding.spot._replace(row=sums.rows.get(number, 0)), what))


def _year_of(years: set[int], base_year: int, asked: int | None, spot: Spot) -> int:
    """The year asked for, else the base year, else the last before it, else the first after it."""
    if asked is not None and asked not in years:
        told = ", ".join(map(str, sorted(years)))
        raise IntakeError(f"{spot}: has no figures of {asked}; it has {told}")
    if asked is not None or base_year in years:
        return asked if asked is not None else base_year
    before = [year for year in years if year < base_year]
    return max(before) if before else min(years)


def _to_base(base: Place, year: int) -> dict[str, float]:
    """By sector what tonnes of `year` are multiplied by to be tonnes of the base year."""
    path = baseline.statistics_path([base.base_year])[0] / baseline.statistics_path([year])[0]
    return dict(zip(SECTORS, path.tolist(), strict=True))


def _chosen(result: Assembly, finding: Finding, year: int | None) -> tuple[int, dict[str, float]]:
    chosen = _year_of({entry.year for entry in finding.entries}, result.base.base_year, year, finding.spot)
    result.years[finding.spot] = [chosen]
    if chosen != result.base.base_year:
        what = MOVED.format(year=chosen, base=result.base.base_year)
        result.remarks.append(Remark("moved", finding.spot, what))
    return chosen, _to_base(result.base, chosen)


def _take_accounts(result: Assembly, finding: Finding, sums: Sums, year: int | None) -> None:
    chosen, factor = _chosen(result, finding, year)
    there = {sector for (_, sector, y) in sums.values if y == chosen}
    for number in result.matched[finding.spot]:
        mine = {s: sums.values[number, s, chosen] for s in SECTORS if (number, s, chosen) in sums.values}
        is_split = any(code in sums.split for code in sums.parts[number])
        for sector, tonnes in mine.items():
            if is_split:
                result.columns[sector][number] = tonnes * factor[sector]
                result.spread[number].add(sector)
            else:
                result.set_account(finding.spot, number, sector, tonnes * factor[sector])
        lacking = {s for (n, s, y) in sums.lacking if n == number and y == chosen}
        missing = [s for s in SECTORS if s in there - mine.keys() - lacking]
        if missing:
            few = "no row" if mine else "no rows at all"
            what = f"{result.name_of(number)} has {few} of {chosen} for {', '.join(missing)}; the estimate stays"
            result.remarks.append(Remark("missing", finding.spot._replace(row=sums.rows[number]), what))
    _tell_absent(result, finding, [s for s in SECTORS if s not in there])


def _tell_absent(result: Assembly, finding: Finding, sectors: list[str]) -> None:
    """Sectors and municipalities of which the file has nothing."""
    if sectors:
        what = f"no figures for {', '.join(sectors)}; the estimates stay"
        result.remarks.append(Remark("missing", finding.spot, what))
    absent = [n for n in result.base.numbers if n not in set(result.matched[finding.spot])]
    if absent:
        some = ", ".join(result.name_of(n) for n in absent[:5]) + (" …" if len(absent) > 5 else "")
        result.remarks.append(Remark("missing", finding.spot, f"nothing of {len(absent)} municipalities: {some}"))


def _take_figures(result: Assembly, finding: Finding, sums: Sums) -> None:
    """Population of every year that is whole; of other columns the last year."""
    inside = set(result.matched[finding.spot])
    last = max((y for (_, _, y) in sums.values), default=0)
    by_column: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for (number, column, then), value in sums.values.items():
        if number in inside and (column == "population" or then == last):
            by_column[column, then][number] = value
    for (column, then), values in sorted(by_column.items()):
        empty = [n for n in sorted(inside) if column != "jobs" and values.get(n, 0.0) <= 0]
        if empty:
            some = ", ".join(result.name_of(n) for n in empty[:5])
            what = f"{column} of {then} is not used: none for {some}, so others may hold what belongs there"
            result.remarks.append(Remark("missing", finding.spot._replace(row=sums.rows[empty[0]]), what))
            continue
        result.columns[f"population_{then}" if column == "population" else column] |= values
        result.years.setdefault(finding.spot, []).append(then)
    _tell_absent(result, finding, [])


def _compare_names(result: Assembly, finding: Finding, divisions: Divisions) -> None:
    """A list of a division changes nothing; it shows whether the place is of that division."""
    theirs, ours = set(finding.names), set(result.base.numbers)
    result.matched[finding.spot] = [n for n in result.base.numbers if n in theirs]
    for number in sorted(ours - theirs):
        result.remarks.append(Remark("unmatched", finding.spot, f"{result.name_of(number)} is not in the list"))
    for number in sorted(theirs - divisions.today):
        what = f"{number} {finding.names[number]} is not in the place"
        result.remarks.append(Remark("unmatched", finding.spot, what))


def _take_area(result: Assembly, finding: Finding, gazetteer: Gazetteer, asked: tuple[str | None, int | None]) -> None:
    """Accounts of a municipality, or those of a larger area spread by the estimates of its municipalities."""
    remedy = "say what it is with --as: a number (3901), a county (telemark), or several joined by commas"
    try:
        numbers = gazetteer.meant(asked[0] or finding.area, remedy)
    except IntakeError as error:
        raise IntakeError(f"{finding.spot.file}: {error}") from None
    chosen, factor = _chosen(result, finding, asked[1])
    result.matched[finding.spot] = list(numbers)
    totals = {entry.column: entry.value * factor[entry.column] for entry in finding.entries if entry.year == chosen}
    if len(numbers) == 1:
        for sector, tonnes in totals.items():
            result.set_account(finding.spot, numbers[0], sector, tonnes)
    else:
        what = f"{finding.area!r} is the sum of {len(numbers)} municipalities; divided among them as the estimates are"
        result.remarks.append(Remark("split", finding.spot, what))
        for sector, tonnes in totals.items():
            _spread_over(result, finding.spot, (numbers, sector), tonnes)
    absent = [s for s in SECTORS if s not in totals]
    if absent:
        what = f"no figures of {chosen} for {', '.join(absent)}; the estimates stay"
        result.remarks.append(Remark("missing", finding.spot, what))


def _spread_over(result: Assembly, spot: Spot, what: tuple[tuple[str, ...], str], tonnes: float) -> None:
    """Divide a sum among the municipalities that have no official figure of their own."""
    numbers, sector = what
    where = {n: result.base.numbers.index(n) for n in numbers}
    column = SECTORS.index(sector)
    own = {n: float(result.base.territorial[i, column]) for n, i in where.items() if sector in result.base.official[i]}
    own |= {n: result.columns[sector][n] for n in numbers if sector in result.official[n]}
    free, rest = [n for n in numbers if n not in own], tonnes - sum(own.values())
    if rest < -1.0 or not free:
        if abs(rest) > 1.0:
            told = f"{sector}: {tonnes:,.0f} t, its municipalities' own accounts add to {sum(own.values()):,.0f} t"
            result.remarks.append(Remark("differs", spot, f"{told}; these stand"))
        return
    place = [where[n] for n in free]
    key = result.base.territorial[place, column]
    key = key if key.sum() > 0 else result.base.population[0, place]
    for number, part in zip(free, (max(rest, 0.0) * key / np.sum(key)).tolist(), strict=True):
        result.columns[sector][number] = part
        result.spread[number].add(sector)
