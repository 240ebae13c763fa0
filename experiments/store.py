"""A results folder that can be killed and resumed: tables written whole or not at all, a receipt last.

Knows nothing of what the tables mean.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from experiments.request import RequestError

if TYPE_CHECKING:
    import pyarrow as pa

KIND: Final = "omstilling results"
OURS: Final = ("runs", "tables", "figures", "designs", "report.html", "case.toml", "manifest.json")
RECEIPT: Final = "receipt.json"


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
    import pyarrow.parquet as pq

    if narrow:
        table = table.cast(pa.schema([_narrow(f) for f in table.schema]))
    floats = [f.name for f in table.schema if pa.types.is_floating(f.type)]
    words = [f.name for f in table.schema if not pa.types.is_floating(f.type)]
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            pq.write_table(
                table,
                file,
                compression="zstd",
                compression_level=1,
                use_dictionary=words,
                column_encoding=dict.fromkeys(floats, "BYTE_STREAM_SPLIT") or None,
                write_statistics=False,
            )
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _narrow(field: "pa.Field") -> "pa.Field":
    import pyarrow as pa

    return field.with_type(pa.float32()) if field.type == pa.float64() else field


def run_folder(folder: Path, design: str, replicate: int) -> Path:
    """Where one run's tables lie."""
    return folder / "runs" / design / f"{replicate:04d}"


def read_receipt(folder: Path) -> dict[str, Any] | None:
    """The receipt of a finished run, or None: a folder without one holds nothing that counts."""
    try:
        receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return receipt if isinstance(receipt, dict) else None


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest if the folder holds results of this program, else None."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("kind") == KIND else None


def check(folder: Path, case_hash: str, *, replace: bool = False) -> None:
    """Refuse a folder that holds something else, or results of another case (unless `replace`). Raises RequestError.

    Looks only; nothing is written.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise RequestError(f"--out {folder}: is not a folder; give a new or empty folder")
    try:
        has_content = any(folder.iterdir())
    except OSError as error:
        raise RequestError(f"--out {folder}: cannot be read ({error.strerror}); give another folder") from None
    if not has_content:
        return
    manifest = read_manifest(folder)
    if manifest is None:
        raise RequestError(f"--out {folder}: holds something else than results; give a new or empty folder")
    if manifest.get("case_hash") != case_hash and not replace:
        raise RequestError(
            f"--out {folder}: holds results of another case; give another folder, or --replace to remove those results"
        )


def prepare(folder: Path, keys: Mapping[Path, str]) -> set[Path]:
    """Make the folder ready for writing and return the run folders that are finished already.

    keys: the key that the receipt of each run folder must have. Everything else of ours is removed, other files stay.
    Raises RequestError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"0")
        done = {path for path, key in keys.items() if (read_receipt(path) or {}).get("key") == key}
        for name in OURS:
            if name != "runs" or not done:
                _remove(folder / name)
        for path in (folder / "runs").glob("*/*"):
            if path not in done:
                _remove(path)
    except OSError as error:
        raise RequestError(
            f"--out {folder}: cannot be written ({error.strerror or error}); give a folder that you may write to"
        ) from None
    return done


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
