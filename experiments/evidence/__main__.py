"""`python -m experiments.evidence [FILE]...`: ships results with the program and writes the pages made of them."""

import sys
from pathlib import Path
from typing import Final

from experiments import provenance, store
from experiments.evidence import history_page, pages, shipped

PAGES: Final = (  # kind of results, the page made of them, and how
    ("claims", "docs/claims.md", pages.claims_page),
    ("patterns", "docs/validation.md", history_page.history_page),
)


def main(files: list[str]) -> int:
    """Keep each file, then write the pages of all kept results; 0 on success, 2 when a file cannot be shipped."""
    try:
        for name in files:
            document = store.read_document(Path(name))
            if document is None:
                raise shipped.EvidenceError("cannot be read as JSON")
            print(f"kept: {shipped.keep(document).relative_to(provenance.ROOT)}")
    except (shipped.EvidenceError, KeyError, TypeError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    for kind, page, made_of in PAGES:
        document = shipped.shipped(kind)
        if document is not None:
            store.write_text(provenance.ROOT / page, made_of(document))
            print(f"written: {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
