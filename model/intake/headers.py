"""Where a table's columns stand: its header found by words, small renamings noted. Knows nothing of figures."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from model.intake.documents import Document, words_of
from model.intake.findings import Spot, shown

NEAR = 0.74  # likeness of two headers that still mean the same: "kommunenr" and "kommunenummer" have 0.82


class Header(NamedTuple):
    """Row of the header, position of each column asked for, and what was read as something else."""

    row: int
    at: dict[str, int]
    words: tuple[str, ...]  # every cell of the row, folded
    renamed: tuple[tuple[str, str], ...] = ()  # as written, as read


def header_of(document: Document, page: str, wanted: Mapping[str, Sequence[str]]) -> Header | None:
    """The header in the first rows of a page, or None; what came near to one is noted in `document.misses`.

    wanted: name of a column -> ways to write it, folded; the first is the official one. Up to a third of them and one
    more may be written in another way, if a cell of the row is like enough.
    """
    for row, cells in document.tops[page]:
        words = tuple(words_of(cell) for cell in cells)
        at = {name: words.index(way) for name, ways in wanted.items() for way in ways if way in words}
        lacking = [name for name in wanted if name not in at]
        if not lacking:
            return Header(row, at, words)
        if len(lacking) <= len(wanted) // 3 + 1 and len(at) >= min(3, len(wanted) - 1):
            mended = _mended(Header(row, at, words), wanted)
            if isinstance(mended, Header):
                return mended
            document.misses.append((len(lacking), f"{Spot(document.file, page, row)}: {mended}"))
    return None


def _mended(found: Header, wanted: Mapping[str, Sequence[str]]) -> Header | str:
    """The header with its missing columns taken from the likeliest free cells, or what is missing."""
    at, words, renamed = dict(found.at), found.words, []
    for name in [name for name in wanted if name not in at]:
        free = [i for i, word in enumerate(words) if word and i not in at.values()]
        scored = [(max(SequenceMatcher(None, words[i], way).ratio() for way in wanted[name]), -i) for i in free]
        likeness, i = max(scored, default=(0.0, 0))
        if likeness < NEAR:
            there = ", ".join(shown(words[i]) for i in free[:8]) or "nothing else"
            return f"column {wanted[name][0]!r} is missing, found {there}; rename the header and try again"
        at[name] = -i
        renamed.append((words[-i], wanted[name][0]))
    return Header(found.row, at, words, tuple(renamed))
