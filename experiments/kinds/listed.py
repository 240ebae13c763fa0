"""Samples from a file: CSV or Parquet with a column a parameter and a row a sample."""

import csv
import io
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from experiments.layout import Layout, Outline
from experiments.request import RequestError, within
from experiments.selection import fails_of, known, only, value_of, varied
from model.institutions.errors import quoted
from model.plain_text import TextError, text_of

LIMIT: Final = 100_000_000  # bytes


def outline(table: dict[str, Any], settings: dict[str, float], folder: Path) -> Outline:
    """The file named `file`, beside the plan or below. Raises RequestError with file, row and column."""
    only(table, ("file", "fails"))
    path = within(folder, table.get("file"), "[list] file")
    names, points = _parquet(path) if path.suffix == ".parquet" else _csv(path)
    parameters = [known(_named(path, name)) for name in names]
    if len(set(names)) < len(names) or not names:
        raise RequestError(f"{path}: every column must be a parameter, once; the columns are {', '.join(names)[:200]}")
    for name in names:
        if name in settings:
            raise RequestError(f"{path}: {name} stands in [settings] too; leave it out of one of them")
    for at, row in enumerate(points, 1):
        for parameter, value in zip(parameters, row, strict=True):
            value_of(parameter, float(value), f"{path}, row {at}")
    ends = [(float(column.min()), float(column.max())) for column in points.T]
    told = tuple(varied(p, e) for p, e in zip(parameters, ends, strict=True))
    digest = blake2b(np.ascontiguousarray(points).tobytes(), digest_size=8).hexdigest()
    return Outline(len(points), told, {"file": path.name, "digest": digest, "points": points} | fails_of(table))


def _named(path: Path, name: str) -> str:
    if not name.strip():
        raise RequestError(f"{path}: a column has no name; the first line names parameters, such as agenda.decay")
    return name


def _csv(path: Path) -> tuple[list[str], NDArray[np.float64]]:
    try:
        text = text_of(path, limit=LIMIT)
        semicolons = ";" in text.partition("\n")[0]  # as Norwegian Excel saves CSV, with decimal commas
        rows = list(csv.reader(io.StringIO(text), strict=True, delimiter=";" if semicolons else ","))
    except (TextError, csv.Error) as error:
        raise RequestError(f"{path}: {error}") from None
    rows = [row for row in rows if row]
    if len(rows) < 2:
        raise RequestError(f"{path}: needs a line of parameter names and at least one line of numbers")
    names = [name.strip() for name in rows[0]]
    points = np.empty((len(rows) - 1, len(names)))
    for at, row in enumerate(rows[1:], 1):
        if len(row) != len(names):
            raise RequestError(f"{path}, row {at}: has {len(row)} of the {len(names)} cells that the first line names")
        for column, cell in enumerate(row):
            try:
                points[at - 1, column] = float(cell.replace(",", ".") if semicolons else cell)
            except ValueError:
                raise RequestError(f"{path}, row {at}, {names[column]}: {quoted(cell)} is not a number") from None
    return names, points


def _parquet(path: Path) -> tuple[list[str], NDArray[np.float64]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if not path.is_file() or path.stat().st_size > LIMIT:
            raise RequestError(f"{path}: there is no such file of at most {LIMIT // 1_000_000} MB; check the path")
        file = pq.ParquetFile(path)
        if file.metadata.num_rows * file.metadata.num_columns > LIMIT:
            raise RequestError(f"{path}: holds more than {LIMIT:,} values; split it")
        table = file.read()
    except (OSError, pa.ArrowException) as error:
        raise RequestError(f"{path}: cannot be read as Parquet ({str(error)[:100]})") from None
    for column in table.schema:
        if not pa.types.is_floating(column.type) and not pa.types.is_integer(column.type):
            raise RequestError(f"{path}, {column.name}: holds {column.type}; give numbers")
    if not table.num_rows or not table.num_columns:
        raise RequestError(f"{path}: is empty; give a column a parameter and a row a sample")
    columns = [np.asarray(c.to_numpy(), dtype=np.float64) for c in table.columns]
    return list(table.column_names), np.stack(columns, axis=1)


def layout(plan: Outline) -> Layout:
    """The rows as the file has them."""
    told = {key: value for key, value in plan.options.items() if key != "points"}
    return Layout(plan.parameters, plan.options["points"], {}, told)
