"""From a request to a results folder, on a small place: what is in it, resuming, failures, and order of workers."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from experiments import ensemble, premises, work
from experiments.ensemble import Errand, carry_out
from experiments.lock import sole_writer
from experiments.request import Request, RequestError
from experiments.store import StoreError

WISH = Request(("enthusiasts-only", "full-transition"), place="0301,4012", citizens=60, last=2033, replicates=2)


def errand(out: Path, **more: Any) -> Errand:
    return Errand(out, is_reporting=False, **more)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("results") / "r"
    outcome = carry_out(WISH, errand(out))
    assert outcome.problems == []
    return out, outcome.document


def test_the_folder_holds_what_is_promised(results: tuple[Path, dict[str, Any]]) -> None:
    out, _ = results
    tables = {p.stem for p in (out / "tables").glob("*.parquet")}
    assert tables == {"nation", "uptake", "municipality", "municipality_spread", "champion_loss"}
    assert {p.name for p in (out / "runs" / "full-transition" / "0001").iterdir()} == {
        *(f"{name}.parquet" for name in work.TABLES),
        "receipt.json",
    }
    assert (out / "case.toml").is_file()
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "complete"
    assert len({r["digest"] for r in manifest["runs"]}) == 4
    assert manifest["packages"]["mesa"]


def test_the_nation_table_has_all_runs_and_years(results: tuple[Path, dict[str, Any]]) -> None:
    nation = pq.read_table(results[0] / "tables" / "nation.parquet")
    assert nation.column_names[:4] == ["design", "replicate", "seed", "year"]
    keys = set(zip(*(nation.column(c).to_pylist() for c in ("design", "seed", "year")), strict=True))
    assert keys == {(d, s, y) for d in WISH.designs for s in (1, 2) for y in range(2025, 2034)}


def test_the_document_has_every_year_and_agrees_with_the_tables(results: tuple[Path, dict[str, Any]]) -> None:
    out, document = results
    json.dumps(document, allow_nan=False)
    design = document["designs"][1]
    assert design["name"] == "full-transition"
    assert list(design["territorial_t_per_inhabitant"]) == [str(y) for y in range(2025, 2034)]
    nation = pq.read_table(out / "tables" / "nation.parquet").to_pandas()
    own = nation[(nation["design"] == "full-transition") & (nation["year"] == 2033)]
    assert design["reduction_share"]["2033"]["median"] == pytest.approx(own["reduction_share"].median())
    shares = [design["by_level_share"][f]["2033"]["mean"] for f in ("national", "I", "II", "III")]
    assert sum(shares) == pytest.approx(1.0)
    assert set(design["element_share"]["plan"]) == set(design["institutionalisation"])


def test_processes_give_the_same_as_this_process(results: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    there = carry_out(WISH, errand(tmp_path / "r", workers=2)).document
    here = results[1]
    assert there["designs"] == here["designs"]
    order = [(r["design"], r["seed"], r["digest"]) for r in here["runs"]]
    assert [(r["design"], r["seed"], r["digest"]) for r in there["runs"]] == order


def test_finished_runs_are_not_run_again(tmp_path: Path) -> None:
    asked: list[int] = []

    def counted(task: dict[str, Any]) -> dict[str, Any]:
        asked.append(task["seed"])
        return work.perform(task)

    out = tmp_path / "r"
    first = carry_out(WISH, errand(out, work=counted)).document
    (out / "runs" / "full-transition" / "0001" / "receipt.json").unlink()
    again = carry_out(WISH, errand(out, work=counted)).document
    assert asked == [1, 1, 2, 2, 2]
    assert again["designs"] == first["designs"]


def test_other_sources_make_a_run_another_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(task: dict[str, Any]) -> dict[str, Any]:
        asked.append(task["seed"])
        return work.perform(task)

    carry_out(WISH, errand(tmp_path / "r", work=counted))
    monkeypatch.setattr(ensemble.provenance, "source_digest", lambda: "other")
    carry_out(WISH, errand(tmp_path / "r", work=counted))
    assert len(asked) == 8


def test_a_repeat_without_report_keeps_the_report_and_what_the_user_put_there(tmp_path: Path) -> None:
    out = tmp_path / "r"
    carry_out(WISH, Errand(out))
    (out / "figures" / "poster.svg").write_text("mine", encoding="utf-8")
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {"report.html", "case.toml", "tables/nation.parquet", "figures/territorial.svg"} <= set(listed)
    carry_out(WISH, errand(out))
    assert all((out / name).is_file() for name in listed)
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"] == listed
    carry_out(replace(WISH, seed=5), errand(out, is_replacing=True))
    assert not (out / "report.html").exists()
    assert [path.name for path in (out / "figures").iterdir()] == ["poster.svg"]


def test_a_kill_while_the_folder_is_made_ready_costs_no_finished_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    carry_out(WISH, errand(tmp_path / "r"))
    for part in (ensemble.provenance.__name__ + ".revision", ensemble.__name__ + "._open", "shutil.rmtree"):
        with monkeypatch.context() as patch:
            patch.setattr(part, killed)
            (tmp_path / "r" / ".a.part").mkdir()
            with pytest.raises(KeyboardInterrupt):
                carry_out(WISH, errand(tmp_path / "r"))
        premises.check(tmp_path / "r", ensemble.request.digest_of(WISH, ensemble.request.cases_of(WISH)))
        shutil.rmtree(tmp_path / "r" / ".a.part", ignore_errors=True)
    carry_out(WISH, errand(tmp_path / "r", work=killed))


def test_a_folder_in_use_is_refused_before_anything_in_it_changes(tmp_path: Path) -> None:
    with sole_writer(tmp_path / "r"):
        before = {path.name for path in (tmp_path / "r").iterdir()}
        with pytest.raises(RequestError, match="is being written by process"):
            carry_out(WISH, errand(tmp_path / "r"))
        assert {path.name for path in (tmp_path / "r").iterdir()} == before


def test_more_citizens_than_asked_for_are_told_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wish = Request(("duty",), place="norway", citizens=20, last=2026, replicates=1)
    carry_out(wish, errand(tmp_path / "r", work=lambda task: {"status": "failed", "error": "", "seconds": 0.0} | task))
    told = "Norway has 357 municipalities: 357 citizens instead of 20, one in each"
    assert told in capsys.readouterr().err
    assert json.loads((tmp_path / "r" / "manifest.json").read_text(encoding="utf-8"))["citizens_simulated"] == 357


def test_a_failed_run_is_a_row_with_its_traceback(tmp_path: Path) -> None:
    def partly(task: dict[str, Any]) -> dict[str, Any]:
        if (task["design"], task["replicate"]) == ("full-transition", 1):
            return work.perform(task | {"digest": "another"})
        return work.perform(task)

    outcome = carry_out(WISH, errand(tmp_path / "r", work=partly))
    assert "1 of 4 runs failed" in outcome.problems[0]
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_text(encoding="utf-8"))
    (failed,) = [r for r in manifest["runs"] if r["status"] == "failed"]
    assert "Traceback" in failed["traceback"]
    assert (manifest["status"], manifest["failed"]) == ("failures", 1)
    assert [d["replicates"] for d in outcome.document["designs"]] == [2, 1]


def test_when_all_runs_fail_there_are_no_figures(tmp_path: Path) -> None:
    outcome = carry_out(WISH, errand(tmp_path / "r", work=lambda t: work.perform(t | {"digest": "another"})))
    assert outcome.document["designs"] == []
    assert "4 of 4 runs failed" in outcome.problems[0]


def test_a_full_disk_is_nobodys_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(work.store, "write_table", full)
    with pytest.raises(StoreError, match="No space left"):
        carry_out(WISH, errand(tmp_path / "r"))
