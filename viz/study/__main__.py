"""Carry out the studies of the documentation, or what is missing of them, and write what they taught.

    python -m viz.study [NAME…]

With names, only these studies are carried out; the page is made of all summaries there are.
"""

import sys
from pathlib import Path

from experiments import store

DOCS = Path(__file__).resolve().parents[2] / "docs"


def main(names: list[str]) -> int:
    """Run, summarise, write; returns the exit code."""
    from experiments import pools
    from experiments.study import Launch, carry_out
    from viz.study import taught

    strange = [name for name in names if name not in taught.NAMES]
    if strange:
        sys.stderr.write(f"unknown study '{strange[0]}'; the studies are {', '.join(taught.NAMES)}\n")
        return 2
    for name in names or taught.NAMES:
        folder = Path("results") / "studies" / name
        outcome = carry_out(Launch(DOCS / "studies" / f"{name}.toml", folder, workers=pools.cores()))
        if not outcome.is_complete:
            sys.stderr.write(f"{name}: {outcome.done} of {outcome.planned} runs done; the same command goes on\n")
            return 1
        taught.written(name, DOCS, folder)
    store.write_text(DOCS / "what-studies-taught.md", taught.page_text(DOCS))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
