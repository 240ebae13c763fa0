"""What stories look at: each measure is one number a year, read from the tables of one run. Knows no story."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import ELEMENTS, STAGES
from viz.words import Both

if TYPE_CHECKING:
    from model.simulation import Simulation

Floats = NDArray[np.float64]
FEWEST: Final = 3  # municipalities with a champion, without which there is no third of them


@dataclass(frozen=True, eq=False)
class Record:
    """A run that is over, as measures read it. reference: row of the year groups are made in; elements: columns."""

    sim: "Simulation"
    reference: int
    elements: tuple[int, ...]

    def nation(self, column: str) -> Floats:
        """A column of the table `nation`, (Y,)."""
        return np.asarray(self._tables["nation"][column].to_numpy(), dtype=np.float64)

    def towns(self, column: str) -> Floats:
        """A column of the table `municipality`, (Y, M)."""
        return self._grid("municipality", column)[..., 0]

    def element(self, column: str) -> Floats:
        """Stage or practice, (Y, M, E)."""
        return self._grid("element", column)

    @cached_property
    def _tables(self) -> Mapping[str, Any]:
        return self.sim.tables

    def _grid(self, table: str, column: str) -> Floats:
        years, towns = len(self.sim.case.years), len(self.sim.place.numbers)
        values = np.asarray(self._tables[table][column].to_numpy(), dtype=np.float64)
        return values.reshape(years, towns, -1)

    def part(self, *factors: str) -> Floats:
        """What factors took off, in per cent of the emissions of the first year, (Y,)."""
        before = float(self.sim.first_territorial.sum())
        return -sum((self.nation(f"change_{f}") for f in factors), np.zeros(1)) / before * 100.0

    def third(self, *, strongest: bool) -> NDArray[np.bool_]:
        """The third with the strongest, or weakest, work of those that had a champion in the reference year."""
        had = self.towns("champions")[self.reference] > 0
        strength = self.towns("institutionalisation")[self.reference]
        if int(had.sum()) < FEWEST:
            return np.zeros_like(had)
        low, high = np.quantile(strength[had], (1 / 3, 2 / 3))
        return had & (strength >= high) if strongest else had & (strength <= low)

    def lived(self, which: NDArray[np.bool_]) -> Floats:
        """Practice of a group of municipalities, weighted over the elements, 0-100; NaN where there is nobody."""
        if not which.any():
            return np.full(len(self.sim.case.years), np.nan)
        return np.asarray(self.element("practice")[:, which].mean(axis=1) @ self.sim.element_weight * 100.0)

    def of_elements(self, column: str) -> Floats:
        """A column of the story's elements, mean over municipalities, (Y,)."""
        return np.asarray(self.element(column)[:, :, list(self.elements)].mean(axis=(1, 2)))

    def work(self) -> Floats:
        """Municipal measures: how far they are carried out, mean over measures and municipalities, 0-100."""
        carried = self._grid("solution", "uptake")
        return np.asarray(carried[:, :, self.sim.is_municipal[0]].mean(axis=(1, 2)) * 100.0)

    def shared(self) -> Floats:
        """Use of sharing and circular solutions, weighted by inhabitants, mean over solutions, 0-100."""
        kinds = [s.kind in ("sharing", "circular") for s in self.sim.case.catalogue.solutions]
        uptake = np.asarray(self._tables["uptake"]["uptake"].to_numpy(), dtype=np.float64)
        return np.asarray(uptake.reshape(len(self.sim.case.years), -1)[:, kinds].mean(axis=1) * 100.0)


class Measure(NamedTuple):
    """A measure: its name within a sentence, its unit and decimals, and how it is read.

    gap: the unit of a difference. short: the name where two measures stand in one figure.
    """

    name: Both
    unit: Both
    digits: int
    read: Callable[[Record], Floats]
    gap: Both = Both("points", "poeng")
    short: Both = Both("", "")


POINTS: Final = Both("points of 100", "poeng av 100")
OF_FIRST: Final = Both("per cent of the first year's emissions", "prosent av utslippene det første året")
SHARE: Final = Both("per cent", "prosent")
STEP: Final = Both("percentage points", "prosentpoeng")
MONEY: Final = Both("million NOK", "millioner kroner")

MEASURES: Final[Mapping[str, Measure]] = {
    "lived_weak": Measure(
        Both("climate work that is lived where it was weakest", "klimaarbeid som leves der det sto svakest"),
        *(POINTS, 1, lambda r: r.lived(r.third(strongest=False))),
        short=Both("weakest", "svakest"),
    ),
    "lived_strong": Measure(
        Both("climate work that is lived where it was strongest", "klimaarbeid som leves der det sto sterkest"),
        *(POINTS, 1, lambda r: r.lived(r.third(strongest=True))),
        short=Both("strongest", "sterkest"),
    ),
    "built_in": Measure(
        Both("how firmly climate work is built in", "hvor fast klimaarbeidet er bygd inn"),
        *(POINTS, 1, lambda r: r.nation("institutionalisation") * 100.0),
    ),
    "agenda": Measure(
        Both("attention to climate in the councils", "oppmerksomhet om klima i kommunestyrene"),
        *(POINTS, 0, lambda r: r.nation("agenda") * 100.0),
    ),
    "with_champion": Measure(
        Both("municipalities with a champion", "kommuner med ildsjel"),
        *(SHARE, 0, lambda r: r.nation("champion_share") * 100.0, STEP),
    ),
    "form": Measure(
        Both("what stands on paper of what the duty demands", "det som står på papiret av det plikten krever"),
        *(POINTS, 0, lambda r: r.of_elements("stage") / (len(STAGES) - 1) * 100.0),
        short=Both("on paper", "på papiret"),
    ),
    "lived": Measure(
        Both("what is lived of what the duty demands", "det som blir gjort av det plikten krever"),
        *(POINTS, 0, lambda r: r.of_elements("practice") * 100.0),
        short=Both("in practice", "i praksis"),
    ),
    "work": Measure(
        Both("municipal measures carried out", "kommunale tiltak som er gjennomført"),
        *(POINTS, 1, lambda r: r.work()),
    ),
    "grants": Measure(
        Both("project grants from the state", "prosjekttilskudd fra staten"),
        *(MONEY, 0, lambda r: r.nation("project_money") / 1e6, MONEY),
    ),
    "own_part": Measure(
        Both("cut by municipalities and those they set going", "kutt fra kommunene og dem de setter i gang"),
        *(OF_FIRST, 1, lambda r: r.part("I", "II", "III"), STEP),
        short=Both("municipalities", "kommunene"),
    ),
    "national_part": Measure(
        Both("cut by the national path", "kutt fra den nasjonale banen"),
        *(OF_FIRST, 1, lambda r: r.part("national"), STEP),
        short=Both("national path", "nasjonal bane"),
    ),
    "fall": Measure(
        Both("fall in emissions since the first year", "nedgang i utslippene siden det første året"),
        *(SHARE, 1, lambda r: r.nation("reduction_share") * 100.0, STEP),
    ),
    "shared": Measure(
        Both("use of sharing and circular solutions", "bruk av delings- og sirkulære løsninger"),
        *(SHARE, 1, lambda r: r.shared(), STEP),
    ),
}


def series(sim: "Simulation", names: Sequence[str], *, reference: int, elements: Sequence[str]) -> dict[str, Floats]:
    """Each measure by year, (Y,), of a run that is over. Raises KeyError for an unknown measure."""
    record = Record(sim, reference, tuple(ELEMENTS.index(e) for e in elements or ELEMENTS))
    return {name: np.asarray(MEASURES[name].read(record), dtype=np.float64) for name in names}
