"""A results folder is never made of something else, never without its manifest, and loses nothing of the user's."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from experiments import premises, store
from experiments.lock import LOCK
from experiments.request import RequestError

ABOUT: dict[str, Any] = {"kind": store.KIND, "case_hash": "abc", "files": ["case.toml"]}


def made(folder: Path, case_hash: str) -> Path:
    folder.mkdir()
    store.write_json(folder / "manifest.json", {"kind": store.KIND, "case_hash": case_hash})
    return folder


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match="something else"):
        premises.check(tmp_path, "abc", replace=True)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_another_programs_manifest_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"kind": "browser extension"}', encoding="utf-8")
    with pytest.raises(RequestError, match="something else"):
        premises.check(tmp_path, "abc")


def test_results_of_another_case_are_replaced_only_on_request(tmp_path: Path) -> None:
    folder = made(tmp_path / "r", "abc")
    premises.check(folder, "abc")
    with pytest.raises(RequestError, match="--replace"):
        premises.check(folder, "def")
    premises.check(folder, "def", replace=True)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("", encoding="utf-8")
    with pytest.raises(RequestError, match="not a folder"):
        premises.check(tmp_path / "f", "abc")
    with pytest.raises(RequestError, match="cannot be written"):
        premises.prepare(tmp_path / "f" / "below", {}, ABOUT)


def test_only_runs_with_the_right_receipt_are_kept(tmp_path: Path) -> None:
    folder = made(tmp_path / "r", "abc")
    (folder / "notes.md").write_text("mine", encoding="utf-8")
    keys = {store.run_folder(folder, "duty", r): f"key{r}" for r in range(3)}
    for path, key in zip(keys, ("key0", "stale", None), strict=True):
        path.mkdir(parents=True)
        if key:
            store.write_json(path / store.RECEIPT, {"key": key})
    assert premises.prepare(folder, keys, ABOUT) == {store.run_folder(folder, "duty", 0)}
    assert [path.exists() for path in keys] == [True, False, False]
    assert (folder / "notes.md").exists()
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["status"] == "running"


def test_a_link_is_removed_and_what_it_points_to_stays(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept", encoding="utf-8")
    folder = made(tmp_path / "r", "abc")
    (folder / "tables").symlink_to(outside)
    premises.prepare(folder, {}, ABOUT)
    assert (outside / "kept.txt").exists()
    assert not (folder / "tables").exists()


def finished(folder: Path, key: str) -> Path:
    """A run folder with a receipt."""
    path = store.run_folder(folder, "duty", 0)
    path.mkdir(parents=True)
    store.write_json(path / store.RECEIPT, {"key": key})
    return path


def written(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")


@pytest.fixture
def killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose preparation ended at the first removal."""
    folder = made(tmp_path / "r", "abc")
    run = finished(folder, "a")
    written(folder, "report.html", "tables/nation.parquet")

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", dies)
        patch.setattr(shutil, "rmtree", dies)
        with pytest.raises(KeyboardInterrupt):
            premises.prepare(folder, {run: "a"}, ABOUT)
    return folder


def test_whenever_it_is_killed_the_folder_can_be_resumed(killed: Path) -> None:
    premises.check(killed, "abc")
    run = store.run_folder(killed, "duty", 0)
    assert premises.prepare(killed, {run: "a"}, ABOUT) == {run}
    assert not (killed / "report.html").exists()  # of before; the manifest could not say that it is whole


def test_a_folder_that_lost_its_manifest_is_resumed_for_its_own_case_only(tmp_path: Path) -> None:
    finished(tmp_path, "a")
    written(tmp_path, ".x.part", "case.toml")
    premises.check(tmp_path, "abc", {"a"})
    with pytest.raises(RequestError, match="--replace"):
        premises.check(tmp_path, "abc", {"b"})
    premises.check(tmp_path, "abc", {"b"}, replace=True)


@pytest.mark.parametrize("names", [[LOCK], [".a.part"], [LOCK, ".a.part"]])
def test_a_launch_killed_before_its_manifest_leaves_a_usable_folder(tmp_path: Path, names: list[str]) -> None:
    written(tmp_path, *names)
    premises.check(tmp_path, "abc")


@pytest.mark.parametrize("name", ["report.html", "figures/a.svg", "manifest.json", "designs/mine.toml"])
def test_a_folder_with_only_such_names_is_not_ours(tmp_path: Path, name: str) -> None:
    written(tmp_path, name)
    with pytest.raises(RequestError, match="something else"):
        premises.check(tmp_path, "abc", replace=True)


def test_only_files_that_the_program_wrote_are_removed(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    ours = ("tables/nation.parquet", "figures/a.svg", "designs/mine.toml", "report.html")
    theirs = ("tables/my.xlsx", "figures/poster.svg", "designs/draft.toml", "runs/notes/a.txt", "runs/duty/0000/my.txt")
    (folder / "runs" / "duty").mkdir(parents=True)
    written(folder, *ours, *(t for t in theirs if "runs" not in t))
    for name in theirs[3:]:
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("x", encoding="utf-8")
    written(tmp_path, "thesis.txt")
    outside = ["../thesis.txt", "tables/../../thesis.txt", str(tmp_path / "thesis.txt")]
    store.write_json(folder / "manifest.json", {**ABOUT, "case_hash": "def", "files": [*ours, *outside]})
    premises.prepare(folder, {}, ABOUT)
    assert [name for name in ours if (folder / name).exists()] == []
    assert [name for name in theirs if not (folder / name).exists()] == []
    assert (tmp_path / "thesis.txt").exists()


def test_a_repeat_keeps_report_and_tables(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    run = finished(folder, "a")
    written(folder, "report.html", "tables/nation.parquet")
    listed = ["report.html", "tables/nation.parquet"]
    store.write_json(folder / "manifest.json", {**ABOUT, "status": "complete", "files": listed})
    premises.prepare(folder, {run: "a"}, ABOUT)
    assert premises.files_of(folder) == listed
    store.write_json(folder / "manifest.json", {**ABOUT, "status": "complete", "files": listed})
    premises.prepare(folder, {run: "other sources"}, ABOUT)
    assert premises.files_of(folder) == []


def test_what_a_killed_write_left_is_removed(tmp_path: Path) -> None:
    folder = made(tmp_path / "r", "abc")
    run = finished(folder, "a")
    written(folder, ".a.part", "tables/.b.part")
    written(run, ".c.part")
    premises.prepare(folder, {run: "a"}, ABOUT)
    assert list(folder.rglob(".*.part")) == []


def test_runs_behind_a_link_are_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    finished(outside, "a")
    folder = made(tmp_path / "r", "abc")
    (folder / "runs").symlink_to(outside / "runs")
    premises.prepare(folder, {}, ABOUT)
    assert store.read_receipt(store.run_folder(outside, "duty", 0)) == {"key": "a"}
    assert not (folder / "runs").exists()


def test_figures_that_are_not_made_again_go_and_others_stay(tmp_path: Path) -> None:
    folder = made(tmp_path / "r", "abc")
    store.write_json(folder / "manifest.json", {**ABOUT, "files": ["figures/a.svg", "figures/b.svg"]})
    written(folder, "figures/a.svg", "figures/b.svg", "figures/poster.svg", "report.html")
    before = premises.figures(folder)
    store.write_text(folder / "figures" / "a.svg", "x")
    premises.note_figures(folder, before, [folder / "report.html"])
    assert premises.files_of(folder) == ["figures/a.svg", "report.html"]
    assert {p.name for p in (folder / "figures").iterdir()} == {"a.svg", "poster.svg"}
