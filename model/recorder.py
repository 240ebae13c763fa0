"""Rows of every year into preallocated columns, and those into Arrow tables. Reads the simulation, changes nothing."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from agents.vocabulary import CATEGORIES, COUNTY_RULES, ELEMENTS, FACTORS, SECTORS
from model import readings, regime, schema

if TYPE_CHECKING:
    from model.simulation import Simulation

Floats = NDArray[np.float64]


class Recorder:
    """Columns (Y, M) by name, and wider blocks; tables are made from them when asked for."""

    def __init__(self, years: int, towns: int, solutions: int, counties: int) -> None:
        self.years = 0
        self.town: dict[str, Floats] = {}
        self.shape = (years, towns)
        self.blocks: dict[str, NDArray[Any]] = {
            "stage": np.zeros((years, towns, len(ELEMENTS)), dtype=np.int8),
            "practice": np.zeros((years, towns, len(ELEMENTS)), dtype=np.float32),
            "uptake": np.zeros((years, towns, solutions), dtype=np.float32),
            "supply": np.zeros((years, towns, solutions), dtype=np.float32),
            "taken_up": np.zeros((years, solutions)),
            "given_up": np.zeros((years, solutions)),
            "territorial": np.zeros((years, towns, len(SECTORS)), dtype=np.float64),
            "footprint": np.zeros((years, towns, len(CATEGORIES)), dtype=np.float64),
            "strategy": np.zeros((years, counties)),
            "county_rules": np.zeros((years, counties, len(COUNTY_RULES)), dtype=np.int8),
        }
        self.nation: list[dict[str, float]] = []

    def write(self, sim: "Simulation") -> None:
        """Record the year that ends."""
        y = self.years
        for name, values in town_columns(sim).items():
            self.town.setdefault(name, np.zeros(self.shape))[y] = values
        towns = sim.municipalities
        yearly: dict[str, Any] = {
            "stage": towns.stage,
            "practice": towns.practice,
            "uptake": sim.uptake,
            "supply": sim.supply,
            "territorial": sim.territorial,
            "footprint": sim.footprint,
            "strategy": [county.strategy for county in sim.counties],
            "county_rules": sim.county_rules.stage,
        }
        for name, values in yearly.items():
            self.blocks[name][y] = values
        for name, counted in (("taken_up", sim.taken_up), ("given_up", sim.given_up)):
            self.blocks[name][y, sim.chosen] = (counted * sim.weight[:, None]).sum(axis=0)
        self.nation.append(
            {
                "cooperation_edges": float(sim.governance.is_cooperation.sum()),
                "state_ambition": sim.state.ambition,
            }
        )
        self.years += 1


def town_columns(sim: "Simulation") -> dict[str, Any]:
    """The columns of the table `municipality` for this year, each (M,)."""
    towns, cat = sim.municipalities, sim.catalogue
    territorial, footprint = sim.territorial.sum(axis=1), sim.footprint.sum(axis=1)
    plain = ("agenda", "institutionalisation", "capacity", "mode", "trust", "frame", "champions")
    columns: dict[str, Any] = {
        "population": sim.population,
        "territorial": territorial,
        "footprint": footprint,
        "territorial_per_inhabitant": territorial / sim.population,
        "footprint_per_inhabitant": footprint / sim.population,
        "reduction_share": sim.reduction[sim.index],
        **{f"change_{f}": sim.change[k] for k, f in enumerate(FACTORS)},
        **{name: getattr(towns, name) for name in plain},
        "decoupling": readings.decoupling(sim),
        "is_champion_lost": towns.is_champion_lost,
        "is_arena_held": towns.is_arena_held,
        "projects": (towns.project_years > 0).sum(axis=1),
        **{f"{kind}_money": sim.money[kind] for kind in ("project", "permanent", "own")},
        "published_reduction": towns.published,
        "citizen_attitude": readings.mean_attitude(sim),
    }
    for k, level in enumerate(("I", "II", "III")):
        columns[f"level_{level}_uptake"] = sim.uptake[:, cat.level == k].mean(axis=1)
    return columns


def tables_of(sim: "Simulation", *, only: Collection[str] | None = None) -> dict[str, pa.Table]:
    """All tables of `model.schema`, or those named in `only`, from what was recorded."""
    r, numbers = sim.recorder, np.array(sim.place.numbers)
    years = np.arange(sim.case.first, sim.case.first + r.years, dtype=np.int16)
    makers: dict[str, Callable[[], pa.Table]] = {
        "nation": lambda: _table(schema.NATION, nation_columns(r, years)),
        "county": lambda: _table(schema.COUNTY, _county_columns(sim, years)),
        "municipality": lambda: _table(schema.MUNICIPALITY, _by_town(numbers, years) | _town_values(r)),
        "element": lambda: _long(schema.ELEMENT, r, years, numbers, names=ELEMENTS, blocks=("stage", "practice")),
        "solution": lambda: _long(
            schema.SOLUTION, r, years, numbers, names=sim.catalogue.ids, blocks=("uptake", "supply")
        ),
        "uptake": lambda: _table(schema.UPTAKE, _uptake_columns(sim, years)),
        "sector": lambda: _table(schema.SECTOR, _by_town(numbers, years) | _sector_columns(r)),
        "flow": lambda: _table(schema.FLOW, _flow_columns(sim)),
        "edge": lambda: _table(schema.EDGE, sim.chronicle.edge_columns()),
        "event": lambda: _table(schema.EVENT, sim.chronicle.event_columns()),
        "regime": lambda: regime_of(sim),
    }
    return {name: make() for name, make in makers.items() if only is None or name in only}


def _by_town(numbers: NDArray[np.str_], years: NDArray[np.int16]) -> dict[str, Any]:
    return {"year": np.repeat(years, len(numbers)), "number": _words(numbers, len(years))}


def _town_values(r: Recorder) -> dict[str, Any]:
    return {name: values[: r.years].ravel() for name, values in r.town.items()}


def regime_of(sim: "Simulation") -> pa.Table:
    """The table `regime`: spells of the rules of state, counties and municipalities."""
    return _table(schema.REGIME, regime.columns(sim))


def _words(names: Any, times: int, each: int = 1) -> pa.DictionaryArray:
    codes = np.tile(np.repeat(np.arange(len(names), dtype=np.int32), each), times)
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(list(names)))


def _table(columns: tuple[schema.Column, ...], values: dict[str, Any]) -> pa.Table:
    arrays, fields = [], []
    for c in columns:
        array = values[c.name]
        if c.dtype == "text":
            array = array if isinstance(array, pa.Array) else pa.array(array)
        elif not isinstance(array, pa.Array):
            array = pa.array(np.asarray(array).astype(c.dtype))
        arrays.append(array)
        fields.append(pa.field(c.name, array.type, metadata={"unit": c.unit, "meaning": c.meaning}))
    return pa.table(arrays, schema=pa.schema(fields))


def nation_columns(r: Recorder, years: NDArray[np.int16]) -> dict[str, Any]:
    """The columns of the table `nation`: sums and means over the municipalities, (Y,)."""
    town = {name: values[: r.years] for name, values in r.town.items()}
    summed = ("population", "territorial", "footprint", *(f"change_{f}" for f in FACTORS))
    out: dict[str, Any] = {"year": years} | {name: town[name].sum(axis=1) for name in summed}
    out["territorial_per_inhabitant"] = out["territorial"] / out["population"]
    out["footprint_per_inhabitant"] = out["footprint"] / out["population"]
    first = out["territorial"][0] - sum(out[f"change_{f}"][0] for f in FACTORS)
    out["reduction_share"] = 1.0 - out["territorial"] / first if first > 0.0 else np.zeros(len(years))
    for name in ("agenda", "institutionalisation", "capacity", "mode", "trust", "frame", "decoupling"):
        out[name] = town[name].mean(axis=1)
    for k, e in enumerate(ELEMENTS):
        out[f"{e}_share"] = (r.blocks["stage"][: r.years, :, k] > 0).mean(axis=1)
        out[f"{e}_practice"] = r.blocks["practice"][: r.years, :, k].astype(np.float64).mean(axis=1)
    out["champion_share"] = (town["champions"] > 0).mean(axis=1)
    out["arena_held_share"] = town["is_arena_held"].mean(axis=1)
    for name in ("project_money", "permanent_money", "own_money"):
        out[name] = town[name].sum(axis=1)
    for name in ("cooperation_edges", "state_ambition"):
        out[name] = np.array([row[name] for row in r.nation])
    return out


def _county_columns(sim: "Simulation", years: NDArray[np.int16]) -> dict[str, Any]:
    r, of = sim.recorder, sim.place.county_of
    counties = len(sim.counties)
    summed = ("population", "territorial", "footprint", *(f"change_{f}" for f in FACTORS))
    member = np.eye(counties)[of]  # (M, C)
    total = {name: np.einsum("ym,mc->yc", r.town[name][: r.years], member) for name in summed}
    size = member.sum(axis=0)
    first = total["territorial"][0] - sum(total[f"change_{f}"][0] for f in FACTORS)
    total["territorial_per_inhabitant"] = total["territorial"] / total["population"]
    total["footprint_per_inhabitant"] = total["footprint"] / total["population"]
    total["reduction_share"] = 1.0 - total["territorial"] / np.where(first > 0, first, 1.0)
    total["institutionalisation"] = np.einsum("ym,mc->yc", r.town["institutionalisation"][: r.years], member) / size
    total["strategy"] = r.blocks["strategy"][: r.years]
    for k, rule in enumerate(COUNTY_RULES):
        total[f"{rule}_stage"] = r.blocks["county_rules"][: r.years, :, k]
    flat: dict[str, Any] = {name: values.ravel() for name, values in total.items()}
    flat["year"] = np.repeat(years, counties)
    flat["county"] = _words(sim.place.county_numbers, len(years))
    return flat


def _long(
    columns: tuple[schema.Column, ...],
    r: Recorder,
    years: NDArray[np.int16],
    numbers: NDArray[np.str_],
    *,
    names: tuple[str, ...],
    blocks: tuple[str, ...],
) -> pa.Table:
    word = columns[2].name
    values: dict[str, Any] = {b: r.blocks[b][: r.years].ravel() for b in blocks}
    values["year"] = np.repeat(years, len(numbers) * len(names))
    values["number"] = _words(numbers, len(years), len(names))
    values[word] = _words(names, len(years) * len(numbers))
    return _table(columns, values)


def _uptake_columns(sim: "Simulation", years: NDArray[np.int16]) -> dict[str, Any]:
    r, ids = sim.recorder, sim.catalogue.ids
    people = r.town["population"][: r.years]
    share = people / people.sum(axis=1, keepdims=True)
    mean = {b: np.einsum("yms,ym->ys", r.blocks[b][: r.years].astype(np.float64), share) for b in ("uptake", "supply")}
    return {
        "year": np.repeat(years, len(ids)),
        "solution": _words(ids, len(years)),
        "uptake": mean["uptake"].ravel(),
        "supply": mean["supply"].ravel(),
        "adopted": r.blocks["taken_up"][: r.years].ravel(),
        "dropped": r.blocks["given_up"][: r.years].ravel(),
    }


def _sector_columns(r: Recorder) -> dict[str, Any]:
    sectors = r.blocks["territorial"][: r.years].reshape(-1, len(SECTORS))
    categories = r.blocks["footprint"][: r.years].reshape(-1, len(CATEGORIES))
    return {s: sectors[:, k] for k, s in enumerate(SECTORS)} | {
        f"footprint_{c}": categories[:, k] for k, c in enumerate(CATEGORIES)
    }


def _flow_columns(sim: "Simulation") -> dict[str, Any]:
    flows: list[Any] = list(zip(*sim.ledger.flows, strict=True)) if sim.ledger.flows else [[], [], [], [], []]
    year, payer, payee, purpose, amount = (list(c) for c in flows)
    return {
        "year": np.array(year, dtype=np.int16),
        "payer": pa.array(payer, pa.string()),
        "payee": pa.array(payee, pa.string()),
        "purpose": pa.array(purpose, pa.string()),
        "amount": np.array(amount, dtype=np.int64),
    }
