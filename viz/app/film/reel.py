"""A film: what one run did to every municipality in every year, as numbers in one buffer, light enough to be sent once.

Made in a process of the pool. Knows nothing of pages, colours or languages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from model.institutions.grammar import Design
from viz.app.film.shades import SHADES, SOLUTION

Floats = NDArray[np.float64]
STEPS: Final = 65_535  # of a quantised value between its lowest and its highest
NATION: Final = (
    *("territorial_per_inhabitant", "footprint_per_inhabitant", "reduction_share", "institutionalisation", "agenda"),
    *("champion_share", "arena_held_share", "cooperation_edges", "state_ambition"),
)
TIES: Final = {"appears": "cooperation begins", "goes": "cooperation ends"}


@dataclass(frozen=True, eq=False)
class Film:
    """One run of M municipalities over Y years.

    fields: names of the quantities (F) in `values` (F, Y, M), quantised between lows and highs (F,); population (Y, M);
    stage (Y, M, E) and practice in per cent (Y, M, E); arena (Y, M); bonds (B, 4): two municipalities that cooperate,
    and from which year to before which, counted from the first. Events as columns (N,): year counted from the first,
    actor (municipalities, then counties, then the state), and row of `deeds` (what, subject) and of `reasons` (cause,
    because_of). nation: columns (Y,) by name.
    """

    place: str
    design: Design
    seed: int
    years: tuple[int, ...]
    fields: tuple[str, ...]
    lows: Floats
    highs: Floats
    values: NDArray[np.uint16]
    population: NDArray[np.uint32]
    stage: NDArray[np.uint8]
    practice: NDArray[np.uint8]
    arena: NDArray[np.uint8]
    bonds: NDArray[np.uint16]
    events: tuple[NDArray[np.uint16], ...]
    deeds: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    nation: Mapping[str, Floats]


def film_of(arguments: Mapping[str, Any]) -> Film:
    """The film of the run of the case that `case_of` makes of the arguments. Raises what it raises."""
    from model.simulation import Simulation
    from viz.app.cases import case_of

    case = case_of(arguments)
    return film_in(Simulation(case).run().tables, case)


def film_in(tables: Mapping[str, pa.Table], case: Any) -> Film:
    """The film of a run's tables and its case."""
    years, numbers = tuple(int(y) for y in case.years), case.place.numbers
    shape = len(years), len(numbers)

    def grid(table: str, column: str) -> NDArray[Any]:
        return tables[table][column].to_numpy().reshape(*shape, -1)

    stage = grid("element", "stage").astype(np.uint8)
    columns = {s.name: grid("municipality", s.name)[:, :, 0] for s in SHADES if s.name != "elements"}
    columns["elements"] = (stage > 0).sum(axis=2)
    uptake = grid("solution", "uptake")
    columns |= {SOLUTION + one.id: uptake[:, :, k] for k, one in enumerate(case.catalogue.solutions)}
    lows, highs, values = quantised(np.stack([c.astype(np.float64) for c in columns.values()]))
    events, deeds, reasons = _events(tables, years[0], [*numbers, *_counties(case.place), "state"])
    return Film(
        place=case.place.name,
        design=case.design,
        seed=case.seed,
        years=years,
        fields=tuple(columns),
        lows=lows,
        highs=highs,
        values=values,
        population=np.rint(grid("municipality", "population")[:, :, 0]).astype(np.uint32),
        stage=stage,
        practice=np.rint(grid("element", "practice") * 100).astype(np.uint8),
        arena=grid("municipality", "is_arena_held")[:, :, 0].astype(np.uint8),
        bonds=bonds_of(tables["edge"], years, numbers),
        events=events,
        deeds=deeds,
        reasons=reasons,
        nation={n: tables["nation"][n].to_numpy().astype(np.float64) for n in NATION},
    )


def quantised(values: Floats) -> tuple[Floats, Floats, NDArray[np.uint16]]:
    """Lowest and highest of each field (F,), and its values (F, Y, M) as steps between them."""
    flat = values.reshape(len(values), -1)
    lows, highs = flat.min(axis=1), flat.max(axis=1)
    width = np.where(highs > lows, highs - lows, 1.0)
    steps = np.rint((values - lows[:, None, None]) / width[:, None, None] * STEPS)
    return lows, highs, steps.astype(np.uint16)


def bonds_of(edges: pa.Table, years: Sequence[int], numbers: Sequence[str]) -> NDArray[np.uint16]:
    """Cooperations of a run's table `edge` as (B, 4): two rows, and year from and until, counted from the first."""
    row = {number: m for m, number in enumerate(numbers)}
    own = edges.filter(pa.compute.equal(edges["type"], "cooperation")).to_pylist()
    since: dict[tuple[int, int], int] = {}
    found = []
    for edge in own:
        pair, year = (row[edge["source"]], row[edge["target"]]), edge["year"] - years[0]
        if edge["change"] == "appears":
            since[pair] = year
        else:
            found.append((*pair, since.pop(pair), year))
    found += [(*pair, year, len(years)) for pair, year in since.items()]
    return np.array(sorted(found), dtype=np.uint16).reshape(-1, 4)


Pairs = tuple[tuple[str, str], ...]


def _events(
    tables: Mapping[str, pa.Table], first: int, actors: Sequence[str]
) -> tuple[tuple[NDArray[np.uint16], ...], Pairs, Pairs]:
    """Events and cooperations as columns year, actor, deed and reason, by year; and what the last two stand for."""
    row = {actor: k for k, actor in enumerate(actors)}
    deeds: dict[tuple[str, str], int] = {}
    reasons: dict[tuple[str, str], int] = {}
    found = []
    names = ("year", "actor", "what", "subject", "cause", "because_of")
    for year, actor, what, subject, cause, because in zip(
        *tables["event"].select(names).to_pydict().values(), strict=True
    ):
        deed = deeds.setdefault((what, subject), len(deeds))
        reason = reasons.setdefault((cause, because), len(reasons))
        found.append((year - first, row[actor], deed, reason))
    for edge in tables["edge"].to_pylist():
        if edge["type"] == "cooperation":
            deed = deeds.setdefault((TIES[edge["change"]], ""), len(deeds))
            reason = reasons.setdefault(("partner", edge["target"]), len(reasons))
            found.append((edge["year"] - first, row[edge["source"]], deed, reason))
    table = np.array(found, dtype=np.uint16).reshape(-1, 4)
    table = table[np.argsort(table[:, 0], kind="stable")]
    return tuple(np.ascontiguousarray(c) for c in table.T), tuple(deeds), tuple(reasons)


def _counties(place: Any) -> list[str]:
    return [f"county:{number}" for number in place.county_numbers]
