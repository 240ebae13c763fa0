"""The municipalities of a place: people, neighbours, commuting, accounts and the exogenous paths, as arrays.

Norway ships with the program; a county, a list of numbers or a folder of the user is a place as well, and each can be
had over other years than its own. Knows nothing of actors, designs or runs.
"""

import json
import re
import unicodedata
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model import baseline, inhabitants, norway, overlay
from model.place_folder import OPTIONAL, Contents, PlaceError, read_folder, text_of

Floats = NDArray[np.float64]
_NORTH = ("nordland", "troms", "finnmark")


@dataclass(frozen=True, eq=False)
class Place:
    """M municipalities in C counties over Y years; K sectors and F categories as in `agents.vocabulary`.

    Arrays are read-only. `territorial` and `footprint` are t CO2e of `base_year`; the paths are relative to that year
    and exclude the effect of population since the first year. `commute_*` is CSR, its rows sum to 1 and include the
    municipality itself.
    """

    name: str
    title: dict[str, str]
    first_year: int
    last_year: int
    base_year: int
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    county_numbers: tuple[str, ...]
    county_names: tuple[str, ...]
    county_of: NDArray[np.int32]
    population: Floats
    area: Floats
    density: Floats
    longitude: Floats
    latitude: Floats
    jobs: Floats
    employed: Floats
    is_north: NDArray[np.bool_]
    centrality: Floats
    green_vote: Floats
    neighbours: NDArray[np.int32]
    commute_indptr: NDArray[np.int64]
    commute_indices: NDArray[np.int32]
    commute_share: Floats
    territorial: Floats
    is_official: NDArray[np.bool_]
    footprint: Floats
    national_path: Floats
    footprint_path: Floats
    left_out: tuple[dict[str, Any], ...]
    sources: tuple[dict[str, Any], ...]
    folder: Path = baseline.NORWAY
    is_overlay: bool = False  # a folder that says only what differs from Norway's tables
    known_elements: tuple[tuple[str, str, int], ...] = ()  # number, element, stage: on record in the first year
    official: tuple[frozenset[str], ...] = ()  # of each municipality, the sectors whose account is official
    nation: float = 0.0  # inhabitants of the whole country in the first year; sums of money are written for it
    nation_size: int = 0  # municipalities of the whole country
    digest: str = ""


def _sealed(place: Place) -> Place:
    """The same place with read-only arrays and its digest; floats count to 11 digits, so machines agree."""
    total = blake2b(digest_size=16)
    for f in fields(place):
        value = getattr(place, f.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
            total.update(f"{f.name}{value.shape}{value.dtype.kind}".encode())
            if value.dtype.kind == "f":
                mantissa, exponent = np.frexp(value)
                total.update((np.round(mantissa * 1e11).astype("<i8")).tobytes() + exponent.astype("<i4").tobytes())
            else:
                total.update(value.astype("<i8").tobytes())
        elif isinstance(value, int | tuple) and f.name not in ("sources", "left_out", "official", "is_overlay"):
            total.update(f"{f.name}{value}".encode())
    nation = place.nation or float(place.population[0].sum())
    size = place.nation_size or len(place.numbers)
    return replace(place, digest=total.hexdigest(), nation=nation, nation_size=size)


def place_names() -> tuple[str, ...]:
    """Names of the places that ship: `norway` and its counties."""
    return ("norway", *(fold(c) for c in _norway(*norway.own_years()).county_names))


def load_place(spec: str) -> Place:
    """The place called `spec`: `norway`, a county, numbers joined by commas, or the path of a folder.

    Raises PlaceError with the nearest names. The same spec gives the same object as long as a folder is unchanged.
    """
    text = str(spec).strip()
    if len(text) > 4000 or not text.isprintable():
        raise PlaceError("place: the name is too long or has control characters; give a county, numbers or a folder")
    folded = fold(text)
    if folded in place_names():
        return _norway(*norway.own_years()) if folded == "norway" else _county(folded)
    if re.fullmatch(r"\d{4}(\s*,\s*\d{4})*", text):
        return _chosen(tuple(re.split(r"\s*,\s*", text)))
    folder = Path(text)
    if text and _is_folder(folder):
        stamp = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(folder.iterdir()) if p.is_file())
        return _stamped(folder.resolve(), stamp)
    near = get_close_matches(folded, place_names(), n=3, cutoff=0.6)
    hint = f"did you mean {', '.join(map(repr, near))}?" if near else f"known: {', '.join(place_names())}"
    raise PlaceError(f"place {text[:60]!r}: no such county, list of numbers or folder; {hint}")


@lru_cache(maxsize=64)
def over(place: Place, first: int, last: int) -> Place:
    """The same place over the years from `first` to `last`, both included; what is assumed: docs/history.md.

    Raises PlaceError when nobody lives somewhere in one of these years.
    """
    if (first, last) == (place.first_year, place.last_year):
        return place
    if place.folder != baseline.NORWAY:
        return _folder(place.folder, (first, last))
    whole = _norway(first, last)
    if place.numbers == whole.numbers:
        return whole
    keep = np.flatnonzero(np.isin(whole.numbers, place.numbers))
    return _part(whole, keep, place.name, place.title)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file system takes
        return False


def boundaries(place: Place) -> dict[str, Any]:
    """GeoJSON FeatureCollection (WGS84) of the place's municipalities; empty when its folder has no boundaries."""
    path = place.folder / "boundaries.geojson"
    if place.is_overlay and not path.is_file():
        path = baseline.NORWAY / "boundaries.geojson"
    if not path.is_file():
        return {"type": "FeatureCollection", "features": []}
    wanted = set(place.numbers)
    try:
        found = json.loads(text_of(path))["features"]
        chosen = [f for f in found if f["properties"]["number"] in wanted]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PlaceError(f"{path}: not a GeoJSON FeatureCollection with the property 'number' ({error})") from None
    return {"type": "FeatureCollection", "features": chosen}


def fold(text: str) -> str:
    """A name for comparing: lower case, no accents, hyphens between words."""
    plain = text.lower().replace("ø", "o").replace("æ", "ae")
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return re.sub(r"[\s_-]+", "-", plain.strip())


@lru_cache(maxsize=8)
def _norway(first: int, last: int) -> Place:
    return _assembled(norway.contents(first, last))


def _assembled(found: Contents) -> Place:
    """A place from columns by municipality, flows (home, work, employed), what `place.toml` says, and other facts."""
    data, flows, about, facts = found
    people, base = facts["population"][0], about["base_year"]
    years = range(about["first_year"], about["last_year"] + 1)
    codes = [str(c) for c in data["county_number"]]
    counties = sorted(set(codes))
    columns: dict[str, Any] = {c: np.array(data[c], dtype=float) for c in OPTIONAL}
    indptr, indices, share = baseline.shares_of(len(codes), flows["home"], flows["work"], flows["employed"])
    return _sealed(
        Place(
            title=dict(about["title"]),
            first_year=years[0],
            last_year=years[-1],
            base_year=base,
            numbers=tuple(map(str, data["number"])),
            names=tuple(map(str, data["name"])),
            county_numbers=tuple(counties),
            county_names=tuple(str(data["county"][codes.index(c)]) for c in counties),
            county_of=np.array([counties.index(c) for c in codes], dtype=np.int32),
            density=baseline.density_of(people, data["area"]),
            **columns,
            is_north=np.array([fold(str(c)).startswith(_NORTH) for c in data["county"]]),
            commute_indptr=indptr,
            commute_indices=indices,
            commute_share=share,
            national_path=inhabitants.national_path(years, base),
            footprint_path=baseline.footprint_path(years, base),
            **facts,
        )
    )


@lru_cache(maxsize=32)
def _county(folded: str) -> Place:
    whole = _norway(*norway.own_years())
    c = [fold(n) for n in whole.county_names].index(folded)
    keep = np.flatnonzero(whole.county_of == c)
    name = whole.county_names[c]
    title = {"en": f"{name}, {len(keep)} municipalities", "nb": f"{name}, {len(keep)} kommuner"}
    return _part(whole, keep, folded, title)


@lru_cache(maxsize=32)
def _chosen(asked: tuple[str, ...]) -> Place:
    whole = _norway(*norway.own_years())
    for i, number in enumerate(asked):
        if number in asked[:i]:
            raise PlaceError(f"place: number {number} is given twice; give each municipality once")
        if number not in whole.numbers:
            near = sorted(whole.numbers, key=lambda n: (abs(int(n) - int(number)), n))[:3]
            named = ", ".join(f"{n} {whole.names[whole.numbers.index(n)]}" for n in near)
            raise PlaceError(f"place: no municipality has number {number} in the division of 2024; nearest: {named}")
    keep = np.array(sorted(whole.numbers.index(n) for n in asked))
    names = ", ".join(whole.names[i] for i in keep[:5]) + (" …" if len(keep) > 5 else "")
    return _part(whole, keep, ",".join(whole.numbers[i] for i in keep), {"en": names, "nb": names})


@lru_cache(maxsize=8)
def _stamped(path: Path, stamp: tuple[Any, ...]) -> Place:  # stamp: the cache forgets a folder that has changed
    return _folder(path)


def _folder(path: Path, years: tuple[int, int] | None = None) -> Place:
    found = read_folder(path, years)
    if not found.settings["base"]:
        return _assembled(found)
    whole = _assembled(overlay.contents(found))
    if set(whole.numbers) == set(found.columns["number"]):
        return whole
    return _part(whole, np.flatnonzero(np.isin(whole.numbers, found.columns["number"])), whole.name, whole.title)


def _part(whole: Place, keep: NDArray[np.int64], name: str, title: dict[str, str]) -> Place:
    """The municipalities `keep` (positions): exact slices, pairs and commuting inside the part only."""
    where = np.full(len(whole.numbers), -1)
    where[keep] = np.arange(len(keep))
    home = where[np.repeat(np.arange(len(where)), np.diff(whole.commute_indptr))]
    work = where[whole.commute_indices]
    inside = (home >= 0) & (work >= 0)
    indptr, indices, share = baseline.shares_of(len(keep), home[inside], work[inside], whole.commute_share[inside])
    counties, county_of = np.unique(whole.county_of[keep], return_inverse=True)
    pairs = where[whole.neighbours]
    rows = (*OPTIONAL, "density", "is_north", "centrality", "territorial", "is_official", "footprint")
    return _sealed(
        replace(
            whole,
            name=name,
            title=title,
            numbers=tuple(whole.numbers[i] for i in keep),
            names=tuple(whole.names[i] for i in keep),
            county_numbers=tuple(whole.county_numbers[c] for c in counties),
            county_names=tuple(whole.county_names[c] for c in counties),
            county_of=county_of.astype(np.int32),
            population=whole.population[:, keep].copy(),
            **{r: getattr(whole, r)[keep] for r in rows},
            official=tuple(whole.official[i] for i in keep),
            neighbours=pairs[(pairs >= 0).all(axis=1)].astype(np.int32),
            commute_indptr=indptr,
            commute_indices=indices,
            commute_share=share,
        )
    )
