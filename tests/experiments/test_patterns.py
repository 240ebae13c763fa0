"""Patterns: what is read from a run of history, on invented runs whose answer is known."""

import numpy as np
import pytest

from agents.vocabulary import ELEMENTS
from experiments import measures, validation
from experiments.patterns import histories, patterns
from experiments.watch import Watch

YEARS = tuple(range(1988, 2010))
ROLES, PLAN = ELEMENTS.index("roles"), ELEMENTS.index("plan")
TOWNS = 40


def history(years: tuple[int, ...] = YEARS, **columns) -> Watch:
    """A run in which nothing happens, but for the columns given; the first half of the municipalities is small."""
    y, m, e = len(years), TOWNS, len(ELEMENTS)
    plain = {
        "population": np.repeat([1_000.0, 30_000.0], m // 2),
        "is_north": np.arange(m) % 4 == 0,
        "has": np.zeros((y, m, e), dtype=bool),
        "practice": np.zeros((y, m, e)),
        "institutionalisation": np.tile(np.linspace(0.0, 0.5, m), (y, 1)),
        "error": np.zeros((y, m)),
        "chief_left": np.zeros((y, m), dtype=bool),
        "renewal": np.full((y, m), 0.6),
        "new_cars": np.zeros(y),
        "cars": np.zeros(y),
        "emissions": np.ones((y, 10)),
        "by_factor": np.zeros((y, 5)),
    }
    return Watch(years, **(plain | columns))


def with_officers(share_of: dict[int, slice]) -> np.ndarray:
    """Officers in the municipalities of a slice, from each year on until the next one given."""
    has = np.zeros((len(YEARS), TOWNS, len(ELEMENTS)), dtype=bool)
    for row, year in enumerate(YEARS):
        latest = max((start for start in share_of if start <= year), default=None)
        if latest is not None:
            has[row, share_of[latest], ROLES] = True
    return has


def test_officers_kept_is_the_share_of_those_of_1996():
    w = history(has=with_officers({1992: slice(0, 40), 1997: slice(10, 40)}))
    assert measures.posts_kept(w) == pytest.approx(0.75)
    assert measures.lost_more_in_small(w) == pytest.approx(0.5)  # ten of the twenty small ones lost theirs
    assert measures.share_with(w, element="roles", year=1996) == 1.0


def test_posts_that_come_after_1996_are_not_kept_ones():
    w = history(has=with_officers({1992: slice(0, 20), 1997: slice(20, 40)}))
    assert measures.posts_kept(w) == 0.0


def test_years_to_plans_counts_from_the_end_of_2009():
    years = tuple(range(2009, 2025))
    has = np.zeros((len(years), TOWNS, len(ELEMENTS)), dtype=bool)
    has[3:, :, PLAN] = True
    assert measures.years_to_plans(history(years, has=has)) == 3.0
    assert measures.years_to_plans(history(years)) == len(years)


def test_the_curve_of_new_cars():
    years = tuple(range(2009, 2025))
    cars = np.array([0.0, *measures.new_cars().values()])
    right = history(years, new_cars=cars)
    assert measures.car_error(right) == pytest.approx(0.0)
    assert 2019.0 < measures.car_middle(right) < 2020.0  # 42 per cent in 2019, 54 in 2020
    assert measures.car_error(history(years, new_cars=cars + 0.1)) == pytest.approx(0.1)
    assert measures.car_middle(history(years)) == 2024.0


def test_emissions_that_follow_the_statistics_have_no_error():
    years = tuple(range(2009, 2025))
    official = measures.baseline.statistics_path(years)
    right = history(years, emissions=official * np.arange(1, 11))
    assert measures.total_error(right) == pytest.approx(0.0, abs=1e-12)
    assert measures.sector_error(right) == pytest.approx(0.0, abs=1e-12)
    wrong = official * np.arange(1, 11)
    wrong[5, 3] *= 1.2
    assert measures.sector_error(history(years, emissions=wrong)) == pytest.approx(0.2)


def test_tenure_is_years_served_for_each_who_left():
    left = np.zeros((len(YEARS), TOWNS), dtype=bool)
    left[:, 0] = True
    assert measures.chief_years(history(chief_left=left)) == pytest.approx(TOWNS)


def test_a_revision_is_the_change_of_the_error_between_editions():
    error = np.zeros((len(YEARS), TOWNS))
    error[14:] = 0.08
    assert measures.revision(history(error=error)) == pytest.approx(0.08)


def test_types_persist_when_the_order_does():
    assert measures.persistence(history()) == pytest.approx(1.0)
    turned = np.tile(np.linspace(0.0, 0.5, TOWNS), (len(YEARS), 1))
    turned[-1] = turned[-1][::-1]
    assert measures.persistence(history(institutionalisation=turned)) == pytest.approx(-1.0)
    flat = np.full((len(YEARS), TOWNS), 0.1)
    assert measures.smallest_type(history(institutionalisation=flat)) == 0.0


def test_every_pattern_reads_a_history_that_exists_and_has_a_possible_tolerance():
    names = {h.name for h in histories()}
    figures = [f"{p.id} {part.name}" for p in patterns() for part in p.parts]
    assert figures == list(measures.MEASURES)
    for pattern in patterns():
        assert pattern.history in names
        for part in pattern.parts:
            assert part.low < part.high, (pattern.id, part.name)
            assert part.low <= part.target <= part.high, (pattern.id, part.name)


def receipt(value: float) -> dict:
    return {"status": "done", "figures": {"P14 revision": value}}


@pytest.mark.parametrize(
    ("values", "passes"),
    [((0.09, 0.10, 0.11), True), ((0.03, 0.10, 0.11), False), ((0.09, 0.10, 0.4), False), ((0.1,), False)],
)
def test_a_pattern_passes_when_the_interval_lies_within_the_tolerance(values, passes):
    rows = validation.rows_of([receipt(v) for v in values])
    row = next(r for r in rows if r["id"] == "P14")
    assert row["pass"] is passes
    assert row["n"] == len(values)
    told = row["parts"][0]["within"]
    assert told == (pytest.approx(np.mean([0.05 <= v <= 0.15 for v in values])) if len(values) > 1 else 0.0)


def test_a_pattern_fails_with_any_of_its_parts_and_without_runs():
    rows = {r["id"]: r for r in validation.rows_of([{"status": "failed"}])}
    assert not any(row["pass"] for row in rows.values())
    figures = {"P10 council": 0.62, "P10 chief": 20.0}
    rows = {r["id"]: r for r in validation.rows_of([{"status": "done", "figures": figures}] * 3)}
    assert [part["pass"] for part in rows["P10"]["parts"]] == [True, False]
    assert rows["P10"]["pass"] is False
