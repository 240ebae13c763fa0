"""One file read by whichever layout it has. Knows nothing of places."""

from pathlib import Path

from model.intake.documents import open_document
from model.intake.findings import Finding, IntakeError
from model.intake.layouts import KNOWN, READERS


def read_file(path: Path) -> Finding:
    """All that the file at `path` gives. Raises IntakeError when it cannot be read or has none of the layouts."""
    document = open_document(path)
    for read in READERS:
        finding = read(document)
        if finding is not None:
            if document.misses and finding.table:  # a table to keep, or rather a layout with a header astray?
                break
            if not (finding.entries or finding.names or finding.changes or finding.table):
                raise IntakeError(f"{finding.spot}: {finding.layout} without a usable row; download it again")
            return finding
    if document.misses:
        raise IntakeError(min(document.misses)[1])
    raise IntakeError(f"{document.file}: none of the layouts that are read ({KNOWN})")
