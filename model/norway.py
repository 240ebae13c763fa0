"""Norway's tables over any years, as the columns and facts that a place is assembled from. Knows nothing of Place."""

import tomllib
from functools import lru_cache
from typing import Any

import numpy as np

from model import baseline, inhabitants
from model.neighbours import unordered
from model.place_folder import Contents


@lru_cache(maxsize=1)
def about() -> dict[str, Any]:
    """What `place.toml` says: title, base year, and the years that are run where nobody asks for others."""
    return tomllib.loads((baseline.NORWAY / "place.toml").read_text(encoding="utf-8"))


def own_years() -> tuple[int, int]:
    """First and last year that are run where nobody asks for others."""
    return about()["first_year"], about()["last_year"]


def contents(first: int, last: int) -> Contents:
    """The 357 municipalities from `first` to `last`; jobs and employed residents go with the inhabitants.

    What is no number of persons stays as it is today: area, borders, commuting shares, centrality, votes.
    """
    data, raw = baseline.table("municipalities.csv"), baseline.table("commuting.csv")
    numbers = data["number"]
    ends = {c: baseline.positions_of(numbers.astype(int), raw[c]) for c in ("home", "work")}
    flows = ends | {"employed": raw["employed"]}
    population = inhabitants.of_norway(first, last)
    grown = population[0] / inhabitants.of_norway(*own_years())[0]
    near = [text.split(";") for text in data["neighbours"]]
    other = baseline.positions_of(numbers, np.concatenate(near))
    facts = {
        "name": "norway",
        "population": population,
        "centrality": baseline.centrality_of(data, flows),
        "neighbours": unordered(list(zip(np.repeat(np.arange(len(near)), list(map(len, near))), other, strict=True))),
        "territorial": baseline.territorial_account(data, flows),
        "is_official": np.zeros(len(numbers), dtype=bool),
        "official": (frozenset(),) * len(numbers),
        "footprint": baseline.footprint_account(data, flows, population[0]),
        "known_elements": _known_elements(first),
        "left_out": _left_out(),
        "sources": tuple(tomllib.loads((baseline.NORWAY / "sources.toml").read_text(encoding="utf-8"))["source"]),
    }
    columns = data | {column: data[column] * grown for column in ("jobs", "employed")}
    return Contents(columns, flows, about() | {"first_year": first, "last_year": last}, facts)


def _known_elements(first: int) -> tuple[tuple[str, str, int], ...]:
    """Number, element and stage of what is on record in the year `first`."""
    known = baseline.table("known_elements.csv")
    rows = zip(known["number"], known["element"], known["stage"], known["since"], strict=True)
    return tuple((str(n), str(e), int(s)) for n, e, s, since in rows if since <= first)


def _left_out() -> tuple[dict[str, Any], ...]:
    left = baseline.table("left_out.csv")
    rows = zip(*(column.tolist() for column in left.values()), strict=True)
    return tuple(dict(zip(left, row, strict=True)) for row in rows)
