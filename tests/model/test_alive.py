"""The model lives: designs part, municipalities part, uptake rises and falls, the small fare unlike the large.

Six seeds; all comparisons are of many municipalities and years, far from the edge of chance.
"""

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from model.places import load_place
from tests import worlds

SEEDS = range(1, 7)
WEAK, STRONG = "enthusiasts-only", "full-transition"


@lru_cache(maxsize=1)
def eighty() -> str:
    """Every fourth municipality or so of Norway, large and small, by number."""
    return ",".join(load_place("norway").numbers[::4][:80])


@lru_cache(maxsize=20)
def runs(design: str, table: str, place: str = "") -> pd.DataFrame:
    """A table of all seeds, with a column `seed`."""
    where = place or eighty()
    frames = [
        worlds.frame(worlds.finished(design=design, place=where, citizens=2_000, seed=seed), table).assign(seed=seed)
        for seed in SEEDS
    ]
    return pd.concat(frames, ignore_index=True)


def last(design: str, column: str) -> np.ndarray:
    """A national number in the last year, one for each seed."""
    nation = runs(design, "nation")
    return nation.loc[nation["year"] == nation["year"].max(), column].to_numpy()


@pytest.mark.parametrize(
    "column",
    ["institutionalisation", "reduction_share", "capacity", "frame", "mode", "trust", "agenda", "plan_practice"],
)
def test_designs_differ_by_more_than_luck(column):
    weak, strong = last(WEAK, column), last(STRONG, column)
    gap = strong.mean() - weak.mean()
    spread = max(np.ptp(weak), np.ptp(strong))
    assert gap > spread > 0.0


def test_emissions_fall_further_and_more_with_the_national_path_in_both():
    for design in (WEAK, STRONG):
        assert (last(design, "change_national") < 0.0).all()
    assert last(STRONG, "territorial").max() < last(WEAK, "territorial").min()
    assert last(STRONG, "footprint").mean() < last(WEAK, "footprint").mean()


@pytest.mark.parametrize("design", [WEAK, "todays-practice", STRONG])
def test_municipalities_differ_within_a_design(design):
    town = runs(design, "municipality")
    end = town[town["year"] == town["year"].max()]
    for column, least in (("institutionalisation", 0.03), ("agenda", 0.03), ("reduction_share", 0.03)):
        assert end.groupby("seed")[column].std().min() > least, column


@pytest.mark.parametrize("design", [WEAK, "todays-practice", STRONG])
def test_uptake_rises_and_falls(design):
    """Some solution of citizens falls in some municipality in some years and rises in others."""
    sim = worlds.finished(design=design, place=eighty(), citizens=2_000)
    years = len(sim.case.years)
    shape = (years, len(sim.place.numbers), len(sim.catalogue.ids))
    change = np.diff(worlds.frame(sim, "solution")["uptake"].to_numpy().reshape(shape), axis=0)[:, :, sim.chosen]
    both = (change > 0.0).any(axis=0) & (change < 0.0).any(axis=0)
    assert both.mean() > 0.3


def halves(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of the smallest third of municipalities, and of the largest."""
    size = table.groupby("number", observed=True)["population"].first()
    low, high = size.quantile([1 / 3, 2 / 3])
    mine = table["number"].map(size).astype(float)
    return table[mine <= low], table[mine >= high]


@pytest.mark.parametrize("design", [WEAK, "todays-practice"])
def test_small_municipalities_are_oftener_without_champion(design):
    small, large = halves(runs(design, "municipality"))
    assert (small["champions"] == 0).mean() > (large["champions"] == 0).mean() + 0.1


@pytest.mark.parametrize("design", [WEAK, "todays-practice"])
def test_small_municipalities_lose_oftener_what_they_have(design):
    """Lapses a year for each element that there is."""
    element = runs(design, "element").merge(
        runs(design, "municipality")[["seed", "year", "number", "population"]], on=["seed", "year", "number"]
    )
    element = element.sort_values(["seed", "number", "element", "year"])
    before = element.groupby(["seed", "number", "element"], observed=True)["stage"].shift()
    element = element.assign(had=before > 0, lapsed=element["stage"] < before)
    small, large = halves(element)
    rate = [part["lapsed"].sum() / part["had"].sum() for part in (small, large)]
    assert rate[0] > 1.2 * rate[1]


def test_small_municipalities_build_less():
    small, large = halves(runs("todays-practice", "municipality").query("year == 2050"))
    assert large["institutionalisation"].mean() > small["institutionalisation"].mean()


def test_the_three_types_stay_apart_for_years():
    """Who is ahead in institutions in 2030 is mostly ahead in 2040, under today's practice."""
    town = runs("todays-practice", "municipality")
    wide = town.pivot_table(index=["seed", "number"], columns="year", values="institutionalisation", observed=True)
    assert wide[2030].corr(wide[2040], method="spearman") > 0.3


def test_history_is_not_destiny():
    """And not wholly: with other luck, other municipalities lead."""
    town = runs("todays-practice", "municipality").query("year == 2050")
    wide = town.pivot_table(index="number", columns="seed", values="institutionalisation", observed=True)
    leaders = [frozenset(wide[seed].nlargest(8).index) for seed in SEEDS]
    assert len(set(leaders)) > 1


def test_councils_turn_every_fourth_year():
    told = pd.concat([runs(design, "event") for design in (WEAK, STRONG)])
    turned = told[told["what"].str.startswith("election")]
    assert len(turned) > 50
    assert (turned["year"] % 4 == 3).all()


@pytest.mark.parametrize("what", ["measure started", "measure stopped", "arena convened", "champion appeared"])
def test_things_happen_in_most_years(what):
    told = runs("todays-practice", "event")
    assert told.loc[told["what"] == what, "year"].nunique() > 20
