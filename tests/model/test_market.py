"""What is within reach: the same on average whether every business is an agent or a share of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from model.market import reached


def mean_reached(share: float, agents: int, every: int, serves: float) -> float:
    """Mean of what is reached over draws of agents that each offer with the chance `share`."""
    offers = np.arange(agents + 1)
    found = reached(offers[:, None], np.array([[agents]]), np.array([[every]]), np.array([[serves]]))[:, 0]
    return float(binom.pmf(offers, agents, share) @ found)


@given(st.integers(0, 400), st.floats(1.0, 30.0))
def test_where_all_businesses_are_agents_offers_reach_as_documented(offers, serves):
    every = np.array([[400]])
    found = reached(np.array([[offers]]), every, every, np.array([[serves]]))
    assert found[0, 0] == pytest.approx(1.0 - np.exp(-offers * serves / 400), abs=1e-12)


@given(st.floats(0.0, 0.3), st.integers(50, 600), st.floats(5.0, 17.0))
def test_a_share_of_the_businesses_as_agents_reaches_as_many_on_average(share, agents, serves):
    assert mean_reached(share, agents, 600, serves) == pytest.approx(mean_reached(share, 600, 600, serves), abs=0.015)


def test_six_agents_for_six_hundred_would_leave_a_tilt():
    """Why there are `fewest` agents: what one of six stands for reaches all, and six are often without any offer."""
    assert mean_reached(0.06, 600, 600, 16.7) - mean_reached(0.06, 6, 600, 16.7) > 0.2
