"""Miljødirektoratet's workbook of one area: no number, the area's name in the sheet `Info`, sums in `Oversikt`."""

from model.intake.documents import Document, number_of, words_of
from model.intake.emissions import COLUMNS, SECTORS, Tally
from model.intake.findings import Finding, IntakeError, Remark, Spot
from model.intake.headers import header_of

NAME = "datasett:"
SLACK = 0.5  # tonnes: sums in the workbook are rounded to a tenth
SUMS = {name: COLUMNS[name] for name in ("year", "sector", "emissions")}


def read(document: Document) -> Finding | None:
    """The accounts of the area; None when no page has such a header. Raises IntakeError when nothing names the area."""
    for page in document.pages:
        header = header_of(document, page, COLUMNS)
        if header is not None and not {"kommune", "kommunenummer"} & set(header.words):
            finding = Finding(
                Spot(document.file, page), "accounts of one area (Miljødirektoratet)", area=_area(document)
            )
            rows = document.after(page, header.row)
            Tally(finding, header).add(rows)
            _compare(document, finding)
            return finding
    return None


def _area(document: Document) -> str:
    """The text beside `Datasett:`."""
    for top in document.tops.values():
        for _, cells in top:
            if len(cells) > 1 and words_of(cells[0]) == NAME and cells[1]:
                return " ".join(str(cells[1]).split())
    raise IntakeError(f"{document.file}: no cell {NAME!r} names the area; give the workbook as it was downloaded")


def _compare(document: Document, finding: Finding) -> None:
    """Remark where a sum in the overview is another than that of the rows."""
    sums = {(e.year, e.column): e.value for e in finding.entries}
    for page in document.pages:
        header = header_of(document, page, SUMS)
        if header is None or {"utslippskilde", "klimagass"} & set(header.words):
            continue
        spot = finding.spot._replace(sheet=page)
        for row, cells in document.after(page, header.row):
            year, sector, total = (cells[header.at[c]] if header.at[c] < len(cells) else None for c in SUMS)
            ours = sums.get((int(number_of(year) or 0), SECTORS.get(words_of(sector), "")))
            theirs = number_of(total)
            if ours is not None and theirs is not None and abs(ours - theirs) > SLACK:
                what = f"{sector} {year:g}: {theirs:,.1f} t here, {ours:,.1f} t in sheet {finding.spot.sheet!r}"
                finding.remarks.append(Remark("differs", spot._replace(row=row), f"{what}; the latter is used"))
        return
