"""Miljødirektoratet's workbook of all municipalities: number, name, year, sector, source, gas, tonnes in each row."""

from model.intake.documents import Document
from model.intake.emissions import COLUMNS, Tally
from model.intake.findings import Finding, Spot
from model.intake.headers import header_of

NUMBER = {"code": ("kommunenummer", "kommunenr", "kommunenr."), "name": ("kommune", "kommunenavn")}


def read(document: Document) -> Finding | None:
    """The accounts in the first page with such a header; None when no page has one."""
    for page in document.pages:
        header = header_of(document, page, NUMBER | COLUMNS)
        if header is not None:
            finding = Finding(Spot(document.file, page), "accounts of all municipalities (Miljødirektoratet)")
            rows = document.after(page, header.row)
            return Tally(finding, header).add(rows)
    return None
