"""A study resumes, refuses to mix, keeps failures as rows, and is the same whoever carried it out."""

import json
import shutil
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from experiments import parts, preparation, results, store
from experiments.cli import app
from experiments.lock import sole_writer
from experiments.plan import read_plan
from experiments.request import RequestError
from tests.experiments.plans import contents, plan, same, study

SMALL = "replicates = 2\n[sweep]\n'agenda.decay' = [0.2, 0.3]"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A plan and its undisturbed study."""
    folder = tmp_path_factory.mktemp("whole")
    path = plan(folder, "sweep", SMALL)
    outcome = study(path, folder / "out")
    assert (outcome.planned, outcome.done, outcome.failed) == (8, 8, 0)
    return path, folder / "out"


def test_the_frame_is_a_row_a_run_with_parameters_and_measures(whole: tuple[Path, Path]) -> None:
    frame, facts = results.frame(whole[1]), results.facts(whole[1])
    assert list(frame.columns[:7]) == [*results.IDENTIFYING, "agenda.decay"]
    assert [o.name for o in results.outcomes()] == list(frame.columns[7:])
    assert (facts.runs, facts.done, facts.failed, facts.kind) == (8, 8, 0, "sweep")
    assert frame["agenda.decay"].tolist() == pytest.approx([0.2, 0.2, 0.3, 0.3] * 2)
    assert frame[[o.name for o in results.outcomes()]].notna().all().all()


def test_a_measure_of_the_frame_is_that_of_the_simulation(whole: tuple[Path, Path]) -> None:
    from model.case import Case
    from model.simulation import Simulation

    row = results.frame(whole[1]).iloc[5]
    case = Case.load(place="telemark", design=row["design"], citizens=100, seed=int(row["seed"]), first=2025, last=2028)
    sim = Simulation(Case.load(**(case.described() | {"settings": {"agenda.decay": row["agenda.decay"]}}))).run()
    nation = sim.tables["nation"].to_pandas()
    assert row["territorial_last"] == nation["territorial_per_inhabitant"].iloc[-1]
    assert row["reduction_last"] == nation["reduction_share"].iloc[-1]
    parts_of = row["cut_national"] + row["cut_I"] + row["cut_II"] + row["cut_III"]
    change = nation["change_population"].iloc[-1] / (nation["territorial"].iloc[-1] / (1 - row["reduction_last"]))
    assert row["reduction_last"] == pytest.approx(parts_of - change)


def test_a_second_launch_runs_nothing_and_the_kept_plan_is_the_same_study(whole: tuple[Path, Path]) -> None:
    before = sorted((whole[1] / "provenance").iterdir())
    assert study(whole[1] / "study.toml", whole[1]).done == 8
    assert sorted((whole[1] / "provenance").iterdir()) == before


def test_shards_and_workers_give_the_same_study(whole: tuple[Path, Path], tmp_path: Path) -> None:
    path, undisturbed = whole
    planned = [study(path, tmp_path / "shards", shard=(i, 3)).planned for i in (1, 2, 3)]
    assert sum(planned) == 8
    assert same(tmp_path / "shards", undisturbed)
    study(path, tmp_path / "two", workers=2)
    assert same(tmp_path / "two", undisturbed)
    assert study(path, tmp_path / "shards").done == 8


def test_another_plan_is_refused_with_what_differs(whole: tuple[Path, Path], tmp_path: Path) -> None:
    for more, told in (
        ("replicates = 3\n[sweep]\n'agenda.decay' = [0.2, 0.3]", "replicates: 2 there, 3 now"),
        ("replicates = 2\n[sweep]\n'agenda.decay' = [0.2, 0.4]", "points"),
    ):
        with pytest.raises(RequestError, match=told):
            study(plan(tmp_path, "sweep", more), whole[1])


def test_other_sources_or_results_are_refused(whole: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.case.RESULTS_VERSION", 99)
    with pytest.raises(RequestError, match=r"results_version: \d there, 99 now"):
        study(*whole)
    monkeypatch.undo()
    monkeypatch.setattr("experiments.provenance.source_digest", lambda: "0" * 32)
    with pytest.raises(RequestError, match="sources"):
        study(*whole)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match="something else"):
        study(plan(tmp_path, "compare"), tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_a_second_launch_at_the_same_time_is_refused(whole: tuple[Path, Path]) -> None:
    with sole_writer(whole[1]), pytest.raises(RequestError, match="--wait"):
        study(*whole)
    with sole_writer(whole[1] / "shards" / "shard-1-of-2"), pytest.raises(RequestError, match="--wait"):
        study(*whole)


def test_a_failure_is_a_row_with_where_it_failed_and_is_retried_on_request(
    whole: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from model.simulation import Simulation

    right = Simulation.step

    def wrong(self: Simulation) -> None:
        if self.case.seed == 2 and self.year == 2026 and self.case.design.name == "todays-practice":
            raise ZeroDivisionError("a wrong turn")
        right(self)

    monkeypatch.setattr(Simulation, "step", wrong)
    outcome = study(whole[0], tmp_path / "out")
    assert (outcome.done, outcome.failed) == (6, 2)
    told = CliRunner().invoke(app, ["status", str(tmp_path / "out"), "--json"])
    failures = json.loads(told.stdout)["failures"]
    assert {f["seed"] for f in failures} == {2}
    assert "year 2026" in failures[0]["where"]
    assert "ZeroDivisionError: a wrong turn" in failures[0]["traceback"]
    again = CliRunner().invoke(app, ["study", str(whole[0]), "--out", str(tmp_path / "out"), "--workers", "1"])
    assert again.exit_code == 1
    assert CliRunner().invoke(app, ["replay", str(tmp_path / "out"), failures[0]["key"]]).exit_code == 1
    monkeypatch.undo()
    assert study(whole[0], tmp_path / "out", is_retrying=True).done == 8
    assert same(tmp_path / "out", whole[1])


def test_a_run_that_takes_too_long_or_too_much_is_recorded_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from model.simulation import Simulation

    right = Simulation.step

    def slow(self: Simulation) -> None:
        right(self)
        if self.case.seed == 1:
            time.sleep(0.6)
        if self.case.seed == 2:
            self.ballast = bytearray(20_000_000_000)

    monkeypatch.setattr(Simulation, "step", slow)
    path = plan(tmp_path, "compare", "replicates = 2\ntime_limit = 0.5\nmemory_limit = 3.0")
    assert study(path, tmp_path / "out").failed == 4
    found = {(run["status"], run["error"].partition(":")[0]) for run in parts.failures(tmp_path / "out")}
    assert found == {("timeout", "TimeLimitError"), ("failed", "MemoryError")}


def test_sweeping_together_loses_nothing_even_if_it_is_cut_short(whole: tuple[Path, Path], tmp_path: Path) -> None:
    path, undisturbed = whole
    ready = preparation.lay_out(read_plan(path), tmp_path / "out")
    study(path, tmp_path / "out", shard=(1, 2))
    study(path, tmp_path / "out", shard=(2, 2))
    held = tmp_path / "held"
    shutil.copytree(ready.folder, held)
    assert parts.sweep(ready.folder, least=1) >= 2
    assert same(ready.folder, undisturbed)
    shutil.copytree(held / "done", ready.folder / "done", dirs_exist_ok=True)  # killed before the parts were removed
    shutil.copytree(held / "parts", ready.folder / "parts", dirs_exist_ok=True)
    assert same(ready.folder, undisturbed)
    (ready.folder / "compact" / "left").mkdir()  # killed before the generation was finished
    (ready.folder / "compact" / "left" / "outcome.parquet").write_bytes(b"torn")
    assert study(path, ready.folder).done == 8
    assert same(ready.folder, undisturbed)
    assert not (ready.folder / "compact" / "left").exists()


def test_a_torn_receipt_or_a_part_without_one_counts_for_nothing(whole: tuple[Path, Path], tmp_path: Path) -> None:
    path, undisturbed = whole
    study(path, tmp_path / "out", shard=(1, 2))
    receipt = next((tmp_path / "out" / "done").iterdir())
    receipt.write_text(receipt.read_text(encoding="utf-8")[:100], encoding="utf-8")
    assert study(path, tmp_path / "out").done == 8
    assert same(tmp_path / "out", undisturbed)


def test_a_torn_or_missing_list_of_runs_is_named(whole: tuple[Path, Path], tmp_path: Path) -> None:
    copy = tmp_path / "out"
    shutil.copytree(whole[1], copy)
    (copy / "plan.parquet").write_bytes(b"PAR1")
    with pytest.raises(RequestError, match=r"plan\.parquet: cannot be read"):
        results.frame(copy)
    (copy / "plan.parquet").unlink()
    asked = CliRunner().invoke(app, ["export", str(copy)])
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert "plan.parquet: there is no list of runs" in asked.stderr


def test_a_torn_table_is_named_by_whoever_reads_it(whole: tuple[Path, Path], tmp_path: Path) -> None:
    copy = tmp_path / "out"
    shutil.copytree(whole[1], copy)
    for path in parts.files_of(copy, "outcome"):
        path.write_bytes(path.read_bytes()[:-20])
    for command in (["export", str(copy)], ["replay", str(copy), "0"]):
        asked = CliRunner().invoke(app, command)
        assert (asked.exit_code, asked.stdout) == (2, "")
        assert ".parquet: cannot be read" in asked.stderr
        assert "outcome" in asked.stderr
    (tmp_path / "run" / "tables").mkdir(parents=True)
    (tmp_path / "run" / "tables" / "nation.parquet").write_bytes(b"PAR1")
    store.write_json(tmp_path / "run" / "manifest.json", {"kind": store.KIND})
    asked = CliRunner().invoke(app, ["export", str(tmp_path / "run")])
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert "nation.parquet: cannot be read" in asked.stderr


def test_replay_compares_and_notices_a_changed_store(whole: tuple[Path, Path], tmp_path: Path) -> None:
    copied = tmp_path / "out"
    shutil.copytree(whole[1], copied)
    assert CliRunner().invoke(app, ["replay", str(copied), "3"]).exit_code == 0
    assert CliRunner().invoke(app, ["replay", str(copied), "8"]).exit_code == 2
    for place in (copied / "compact").glob("*/outcome.parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pq.read_table(place)
        at = table.column_names.index("spending")
        store.write_table(place, table.set_column(at, "spending", pa.array([1.0] * len(table))))
    told = CliRunner().invoke(app, ["replay", str(copied), "3"])
    assert told.exit_code == 1
    assert "spending" in told.stderr


def test_exports_open_and_hold_no_formula(whole: tuple[Path, Path], tmp_path: Path) -> None:
    import zipfile

    import pandas as pd

    frame = results.frame(whole[1])
    for form in ("csv", "parquet", "xlsx"):
        words = ["export", str(whole[1]), "--format", form, "--out", str(tmp_path / form)]
        assert CliRunner().invoke(app, words).exit_code == 0
    assert pd.read_csv(tmp_path / "csv" / "runs.csv")["spending"].tolist() == pytest.approx(frame["spending"].tolist())
    assert pd.read_parquet(tmp_path / "parquet" / "runs.parquet")["spending"].tolist() == frame["spending"].tolist()
    with zipfile.ZipFile(next((tmp_path / "xlsx").iterdir())) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 4
    assert not any("<f>" in sheet for sheet in sheets)


def test_a_kept_table_has_every_year_of_every_run(whole: tuple[Path, Path]) -> None:
    nation = contents(whole[1])
    assert len(nation) == 8 * 4
    assert nation.column("year").to_pylist()[:4] == [2025, 2026, 2027, 2028]
