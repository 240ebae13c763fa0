"""Rows of municipal accounts added to one figure a municipality, year and sector. Knows nothing of sheets or places."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from model.intake.documents import code_of, number_of, words_of
from model.intake.findings import REMARKS, Entry, Finding, IntakeError, shown
from model.intake.headers import Header
from model.intake.workbook import Row

SECTORS: Final = {
    "industri, olje og gass": "industry_oil_gas",
    "energiforsyning": "energy_supply",
    "oppvarming": "heating",
    "veitrafikk": "road_traffic",
    "sjøfart": "shipping",
    "luftfart": "aviation",
    "annen mobil forbrenning": "other_mobile",
    "jordbruk": "agriculture",
    "avfall og avløp": "waste",
    "produkter med fluorgasser": "fluorinated_gases",
    "fluorgasser": "fluorinated_gases",
    "fluorholdige gasser": "fluorinated_gases",
    "produkter med fluorholdige gasser": "fluorinated_gases",
}
EMISSIONS: Final = ("utslipp (tonn co2-ekvivalenter)", "utslipp (tonn co2-ekv.)", "utslipp (tonn co2e)", "utslipp")
COLUMNS: Final = {
    "year": ("år",),
    "sector": ("sektor",),
    "source": ("utslippskilde",),
    "gas": ("klimagass",),
    "emissions": EMISSIONS,
}
AGENCY: Final = {
    "what": "Municipal greenhouse gas accounts",
    "source": "Miljødirektoratet",
    "licence": "NLOD",
    "confidence": "H",
}


class Tally:
    """Adds rows into a finding; the same line twice counts once, what cannot be read makes its sector doubtful."""

    def __init__(self, finding: Finding, header: Header) -> None:
        self.finding, self.at = finding, header.at
        self.scale = scale_of(header.words[header.at["emissions"]])
        self.sums: dict[tuple[str, int, str], list[float]] = {}  # tonnes, first row
        self.seen: dict[int, tuple[int, float | None]] = {}
        self.repeats: Counter[str] = Counter()
        self.first_repeat: dict[str, tuple[int, int]] = {}
        self.named: dict[str, str] = {}
        self.strangers: dict[str, list[int]] = {}
        for written, read in header.renamed:
            unit = f" in units of {self.scale:,.0f} t" if self.scale != 1 and written in header.words else ""
            finding.remark("renamed", header.row, f"header {shown(written)} was read as {read!r}{unit}")

    def add(self, rows: Iterable[Row]) -> Finding:
        """Take in all rows after the header and hand the finding back, its entries sorted."""
        for row, cells in rows:
            self.finding.rows += 1
            self._take(row, [*cells, *[None] * (max(self.at.values()) + 1 - len(cells))])
        self._tell()
        found = sorted(self.sums.items())
        self.finding.entries = [
            Entry(code, self.named.get(code, ""), year, sector, tonnes, int(row))
            for (code, year, sector), (tonnes, row) in found
            if (code, year, sector) not in self.finding.doubtful
        ]
        self.finding.source = dict(AGENCY)
        return self.finding

    def _take(self, row: int, cells: list[Any]) -> None:
        at = self.at
        code = self._code(row, cells) if "code" in at else ""
        year, word = number_of(cells[at["year"]]), words_of(cells[at["sector"]])
        sector = SECTORS.get(word)
        if code is None:
            return
        if year is None or not 1900 <= year <= 2200 or year % 1:
            self._stranger(f"year {shown(cells[at['year']])} is no year", row)
            return
        if sector is None:
            self._stranger(f"sector {shown(cells[at['sector']])} is not one of the ten", row)
            return
        key = (code, int(year), sector)
        tonnes = number_of(cells[at["emissions"]])
        line = hash((*key, words_of(cells[at["source"]]), words_of(cells[at["gas"]])))
        if line in self.seen:
            self._repeat(row, key, self.seen[line], tonnes)
            return
        self.seen[line] = (row, tonnes)
        if tonnes is None or tonnes < 0:
            what = (
                f"{self._of(code)}{int(year)} {shown(cells[at['sector']])}: emissions {shown(cells[at['emissions']])}"
            )
            self.finding.remark("unreadable", row, f"{what} are no tonnes; this sector is not used")
            self.finding.doubtful[key] = row
            return
        slot = self.sums.setdefault(key, [0.0, row])
        slot[0] += self.scale * tonnes

    def _code(self, row: int, cells: list[Any]) -> str | None:
        """The number of a row, or None for a row of no municipality (a sum, a note)."""
        code, name = code_of(cells[self.at["code"]]), str(cells[self.at["name"]] or "").strip()
        if not code:
            called = f" in the row of {shown(name)}" if name else ""
            self._stranger(f"no municipality number but {shown(cells[self.at['code']])}{called}", row)
            return None
        if self.named.setdefault(code, name) != name and (code, name) not in self.finding.names.items():
            self.finding.remark("differs", row, f"number {code} is called {shown(self.named[code])} and {shown(name)}")
            self.finding.names[code] = name
        return code

    def _repeat(
        self, row: int, key: tuple[str, int, str], first: tuple[int, float | None], tonnes: float | None
    ) -> None:
        code, year, sector = key
        if tonnes != first[1]:
            told = f"{self._of(code)}{year} {sector}: says other tonnes than row {first[0]} of the same source and gas"
            self.finding.remark("differs", row, f"{told}; this sector is not used")
            self.finding.doubtful[key] = row
        self.repeats[code] += 1
        self.first_repeat.setdefault(code, (row, first[0]))

    def _stranger(self, what: str, row: int) -> None:
        self.strangers.setdefault(what, []).append(row)
        if len(self.strangers) > REMARKS:
            told = f"more than {REMARKS:,} rows of no known municipality or sector, such as: {what}"
            raise IntakeError(f"{self.finding.spot._replace(row=row)}: {told}; is this the right file?")

    def _of(self, code: str) -> str:
        return f"{code} {self.named.get(code, '')}: ".replace(" : ", ": ") if code else ""

    def _tell(self) -> None:
        for code, count in sorted(self.repeats.items()):
            row, first = self.first_repeat[code]
            what = f"{count} row{'s' * (count > 1)} from here on repeat earlier ones (the first: row {first})"
            self.finding.remark("repeated", row, f"{self._of(code)}{what}; counted once")
        for what, rows in self.strangers.items():
            more = f" ({len(rows)} rows, the last {rows[-1]})" if len(rows) > 1 else ""
            self.finding.remark("unmatched", rows[0], f"{what}; left out{more}")


def scale_of(words: str) -> float:
    """Tonnes that one unit of the column means, by its header.

    >>> scale_of("utslipp (1000 tonn co2-ekvivalenter)"), scale_of("utslipp (tonn co2-ekvivalenter)")
    (1000.0, 1.0)
    """
    return 1000.0 if "1000 tonn" in words or "1 000 tonn" in words or "kt" in words.split() else 1.0
