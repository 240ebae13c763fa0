"""What happened, to whom and why: events with their causes, and edges that appear or go. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Happening:
    """The same kind of thing in n municipalities, or counties, in one year; a single text or number holds for all.

    rows: (n,) rows of the place; what: what happened; subject: solution, element or rule it is about; cause: strongest
    driver; because: what stands behind that (statement, neighbour, county); strength: share of the cause, 0-1;
    level: whose rows they are, municipality or county.
    """

    what: str | Sequence[str]
    rows: NDArray[np.int64]
    subject: str | Sequence[str] = ""
    cause: str | Sequence[str] = ""
    because: str | Sequence[str] = ""
    strength: float | NDArray[np.float64] = 1.0
    level: str = "municipality"


class Chronicle:
    """Events of a run, kept as columns; `is_open` off, nothing is kept."""

    def __init__(
        self, numbers: Sequence[str], design: str, *, counties: Sequence[str] = (), is_open: bool = True
    ) -> None:
        self.actors = {"municipality": np.array(numbers, dtype=object), "county": np.array(counties, dtype=object)}
        self.design = design
        self.is_open = is_open
        self.events: list[tuple[list[int], list[str], list[str], list[str], list[str], list[str], list[float]]] = []
        self.edges: list[tuple[int, str, str, str, str]] = []

    def note(self, year: int, happening: Happening) -> None:
        """Note one event for each actor of `happening`."""
        n = len(happening.rows)
        if not self.is_open or n == 0:
            return
        texts = (happening.what, happening.subject, happening.cause, happening.because)
        what, subject, cause, because = ([text] * n if isinstance(text, str) else list(text) for text in texts)
        one = happening.strength
        strength = one.tolist() if isinstance(one, np.ndarray) and one.ndim else [float(one)] * n
        actors = self.actors[happening.level][happening.rows].tolist()
        self.events.append(([year] * n, actors, what, subject, cause, because, strength))

    def note_state(self, year: int, what: str, cause: str) -> None:
        """Note something that the state did."""
        if self.is_open:
            self.events.append(([year], ["state"], [what], [""], [cause], [""], [1.0]))

    def edge(self, year: int, kind: str, source: str, target: str, *, change: str) -> None:
        """Note an edge that appears or goes."""
        if self.is_open:
            self.edges.append((year, kind, source, target, change))

    def statement(self, index: int) -> str:
        """Name of a statement of the design, counted from 1; empty for none."""
        return f"{self.design}, statement {index + 1}" if index >= 0 else ""

    def event_columns(self) -> dict[str, pa.Array]:
        """All events as the columns of the table `event`."""
        names = ("year", "actor", "what", "subject", "cause", "because_of", "strength")
        parts: list[Any] = list(zip(*self.events, strict=True)) if self.events else [[] for _ in names]
        flat = [[item for part in column for item in part] for column in parts]
        kinds = [pa.int16(), *[pa.string()] * 5, pa.float64()]
        return {n: pa.array(c, type=t) for n, c, t in zip(names, flat, kinds, strict=True)}

    def edge_columns(self) -> dict[str, pa.Array]:
        """All changes of edges as the columns of the table `edge`."""
        names = ("year", "type", "source", "target", "change")
        columns: list[Any] = list(zip(*self.edges, strict=True)) if self.edges else [[] for _ in names]
        kinds = [pa.int16(), *[pa.string()] * 4]
        return {n: pa.array(list(c), type=t) for n, c, t in zip(names, columns, kinds, strict=True)}
