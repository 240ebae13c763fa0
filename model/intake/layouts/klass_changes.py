"""Klass's CSV of changes between divisions of municipalities, or of a correspondence table between two of them."""

from model.intake.documents import Document, code_of
from model.intake.findings import Change, Finding, Spot, shown
from model.intake.headers import header_of

CHANGES = {"old": ("oldcode",), "old name": ("oldname",), "new": ("newcode",), "when": ("changeoccurred",)}
TABLE = {"old": ("sourcecode",), "old name": ("sourcename",), "new": ("targetcode",)}


def read(document: Document) -> Finding | None:
    """Old and new numbers with the day of the change ("" in a correspondence table); None for another table."""
    for page in document.pages:
        header = header_of(document, page, CHANGES) or header_of(document, page, TABLE)
        if header is None:
            continue
        finding = Finding(Spot(document.file, page), "changes between divisions (Klass)")
        for row, cells in document.after(page, header.row):
            finding.rows += 1
            full = [*cells, *[None] * (max(header.at.values()) + 1 - len(cells))]
            old, new = code_of(full[header.at["old"]]), code_of(full[header.at["new"]])
            when = str(full[header.at["when"]] or "").strip()[:10] if "when" in header.at else ""
            if old and new:
                finding.changes.append(Change(old, new, when, row))
                finding.names.setdefault(old, str(full[header.at["old name"]] or "").strip())
            else:
                pair = f"{shown(full[header.at['old']])} to {shown(full[header.at['new']])}"
                finding.remark("unmatched", row, f"{pair} are no two municipality numbers; left out")
        return finding
    return None
