"""Klass's CSV of the municipalities of a division: `code` and `name`, with a row 9999 for the unknown."""

from model.intake.documents import Document, code_of
from model.intake.findings import Finding, Spot, shown
from model.intake.headers import header_of

COLUMNS = {"code": ("code",), "name": ("name",), "parent": ("parentcode",), "level": ("level",)}
UNKNOWN = "9999"


def read(document: Document) -> Finding | None:
    """Numbers and official names; None for another table."""
    for page in document.pages:
        header = header_of(document, page, COLUMNS)
        if header is None:
            continue
        finding = Finding(Spot(document.file, page), "municipalities of a division (Klass)")
        for row, cells in document.after(page, header.row):
            finding.rows += 1
            code = code_of(cells[header.at["code"]])
            name = str(cells[header.at["name"]] if header.at["name"] < len(cells) else "").strip()
            if code == UNKNOWN:
                finding.remark("unmatched", row, f"{code} {name} is no municipality; left out")
            elif not code or not name:
                finding.remark("unmatched", row, f"{shown(cells[0])} is no number of four digits with a name; left out")
            elif finding.names.setdefault(code, name) != name:
                finding.remark(
                    "differs", row, f"number {code} is called {shown(finding.names[code])} and {shown(name)}"
                )
        return finding
    return None
