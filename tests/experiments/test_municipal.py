"""Means, spread and what a lost champion leaves, against numbers worked out by hand."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from experiments import store
from experiments.municipal import (
    CLASSES,
    LAGS,
    LOSS,
    NUMERIC,
    Towns,
    UnlikeRunsError,
    champion_loss,
    class_bounds,
    ensembles,
    matched,
    starts,
)

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


def towns(strength: np.ndarray, champions: np.ndarray) -> Towns:
    """One run, (years, municipalities); a loss is where champions fall to none."""
    lost = np.zeros(champions.shape)
    lost[1:] = (champions[:-1] > 0) & (champions[1:] == 0)
    return Towns(strength, lost, champions)


def flat(middle: float) -> np.ndarray:
    """Bounds under which `middle` parts weak from strong, and nothing else is parted."""
    return np.r_[np.full(CLASSES - 1, -1.0), middle, np.full(CLASSES - 1, 2.0)]


def alone(lost_in: int, years: int = 10, count: int = 2) -> np.ndarray:
    """One champion in each of `count` municipalities; the first loses it in one year only."""
    champions = np.ones((years, count))
    champions[lost_in, 0] = 0
    return champions


def test_a_loss_is_measured_against_a_town_that_kept_its_champion() -> None:
    falling, rising = np.linspace(0.30, 0.12, 10), np.linspace(0.30, 0.39, 10)
    run = towns(np.column_stack([falling, rising]), alone(1))
    weak, strong = matched(run, flat(0.5))
    assert (weak["n"], weak["n_kept"], strong["n"]) == (1, 1, 0)
    assert weak["before"] == pytest.approx([0.3, 0.3])
    assert weak["change"][0] == pytest.approx(-0.02 * np.arange(1, LAGS + 1))
    assert weak["change"][1] == pytest.approx(0.01 * np.arange(1, LAGS + 1))


def test_a_trend_that_all_share_is_no_effect() -> None:
    rng = np.random.default_rng(3)
    strength = np.linspace(0.9, 0.2, 20)[:, None] * np.ones(60)
    found = matched(towns(strength, rng.integers(0, 3, (20, 60))), class_bounds([np.array([0.5])]))
    assert found["n"].sum() > 50
    assert np.allclose(found["change"][:, 0], found["change"][:, 1])


def test_regression_to_the_mean_is_no_effect() -> None:
    rng = np.random.default_rng(5)
    strength = np.clip(0.4 + 0.12 * rng.normal(size=(26, 3000)), 0, 1)  # no memory: what is weak rises, strong falls
    run = towns(strength, rng.integers(0, 3, (26, 3000)))
    weak, strong = matched(run, class_bounds([starts(run)]))
    assert weak["change"][0, 5] > 0.08
    assert strong["change"][0, 5] < -0.08
    for row in (weak, strong):
        assert row["n"] > 3000
        assert row["change"][0] == pytest.approx(row["change"][1], abs=0.012)  # 4 standard errors of the difference
        assert row["before"][0] == pytest.approx(row["before"][1], abs=0.01)


def test_an_effect_put_in_is_found_again() -> None:
    rng = np.random.default_rng(6)
    base = np.clip(0.5 + 0.1 * rng.normal(size=400), 0, 1)
    champions = np.ones((12, 400))
    champions[3:, :150] = 0
    strength = np.tile(base, (12, 1))
    strength[3:, :150] -= np.where(base[:150] > 0.5, 0.02, 0.10)
    weak, strong = matched(run := towns(strength, champions), class_bounds([starts(run)]))
    # the pooled median of these losses is near 0.5, so that the class next to it may hold some of either kind
    assert (weak["change"][0] - weak["change"][1])[0] == pytest.approx(-0.10, abs=0.01)
    assert (strong["change"][0] - strong["change"][1])[-1] == pytest.approx(-0.02, abs=0.01)
    assert weak["n"] + strong["n"] <= 150


def test_towns_without_a_champion_before_are_no_controls() -> None:
    champions = np.column_stack([alone(1)[:, 0], np.r_[0, np.ones(9)], np.zeros(10)])
    found = matched(towns(np.full((10, 3), 0.3), champions), flat(0.5))
    assert (found["n"] == 0).all()
    assert (found["n_kept"] == 0).all()


def test_only_towns_of_the_same_class_and_year_are_compared() -> None:
    strength = np.full((10, 3), 0.3)
    strength[:, 1] = 0.7
    champions = alone(2, count=3)
    champions[:2, 2] = 0  # has a champion from the year of the loss on, not the year before
    assert (matched(towns(strength, champions), flat(0.5))["n"] == 0).all()


def test_what_happens_later_is_free() -> None:
    champions = alone(1)
    champions[5:, 1] = 0  # too near the end to be a loss of its own
    weak, _ = matched(towns(np.full((10, 2), 0.3), champions), flat(0.5))
    assert (weak["n"], weak["n_kept"]) == (1, 1)


@pytest.mark.parametrize(("year", "count"), [(0, 0), (1, 1), (4, 1), (5, 0), (9, 0)])
def test_a_loss_too_near_the_ends_is_left_out(year: int, count: int) -> None:
    run = towns(np.full((10, 2), 0.3), alone(year))
    run.lost[year, 0] = 1
    assert matched(run, flat(0.5))["n"].sum() == count
    assert len(starts(run)) == count


def test_few_years_have_no_losses() -> None:
    run = towns(np.full((4, 2), 0.3), alone(1, years=4))
    assert (matched(run, class_bounds([starts(run)]))["n"] == 0).all()


def record(n: int, lost: float, kept: float) -> tuple[object, ...]:
    return n, 4 * n, (0.1, 0.1), ([lost] * LAGS, [kept] * LAGS), 0.2


def test_the_difference_is_spread_over_runs() -> None:
    none = record(0, 0.0, 0.0)
    runs = np.array([[record(3, -0.01 * r, 0.01), none] for r in range(5)] + [[none, none]], LOSS)
    table = champion_loss({"duty": runs, "none": np.array([[none, none]], LOSS)})
    assert set(table.column("design").to_pylist()) == {"duty"}
    rows = {(r["group"], r["lag"]): r for r in table.to_pylist()}
    assert set(rows) == {("weak", lag) for lag in range(LAGS)}
    last = rows["weak", 5]
    assert (last["n"], last["n_kept"], last["runs"]) == (15, 60, 5)
    assert last["median"] == pytest.approx(-0.03)
    assert (last["p05"], last["p95"]) == pytest.approx((-0.048, -0.012))
    assert (last["lost_median"], last["kept_median"]) == pytest.approx((-0.02, 0.01))
    assert (last["before_lost"], last["threshold"]) == pytest.approx((0.1, 0.2))


def test_losses_come_from_the_tables_of_the_runs(tmp_path: Path) -> None:
    champions, lost = np.ones((10, 3)), np.zeros((10, 3))
    champions[2, 0], lost[2, 0] = 0, 1
    strength = np.full((10, 3), 0.5)
    strength[2:, 0] = 0.25
    columns = {"champions": champions, "is_champion_lost": lost, "institutionalisation": strength}
    values: dict[str, object] = {name: column.ravel() for name, column in columns.items()}
    runs = [("duty", written(tmp_path / str(r), values)) for r in range(3)]
    (found,) = ensembles(runs)
    rows = champion_loss({"duty": np.concatenate(found.losses)}).to_pylist()
    assert {(r["group"], r["n"], r["n_kept"], r["runs"]) for r in rows} == {("weak", 3, 6, 3)}
    assert [r["median"] for r in rows] == pytest.approx([-0.25] * LAGS)


def test_without_losses_there_is_an_empty_table() -> None:
    table = champion_loss({"duty": np.zeros((3, 2), LOSS)})
    assert len(table) == 0
    assert {"design", "group", "lag", "n", "n_kept", "runs", "median", "p05", "p95"} <= set(table.column_names)
