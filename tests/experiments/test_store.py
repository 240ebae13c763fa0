"""A results folder is written whole or not at all, and never over something else."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments import store
from experiments.request import RequestError

TABLE = pa.table({"number": pa.array(["0301", "4001"]).dictionary_encode(), "share": np.array([0.1, 1 / 3])})


def made(folder: Path, case_hash: str) -> Path:
    folder.mkdir()
    store.write_json(folder / "manifest.json", {"kind": store.KIND, "case_hash": case_hash})
    return folder


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


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match="something else"):
        store.check(tmp_path, "abc", replace=True)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_another_programs_manifest_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"kind": "browser extension"}', encoding="utf-8")
    with pytest.raises(RequestError, match="something else"):
        store.check(tmp_path, "abc")


def test_results_of_another_case_are_replaced_only_on_request(tmp_path: Path) -> None:
    folder = made(tmp_path / "r", "abc")
    store.check(folder, "abc")
    with pytest.raises(RequestError, match="--replace"):
        store.check(folder, "def")
    store.check(folder, "def", replace=True)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("", encoding="utf-8")
    with pytest.raises(RequestError, match="not a folder"):
        store.check(tmp_path / "f", "abc")
    with pytest.raises(RequestError, match="cannot be written"):
        store.prepare(tmp_path / "f" / "below", {})


def test_only_runs_with_the_right_receipt_are_kept(tmp_path: Path) -> None:
    folder = made(tmp_path / "r", "abc")
    (folder / "notes.md").write_text("mine", encoding="utf-8")
    keys = {store.run_folder(folder, "duty", r): f"key{r}" for r in range(3)}
    for path, key in zip(keys, ("key0", "stale", None), strict=True):
        path.mkdir(parents=True)
        if key:
            store.write_json(path / store.RECEIPT, {"key": key})
    assert store.prepare(folder, keys) == {store.run_folder(folder, "duty", 0)}
    assert [path.exists() for path in keys] == [True, False, False]
    assert (folder / "notes.md").exists()
    assert not (folder / "manifest.json").exists()


def test_a_link_is_removed_and_what_it_points_to_stays(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept", encoding="utf-8")
    folder = made(tmp_path / "r", "abc")
    (folder / "tables").symlink_to(outside)
    store.prepare(folder, {})
    assert (outside / "kept.txt").exists()
    assert not (folder / "tables").exists()
