"""Spells of rules: which stage each rule of each actor held, since when, until when and why. Changes nothing."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

OUTSET: Final = "outset"  # the cause of what was there before the first year
Part = tuple[NDArray[Any], ...]


class Spells:
    """The spells of N actors and X subjects: those that are over, and the one each is in."""

    def __init__(self, actors: Sequence[str], subjects: Sequence[str], stage: NDArray[np.int8], first: int) -> None:
        """stage: (N, X) before the first year."""
        self.actors, self.subjects = tuple(actors), tuple(subjects)
        self.stage = stage.copy()
        self.since = np.full(stage.shape, first, dtype=np.int16)
        self.cause = np.full(stage.shape, OUTSET, dtype=object)
        self.because = np.full(stage.shape, "", dtype=object)
        self.over: list[Part] = []

    def move(
        self,
        year: int,
        rows: NDArray[np.int64],
        columns: NDArray[np.int64],
        *,
        stage: NDArray[np.int8],
        cause: Sequence[str],
        because: Sequence[str],
    ) -> None:
        """Other stages in `year`, each (n,); 0 ends a spell. What was over before its first year ended is left out."""
        lasted = (self.stage[rows, columns] > 0) & (self.since[rows, columns] < year)
        self.over.append(self._part(rows[lasted], columns[lasted], year - 1))
        self.stage[rows, columns] = stage
        self.since[rows, columns] = year
        self.cause[rows, columns] = cause
        self.because[rows, columns] = because

    def _part(self, rows: NDArray[np.int64], columns: NDArray[np.int64], until: int) -> Part:
        at = (rows, columns)
        ends = np.full(len(rows), until, dtype=np.int16)
        return rows, columns, self.stage[at], self.since[at], ends, self.cause[at], self.because[at]

    def columns(self, last: int) -> dict[str, NDArray[Any]]:
        """All spells until the end of the year `last`, by actor, subject and first year; codes of actor and subject."""
        rows, columns = np.nonzero(self.stage)
        parts = [*self.over, self._part(rows, columns, last)]
        names = ("actor", "subject", "stage", "since", "until", "cause", "because_of")
        joined = dict(zip(names, map(np.concatenate, zip(*parts, strict=True)), strict=True))
        order = np.lexsort((joined["since"], joined["subject"], joined["actor"]))
        return {name: column[order] for name, column in joined.items()}
