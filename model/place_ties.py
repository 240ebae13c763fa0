"""Neighbours and commuting as a place folder gives them. Knows nothing of Place."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from model import plain_text
from model.neighbours import unordered
from model.place_error import PlaceError
from model.plain_text import TextError

FLOWS: Final = ("home", "work", "employed")
_LIMIT_BYTES: Final = 50_000_000


def neighbours(file: Path, columns: Mapping[str, list[str]]) -> NDArray[np.int32] | None:
    """Pairs (P, 2) from the column `neighbours`, numbers joined by semicolons; None where there is no such column."""
    if "neighbours" not in columns:
        return None
    place = {number: i for i, number in enumerate(columns["number"])}
    pairs = []
    for i, cell in enumerate(columns["neighbours"]):
        for number in (part.strip() for part in cell.split(";") if part.strip()):
            if number not in place:
                raise PlaceError(f"{file}, row {i + 2}: neighbour {number[:20]!r} is no number in the file")
            pairs.append((i, place[number]))
    return unordered(pairs)


def commuting(file: Path, numbers: list[str]) -> dict[str, NDArray[Any]] | None:
    """Flows home, work (P,) positions and employed (P,) persons from `file` (home,work,employed); None without it."""
    if not file.exists():
        return None
    try:
        lines = list(csv.reader(io.StringIO(plain_text.text_of(file, limit=_LIMIT_BYTES)), strict=True))
    except (csv.Error, TextError) as error:
        raise PlaceError(f"{file}: {error}") from None
    if not lines or tuple(cell.strip() for cell in lines[0]) != FLOWS:
        raise PlaceError(f"{file}, row 1: the columns must be {', '.join(FLOWS)}")
    place = {number: i for i, number in enumerate(numbers)}
    rows = [_flow(file, row, line, place) for row, line in enumerate(lines[1:], start=2) if line]
    pairs = {(home, work) for home, work, _ in rows}
    if not rows or len(pairs) != len(rows):
        raise PlaceError(f"{file}: give each pair of home and work once, and at least one")
    home, work, employed = zip(*rows, strict=True)
    return {"home": np.array(home), "work": np.array(work), "employed": np.array(employed)}


def _flow(file: Path, row: int, line: list[str], place: Mapping[str, int]) -> tuple[int, int, float]:
    try:
        home, work, employed = place[line[0].strip()], place[line[1].strip()], float(line[2])
    except (KeyError, ValueError, IndexError):
        raise PlaceError(f"{file}, row {row}: give two numbers of municipalities.csv and persons") from None
    if not 0 <= employed <= 1e9 or len(line) != len(FLOWS):
        raise PlaceError(f"{file}, row {row}: employed must lie from 0 to 1e9")
    return home, work, employed
