"""Means, spread and what a lost champion leaves, against numbers worked out by hand."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from experiments import store
from experiments.municipal import LAGS, NUMERIC, UnlikeRunsError, champion_loss, ensembles, paths_after

YEARS, NUMBERS = range(2025, 2035), ("0301", "4001", "4003")


def written(folder: Path, values: dict[str, object], numbers: tuple[str, ...] = NUMBERS) -> Path:
    """A run whose municipal table is zero but for `values`, year by year."""
    folder.mkdir(parents=True)
    rows = len(YEARS) * len(numbers)
    columns = {name: np.broadcast_to(values.get(name, 0.0), rows).astype(float) for name in NUMERIC}
    keys = {"year": np.repeat(np.array(YEARS, np.int16), len(numbers)), "number": pa.array(list(numbers) * len(YEARS))}
    store.write_table(folder / "municipality.parquet", pa.table(keys | columns), narrow=True)
    return folder


def test_means_and_spread_over_runs(tmp_path: Path) -> None:
    runs = [("duty", written(tmp_path / str(r), {"reduction_share": r / 10, "trust": r})) for r in range(5)]
    (found,) = ensembles(runs)
    assert found.runs == 5
    assert found.means().column("trust").to_numpy() == pytest.approx(np.full(30, 2.0))
    spread = found.spread().to_pydict()
    assert spread["number"] == list(NUMBERS)
    assert set(spread["year"]) == {2034}
    assert spread["reduction_share_median"] == pytest.approx([0.2] * 3)
    assert spread["reduction_share_p05"] == pytest.approx([0.02] * 3)
    assert spread["reduction_share_p95"] == pytest.approx([0.38] * 3)


def test_designs_stay_apart(tmp_path: Path) -> None:
    runs = [(d, written(tmp_path / d, {"agenda": a})) for d, a in (("duty", 0.25), ("platform-first", 0.75))]
    found = {e.design: e.means().column("agenda")[0].as_py() for e in ensembles(runs)}
    assert found == {"duty": 0.25, "platform-first": 0.75}


def test_runs_with_other_municipalities_are_not_averaged(tmp_path: Path) -> None:
    runs = [("duty", written(tmp_path / "a", {})), ("duty", written(tmp_path / "b", {}, ("0301", "4001", "5501")))]
    with pytest.raises(UnlikeRunsError, match="other municipalities"):
        list(ensembles(runs))


def test_a_loss_is_followed_for_five_years() -> None:
    strength = np.linspace(1.0, 0.1, 10)[:, None] * np.ones(2)
    is_lost = np.zeros((10, 2), dtype=bool)
    is_lost[3, 0] = True
    (path,) = paths_after(strength, is_lost)
    assert path == pytest.approx(strength[2:9, 0], rel=1e-6)
    assert len(path) == LAGS + 1


@pytest.mark.parametrize("year", [0, 5, 9])
def test_a_loss_too_near_the_ends_is_left_out(year: int) -> None:
    is_lost = np.zeros((10, 1), dtype=bool)
    is_lost[year] = True
    assert len(paths_after(np.full((10, 1), 0.5), is_lost)) == 0


def test_what_is_left_is_told_by_strength() -> None:
    weak = np.array([0.1, 0.05, 0.05, 0.04, 0.04, 0.02, 0.02])
    strong = np.array([0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8])
    table = champion_loss({"duty": np.array([weak, strong], np.float32), "none": np.empty((0, 7), np.float32)})
    rows = {(r["group"], r["lag"]): r for r in table.to_pylist()}
    assert {r["design"] for r in rows.values()} == {"duty"}
    assert rows["weak", 0]["median"] == pytest.approx(0.5)
    assert rows["weak", 5]["median"] == pytest.approx(0.2)
    assert rows["strong", 5]["median"] == pytest.approx(1.0)
    assert {r["n"] for r in rows.values()} == {1}


def test_without_losses_there_is_an_empty_table() -> None:
    table = champion_loss({"duty": np.empty((0, 7), np.float32)})
    assert len(table) == 0
    assert {"design", "group", "lag", "n", "median", "p05", "p95"} <= set(table.column_names)
