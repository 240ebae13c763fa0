"""Estimates the base-year accounts of municipalities from national totals and proxies, and the exogenous paths.

Every share, source and grade stands in `library/places/norway`; here is only the arithmetic. Knows nothing of runs.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyarrow import Array, csv, types

from agents.vocabulary import CATEGORIES, SECTORS

Floats = NDArray[np.float64]
Columns = Mapping[str, NDArray[Any]]

NORWAY = Path(__file__).parent / "library" / "places" / "norway"
_TEXT = ("number", "county_number")  # home and work of a flow are only matched, so they may be whole numbers
_KM_PER_DEGREE = 111.2
_BASE = 2023  # year of account.csv and of the anchors


class BaselineError(ValueError):
    """The national tables contradict each other."""


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, NDArray[Any]]:
    """Columns of one CSV of Norway's folder; codes stay text."""
    options = csv.ConvertOptions(column_types=dict.fromkeys(_TEXT, "string"))
    read = csv.read_csv(NORWAY / name, read_options=csv.ReadOptions(use_threads=False), convert_options=options)
    return {c: _plain(read[c].combine_chunks()) for c in read.column_names}


def _plain(column: Array) -> NDArray[Any]:
    if types.is_string(column.type):
        return np.array(column.to_pylist())
    return np.from_dlpack(column).copy()  # not to_numpy(), which imports pandas


def density_of(population: Floats, area: Floats) -> Floats:
    """Persons per km2, same shape as `population`."""
    return population / np.maximum(area, 1e-9)


def positions_of(numbers: NDArray[Any], codes: NDArray[Any]) -> NDArray[np.int64]:
    """(P,) position in `numbers` (M,) of each of `codes` (P,), which must all be there."""
    order = np.argsort(numbers)
    return order[np.searchsorted(numbers[order], codes)]


def shares_of(
    size: int, home: NDArray[Any], work: NDArray[Any], weight: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int32], Floats]:
    """Flows as compressed sparse rows: indptr (size + 1,), indices and shares; each row sums to 1.

    Who has no flow at all stays at home.
    """
    idle = np.flatnonzero(np.bincount(home, weight, size) <= 0)
    kept = np.flatnonzero(weight > 0)
    home, work = np.append(home[kept], idle), np.append(work[kept], idle)
    weight = np.append(weight[kept], np.ones(len(idle)))
    order = np.lexsort((work, home))
    share = weight[order] / np.bincount(home, weight, size)[home[order]]
    indptr = np.concatenate([[0], np.cumsum(np.bincount(home, minlength=size))])
    return indptr.astype(np.int64), work[order].astype(np.int32), share.astype(np.float64)


def distance(longitude: Floats, latitude: Floats, home: NDArray[Any], work: NDArray[Any]) -> Floats:
    """Kilometres between the centroids of pairs of municipalities; a pair with itself is 0.

    longitude, latitude: (M,) degrees; home, work: (P,) positions. Flat-earth within a pair: within 1 % in Norway.
    """
    middle = np.radians((latitude[home] + latitude[work]) / 2)
    east = (longitude[home] - longitude[work]) * np.cos(middle)
    return _KM_PER_DEGREE * np.hypot(east, latitude[home] - latitude[work])


def commuting_kilometres(data: Columns, flows: Columns) -> Floats:
    """(M,) person-kilometres to work, half booked at home and half at work.

    flows: home and work (P,) positions, employed (P,). A trip inside a municipality has half the radius of a disc of
    its area; trips beyond 120 km are not daily and count as 120 km once a week (assumed).
    """
    home, work = flows["home"], flows["work"]
    km = distance(data["longitude"], data["latitude"], home, work)
    inside = 0.5 * np.sqrt(np.minimum(data["area"], 1000.0) / np.pi)
    km = np.where(home == work, inside[home], km)
    load = flows["employed"] * np.where(km > 120.0, 24.0, km)
    size = len(data["area"])
    return np.asarray(0.5 * (np.bincount(home, load, size) + np.bincount(work, load, size)))


def keys_of(data: Columns, flows: Columns) -> dict[str, Floats]:
    """Distribution keys by name, each (M,) and not negative; `account.csv` says which key carries which tonnes."""
    people = data["population_2024"].astype(float)
    density = density_of(people, data["area"])
    is_coastal = data["coast"] > 0
    has_plant = (data["facility_energy"] > 10_000) | (data["thermal_plants"] > 0)
    return {
        "register_oil_gas": data["facility_oil_gas"].astype(float),
        "register_manufacturing": data["facility_manufacturing"].astype(float),
        "register_energy": data["facility_energy"].astype(float),
        "thermal_plants": data["thermal_plants"].astype(float),
        "peak_heat": np.where(has_plant, 0.0, data["district_heating"]),
        "small_industry": np.minimum(data["electricity_industry"], 50.0),
        "fuelwood": data["fuelwood"],
        "population": people,
        "services": data["electricity_services"],
        "driving": people * np.clip(density / 17.0, 0.1, 100.0) ** -0.25,
        "commuting": commuting_kilometres(data, flows),
        "roads": np.sqrt(data["area"] * people),
        "port_population": np.where(is_coastal, people**0.6, 0.0),
        "port_industry": np.where(is_coastal, data["facility_manufacturing"] ** 0.75, 0.0),
        "coast": data["coast"],
        "airports": data["air_passengers"].astype(float),
        "construction": data["electricity_construction"],
        "land": np.minimum(data["area"], 2000.0),
        "farm_electricity": np.minimum(data["electricity_farming"], 0.003 * people) ** 0.75,
        "farm_votes": people * data["centre_vote"] * np.minimum(1.0, 100.0 / density),
        "treatment": people**0.85 * np.minimum(1.0, np.sqrt(200.0 / density)),
    }


def national_totals() -> Floats:
    """(K,) t CO2e of the base year that belong to municipalities, by sector."""
    account = table("account.csv")
    return np.array([1000.0 * account["kt"][account["sector"] == s].sum() for s in SECTORS])


def territorial_account(data: Columns, flows: Columns) -> Floats:
    """(M, K) t CO2e of the base year: each national total spread by its key.

    Sums over M equal `national_totals()` to rounding. Raises BaselineError when a key is zero everywhere.
    """
    account, keys = table("account.csv"), keys_of(data, flows)
    out = np.zeros((len(data["area"]), len(SECTORS)))
    for sector, key, kt in zip(account["sector"], account["key"], account["kt"], strict=True):
        if keys[key].sum() <= 0:
            raise BaselineError(f"account.csv: key {key!r} of {sector!r} is zero in every municipality")
        out[:, SECTORS.index(sector)] += 1000.0 * kt * keys[key] / keys[key].sum()
    return out


def footprint_per_inhabitant() -> Floats:
    """(F,) national mean, t CO2e per inhabitant and year."""
    figures = table("footprint.csv")
    order = [list(figures["category"]).index(c) for c in CATEGORIES]
    return figures["t_per_inhabitant"][order]


def footprint_account(data: Columns, flows: Columns, population: Floats) -> Floats:
    """(M, F) t CO2e of residents' consumption; the mean weighted by `population` (M,) is the national figure.

    Driving follows density and distance to work, flying centrality, housing the households' electricity, goods and
    services the employment rate to the power 0.5 as a proxy of income; food does not vary (no proxy found).
    """
    people = data["population_2024"].astype(float)
    keys = keys_of(data, flows)
    outward = np.maximum(np.bincount(flows["home"], flows["employed"], len(people)), 1.0)
    relative = {
        "driving": _relative(keys["driving"] / people, population),
        "commuting": _relative(keys["commuting"] / outward, population),
        "flying": _relative(0.7 + 0.6 * centrality_of(data, flows), population),
        "homes": _relative(np.clip(data["electricity_household"] / people, 0.003, 0.015), population),
        "income": _relative(np.sqrt(np.clip(data["employed"] / people, 0.3, 0.7)), population),
    }
    car = 0.7 * relative["driving"] + 0.3 * np.clip(relative["commuting"], 0.3, 3.0)
    factors = {
        "transport": 0.45 * car + 0.45 * relative["flying"] + 0.1,
        "food": np.ones_like(people),
        "housing": 0.5 + 0.5 * relative["homes"],
        "goods": relative["income"],
        "services": relative["income"],
    }
    shape = np.stack([_relative(factors[c], population) for c in CATEGORIES], axis=1)
    return population[:, None] * shape * footprint_per_inhabitant()


def _relative(values: Floats, weight: Floats) -> Floats:
    return values * weight.sum() / (values * weight).sum()


def centrality_of(data: Columns, flows: Columns) -> Floats:
    """(M,) 0-1: half density, half size of the labour markets residents work in, both logarithmic; Oslo is 1."""
    people = data["population_2024"].astype(float)
    size = len(people)
    jobs = np.maximum(data["jobs"].astype(float), 1.0)
    within = np.bincount(flows["home"], flows["employed"] * jobs[flows["work"]], size)
    reach = within / np.maximum(np.bincount(flows["home"], flows["employed"], size), 1e-9)
    dense = np.log10(np.maximum(density_of(people, data["area"]), 0.1)) / 3.2
    near = (np.log10(np.maximum(reach, 100.0)) - 2.0) / 3.64
    return np.clip(0.5 * np.clip(dense, 0, 1) + 0.5 * np.clip(near, 0, 1), 0.0, 1.0)


def _anchored(figures: Columns, row: int, years: NDArray[Any], base: int) -> Floats:
    anchors = sorted(int(c) for c in figures if c.isdigit())
    return np.interp(years, [base, *anchors], [1.0, *(figures[str(a)][row] for a in anchors)])


def statistics_path(years: Sequence[int]) -> Floats:
    """(Y, K) national emissions per sector relative to 2023, population effect included.

    1990-2023 follow the national sources; later years the anchors of `national_path.csv`, linear between them and
    level after the last; years before 1990 stand at 1990.
    """
    history, account, anchors = table("national_emissions.csv"), table("account.csv"), table("national_path.csv")
    asked, base = np.asarray(years), _BASE
    out = np.empty((len(asked), len(SECTORS)))
    for k, sector in enumerate(SECTORS):
        rows = np.flatnonzero(account["sector"] == sector)
        series = np.zeros(len(history["year"]))
        for r in rows:
            source = history[str(account["source"][r])].astype(float)
            series += account["kt"][r] * source / source[-1]
        past = np.interp(asked, history["year"], series / series[-1])
        ahead = _anchored(anchors, list(anchors["sector"]).index(sector), asked, base)
        out[:, k] = np.where(asked <= base, past, ahead)
    return out


def footprint_path(years: Sequence[int], base_year: int) -> Floats:
    """(Y, F) the same per category of the footprint, per inhabitant; level before 2023."""
    figures = table("footprint.csv")
    order = [list(figures["category"]).index(c) for c in CATEGORIES]

    def path(asked: Sequence[int]) -> Floats:
        return np.stack([_anchored(figures, r, np.asarray(asked), _BASE) for r in order], axis=1)

    return path(years) / path([base_year])
