"""Plans say what they mean, or are refused with file, key and remedy before anything is written."""

import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments import preparation
from experiments.plan import read_plan, to_toml
from experiments.request import RequestError
from tests.experiments.plans import plan, study

BAD = {
    "kind": ("list", "", "list"),
    "unknown key": ("compare", "replicate = 3", "did you mean 'replicates'"),
    "another kind's table": ("compare", "[sweep]\n'agenda.decay' = [0.2]", "this plan is of kind compare"),
    "runs without end": ("sample", "replicates = 10000\n[sample]\ncount = 50000\nuncertainties = 'all'", "at most"),
    "constant": ("sample", "[sample]\ncount = 4\nparameters = ['citizens.degree']", "is a constant"),
    "nothing matches": ("sample", "[sample]\ncount = 4\nparameters = ['nobody.*']", "nothing matches"),
    "misspelt path": ("sweep", "[sweep]\n'agenda.decai' = [0.2]", "did you mean 'agenda.decay'"),
    "out of bounds": ("sweep", "[sweep]\n'agenda.decay' = [9.0]", "from 0.15 to 0.5"),
    "not a number": ("sweep", "[sweep]\n'agenda.decay' = [nan]", "out of bounds"),
    "infinite": ("sample", "[sample]\ncount = 4\nranges = { 'agenda.decay' = [0.2, inf] }", "out of bounds"),
    "turned range": ("sample", "[sample]\ncount = 4\nranges = { 'agenda.decay' = [0.4, 0.2] }", "must be less"),
    "no count": ("sample", "[sample]\nparameters = ['agenda.*']", "count is missing"),
    "odd Sobol'": ("sobol", "[sobol]\nbase = 100\nparameters = ['agenda.*']", "give 64 or 128"),
    "lone parameter": ("morris", "[morris]\ntrajectories = 4\nparameters = ['agenda.decay']", "at least two"),
    "fixed and varied": (
        "sweep",
        "[settings]\n'agenda.decay' = 0.2\n[sweep]\n'agenda.decay' = [0.2, 0.3]",
        "stands in",
    ),
    "twice the same value": ("sweep", "[sweep]\n'agenda.decay' = [0.2, 0.2]", "stands twice"),
    "keep": ("compare", "keep = ['everything']", "cannot be kept"),
    "seed": ("compare", f"seed = {2**63 - 1}", "seed"),
    "duplicate key": ("compare", "seed = 1\nseed = 2", "line"),
    "deep": ("compare", "settings = " + "[" * 40 + "]" * 40, "nested"),
    "escape": ("list", "[list]\nfile = '../../secret.csv'", "must lie in"),
    "failing at the top": ("sample", "fails = 3\n[sample]\ncount = 4", "belongs under [sample]"),
    "no file": ("list", "[list]\nfile = 'rows.csv'", "no such file"),
}


@pytest.mark.parametrize("name", list(BAD))
def test_what_cannot_be_is_refused_at_once_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    kind, more, told = BAD[name]
    kind = "nonsense" if name == "kind" else kind
    path = plan(tmp_path, kind, more)
    started = time.process_time()
    with pytest.raises(RequestError) as caught:
        study(path, tmp_path / "out")
    assert time.process_time() - started < 2.0
    assert told in str(caught.value)
    assert str(path) in str(caught.value) or str(tmp_path) in str(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "nan", "1e999", ""])
def test_a_cell_that_is_no_number_is_named(tmp_path: Path, cell: str) -> None:
    (tmp_path / "rows.csv").write_text(f"agenda.decay,agenda.gap\n0.2,0.5\n0.3,{cell}\n", encoding="utf-8")
    with pytest.raises(RequestError, match=r"rows.csv, row 2"):
        read_plan(plan(tmp_path, "list", "[list]\nfile = 'rows.csv'"))


def test_a_file_of_rows_is_the_same_as_csv_and_as_parquet(tmp_path: Path) -> None:
    values = np.array([[0.2, 0.5], [0.3, 0.25]])
    (tmp_path / "rows.csv").write_text("agenda.decay,agenda.gap\n0.2,0.5\n0.3,0.25\n", encoding="utf-8")
    pq.write_table(pa.table({"agenda.decay": values[:, 0], "agenda.gap": values[:, 1]}), tmp_path / "rows.parquet")
    laid = [
        preparation.lay_out(read_plan(plan(tmp_path, "list", f"[list]\nfile = 'rows.{form}'")), tmp_path / "out")
        for form in ("csv", "parquet")
    ]
    assert np.array_equal(laid[0].layout.points, values)
    assert laid[0].keys == laid[1].keys
    assert laid[0].study == laid[1].study


def test_rows_saved_by_norwegian_excel_are_the_same_rows(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("\ufeffagenda.decay;agenda.gap\r\n0,2;0,5\r\n0,3;0,25\r\n", encoding="utf-8")
    read = read_plan(plan(tmp_path, "list", "[list]\nfile = 'rows.csv'"))
    assert np.array_equal(read.outline.options["points"], [[0.2, 0.5], [0.3, 0.25]])
    (tmp_path / "rows.csv").write_text("agenda.decay;agenda.gap\n0,2\n", encoding="utf-8")
    with pytest.raises(RequestError, match=r"row 1: has 1 of the 2 cells"):
        read_plan(plan(tmp_path, "list", "[list]\nfile = 'rows.csv'"))


def test_the_kept_plan_of_a_list_still_says_what_failing_means(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("agenda.decay\n0.2\n", encoding="utf-8")
    more = "[list]\nfile = 'rows.csv'\nfails = { measure = 'reduction_15', limit = 0.5 }"
    first = read_plan(plan(tmp_path, "list", more))
    kept = tmp_path / "study.toml"
    kept.write_text(to_toml(first, list(first.designs), list(first.places), "rows.csv"), encoding="utf-8")
    assert read_plan(kept).outline.options["fails"] == {"measure": "reduction_15", "limit": 0.5}


def test_designs_samples_and_seeds_are_crossed(tmp_path: Path) -> None:
    path = plan(tmp_path, "sample", "replicates = 3\n[sample]\ncount = 4\nparameters = ['agenda.*']\nlevers = 'all'")
    table = preparation.runs_table(preparation.lay_out(read_plan(path), tmp_path / "out")).to_pandas()
    assert len(table) == 2 * 4 * 3
    assert table["key"].is_unique
    by_cell = table.groupby(["sample", "seed"])
    assert (by_cell["design"].nunique() == 2).all()
    assert (by_cell["agenda.decay"].nunique() == 1).all()
    assert {"levels.I", "agenda.ladder_I"} <= set(table.columns)
    assert "citizens.degree" not in table.columns


def test_a_sobol_sequence_goes_on_where_a_shorter_one_ended(tmp_path: Path) -> None:
    more = "[sample]\ncount = {}\nmethod = 'sobol-sequence'\nparameters = ['agenda.*']"
    short, long = (
        preparation.lay_out(read_plan(plan(tmp_path, "sample", more.format(n))), tmp_path / "out") for n in (8, 16)
    )
    assert np.array_equal(short.layout.points, long.layout.points[:8])
    assert set(short.keys) < set(long.keys)


@pytest.mark.parametrize(
    ("kind", "table", "rows"),
    [
        ("morris", "trajectories = 5\nparameters = ['state.*']", 5 * 5),
        ("morris", "trajectories = 5\ngrouped = true\nparameters = ['state.*', 'agenda.*']", 5 * 3),
        ("sobol", "base = 8\nparameters = ['state.*']", 8 * 6),
        ("sobol", "base = 8\nsecond = true\nparameters = ['state.*']", 8 * 10),
    ],
)
def test_salib_rows_come_in_its_own_order_and_within_their_ranges(
    tmp_path: Path, kind: str, table: str, rows: int
) -> None:
    path = plan(tmp_path, kind, f"replicates = 1\n[{kind}]\n{table}")
    ready = preparation.lay_out(read_plan(path), tmp_path / "out")
    again = preparation.lay_out(read_plan(path), tmp_path / "out")
    assert len(ready.layout.points) == ready.plan.outline.samples == rows == ready.layout.options["rows"]
    assert ready.keys == again.keys
    low, high = (np.array([getattr(p, end) for p in ready.layout.parameters]) for end in ("low", "high"))
    assert ((ready.layout.points >= low) & (ready.layout.points <= high)).all()


def test_trajectories_that_cross_are_runs_of_their_own(tmp_path: Path) -> None:
    """Ten trajectories of two parameters on four levels: 30 rows on 16 points."""
    more = "[morris]\ntrajectories = 10\nlevels = 4\nparameters = ['agenda.decay', 'agenda.gap']"
    ready = preparation.lay_out(read_plan(plan(tmp_path, "morris", more)), tmp_path / "out")
    assert len(np.unique(ready.layout.points, axis=0)) <= 16 < len(ready.layout.points) == 30
    assert len(set(ready.keys)) == len(ready.keys)


def test_how_a_number_is_written_does_not_change_a_run(tmp_path: Path) -> None:
    keys = [
        preparation.lay_out(read_plan(plan(tmp_path, "sweep", f"[sweep]\n{line}")), tmp_path / "out").keys
        for line in ("'agenda.citizens' = [0]", "agenda.citizens = [0.0]", "'agenda.citizens' = [-0.0]")
    ]
    assert keys[0] == keys[1] == keys[2]
