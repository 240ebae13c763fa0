"""Calibration: misses are counted rightly, and the posterior that ships is whole and is what the defaults come from."""

import csv

import numpy as np
import pytest

from experiments import blocks, calibration
from experiments.blocks import BLOCKS, Block
from experiments.emulator import Emulator
from experiments.patterns import patterns
from model import parameters
from model.case import RESULTS_VERSION

NAMES = [block.name for block in BLOCKS]


def particles(block: Block) -> list[dict[str, float]]:
    with (parameters.POSTERIOR / f"{block.name}.csv").open(encoding="utf-8", newline="") as handle:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(handle)]


def test_a_figure_on_target_misses_by_nothing():
    wanted = blocks.targets()
    for block in BLOCKS:
        assert blocks.distance_of({name: wanted[name] for name in block.scales}, block.scales) == 0.0


def test_misses_count_in_their_scales_and_lost_figures_weigh_most():
    scales = {"P1 funded": 0.03, "P1 kept": 0.04}
    wanted = blocks.targets()
    off = {"P1 funded": wanted["P1 funded"] - 0.03, "P1 kept": wanted["P1 kept"] + 0.04}
    assert blocks.distance_of(off, scales) == pytest.approx(1.0)
    assert blocks.distance_of(off | {"P1 kept": float("nan")}, scales) > 30.0


def test_luck_follows_from_the_values():
    one = {"a": 1.0, "b": 2.0}
    assert blocks.seed_of(one) == blocks.seed_of(dict(reversed(one.items())))
    assert blocks.seed_of(one) != blocks.seed_of({"a": 1.0, "b": 2.1})


def test_contraction_tells_a_narrow_posterior_from_a_wide_one():
    path = BLOCKS[0].parameters[0]
    known = parameters.declared()[path]
    even = np.linspace(known.low, known.high, 400)
    wide = [{path: x} for x in even]
    narrow = [{path: known.low + 0.1 * (x - known.low)} for x in even]
    assert calibration.contraction_of(wide, path) == pytest.approx(0.0, abs=0.01)
    assert calibration.contraction_of(narrow, path) == pytest.approx(0.9, abs=0.01)


def test_an_emulator_draws_the_posterior_that_is_known():
    """One figure is the first coordinate with a little luck, and nothing is said of the second."""
    luck = np.random.default_rng(1)
    points = luck.random((60, 2))
    figures = points[:, :1] + 0.02 * luck.standard_normal((60, 1))
    figures[7] = np.nan  # left out
    emulator = Emulator(points, figures, [0.5], [0.08])
    drawn = emulator.draw(400, seed=1)
    assert ((drawn >= 0.0) & (drawn <= 1.0)).all()
    assert drawn[:, 0].mean() == pytest.approx(0.5, abs=0.03)
    assert drawn[:, 0].std() == pytest.approx(np.hypot(0.08, 0.02), abs=0.015)
    assert drawn[:, 1].std() == pytest.approx(12**-0.5, abs=0.04)
    assert emulator.surprise(points, figures)[0] == pytest.approx(1.0, abs=0.3)
    np.testing.assert_array_equal(drawn, emulator.draw(400, seed=1))
    with pytest.raises(ValueError, match="run more points"):
        Emulator(points[:2], figures[:2], [0.5], [0.08])


def test_blocks_share_nothing_and_hold_every_calibrated_parameter():
    held = [path for block in BLOCKS for path in block.parameters]
    assert len(set(held)) == len(held)
    assert set(held) == {p.path for p in parameters.declared().values() if p.grade == "calibrated"}
    assert tuple(NAMES) == parameters.BLOCKS
    fitted = {f"{p.id} {part.name}" for p in patterns() for part in p.parts if part.role == "fitted"}
    assert fitted == {name for block in BLOCKS for name in block.scales}


@pytest.mark.parametrize("block", BLOCKS, ids=NAMES)
def test_the_posterior_that_ships_is_whole(block):
    left, rows = parameters.posterior(block.name), particles(block)
    facts = left["provenance"]
    assert list(left["default"]) == list(block.parameters) == list(left["contraction"])
    assert facts["results_version"] == RESULTS_VERSION
    assert facts["particles"] == len(rows) >= 40
    assert facts["simulations"] > len(rows)
    for figure, told in facts["patterns"].items():
        assert told == {"target": blocks.targets()[figure], "scale": block.scales[figure]}
    for path in block.parameters:
        known = parameters.declared()[path]
        values = np.array([row[path] for row in rows])
        assert ((values >= known.low) & (values <= known.high)).all()
        assert known.low <= left["default"][path] <= known.high
        assert left["contraction"][path] == pytest.approx(calibration.contraction_of(rows, path), abs=0.002)
