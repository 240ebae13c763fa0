"""What an ensemble says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics import quantiles, spread_by_year


def test_median_and_ends_of_known_numbers() -> None:
    low, middle, high = quantiles(np.arange(101.0))
    assert (low, middle, high) == (5.0, 50.0, 95.0)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_ends_enclose_the_median_and_lie_within_the_values(values: list[float]) -> None:
    low, middle, high = quantiles(np.array(values))
    slack = 1e-9 * (1 + max(map(abs, values)))
    assert min(values) - slack <= low <= middle + slack <= high + 2 * slack <= max(values) + 3 * slack


def test_every_year_has_its_own_spread() -> None:
    found = spread_by_year(np.array([[1.0, 10.0], [3.0, 30.0]]), [2025, 2026])
    assert list(found) == ["2025", "2026"]
    assert found["2026"] == {"median": 20.0, "p05": pytest.approx(11), "p95": pytest.approx(29), "mean": 20.0}


def test_a_year_without_a_value_in_some_run_has_none() -> None:
    found = spread_by_year(np.array([[np.nan, 1.0], [2.0, 1.0]]), [2025, 2026])
    assert set(found["2025"].values()) == {None}
    assert found["2026"]["median"] == 1.0
