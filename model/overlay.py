"""Norway's tables with the figures of a folder laid over them, so that the folder says only what differs.

Knows nothing of Place. What is not given stays as it is in Norway: neighbours, commuting, paths, what is on record.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import CATEGORIES, SECTORS
from model import baseline, inhabitants, norway
from model.place_folder import OPTIONAL, POPULATION, Contents, PlaceError

Floats = NDArray[np.float64]
_GROWING: Final = ("jobs", "employed")


def contents(found: Contents) -> Contents:
    """All 357 municipalities over the folder's years, with what it says of some of them.

    found: what `read_folder` gave for a folder with `base`: (m,) figures by column, NaN where nothing is said.
    """
    about, facts = found.settings, found.facts
    first, last = about["first_year"], about["last_year"]
    whole = norway.contents(first, last)
    numbers = np.asarray(whole.columns["number"])
    where = baseline.positions_of(numbers, np.array(found.columns["number"]))
    told = {name: _spread(values, where, len(numbers)) for name, values in found.columns.items() if name != "number"}
    changed = dict(whole.facts)
    changed["population"] = _population(whole.facts["population"], told, (first, last))
    _check(changed["population"], numbers, facts["folder"])
    columns = dict(whole.columns)
    for name in OPTIONAL:
        if name in told:
            growth = _growth(changed["population"], first) if name in _GROWING else 1.0
            columns[name] = np.where(np.isnan(told[name]), columns[name], told[name] * growth)
    to_base = baseline.statistics_path([norway.about()["base_year"]]) / baseline.statistics_path([about["base_year"]])
    changed["territorial"] = _laid(whole.facts["territorial"] / to_base, told, SECTORS)
    people = changed["population"][0] / whole.facts["population"][0]
    changed["footprint"] = _laid(whole.facts["footprint"] * people[:, None], told, CATEGORIES)
    official = [frozenset[str]()] * len(numbers)
    for i, sectors in zip(where, facts["official"], strict=True):
        official[i] = sectors
    changed |= {"official": tuple(official), "is_official": np.array([bool(sectors) for sectors in official])}
    changed |= {"name": facts["name"], "folder": facts["folder"], "is_overlay": True}
    changed["sources"] = facts["sources"] + whole.facts["sources"]
    return Contents(columns, whole.flows, about, changed)


def _spread(values: Floats, where: NDArray[np.int64], size: int) -> Floats:
    out = np.full(size, np.nan)
    out[where] = values
    return out


def _laid(below: Floats, told: Mapping[str, Floats], names: tuple[str, ...]) -> Floats:
    above = np.stack([told.get(name, np.full(len(below), np.nan)) for name in names], axis=1)
    return np.where(np.isnan(above), below, above)


def _growth(population: Floats, first: int) -> Floats:
    """(M,) growth of the inhabitants from the first year of Norway's own run to `first`."""
    then = inhabitants.of_norway(*norway.own_years())[0]
    return population[0] / then if first != norway.own_years()[0] else np.ones_like(then)


def _population(norwegian: Floats, told: Mapping[str, Floats], years: tuple[int, int]) -> Floats:
    """(Y, M) Norway's inhabitants with the folder's figures; before its first known year shares of the nation stay."""
    given = {int(name[11:] or years[0]): values for name, values in told.items() if POPULATION.fullmatch(name)}
    given = {year: values for year, values in given.items() if not np.isnan(values).all()}
    if not given:
        return norwegian
    known = {}
    for year in sorted({*given, *inhabitants.OBSERVED}):
        ours = inhabitants.of_norway(year, year)[0]
        theirs = given.get(year, np.full(len(ours), np.nan))
        known[year] = np.where(np.isnan(theirs), ours, np.rint(theirs))
    return inhabitants.with_past(known, *years)


def _check(population: Floats, numbers: NDArray[Any], folder: Any) -> None:
    empty = np.argwhere(population.min(axis=0) < 1)
    if len(empty):
        raise PlaceError(f"{folder / 'municipalities.csv'}: nobody lives in {numbers[empty[0, 0]]}; leave the row out")
