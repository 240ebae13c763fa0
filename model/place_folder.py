"""A place folder of the user, read and checked: what is wrong is named with file, row and remedy.

Knows nothing of Place: it hands over the columns, flows and facts that one is assembled from.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import CATEGORIES, EARLIEST, LATEST, SECTORS
from model import baseline, inhabitants, place_ties, plain_text
from model.neighbours import mostly_at_home, nearest, ring, unordered
from model.place_error import PlaceError as PlaceError
from model.plain_text import TextError
from model.plain_toml import tables

Floats = NDArray[np.float64]
REQUIRED = ("name", "county")
ALIASES = {"region": "county", "region_number": "county_number"}
OPTIONAL = ("area", "longitude", "latitude", "employed", "jobs", "green_vote")
TEXTS = ("neighbours", "official")  # lists joined by semicolons
NORWAY = "norway"  # the `base` of a folder that says only what differs from Norway's tables
POPULATION = re.compile(r"population(_(19|20)\d\d)?")  # of the first year, or of the year it names
_LIMIT_BYTES, _LIMIT_ROWS = 20_000_000, 5_000  # rows: municipalities
_PER_INHABITANT = {"employed": 0.5, "jobs": 0.5, "area": 1 / 17.3}  # about Norway's means
_GREEN_VOTE = 0.17  # about Norway's mean of the column


class Contents(NamedTuple):
    """What a place folder holds once checked, gaps filled with Norway's means."""

    columns: dict[str, Any]  # by municipality, in the order of the file
    flows: dict[str, NDArray[Any]]  # home, work, employed
    settings: dict[str, Any]  # years and title
    facts: dict[str, Any]  # the other fields of a Place


def read_folder(path: Path, years: tuple[int, int] | None = None) -> Contents:
    """The contents of the folder `path`: `municipalities.csv` and, if it is there, `place.toml`.

    years: first and last year instead of the folder's own. Raises PlaceError naming file, row and remedy.
    """
    about, file = _settings(path / "place.toml", path.name), path / "municipalities.csv"
    if years is not None:
        about |= {"first_year": years[0], "last_year": years[1]}
    columns = _rows(file)
    if about["base"]:
        return _differences(path, columns, about)
    population = _population(file, columns, range(about["first_year"], about["last_year"] + 1))
    people = population[0]
    data = _filled(file, columns, people)
    has_centroids = "longitude" in columns and "latitude" in columns
    given = place_ties.neighbours(file, columns)
    pairs = given if given is not None else unordered(nearest(data) if has_centroids else ring(columns["county"]))
    flows = place_ties.commuting(path / "commuting.csv", columns["number"]) or mostly_at_home(pairs, len(people))
    territorial, official = _accounts(file, columns, people, about)
    footprint = people[:, None] * baseline.footprint_per_inhabitant()
    facts = {
        "name": path.name,
        "population": population,
        "centrality": baseline.centrality_of({"population_2024": people, **data}, flows),
        "neighbours": pairs,
        "territorial": territorial,
        "is_official": np.array([bool(sectors) for sectors in official]),
        "official": official,
        "footprint": _laid_over(file, columns, CATEGORIES, footprint),
        "left_out": (),
        "sources": (
            {"what": "all tables", "source": f"folder {path.name}; gaps filled with Norway's means"},
            *_sources(path / "sources.toml"),
        ),
        "folder": path,
    }
    return Contents(data, flows, about, facts)


def _differences(path: Path, columns: Mapping[str, list[str]], about: dict[str, Any]) -> Contents:
    """What the folder says of municipalities of Norway's tables: (M,) figures by column, NaN where it says nothing."""
    file = path / "municipalities.csv"
    figures = [c for c in columns if c in (*OPTIONAL, *SECTORS, *CATEGORIES) or POPULATION.fullmatch(c)]
    told = {c: _figures(file, columns, c, blank=np.nan) for c in figures}
    known = set(baseline.table("municipalities.csv")["number"])
    for row, number in enumerate(columns["number"], start=2):
        if number not in known:
            raise PlaceError(f"{file}, row {row}: {number} is no municipality of Norway; leave out base = {NORWAY!r}")
    facts = {"name": path.name, "folder": path, "official": _official(file, columns)}
    facts["sources"] = _sources(path / "sources.toml")
    return Contents({"number": columns["number"], **told}, {}, about, facts)


def _population(file: Path, columns: Mapping[str, list[str]], years: range) -> Floats:
    """(Y, M) persons: the figures of the file; one figure is level until 2024 and then grows as Norway's projection."""
    counts = {c: c[11:] for c in columns if POPULATION.fullmatch(c)}
    if not counts:
        raise PlaceError(f"{file}, row 1: column 'population' is missing")
    known = {int(year or years[0]): np.rint(_figures(file, columns, c)) for c, year in counts.items()}
    if len(known) == 1:
        (at, people), *_ = known.items()
        known = {max(at, inhabitants.OBSERVED[0]): people}
    population = inhabitants.projected(known, years)
    empty = np.argwhere(population.T < 1)
    if len(empty):
        row, year = (int(found) for found in empty[0])
        raise PlaceError(
            f"{file}, row {row + 2}: nobody lives in {columns['number'][row]} in {years[year]}; "
            "give it inhabitants or leave the row out"
        )
    return population


def _filled(file: Path, columns: Mapping[str, list[str]], people: Floats) -> dict[str, Any]:
    """All columns of a place by municipality; what the file leaves out is near Norway's mean per inhabitant."""
    size = len(people)
    fallback = {c: share * people for c, share in _PER_INHABITANT.items()}
    fallback |= {"longitude": np.zeros(size), "latitude": np.zeros(size), "green_vote": np.full(size, _GREEN_VOTE)}
    order = {c: f"{i + 1:02d}" for i, c in enumerate(sorted(set(columns["county"])))}
    data: dict[str, Any] = {c: columns[c] for c in ("number", *REQUIRED)}
    data["county_number"] = columns.get("county_number") or [order[c] for c in columns["county"]]
    data |= {c: _figures(file, columns, c) if c in columns else fallback[c] for c in OPTIONAL}
    for column, low, high in (("area", 1e-3, np.inf), ("jobs", 0.0, 20.0), ("employed", 0.0, 20.0)):
        each = data[column] if column == "area" else data[column] / people
        wrong = np.nonzero((each < low) | (each > high))[0]
        if len(wrong):
            right = "more than 0 km2" if column == "area" else "at most 20 for each inhabitant"
            raise PlaceError(f"{file}, row {int(wrong[0]) + 2}: {column} {data[column][wrong[0]]:g}; give {right}")
    return data


def text_of(file: Path) -> str:
    """Text of a UTF-8 file of at most 20 MB; raises PlaceError if it is missing, larger or something else."""
    try:
        return plain_text.text_of(file, limit=_LIMIT_BYTES)
    except TextError as error:
        needed = f"{', '.join(REQUIRED)}, population"
        missing = "" if file.exists() else f" (missing; a place folder needs it, with {needed})"
        raise PlaceError(f"{file}: {error}{missing}") from None


def _settings(file: Path, name: str) -> dict[str, Any]:
    """`place.toml` over the defaults: Norway's years and base year, the folder's name as title."""
    about: dict[str, Any] = {"first_year": 2025, "last_year": 2050, "base_year": 2023}
    about |= {"title": {"en": name, "nb": name}, "base": ""}
    try:
        given = tables(text_of(file)) if file.exists() else {}
    except TextError as error:
        raise PlaceError(f"{file}: not valid TOML ({error})") from None
    for key, value in given.items():
        if key not in about:
            near = get_close_matches(key, about, n=1) or [", ".join(about)]
            raise PlaceError(f"{file}: unknown key {key!r}; did you mean {near[0]}?")
        if key == "title" and not (isinstance(value, dict) and all(isinstance(v, str) for v in value.values())):
            raise PlaceError(f'{file}: title must be a table such as {{en = "…", nb = "…"}}')
        if key == "base" and value not in ("", NORWAY):
            raise PlaceError(f"{file}: base must be {NORWAY!r}, the only one, not {value!r}")
        if key not in ("title", "base") and not (type(value) is int and EARLIEST <= value <= LATEST):
            span = f"{EARLIEST} to {LATEST}"
            raise PlaceError(f"{file}: {key} must be a whole year from {span}, not {value!r}")
        about[key] = about["title"] | value if key == "title" else value
    if about["first_year"] > about["last_year"]:
        raise PlaceError(f"{file}: first_year {about['first_year']} lies after last_year {about['last_year']}")
    return about


def _rows(file: Path) -> dict[str, list[str]]:
    """Columns of text of a CSV with unique numbers and plain names; errors name the row, the header being row 1."""
    try:
        lines = [line for line in csv.reader(io.StringIO(text_of(file)), strict=True) if line]
    except csv.Error as error:
        raise PlaceError(f"{file}: not a CSV with commas ({error})") from None
    header = _header(file, lines[0] if lines else [])
    if len(set(header)) != len(header) or not 1 < len(lines) <= _LIMIT_ROWS + 1:
        raise PlaceError(f"{file}: needs unique columns and 1 to {_LIMIT_ROWS} rows, has {len(lines) - 1}")
    columns: dict[str, list[str]] = {h: [] for h in header}
    for row, line in enumerate(lines[1:], start=2):
        if len(line) != len(header):
            raise PlaceError(f"{file}, row {row}: {len(line)} fields where the header has {len(header)}")
        for h, cell in zip(header, line, strict=True):
            columns[h].append(cell.strip())
    columns.setdefault("number", [f"{i:03d}" for i in range(1, len(lines))])
    _check_names(file, columns)
    return columns


def _header(file: Path, cells: list[str]) -> list[str]:
    """Names of the columns, `region` read as county; `number` may be missing, then the order of rows numbers them."""
    header = [cell.strip() for cell in cells]
    header = [name if ALIASES.get(name, name) in header else ALIASES[name] for name in header]
    if len(header) == 1 and ";" in header[0]:
        raise PlaceError(f"{file}, row 1: the columns are separated by ';'; save it with commas, and decimal points")
    for name in [h for h in header if h not in _known() and not POPULATION.fullmatch(h)]:
        near = get_close_matches(name, sorted(_known() - set(header)), n=1, cutoff=0.8)
        if near:
            raise PlaceError(f"{file}, row 1: unknown column {name[:40]!r}; did you mean {near[0]!r}?")
    for column in ("number", *REQUIRED):
        count = header.count(column)
        if count > 1 or (count == 0 and column in REQUIRED):
            also = " (or 'region')" if column == "county" else ""
            raise PlaceError(f"{file}, row 1: column {column!r}{also} must occur once, occurs {count} times")
    return header


def _known() -> set[str]:
    """Columns that mean something; others are the user's own and left alone."""
    return {"number", "county_number", "population", *REQUIRED, *ALIASES, *OPTIONAL, *TEXTS, *SECTORS, *CATEGORIES}


def _check_names(file: Path, columns: Mapping[str, list[str]]) -> None:
    """Refuse a number that is repeated or none, and what is no name of a municipality or county."""
    seen: set[str] = set()
    for row, number in enumerate(columns["number"], start=2):
        if not re.fullmatch(r"[0-9A-Za-z-]{1,12}", number) or number in seen:
            raise PlaceError(f"{file}, row {row}: number {number[:20]!r} is repeated or no 1-12 letters, digits")
        seen.add(number)
        for column in REQUIRED:
            name = columns[column][row - 2]
            if not re.fullmatch(r"[^\W\d_][^\x00-\x1f<>=]{0,79}", name):
                raise PlaceError(f"{file}, row {row}: {column} {name[:20]!r} is no name of 1-80 characters")


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
    file: Path, columns: Mapping[str, list[str]], people: Floats, about: Mapping[str, Any]
) -> tuple[Floats, tuple[frozenset[str], ...]]:
    """(M, K) t CO2e of the base year and each row's official sectors; Norway's mean where none is given."""
    nation = inhabitants.national([about["first_year"]])[0]  # so that the first year has Norway's mean of that year
    mean = baseline.national_totals() * baseline.statistics_path([about["base_year"]])[0] / nation
    return _laid_over(file, columns, SECTORS, people[:, None] * mean), _official(file, columns)


def _laid_over(file: Path, columns: Mapping[str, list[str]], names: Sequence[str], below: Floats) -> Floats:
    """(M, N) `below` with the figures of the columns `names` where they are given."""
    out = below.copy()
    for k, name in enumerate(names):
        if name in columns:
            given = _figures(file, columns, name, blank=np.nan)
            out[:, k] = np.where(np.isnan(given), out[:, k], given)
    return out


def _official(file: Path, columns: Mapping[str, list[str]]) -> tuple[frozenset[str], ...]:
    """Sectors of each row whose account is official: those in column `official`, without it all that are given."""
    found = []
    for i in range(len(columns["number"])):
        given = {s for s in SECTORS if s in columns and columns[s][i] != ""}
        if "official" in columns:
            named = {name.strip() for name in columns["official"][i].split(";")} - {""}
            wrong = sorted(named - given)
            if wrong:
                raise PlaceError(
                    f"{file}, row {i + 2}: official names {wrong[0][:40]!r}, but the row has no such figure"
                )
            given = named
        found.append(frozenset(given))
    return tuple(found)


def _sources(file: Path) -> tuple[dict[str, str], ...]:
    """Where the figures come from: tables `[[source]]` with what, source and licence, all text; none without a file."""
    try:
        given = tables(text_of(file)).get("source", []) if file.exists() else []
    except TextError as error:
        raise PlaceError(f"{file}: not valid TOML ({error})") from None
    if not (isinstance(given, list) and all(isinstance(s, dict) for s in given)):
        raise PlaceError(f"{file}: give tables [[source]] with what, source and licence")
    return tuple({str(key): str(value)[:400] for key, value in one.items()} for one in given)
