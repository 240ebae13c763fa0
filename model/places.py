"""The municipalities of a place: people, neighbours, commuting, accounts and the exogenous paths, as arrays.

Norway ships with the program; a county, a list of numbers or a folder of the user is a place as well. Knows nothing of
actors, designs or runs.
"""

import csv
import io
import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import SECTORS
from model import baseline

Floats = NDArray[np.float64]
_LIMIT_BYTES, _LIMIT_ROWS = 20_000_000, 5_000
_NORTH = ("nordland", "troms", "finnmark")
_PER_INHABITANT = {"employed": 0.5, "jobs": 0.5, "area": 1 / 17.3}  # about Norway's means
_GREEN_VOTE = 0.17  # about Norway's mean of the column
_REQUIRED = ("number", "name", "county")
_OPTIONAL = ("area", "longitude", "latitude", "employed", "jobs", "green_vote")


class PlaceError(ValueError):
    """A place that does not exist or cannot be read; the message names file, row and remedy."""


@dataclass(frozen=True, eq=False)
class Place:
    """M municipalities in C counties over Y years; K sectors and F categories as in `agents.vocabulary`.

    Arrays are read-only. `territorial` and `footprint` are t CO2e of `base_year`; the paths are relative to that year
    and exclude the effect of population. `commute_*` is CSR, its rows sum to 1 and include the municipality itself.
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
    nation: float = 0.0  # inhabitants of the whole country in the first year; sums of money are written for it
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
        elif isinstance(value, int | tuple) and f.name not in ("sources", "left_out"):
            total.update(f"{f.name}{value}".encode())
    nation = place.nation or float(place.population[0].sum())
    return replace(place, digest=total.hexdigest(), nation=nation)


def place_names() -> tuple[str, ...]:
    """Names of the places that ship: `norway` and its counties."""
    return ("norway", *(_fold(c) for c in _norway().county_names))


def load_place(spec: str) -> Place:
    """The place called `spec`: `norway`, a county, numbers joined by commas, or the path of a folder.

    Raises PlaceError with the nearest names. The same spec gives the same object as long as a folder is unchanged.
    """
    text = str(spec).strip()
    if len(text) > 4000 or not text.isprintable():
        raise PlaceError("place: the name is too long or has control characters; give a county, numbers or a folder")
    folded = _fold(text)
    if folded in place_names():
        return _norway() if folded == "norway" else _county(folded)
    if re.fullmatch(r"\d{4}(\s*,\s*\d{4})*", text):
        return _chosen(tuple(re.split(r"\s*,\s*", text)))
    folder = Path(text).expanduser()
    if text and folder.is_dir():
        stamp = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(folder.iterdir()) if p.is_file())
        return _folder(folder.resolve(), stamp)
    near = get_close_matches(folded, place_names(), n=3, cutoff=0.6)
    hint = f"did you mean {', '.join(map(repr, near))}?" if near else f"known: {', '.join(place_names())}"
    raise PlaceError(f"place {text!r}: no such county, list of numbers or folder; {hint}")


def boundaries(place: Place) -> dict[str, Any]:
    """GeoJSON FeatureCollection (WGS84) of the place's municipalities; empty when its folder has no boundaries."""
    path = place.folder / "boundaries.geojson"
    if not path.is_file():
        return {"type": "FeatureCollection", "features": []}
    wanted = set(place.numbers)
    try:
        found = json.loads(_text(path))["features"]
        chosen = [f for f in found if f["properties"]["number"] in wanted]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PlaceError(f"{path}: not a GeoJSON FeatureCollection with the property 'number' ({error})") from None
    return {"type": "FeatureCollection", "features": chosen}


def _fold(text: str) -> str:
    plain = text.lower().replace("ø", "o").replace("æ", "ae")
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return re.sub(r"[\s_-]+", "-", plain.strip())


@lru_cache(maxsize=1)
def _norway() -> Place:
    data, raw = baseline.table("municipalities.csv"), baseline.table("commuting.csv")
    about = tomllib.loads((baseline.NORWAY / "place.toml").read_text(encoding="utf-8"))
    numbers = data["number"]
    ends = {c: baseline.positions_of(numbers.astype(int), raw[c]) for c in ("home", "work")}
    flows = ends | {"employed": raw["employed"]}
    years = range(about["first_year"], about["last_year"] + 1)
    population = baseline.projected_population({y: data[f"population_{y}"] for y in (2024, 2025, 2026)}, years)
    near = [text.split(";") for text in data["neighbours"]]
    other = baseline.positions_of(numbers, np.concatenate(near))
    left = baseline.table("left_out.csv")
    return _assembled(
        data,
        flows,
        about,
        name="norway",
        population=population,
        neighbours=_unordered(list(zip(np.repeat(np.arange(len(near)), list(map(len, near))), other, strict=True))),
        territorial=baseline.territorial_account(data, flows),
        is_official=np.zeros(len(numbers), dtype=bool),
        footprint=baseline.footprint_account(data, flows, population[0]),
        left_out=tuple(
            dict(zip(left, row, strict=True)) for row in zip(*(c.tolist() for c in left.values()), strict=True)
        ),
        sources=tuple(tomllib.loads((baseline.NORWAY / "sources.toml").read_text(encoding="utf-8"))["source"]),
    )


def _assembled(data: Mapping[str, Any], flows: Mapping[str, Any], about: Mapping[str, Any], **rest: Any) -> Place:
    """A place from columns by municipality, flows (home, work, employed) and what `place.toml` says."""
    people, base = rest["population"][0], about["base_year"]
    years = range(about["first_year"], about["last_year"] + 1)
    codes = [str(c) for c in data["county_number"]]
    counties = sorted(set(codes))
    columns: dict[str, Any] = {c: np.array(data[c], dtype=float) for c in _OPTIONAL}
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
            is_north=np.array([_fold(str(c)) in _NORTH for c in data["county"]]),
            centrality=baseline.centrality_of({"population_2024": people, **data}, flows),
            commute_indptr=indptr,
            commute_indices=indices,
            commute_share=share,
            national_path=baseline.national_path(years, base),
            footprint_path=baseline.footprint_path(years, base),
            **rest,
        )
    )


def _unordered(pairs: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
    unique = sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]})
    return np.array(unique, dtype=np.int32).reshape(-1, 2)


@lru_cache(maxsize=32)
def _county(folded: str) -> Place:
    whole = _norway()
    c = [_fold(n) for n in whole.county_names].index(folded)
    keep = np.flatnonzero(whole.county_of == c)
    name = whole.county_names[c]
    title = {"en": f"{name}, {len(keep)} municipalities", "nb": f"{name}, {len(keep)} kommuner"}
    return _part(whole, keep, folded, title)


@lru_cache(maxsize=32)
def _chosen(asked: tuple[str, ...]) -> Place:
    whole = _norway()
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
    rows = (*_OPTIONAL, "density", "is_north", "centrality", "territorial", "is_official", "footprint")
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
            neighbours=pairs[(pairs >= 0).all(axis=1)].astype(np.int32),
            commute_indptr=indptr,
            commute_indices=indices,
            commute_share=share,
        )
    )


@lru_cache(maxsize=8)
def _folder(path: Path, stamp: tuple[Any, ...]) -> Place:  # stamp: the cache forgets a folder that has changed
    about, file = _settings(path / "place.toml", path.name), path / "municipalities.csv"
    columns = _rows(file)
    years = range(about["first_year"], about["last_year"] + 1)
    counts = {c: c[11:] for c in columns if re.fullmatch(r"population(_\d{4})?", c)}
    if not counts:
        raise PlaceError(f"{file}, row 1: column 'population' is missing")
    known = {int(year or years[0]): np.rint(_figures(file, columns, c)) for c, year in counts.items()}
    population = baseline.projected_population(known, years)
    people, size = population[0], len(columns["number"])
    if not people.sum() > 0:
        raise PlaceError(f"{file}: nobody lives here in {years[0]}; give at least one municipality inhabitants")
    fallback = {c: share * people for c, share in _PER_INHABITANT.items()} | {
        "longitude": np.zeros(size), "latitude": np.zeros(size), "green_vote": np.full(size, _GREEN_VOTE)
    }  # fmt: skip
    order = {c: f"{i + 1:02d}" for i, c in enumerate(sorted(set(columns["county"])))}
    data: dict[str, Any] = {c: columns[c] for c in ("number", "name", "county")}
    data["county_number"] = columns.get("county_number") or [order[c] for c in columns["county"]]
    data |= {c: _figures(file, columns, c) if c in columns else fallback[c] for c in _OPTIONAL}
    has_centroids = "longitude" in columns and "latitude" in columns
    pairs = _unordered(_nearest(data) if has_centroids else _ring(columns["county"]))
    territorial, is_official = _accounts(file, columns, people, about["base_year"])
    return _assembled(
        data,
        _mostly_at_home(pairs, size),
        about,
        name=path.name,
        population=population,
        neighbours=pairs,
        territorial=territorial,
        is_official=is_official,
        footprint=people[:, None] * baseline.footprint_per_inhabitant(),
        left_out=(),
        sources=({"what": "all tables", "source": f"folder {path.name}; gaps filled with Norway's means"},),
        folder=path,
    )


def _mostly_at_home(pairs: NDArray[np.int32], size: int) -> dict[str, NDArray[Any]]:
    """Flows where a tenth of each municipality's workers go to its neighbours in equal parts (assumed)."""
    home = np.concatenate([pairs[:, 0], pairs[:, 1], np.arange(size)])
    work = np.concatenate([pairs[:, 1], pairs[:, 0], np.arange(size)])
    ties = np.bincount(pairs.ravel(), minlength=size)[home]
    share = np.where(home != work, 0.1 / np.maximum(ties, 1), np.where(ties > 0, 0.9, 1.0))
    return {"home": home, "work": work, "employed": share}


def _nearest(data: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Pairs of each municipality with the three nearest centroids."""
    size = len(data["number"])
    every = np.arange(size)
    pairs = []
    for i in every:
        km = baseline.distance(data["longitude"], data["latitude"], np.full(size, i), every)
        pairs += [(int(i), int(j)) for j in np.argsort(km, kind="stable")[:4] if j != i][:3]
    return pairs


def _ring(counties: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs in a ring by order within each county; a county of one is joined to the row before it."""
    pairs = []
    for county in sorted(set(counties)):
        own = [i for i, c in enumerate(counties) if c == county]
        if len(own) == 1:
            own.append(own[0] - 1 if own[0] else min(1, len(counties) - 1))
        pairs += list(zip(own, own[1:] + own[:1], strict=True))
    return pairs


def _text(file: Path) -> str:
    if not file.is_file():
        raise PlaceError(f"{file}: missing; a place folder needs it, with {', '.join(_REQUIRED)}, population")
    if file.stat().st_size > _LIMIT_BYTES:
        raise PlaceError(f"{file}: larger than {_LIMIT_BYTES:,} bytes; split the place or remove columns")
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PlaceError(f"{file}: cannot be read as UTF-8 text ({error}); save it as UTF-8") from None


def _settings(file: Path, name: str) -> dict[str, Any]:
    """`place.toml` over the defaults: Norway's years and base year, the folder's name as title."""
    about: dict[str, Any] = {"first_year": 2025, "last_year": 2050, "base_year": 2023}
    about["title"] = {"en": name, "nb": name}
    try:
        given = tomllib.loads(_text(file)) if file.exists() else {}
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PlaceError(f"{file}: not valid TOML ({error})") from None
    for key, value in given.items():
        if key not in about:
            near = get_close_matches(key, about, n=1) or [", ".join(about)]
            raise PlaceError(f"{file}: unknown key {key!r}; did you mean {near[0]}?")
        if key == "title" and not (isinstance(value, dict) and all(isinstance(v, str) for v in value.values())):
            raise PlaceError(f'{file}: title must be a table such as {{en = "…", nb = "…"}}')
        if key != "title" and not (type(value) is int and 1900 <= value <= 2100):
            raise PlaceError(f"{file}: {key} must be a whole year from 1900 to 2100, not {value!r}")
        about[key] = about["title"] | value if key == "title" else value
    if about["first_year"] > about["last_year"]:
        raise PlaceError(f"{file}: first_year {about['first_year']} lies after last_year {about['last_year']}")
    return about


def _rows(file: Path) -> dict[str, list[str]]:
    """Columns of text of a CSV with unique numbers and plain names; errors name the row, the header being row 1."""
    try:
        lines = [line for line in csv.reader(io.StringIO(_text(file)), strict=True) if line]
    except csv.Error as error:
        raise PlaceError(f"{file}: not a CSV with commas ({error})") from None
    header = [h.strip() for h in lines[0]] if lines else []
    for column in _REQUIRED:
        if header.count(column) != 1:
            raise PlaceError(f"{file}, row 1: column {column!r} must occur once, occurs {header.count(column)} times")
    if len(set(header)) != len(header) or not 1 < len(lines) <= _LIMIT_ROWS:
        raise PlaceError(f"{file}: needs unique columns and 1 to {_LIMIT_ROWS - 1} rows, has {len(lines) - 1}")
    columns: dict[str, list[str]] = {h: [] for h in header}
    for row, line in enumerate(lines[1:], start=2):
        if len(line) != len(header):
            raise PlaceError(f"{file}, row {row}: {len(line)} fields where the header has {len(header)}")
        cells = dict(zip(header, (c.strip() for c in line), strict=True))
        if not re.fullmatch(r"[0-9A-Za-z-]{1,12}", cells["number"]) or cells["number"] in columns["number"]:
            raise PlaceError(
                f"{file}, row {row}: number {cells['number'][:20]!r} is repeated or no 1-12 letters, digits"
            )
        for column in ("name", "county"):
            if not re.fullmatch(r"[^\W\d_][^\x00-\x1f<>=]{0,79}", cells[column]):
                raise PlaceError(f"{file}, row {row}: {column} {cells[column][:20]!r} is no name of 1-80 characters")
        for h in header:
            columns[h].append(cells[h])
    return columns


def _figures(file: Path, columns: Mapping[str, list[str]], column: str, *, blank: float | None = None) -> Floats:
    """(M,) numbers of a column; blank cells are errors unless `blank` says what they are."""
    low, high = (-180.0, 180.0) if column in ("longitude", "latitude") else (0.0, 1e12)
    out = np.empty(len(columns[column]))
    for i, cell in enumerate(columns[column]):
        try:
            out[i] = blank if blank is not None and cell == "" else float(cell)
        except ValueError:
            raise PlaceError(f"{file}, row {i + 2}: {column} {cell[:20]!r} is not a number") from None
        if not low <= out[i] <= high and not (blank is not None and cell == ""):
            raise PlaceError(f"{file}, row {i + 2}: {column} {cell[:20]!r} must lie from {low:g} to {high:g}")
    return out


def _accounts(
    file: Path, columns: Mapping[str, list[str]], people: Floats, base_year: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """(M, K) t CO2e: columns named after sectors are official, else Norway's mean per inhabitant of that year."""
    mean = baseline.national_totals() * baseline.statistics_path([base_year])[0] / baseline.national_population(2025)[0]
    territorial, is_official = people[:, None] * mean, np.zeros(len(people), dtype=bool)
    for k, sector in enumerate(SECTORS):
        if sector in columns:
            given = _figures(file, columns, sector, blank=np.nan)
            territorial[:, k] = np.where(np.isnan(given), territorial[:, k], given)
            is_official |= ~np.isnan(given)
    return territorial, is_official
