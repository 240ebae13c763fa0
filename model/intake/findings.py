"""What a reader finds in a file: figures with their rows, and remarks. Knows nothing of places or layouts."""

from dataclasses import dataclass, field
from typing import NamedTuple

SHOWN = 80  # characters of a stranger's text in a message
REMARKS = 5_000  # in one file; more means another table than it seems


class IntakeError(ValueError):
    """A file that cannot be imported; the message names file, sheet and row, and what would be right."""


class Spot(NamedTuple):
    """Where something stands; sheet "" for files without sheets, row 0 for the whole of it."""

    file: str
    sheet: str = ""
    row: int = 0

    def __str__(self) -> str:
        sheet = f", sheet {self.sheet!r}" if self.sheet else ""
        return f"{self.file}{sheet}" + (f", row {self.row}" if self.row else "")


class Remark(NamedTuple):
    """Something the user should know. `kind` is one of KINDS."""

    kind: str
    spot: Spot
    what: str

    def __str__(self) -> str:
        return f"{self.spot}: {self.what}"


KINDS = {
    "renamed": "a header was read as another",
    "unmatched": "a municipality or sector is not known, the row is left out",
    "repeated": "rows say the same again; counted once",
    "unreadable": "a figure cannot be read",
    "missing": "figures that were expected are not there, the estimate stays",
    "differs": "two places contradict each other",
    "summed": "several rows or municipalities were added",
    "split": "one figure was divided; approximate",
    "moved": "figures of another year were taken to the base year; approximate",
    "kept": "a table that changes nothing in the place was kept beside it",
}


class Entry(NamedTuple):
    """One figure: t CO2e of a sector, or the value of a column, in a year. `code` is "" where there is no number."""

    code: str
    name: str
    year: int
    column: str  # a sector of agents.vocabulary, or population, area, employed, jobs
    value: float
    row: int


class Change(NamedTuple):
    """A municipality's number that became another, in part or in whole. `when` sorts as text: 2020-01-01."""

    old: str
    new: str
    when: str
    row: int


@dataclass
class Finding:
    """All that one file gave."""

    spot: Spot  # file and sheet
    layout: str
    rows: int = 0
    entries: list[Entry] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # by number, where the file gives them
    area: str = ""  # what the figures are about, where they have no number
    doubtful: dict[tuple[str, int, str], int] = field(default_factory=dict)  # (code, year, sector) -> row: not used
    table: list[list[str]] = field(default_factory=list)  # header and rows kept as they are
    remarks: list[Remark] = field(default_factory=list)
    source: dict[str, str] = field(default_factory=dict)  # what, source, licence

    def remark(self, kind: str, row: int, what: str) -> None:
        """Note something about a row of this file; row 0 is the whole of it. Raises IntakeError beyond all patience."""
        if len(self.remarks) >= REMARKS:
            told = f"more than {REMARKS:,} rows cannot be used, such as: {what}"
            raise IntakeError(f"{self.spot._replace(row=row)}: {told}; is this the right file?")
        self.remarks.append(Remark(kind, self.spot._replace(row=row), what))


def shown(text: object) -> str:
    """A stranger's text, printable and short.

    >>> shown("Os\\x1blo")
    "'Oslo'"
    """
    if text is None:
        return "a blank cell"
    plain = "".join(c for c in str(text) if c.isprintable())
    return repr(plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…")
