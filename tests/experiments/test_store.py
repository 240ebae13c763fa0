"""Files of a results folder are written whole or not at all, and read without waiting."""

import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments import store

TABLE = pa.table({"number": pa.array(["0301", "4001"]).dictionary_encode(), "share": np.array([0.1, 1 / 3])})


def test_a_table_reads_back_with_its_types(tmp_path: Path) -> None:
    store.write_table(tmp_path / "a.parquet", TABLE)
    assert pq.read_table(tmp_path / "a.parquet").equals(TABLE)
    assert [p.name for p in tmp_path.iterdir()] == ["a.parquet"]


def test_a_narrow_table_has_half_the_digits(tmp_path: Path) -> None:
    store.write_table(tmp_path / "a.parquet", TABLE, narrow=True)
    column = pq.read_table(tmp_path / "a.parquet").column("share")
    assert column.type == pa.float32()
    assert column.to_numpy() == pytest.approx([0.1, 1 / 3], rel=1e-6)


def test_floats_are_split_by_byte_and_text_is_a_dictionary(tmp_path: Path) -> None:
    store.write_table(tmp_path / "a.parquet", TABLE)
    group = pq.ParquetFile(tmp_path / "a.parquet").metadata.row_group(0)
    encodings = {group.column(i).path_in_schema: group.column(i).encodings for i in range(group.num_columns)}
    assert "BYTE_STREAM_SPLIT" in encodings["share"]
    assert any("DICTIONARY" in e for e in encodings["number"])


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "manifest.json"
    store.write_json(target, {"a": 1})
    with pytest.raises(ValueError, match="JSON"):
        store.write_json(target, {"a": float("nan")})
    assert target.read_text(encoding="utf-8").strip() == '{\n "a": 1\n}'
    assert [p.name for p in tmp_path.iterdir()] == ["manifest.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
@pytest.mark.parametrize("name", ["manifest.json", store.RECEIPT])
def test_a_pipe_or_an_endless_file_is_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert (store.read_manifest(tmp_path), store.read_receipt(tmp_path)) == (None, None)
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to("/dev/zero")
    assert (store.read_manifest(tmp_path), store.read_receipt(tmp_path)) == (None, None)


def test_a_receipt_beyond_its_size_is_none(tmp_path: Path) -> None:
    (tmp_path / store.RECEIPT).write_text('{"key": "a"}' + " " * store.RECEIPT_LIMIT, encoding="utf-8")
    assert store.read_receipt(tmp_path) is None
