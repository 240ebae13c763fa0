"""The same case and seed give the same run, anywhere, watched or not; another seed another one."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from model.simulation import Simulation
from tests import worlds

ROOT = Path(__file__).resolve().parents[2]
DESIGNS = ("todays-practice", "full-transition")
CODE = """
from agents import choice
from tests import worlds
from model.simulation import Simulation
choice.MANY = 0  # use every thread for however few
for design in {designs!r}:
    print(Simulation(worlds.case(design=design, choice={choice!r}), record=False).run().digest())
"""


@pytest.mark.parametrize("design", DESIGNS)
def test_twice_the_same(design):
    sim = worlds.finished(design=design)
    assert Simulation(worlds.case(design=design)).run().digest() == sim.digest()


@pytest.mark.parametrize("design", DESIGNS)
def test_recording_does_not_touch_the_run(design):
    assert (
        Simulation(worlds.case(design=design), record=False).run().digest() == worlds.finished(design=design).digest()
    )


def test_other_luck_another_run():
    told = {worlds.finished(seed=seed).digest() for seed in range(1, 6)}
    assert len(told) == 5


@pytest.mark.parametrize(
    "change",
    [
        {"design": "duty"},
        {"citizens": 801},
        {"first": 2026},
        {"choice": "bass"},
        {"settings": {"agenda.decay": 0.3}},
    ],
)
def test_another_case_another_run(change):
    assert Simulation(worlds.case(**change), record=False).run().digest() != worlds.finished().digest()


@pytest.mark.parametrize("part", ["territorial", "footprint", "uptake"])
def test_the_digest_sees_every_year(part):
    """A thousandth more in one year, gone again before the next, is still seen."""
    plain = Simulation(worlds.case(citizens=100, last=2027), record=False).run()
    other = Simulation(worlds.case(citizens=100, last=2027), record=False)
    record = other.record

    def record_more() -> None:
        array = getattr(other, part)
        kept = array.copy()
        array *= 1.001 if other.year == 2026 else 1.0
        record()
        array[:] = kept

    other.record = record_more
    other.run()
    assert np.array_equal(other.territorial, plain.territorial)
    assert other.digest() != plain.digest()


def test_other_processes_and_numbers_of_threads():
    """A fresh interpreter with one thread, and one with two, agree with this one."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", CODE.format(designs=DESIGNS, choice="planned")],
            env=os.environ
            | {"NUMBA_NUM_THREADS": str(threads), "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(threads)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for threads in (1, 2)
    ]
    here = [worlds.finished(design=design).digest() for design in DESIGNS]
    told = [run.communicate(timeout=120)[0].split() for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert told == [here, here]
