"""Rewrite the golden runs: `python -m tests.golden.update --why "the reason"`. Without a reason nothing is written."""

import argparse
import json
from datetime import UTC, datetime

from tests.golden.cases import CASES, CHANGES, HERE, differing, kept, told


def updated(why: str) -> list[str]:
    """Write what differs and note the reason; returns lines that say what differs, none when nothing does."""
    lines = []
    for name in CASES:
        new = told(name)
        found = differing(kept(name), new)
        if found:
            lines += [f"{name}: {line}" for line in found]
            text = json.dumps(new, indent=2, sort_keys=True) + "\n"
            (HERE / f"{name}.json").write_text(text, encoding="utf-8")
    if lines:
        head = "" if CHANGES.exists() else "# Why the golden runs changed\n"
        with CHANGES.open("a", encoding="utf-8") as book:
            book.write(f"{head}\n## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {why}\n\n")
            book.writelines(f"- {line}\n" for line in lines)
    return lines


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--why", required=True, help="what changed in the model, in a sentence; kept in CHANGES.md")
    why = " ".join(parser.parse_args(arguments).why.split())
    if len(why) < 10 or " " not in why:
        parser.error("--why needs a sentence that somebody will understand next year")
    lines = updated(why)
    print("\n".join(lines) or "nothing differs; nothing written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
