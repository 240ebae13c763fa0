"""The declared workloads are timed and compared; peers play the same rule, and one that does not is seen."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks.peers import compare, omstilling, rule, sparse_matrix
from experiments import workloads
from experiments.cli import app

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small(monkeypatch, tmp_path):
    """Two workloads of no length, and costs kept elsewhere."""
    few = (
        workloads.Workload("short", "a short one", 10, lambda: lambda: sum(range(20_000))),
        workloads.Workload("whole", "a long one", 10, lambda: lambda: None, True),
    )
    monkeypatch.setattr(workloads, "workloads", lambda: few)
    monkeypatch.setattr(workloads, "KEPT", tmp_path / "speed.json")
    return tmp_path / "speed.json"


def asked(*words: str) -> "tuple[int, dict, str]":
    done = CliRunner().invoke(app, ["bench", "--json", "--repeats", "2", *words])
    return done.exit_code, json.loads(done.stdout), done.stderr


def test_workloads_are_told_with_the_machine(small):
    code, document, complaints = asked()
    assert (code, complaints) == (0, "")
    assert document["machine"]["processor"]
    assert document["machine"]["cores"] >= 1
    (row,) = document["workloads"]
    seconds = row["seconds"]
    assert 0.0 < seconds["low"] <= seconds["median"] <= seconds["high"]
    assert (row["id"], row["repeats"], row["kept_cost"], row["is_slower"]) == ("short", 2, None, False)
    assert [row["id"] for row in asked("--whole")[1]["workloads"]] == ["short", "whole"]


def test_what_costs_over_a_tenth_more_is_complained_of(small):
    cost = asked("--keep")[1]["workloads"][0]["cost"]
    kept = json.loads(small.read_text(encoding="utf-8"))
    assert kept["costs"]["short"] == pytest.approx(cost, abs=1e-4)
    for factor, slower in ((10.0, False), (0.1, True)):
        small.write_text(json.dumps(kept | {"costs": {"short": cost * factor}}), encoding="utf-8")
        code, document, complaints = asked()
        assert code == 0
        assert document["workloads"][0]["is_slower"] == slower
        assert ("more than is kept" in complaints) == slower


def test_no_repeats_are_refused():
    assert CliRunner().invoke(app, ["bench", "--repeats", "0"]).exit_code == 2


def test_declared_workloads_are_compared_with_what_is_kept():
    kept = json.loads(workloads.KEPT.read_text(encoding="utf-8"))["costs"]
    assert {one.id for one in workloads.workloads()} == set(kept)
    assert all(cost > 0.0 for cost in kept.values())


def test_timing_loads_no_peer():
    peers = "{'agentpy', 'starsim', 'mesa_frames', 'polars', 'benchmarks'}"
    code = f"import sys, experiments.workloads, experiments.commands.bench; print({peers} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "set()"


@pytest.fixture(scope="module")
def world():
    return rule.world(20_000)


def shares(peer, world, how, seeds=range(6)):
    years = [peer.start(world, how, seed) for seed in seeds]
    return np.array([[year() for _ in range(6)] for year in years])


def test_the_model_and_the_sparse_matrix_play_the_same_rule(world):
    ours = shares(omstilling, world, rule.Rule())
    apart = compare.farthest(shares(sparse_matrix, world, rule.Rule()), ours)
    assert apart <= compare.allowed(ours, len(ours))
    assert ours[:, -1].std(axis=0).max() > 0.0  # seeds differ


@pytest.mark.parametrize("change", [{"norm": 0.5}, {"threshold": 0.57}, {"noise": 0.24}, {"leave": 0.12}])
def test_another_rule_is_seen(world, change):
    ours = shares(omstilling, world, rule.Rule())
    other = shares(sparse_matrix, world, rule.Rule()._replace(**change))
    assert compare.farthest(other, ours) > compare.allowed(ours, len(other))


def test_lines_of_code_are_counted_without_words(tmp_path):
    path = tmp_path / "some.py"
    path.write_text('"""Words."""\n\n# more\ndef f(\n    x,\n):\n    """Words\n    again."""\n    return x\n')
    assert compare.lines_of(path) == 2
