"""SSB's CSV of a table by municipality: a column for the region, and the years in a column or in the headers."""

import re
from collections.abc import Iterator
from typing import Any

from model.intake.documents import Document, code_of, number_of, words_of
from model.intake.findings import Entry, Finding, Spot, shown
from model.intake.statistics import REGIONS, SOURCE, YEARS, column_of
from model.intake.workbook import Row

BLANKS = (".", "..", ":", "")


def read(document: Document) -> Finding | None:
    """Figures by municipality and year; None when no column is called region or kommune."""
    for page, top in document.tops.items():
        found = next((at for at, (_, cells) in enumerate(top) if _region(cells) is not None), None)
        if found is None:
            continue
        row, cells = top[found]
        title = " ".join(words_of(cell) for _, line in top[:found] for cell in line)
        finding = Finding(Spot(document.file, page), "table of statistics (SSB CSV)")
        finding.source = {"what": (title or f"table in {document.file}")[:200]} | SOURCE
        if _columns(cells, title):
            rows = document.after(page, row)
            _collect(finding, rows, [words_of(c) for c in cells], title)
        else:
            finding.remark(
                "kept", row, "no variable that a place has (population, area, employed, jobs); nothing changes"
            )
            finding.table = [[str(c or "") for c in line] for _, line in document.rows(page)]
        return finding
    return None


def _region(cells: list[Any]) -> int | None:
    words = [words_of(cell) for cell in cells]
    return next((i for i, word in enumerate(words) if word in REGIONS), None)


def _columns(cells: list[Any], title: str) -> dict[int, tuple[str, int]]:
    """Column and year (0: stands in a cell) of every header that holds figures of a known variable."""
    words = [words_of(cell) for cell in cells]
    has_years = any(word in YEARS for word in words)
    found = {}
    for i, word in enumerate(words):
        year = re.search(r"\b(19|20)\d\d$", word)
        if word in REGIONS or word in YEARS or (year is None and not has_years):
            continue
        column = column_of(word) or (column_of(title) if year or word.startswith(("person", "value", "verdi")) else "")
        if column:
            found[i] = (column, int(year[0]) if year else 0)
    return found


def _collect(finding: Finding, rows: Iterator[Row], words: list[str], title: str) -> None:
    region, columns = _region(list(words)) or 0, _columns(list(words), title)
    when = next((i for i, word in enumerate(words) if word in YEARS), None)
    seen: dict[tuple[str, str, int], int] = {}
    for row, line in rows:
        finding.rows += 1
        cells = [*line, *[None] * (len(words) - len(line))]
        code = code_of(cells[region])
        if not code:
            finding.remark("unmatched", row, f"region {shown(cells[region])} is no municipality; left out")
            continue
        for i, (column, year) in columns.items():
            value, then = number_of(cells[i]), year or int(number_of(cells[when or 0]) or 0)
            if value is None or not then:
                is_blank = words_of(cells[i]) in BLANKS
                finding.remark("missing" if is_blank else "unreadable", row, f"{code}: {column} {shown(cells[i])}")
            elif (code, column, then) in seen:
                finding.remark("repeated", row, f"{code}: {column} {then} stands in row {seen[code, column, then]} too")
            else:
                seen[code, column, then] = row
                finding.entries.append(Entry(code, str(cells[region]), then, column, value, row))
