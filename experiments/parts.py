"""The parts of a study's store: tables of some runs, a receipt last, and both swept together when they are many.

A run is finished when a receipt that names it is committed: a file in `done/`, or a row of `compact/`. A part without a
receipt counts for nothing. Runs may be carried out twice (an engine that lost a worker does that); the same key gives
the same values, and one of them is read. Knows nothing of what the tables mean.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from experiments import store

if TYPE_CHECKING:
    import pyarrow as pa

DONE, PARTS, COMPACT = "done", "parts", "compact"
MANIFEST: Final = "manifest.json"
MANY: Final = 400  # parts that are swept together
RUN_FIELDS: Final = (  # what a receipt says of a run, and its type in compacted form
    ("key", "string"),
    ("status", "string"),
    ("seconds", "double"),
    ("digest", "string"),
    ("warnings", "int64"),
    ("ended", "double"),
    ("where", "string"),
    ("error", "string"),
    ("traceback", "string"),
)
Run = dict[str, Any]


def prepare(folder: Path) -> None:
    """Make the folders of the store; remove what a killed writer left under a temporary name."""
    for name in (DONE, PARTS, COMPACT, "provenance"):
        (folder / name).mkdir(parents=True, exist_ok=True)


def commit(folder: Path, name: str, tables: "Mapping[str, pa.Table]", runs: list[Run]) -> None:
    """Write a part: its tables, and then the receipt that makes its runs finished. Raises OSError."""
    for table, rows in tables.items():
        target = folder / PARTS / table
        target.mkdir(parents=True, exist_ok=True)
        store.write_table(target / f"{name}.parquet", rows, narrow=table == "municipality")
    store.write_json(folder / DONE / f"{name}.json", {"tables": list(tables), "runs": runs})


def finished(folder: Path) -> dict[str, Run]:
    """What receipts say of every run by key: what was done comes before what failed, and then what came last.

    Tracebacks are left out; see `failures`.
    """
    return _settled(run for _, runs in _receipts(folder) for run in runs)


def failures(folder: Path) -> list[Run]:
    """Runs that failed and were not done since, with where and traceback."""
    runs = _settled((run for _, runs in _receipts(folder) for run in runs), whole=True)
    return [run for run in runs.values() if run["status"] != "done"]


def _settled(runs: Iterable[Run], *, whole: bool = False) -> dict[str, Run]:
    found: dict[str, Run] = {}
    for run in runs:
        old = found.get(run["key"])
        if old is None or (run["status"] == "done", run["ended"]) > (old["status"] == "done", old["ended"]):
            is_short = not whole or run["status"] == "done"
            found[run["key"]] = {k: v for k, v in run.items() if k != "traceback"} if is_short else run
    return found


def _receipts(folder: Path) -> Iterator[tuple[dict[str, list[Path]], list[Run]]]:
    """Tables and runs of each part and compacted generation, as they are at one moment."""
    for _ in range(20):
        before = _generations(folder)
        try:
            held = [_part(folder, path) for path in sorted((folder / DONE).glob("*.json"))]
            swept = [_generation(folder, name) for name in before]
        except FileNotFoundError:  # swept together while we read
            time.sleep(0.05)
            continue
        if before == _generations(folder):
            yield from swept
            yield from (part for part in held if part is not None)
            return
    raise store.StoreError(f"{folder}: changes faster than it can be read; try again")


def _part(folder: Path, path: Path) -> tuple[dict[str, list[Path]], list[Run]] | None:
    """A part by its receipt; None for a receipt that is torn or whose tables are gone (a machine lost power)."""
    if not path.exists():
        raise FileNotFoundError(path)
    receipt = store.read_document(path)
    if receipt is None or not isinstance(receipt.get("runs"), list):
        return None
    tables = {table: [folder / PARTS / table / f"{path.stem}.parquet"] for table in receipt.get("tables", [])}
    if not all(file.is_file() for files in tables.values() for file in files):
        if not path.exists():
            raise FileNotFoundError(path)
        return None
    return tables, receipt["runs"]


def _generations(folder: Path) -> list[str]:
    return list((store.read_document(folder / COMPACT / MANIFEST) or {}).get("generations", []))


def _generation(folder: Path, name: str) -> tuple[dict[str, list[Path]], list[Run]]:
    place = folder / COMPACT / name
    runs = store.read_table(place / "receipts.parquet").to_pylist()
    files = {path.stem: [path] for path in sorted(place.glob("*.parquet")) if path.stem != "receipts"}
    return files, [{k: v for k, v in run.items() if v is not None} for run in runs]


def files_of(folder: Path, table: str) -> list[Path]:
    """Files that hold a table's rows of finished runs; a key may stand in more than one."""
    return [path for tables, _ in _receipts(folder) for path in tables.get(table, [])]


def read(folder: Path, table: str, columns: list[str] | None = None) -> "pa.Table | None":
    """All rows of a table, each key from one part alone; None when no run left any."""
    import numpy as np
    import pyarrow as pa

    for _ in range(20):
        seen: set[str] = set()
        kept = []
        try:
            for path in files_of(folder, table):
                rows = store.read_table(path, columns=columns)
                keys = rows.column("key").combine_chunks().dictionary_encode()
                keys = keys if isinstance(keys, pa.DictionaryArray) else keys.chunk(0)
                names = keys.dictionary.to_pylist()
                fresh = np.array([name not in seen for name in names])
                seen.update(names)
                kept.append(rows if fresh.all() else rows.filter(pa.array(fresh[keys.indices.to_numpy()])))
        except FileNotFoundError:
            continue
        return pa.concat_tables(kept).unify_dictionaries().combine_chunks() if kept else None
    raise store.StoreError(f"{folder}: changes faster than it can be read; try again")


def sweep(folder: Path, *, least: int = MANY) -> int:
    """Sweep the parts together into one generation when there are `least`; returns how many were. One at a time.

    A kill at any instant leaves the parts, or the generation, or both: never neither.
    """
    paths = sorted((folder / DONE).glob("*.json"))
    if len(paths) < max(least, 1):
        return 0
    _remove_unlisted(folder)
    name = f"{time.time_ns():x}-{uuid4().hex[:8]}"
    place = folder / COMPACT / name
    place.mkdir(parents=True)
    held = [(path, part) for path in paths if (part := _part(folder, path)) is not None]
    tables: dict[str, list[Path]] = {}
    for _, (files, _) in held:
        for table, own in files.items():
            tables.setdefault(table, []).extend(own)
    for table, own in tables.items():
        _join(own, place / f"{table}.parquet")
    store.write_table(place / "receipts.parquet", _as_table([run for _, (_, runs) in held for run in runs]))
    told = {"generations": [*_generations(folder), name]}
    store.write_json(folder / COMPACT / MANIFEST, told)  # from here on the generation counts
    for gone in (*paths, *(part for own in tables.values() for part in own)):
        gone.unlink(missing_ok=True)
    return len(paths)


def _remove_unlisted(folder: Path) -> None:
    """Remove generations that were not finished, and parts without a receipt are left to `tidy`."""
    listed = set(_generations(folder))
    for place in (folder / COMPACT).iterdir():
        if place.is_dir() and not place.is_symlink() and place.name not in listed:
            for path in place.glob("*"):
                path.unlink(missing_ok=True)
            place.rmdir()


def tidy(folder: Path) -> None:
    """Remove parts without a receipt and temporary files. Only when nobody else writes."""
    _remove_unlisted(folder)
    held = {path.stem for path in (folder / DONE).glob("*.json")}
    for path in (folder / PARTS).glob("*/*"):
        if path.suffix != ".parquet" or path.name.startswith(".") or path.stem not in held:
            path.unlink(missing_ok=True)
    for path in (*(folder / DONE).glob(".*.part"), *folder.glob(".*.part"), *(folder / COMPACT).glob(".*.part")):
        path.unlink(missing_ok=True)


def _join(files: list[Path], target: Path) -> None:
    """One file of many, a row group each at a time, so that memory stays flat. Raises OSError."""
    import pyarrow.parquet as pq

    with store.parquet_writer(target) as writer:
        waiting, rows = [], 0
        for path in files:
            table = pq.read_table(path)
            waiting.append(table)
            rows += len(table)
            if rows > 100_000:
                writer(waiting)
                waiting, rows = [], 0
        if waiting:
            writer(waiting)


def _as_table(runs: list[Run]) -> "pa.Table":
    import pyarrow as pa

    schema = pa.schema([(name, getattr(pa, kind.replace("double", "float64"))()) for name, kind in RUN_FIELDS])
    return pa.Table.from_pylist([{name: run.get(name) for name, _ in RUN_FIELDS} for run in runs], schema=schema)
