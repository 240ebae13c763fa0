"""From rows to arrays: joined by name whatever their order, whole or not at all."""

import doctest

import numpy as np
import pandas as pd
import pytest

from experiments import crossed, sizing
from experiments.cells import CellsError, block, by_row, futures, inputs
from experiments.request import RequestError
from experiments.selection import fails_of


def frame() -> pd.DataFrame:
    """Two designs, two places, three futures, two seeds; y = 100 design + 10 future + seed, places 0.5 apart."""
    rows = [
        {
            "design": d,
            "place": p,
            "sample": s,
            "replicate": r,
            "seed": 7 + r,
            "a.b": s / 2,
            "y": 100 * i + 10 * s + r + h,
        }
        for i, d in enumerate(("one", "two"))
        for p, h in (("east", 0.0), ("west", 0.5))
        for s in range(3)
        for r in range(2)
    ]
    return pd.DataFrame(rows).sample(frac=1, random_state=1)


def test_order_does_not_matter_and_places_are_averaged() -> None:
    found = block(frame(), "y", ("one", "two"))
    assert found.values[0].tolist() == [[0.25, 1.25], [10.25, 11.25], [20.25, 21.25]]
    assert (found.values[1] - found.values[0] == 100).all()
    assert (found.samples.tolist(), found.seeds.tolist(), found.dropped) == ([0, 1, 2], [7, 8], 0)


def test_a_missing_run_costs_its_future_in_every_design() -> None:
    rows = frame()
    gone = (rows["design"] == "two") & (rows["sample"] == 1) & (rows["seed"] == 8) & (rows["place"] == "west")
    found = block(rows[~gone], "y", ("one", "two"))
    assert found.samples.tolist() == [0, 2]
    assert found.dropped == 2
    single = rows[~gone & (rows["sample"] == 1)]
    assert block(single, "y", ("one", "two")).seeds.tolist() == [7], "with one future a seed goes"


def test_rows_of_a_matrix_stand_where_they_belong() -> None:
    rows = frame()
    found = by_row(rows[rows["sample"] != 1], "one", "y", 3)
    assert np.isnan(found[1]).all()
    assert found[2].tolist() == [20.25, 21.25]
    assert inputs(rows, ["a.b"], np.array([2, 0])).ravel().tolist() == [1.0, 0.0]
    with pytest.raises(CellsError, match="beyond"):
        by_row(rows, "one", "y", 2)


def test_only_drawn_futures_are_averaged() -> None:
    rows = frame()
    assert set(futures(rows, "sobol", 3)["sample"]) == {0, 2}
    assert futures(rows, "morris").empty
    assert len(futures(rows, "sample")) == len(rows)


def test_unknown_names_are_named() -> None:
    with pytest.raises(CellsError, match="'z'"):
        block(frame(), "z", ("one",))
    with pytest.raises(CellsError, match="there are one, two"):
        block(frame(), "y", ("three",))


@pytest.mark.parametrize("module", [crossed, sizing])
def test_examples_run(module) -> None:
    assert doctest.testmod(module, extraglobs={"np": np}).failed == 0


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ("often", "cannot be"),
        ({"measure": "reduction_15"}, "cannot be"),
        ({"measure": "reduktion", "limit": 1}, "better side"),
        ({"measure": "spending", "limit": 1}, "better side"),
        ({"measure": "reduction_15", "limit": float("nan")}, "not a number"),
    ],
)
def test_what_failing_means_is_checked(told, word) -> None:
    with pytest.raises(RequestError, match=word):
        fails_of({"fails": told})


def test_failing_is_an_option_of_the_plan() -> None:
    assert fails_of({"fails": {"measure": "reduction_15", "limit": 1}}) == {
        "fails": {"measure": "reduction_15", "limit": 1.0}
    }
    assert fails_of({}) == {}
