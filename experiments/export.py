"""A study, or the results folder of a run, as CSV, Parquet or an Excel workbook, in which no text is a formula."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from experiments import parts, results, store
from experiments.request import RequestError

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS: Final = ("csv", "parquet", "xlsx")
SHEET_ROWS: Final = 1_048_576  # of a sheet, header and all
ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")  # what makes spreadsheets take a text for a formula


def export(folder: Path, form: str, out: Path | None = None) -> list[Path]:
    """Write every table in a format to `out` (by default a folder `export` in the study); returns the files.

    Raises RequestError for another format, a folder without results, and tables that no sheet holds.
    """
    if form not in FORMATS:
        raise RequestError(f"--format {form[:40]}: the formats are {', '.join(FORMATS)}")
    tables = dict(tables_of(folder))
    place = out or folder / "export"
    if form == "xlsx":
        _check_sheets(tables)
    try:
        place.mkdir(parents=True, exist_ok=True)
        if form == "xlsx":
            return [_workbook(place / f"{folder.resolve().name}.xlsx", tables)]
        write = _csv if form == "csv" else store.write_table
        made = []
        for name, table in tables.items():
            write(place / f"{name}.{form}", table)
            made.append(place / f"{name}.{form}")
    except OSError as error:
        raise RequestError(f"--out {place}: cannot be written ({error.strerror or error}); give another") from None
    return made


def tables_of(folder: Path) -> "Iterator[tuple[str, pa.Table]]":
    """Names and tables of a study (runs, failures, parameters, measures, and what it keeps) or of a results folder."""
    import pyarrow as pa

    if not results.is_study(folder):
        if store.read_manifest(folder) is None:
            raise RequestError(f"{folder}: neither a study nor a results folder; give one that the program wrote")
        for path in sorted((folder / "tables").glob("*.parquet")):
            yield path.stem, store.read_table(path)
        return
    yield "runs", pa.Table.from_pandas(results.frame(folder), preserve_index=False)
    told = results.facts(folder)
    if told.failed:
        yield "failures", pa.Table.from_pylist([_plain(run) for run in parts.failures(folder)])
    if told.parameters:
        yield "parameters", pa.Table.from_pylist([p._asdict() for p in told.parameters])
    yield "measures", _measures()
    for name in results.about(folder)["keep"]:
        table = results.table(folder, name)
        if table is not None:
            yield name, table


def _plain(run: parts.Run) -> dict[str, Any]:
    return {name: run.get(name, "") for name in ("key", "status", "where", "error", "traceback", "seconds")}


def _measures() -> "pa.Table":
    import pyarrow as pa

    from experiments.outcomes import MEASURES

    rows = [
        {"name": m.told.name, "title": m.told.title.en, "tittel": m.told.title.nb, "meaning": m.meaning}
        | {"unit": m.told.unit.en, "factor_to_unit": m.told.scale, "better": m.told.better}
        for m in MEASURES
    ]
    return pa.Table.from_pylist(rows)


def safe(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with a mark in front; all else as it is.

    >>> safe("=1+1"), safe("0301"), safe(-1.5)
    ("'=1+1", '0301', -1.5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(ACTIVE) else cell


def _rows(table: "pa.Table") -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _csv(path: Path, table: "pa.Table") -> None:
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([safe(name) for name in table.column_names])
            writer.writerows([safe(cell) for cell in row] for row in _rows(table))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _check_sheets(tables: "dict[str, pa.Table]") -> None:
    for name, table in tables.items():
        if len(table) >= SHEET_ROWS or table.num_columns > 16_384:
            size = f"{len(table):,} rows and {table.num_columns:,} columns"
            raise RequestError(f"{name} has {size}, more than a sheet of Excel holds; take --format csv or parquet")


def _workbook(path: Path, tables: "dict[str, pa.Table]") -> Path:
    """One sheet a table; texts are written as texts, so nothing in them is a formula or a link."""
    import math

    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    temporary = path.with_name(f".{path.name}.part")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(str(temporary), options) as book:
            for name, table in tables.items():
                sheet = book.add_worksheet(name[:31])
                for at, row in enumerate((table.column_names, *_rows(table))):
                    for column, cell in enumerate(row):
                        if isinstance(cell, str):
                            sheet.write_string(at, column, cell[:32_000])
                        elif cell is not None and math.isfinite(cell):
                            sheet.write_number(at, column, cell)
        temporary.replace(path)
    except FileCreateError as error:
        raise OSError(str(error)) from None
    finally:
        temporary.unlink(missing_ok=True)
    return path
