"""The estimate: national totals are spread whole, shapes are plausible, paths are exogenous and flatten."""

import numpy as np
import pytest

from agents.vocabulary import CATEGORIES, SECTORS
from model import baseline
from model.places import load_place


@pytest.fixture(scope="module")
def norway():
    return load_place("norway")


def _per_inhabitant(place, number: str) -> float:
    i = place.numbers.index(number)
    return place.territorial[i].sum() / place.population[0, i]


def test_municipalities_sum_to_the_belonging_national_figure(norway):
    np.testing.assert_allclose(norway.territorial.sum(axis=0), baseline.national_totals(), rtol=1e-9)
    assert (norway.territorial >= 0).all()


def test_belonging_and_left_out_are_each_national_source():
    account, left = baseline.table("account.csv"), baseline.table("left_out.csv")
    nation = baseline.table("national_emissions.csv")
    row = list(nation["year"]).index(2023)
    for source in nation:
        if source in ("year", "total"):
            continue
        parts = account["kt"][account["source"] == source].sum() + left["kt"][left["source"] == source].sum()
        assert parts == pytest.approx(nation[source][row], abs=1e-6), source
    assert account["kt"].sum() + left["kt"].sum() == pytest.approx(nation["total"][row], abs=1e-6)


def test_every_share_has_a_grade_and_a_basis():
    for name in ("account.csv", "national_path.csv", "footprint.csv"):
        figures = baseline.table(name)
        assert set(figures["confidence"]) <= {"H", "M", "L", "D", "R", "assumed"}, name
        assert all(len(text) > 10 for text in figures["basis"]), name
    assert set(baseline.table("account.csv")["sector"]) == set(SECTORS)


def test_oslo_has_its_known_size_and_main_sources(norway):
    oslo = norway.territorial[norway.numbers.index("0301")]
    assert 0.95e6 < oslo.sum() < 1.25e6  # 1.3 Mt in 2018, falling since
    share = dict(zip(SECTORS, oslo / oslo.sum(), strict=True))
    assert max(share, key=share.get) == "road_traffic"
    assert 0.15 < share["energy_supply"] < 0.25  # waste incineration 21 %


def test_sparsely_settled_places_emit_about_seven_times_the_city(norway):
    without_industry = norway.territorial[:, 1:].sum(axis=1)
    order = np.argsort(norway.density)
    sparse, dense = order[:36], order[-27:]
    people = norway.population[0]
    ratio = (without_industry[sparse].sum() / people[sparse].sum()) / (
        without_industry[dense].sum() / people[dense].sum()
    )
    assert 5 < ratio < 9


def test_large_plants_stand_where_they_are(norway):
    assert _per_inhabitant(norway, "4001") > 30  # Porsgrunn
    assert norway.territorial[norway.numbers.index("5603"), 0] == pytest.approx(950_000, rel=0.01)  # Hammerfest LNG


@pytest.mark.parametrize(
    ("sector", "official"),  # t CO2e 2021, official account of the former county of Vestfold and Telemark
    [("industry_oil_gas", 2_626_006), ("heating", 47_421), ("road_traffic", 517_559), ("shipping", 215_654),
     ("other_mobile", 194_748), ("agriculture", 223_802), ("waste", 116_726)],
)  # fmt: skip
def test_estimate_is_near_the_one_official_area_account(norway, sector, official):
    k = SECTORS.index(sector)
    counties = [norway.county_names.index(c) for c in ("Vestfold", "Telemark")]
    estimate = norway.territorial[np.isin(norway.county_of, counties), k].sum() * baseline.statistics_path([2021])[0, k]
    assert 0.75 < estimate / official < 1.3


def test_footprint_has_the_national_mean_and_varies(norway):
    mean = norway.footprint.sum(axis=0) / norway.population[0].sum()
    np.testing.assert_allclose(mean, [2.8, 2.1, 1.1, 1.0, 0.8], rtol=1e-9)
    assert mean.sum() == pytest.approx(7.8)
    each = norway.footprint / norway.population[0][:, None]
    assert np.ptp(each[:, CATEGORIES.index("transport")]) > 0.5
    assert 6 < each.sum(axis=1).min() < each.sum(axis=1).max() < 11


def test_path_is_one_in_the_base_year_falls_and_flattens():
    path = baseline.statistics_path(range(2023, 2051))
    np.testing.assert_allclose(path[0], 1.0)
    assert (path > 0).all()
    assert (np.diff(path, axis=0) <= 1e-12).all()
    by_decade = path[[2, 12, 27]].sum(axis=1)
    assert (by_decade[0] - by_decade[1]) / 10 > (by_decade[1] - by_decade[2]) / 15
    assert path[-1, SECTORS.index("road_traffic")] < 0.1


def test_total_of_2035_meets_the_projection_under_adopted_policy():
    left = baseline.table("left_out.csv")
    total = (baseline.national_totals() * baseline.statistics_path([2035])[0]).sum() / 1e6
    assert total + (left["kt"] * left["index_2035"]).sum() / 1e3 == pytest.approx(31.7, rel=0.03)


def test_history_follows_the_national_sources():
    nation = baseline.table("national_emissions.csv")
    road = nation["road_traffic"][list(nation["year"]).index(2009)] / nation["road_traffic"][-1]
    assert baseline.statistics_path([2009])[0, SECTORS.index("road_traffic")] == pytest.approx(road)


def test_a_key_that_is_zero_everywhere_is_an_error(monkeypatch):
    data = {
        c: np.zeros_like(v) if c == "air_passengers" else v for c, v in baseline.table("municipalities.csv").items()
    }
    flows = {"home": np.array([0]), "work": np.array([1]), "employed": np.array([5])}
    with pytest.raises(baseline.BaselineError, match="airports"):
        baseline.territorial_account(data, flows)
