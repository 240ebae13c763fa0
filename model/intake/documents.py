"""A user's file opened by its content and never by its name: pages of rows, or JSON. Knows nothing of layouts."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from model.intake.findings import IntakeError, shown
from model.intake.workbook import FILE_BYTES, Row, Workbook

CSV_ROWS: Final = 1_500_000
TEXT_BYTES: Final = 60_000_000
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLAIN: Final = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")


@dataclass(frozen=True)
class Document:
    """One file. `pages` names its tables ("" for a CSV), `tree` is the JSON or None."""

    file: str
    workbook: Workbook | None = None
    lines: tuple[Row, ...] = ()
    tree: Any = None
    misses: list[tuple[int, str]] = field(default_factory=list)  # headers that nearly fit: columns missing, told

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Names of the tables; none in JSON."""
        if self.workbook is not None:
            return tuple(self.workbook.sheets)
        return () if self.tree is not None else ("",)

    def rows(self, page: str) -> Iterator[Row]:
        """Rows of a page that are not empty, with their number as a spreadsheet or editor shows it."""
        return iter(self.lines) if self.workbook is None else self.workbook.rows(page)

    def after(self, page: str, row: int) -> Iterator[Row]:
        """Rows of a page below the row `row`."""
        return (line for line in self.rows(page) if line[0] > row)

    @cached_property
    def tops(self) -> dict[str, list[Row]]:
        """The first ten rows of every page, by which layouts are told apart."""
        return {page: _first(self.rows(page), 10) for page in self.pages}


def _first(rows: Iterator[Row], count: int) -> list[Row]:
    return [row for row, _ in zip(rows, range(count), strict=False)]


def open_document(path: Path) -> Document:
    """The file at `path`. Raises IntakeError for what is no workbook, JSON or CSV, within bounds of size."""
    raw = _bytes(path)
    name = path.name if path.name.isprintable() else shown(path.name)
    if raw.startswith(_OLD_OFFICE):
        raise IntakeError(f"{name}: an old Excel file (.xls) or one with a password; save it as .xlsx without one")
    if raw.startswith(b"PK"):
        return Document(name, workbook=Workbook(name, raw))
    if len(raw) > TEXT_BYTES:
        raise IntakeError(f"{name}: larger than {TEXT_BYTES // 1_000_000} MB; download fewer years or tables at once")
    text = _decoded(name, raw)
    if text.lstrip()[:1] in ("{", "["):
        return Document(name, tree=_tree(name, text))
    if text.lstrip()[:1] == "<":
        raise IntakeError(f"{name}: a web page or XML and no table; download the file itself as .xlsx, JSON or CSV")
    return Document(name, lines=_lines(name, text))


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise IntakeError(f"{shown(path)}: no such file; check the path")
        with path.open("rb") as file:
            raw = file.read(FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, IntakeError):
            raise
        raise IntakeError(f"{shown(path)}: cannot be read; check its name and permissions") from None
    if len(raw) > FILE_BYTES:
        raise IntakeError(f"{shown(path.name)}: larger than {FILE_BYTES // 1_000_000} MB; none of the layouts is")
    if not raw.strip():
        raise IntakeError(f"{shown(path.name)}: empty; download it again")
    return raw


def _decoded(name: str, raw: bytes) -> str:
    """Text in UTF-8 or, as Klass sends it, Latin-1; refuses binary files."""
    if b"\0" in raw[:100_000]:
        raise IntakeError(f"{name}: neither a workbook (.xlsx) nor JSON nor CSV; the layouts that are read: --help")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _tree(name: str, text: str) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key stands twice in one object")
        return found

    def refuse(constant: str) -> float:
        raise ValueError(f"{constant} is no number of JSON")

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except RecursionError:
        raise IntakeError(f"{name}: nested too deeply; no JSON-stat") from None
    except ValueError as error:
        raise IntakeError(f"{name}: broken JSON ({shown(error)}); download it again") from None


def _lines(name: str, text: str) -> tuple[Row, ...]:
    """Rows of a CSV; the separator is whichever of `;`, tab and `,` the first lines have most of outside of quotes."""
    top = re.sub(r'"[^"\n]*"', "", text[:20_000])
    separator = max(";\t,", key=top.count)
    if not top.count(separator):
        raise IntakeError(f"{name}: no table; a CSV has columns separated by ';', tab or ','")
    found: list[Row] = []
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if any(cells):
                found.append((reader.line_num, [cell if cell.strip() else None for cell in cells]))
            if len(found) > CSV_ROWS:
                raise IntakeError(f"{name}: more than {CSV_ROWS:,} rows")
    except csv.Error as error:
        raise IntakeError(f"{name}, row {reader.line_num}: broken CSV ({error}); download it again") from None
    return tuple(found)


def number_of(cell: Any) -> float | None:
    """The number in a cell, also one written as text with a decimal comma or spaced thousands; None for others.

    >>> number_of("1 234,5"), number_of(7.0), number_of("n/a"), number_of("nan")
    (1234.5, 7.0, None, None)
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return float(cell) if abs(cell) < 1e15 else None
    plain = re.sub(r"[\s\u00a0\u202f]", "", str(cell or ""))
    return float(plain.replace(",", ".")) if len(plain) < 40 and _PLAIN.fullmatch(plain) else None


def words_of(cell: Any) -> str:
    """A cell's text for comparing: `₂` as 2, one space between words, lower case, nothing at the ends.

    >>> words_of(" Utslipp  (tonn CO₂-ekvivalenter)\\n")
    'utslipp (tonn co2-ekvivalenter)'
    """
    text = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str("" if cell is None else cell)
    return " ".join(text.replace("₂", "2").replace("\u00a0", " ").lower().split())


def code_of(cell: Any) -> str:
    """A municipality's number as four digits of text, also from K-0301, 301.0 or `0301 Oslo`; "" for none.

    >>> code_of("K-0301"), code_of(301.0), code_of("0301 Oslo"), code_of("Sum")
    ('0301', '0301', '0301', '')
    """
    found = re.fullmatch(r"(?:k[-_ ]?)?(\d{3,4})(?:[ -].*)?", words_of(cell))
    return found[1].zfill(4) if found else ""
