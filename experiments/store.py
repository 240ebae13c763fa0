"""Files of a results folder: written whole or not at all, a receipt last; read without trust.

Knows nothing of what the tables mean.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from experiments.request import RequestError
from model.plain_text import text_of

if TYPE_CHECKING:
    import pyarrow as pa

KIND: Final = "omstilling results"
TABLES: Final = tuple(  # of all runs together, as they lie in the folder
    f"tables/{name}.parquet" for name in ("nation", "uptake", "municipality", "municipality_spread", "champion_loss")
)
RECEIPT: Final = "receipt.json"
RECEIPT_LIMIT: Final = 1_000_000  # bytes
MANIFEST_LIMIT: Final = 500_000_000  # bytes; of the most runs there may be, all failed, with their tracebacks


class StoreError(RuntimeError):
    """The results folder cannot be written any more: disk full, taken away, made read-only. No run is to blame."""


def write_text(path: Path, text: str) -> None:
    """Write a file under a temporary name and rename it, so that it is there whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    """Write a JSON document whole or not at all; NaN is refused."""
    write_text(path, json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_table(path: Path, table: "pa.Table", *, narrow: bool = False) -> None:
    """Write a Parquet file whole or not at all: zstd, floats split by byte, text as dictionaries.

    narrow: float64 columns become float32 (7 digits, half the size).
    """
    import pyarrow as pa

    if narrow:
        table = table.cast(pa.schema([_narrow(f) for f in table.schema]))
    with parquet_writer(path) as write:
        write([table])


def read_table(path: Path, columns: list[str] | None = None) -> "pa.Table":
    """A Parquet file of a folder. Raises RequestError where it is torn, FileNotFoundError where it is not there."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path, columns=columns)
    except FileNotFoundError:
        raise
    except (OSError, KeyError, pa.ArrowException) as error:
        told = str(error).partition("\n")[0][:150]
        raise RequestError(f"{path}: cannot be read ({told}); put back a whole copy, or begin a new folder") from None


@contextmanager
def parquet_writer(path: Path) -> "Iterator[Callable[[list[pa.Table]], None]]":
    """Within, what is passed to the function becomes a row group of a file that is there whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    writer: Any = None
    try:
        with temporary.open("wb") as file:

            def write(tables: "list[pa.Table]") -> None:
                nonlocal writer
                rows = tables[0] if len(tables) == 1 else pa.concat_tables(tables).unify_dictionaries()
                writer = writer or pq.ParquetWriter(file, rows.schema, **_encoding(rows.schema))
                writer.write_table(rows)

            try:
                yield write
            finally:
                if writer is not None:
                    writer.close()
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _encoding(schema: "pa.Schema") -> dict[str, Any]:
    import pyarrow as pa

    floats = [f.name for f in schema if pa.types.is_floating(f.type)]
    return {
        "compression": "zstd",
        "compression_level": 1,
        "use_dictionary": [f.name for f in schema if not pa.types.is_floating(f.type)],
        "column_encoding": dict.fromkeys(floats, "BYTE_STREAM_SPLIT") or None,
        "write_statistics": False,
    }


def _narrow(field: "pa.Field") -> "pa.Field":
    import pyarrow as pa

    return field.with_type(pa.float32()) if field.type == pa.float64() else field


def run_folder(folder: Path, design: str, replicate: int) -> Path:
    """Where one run's tables lie."""
    return folder / "runs" / design / f"{replicate:04d}"


def read_receipt(folder: Path) -> dict[str, Any] | None:
    """The receipt of a finished run, or None: a folder without one holds nothing that counts."""
    return _read_json(folder / RECEIPT, RECEIPT_LIMIT)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest if the folder holds results of this program, else None."""
    manifest = _read_json(folder / "manifest.json", MANIFEST_LIMIT)
    return manifest if manifest is not None and manifest.get("kind") == KIND else None


def read_document(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file, or None when there is none to read."""
    return _read_json(path, MANIFEST_LIMIT)


def _read_json(path: Path, limit: int) -> dict[str, Any] | None:
    """The JSON object in a file of at most `limit` bytes, or None when there is none to read."""
    try:
        document = json.loads(text_of(path, limit=limit))
    except (ValueError, RecursionError):  # TextError is a ValueError
        return None
    return document if isinstance(document, dict) else None
