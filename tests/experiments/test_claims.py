"""`omstilling claims`: every claim runs, pairs meet the same luck, failures are told, bad input is refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from experiments import diary, examination, hearing
from experiments.claims import CLAIMS
from experiments.cli import app
from experiments.examination import Question

SMALL = Question(place="telemark", citizens=400, replicates=2)
WORDS = ["claims", "--place", "telemark", "--citizens", "400", "--replicates", "2", "--workers", "1"]
KEYS = {"id", "title", "effect", "low", "high", "n", "verdict", "by_construction"}


def asked(*words: object) -> Any:
    return CliRunner().invoke(app, [str(w) for w in words])


@pytest.fixture(scope="module")
def heard() -> tuple[hearing.Hearing, list[dict[str, Any]], dict[str, Any]]:
    prepared = hearing.prepared(SMALL)
    receipts = [examination.perform(task) for task in examination.tasks_of(prepared.question, prepared.worlds)]
    return prepared, receipts, hearing.document_of(prepared, receipts, 0.0)


def test_every_claim_of_the_report_is_there(heard):
    _, receipts, document = heard
    assert len(CLAIMS) == 10
    assert [row["id"] for row in document["claims"]] == [claim.id for claim in CLAIMS]
    assert {r["status"] for r in receipts} == {"done"}
    for row in document["claims"]:
        assert set(row) >= KEYS
        assert row["verdict"] in ("supported", "not supported", "undecided")
        assert row["n"] == 2
        assert row["low"] <= row["effect"] <= row["high"]
        assert row["failed"] == []
        assert len(row["effects"]) >= 5 or row["id"] == "level-one-limit"
        assert any(effect["verdict"] for effect in row["effects"])
        assert all(row[key] and row[f"{key}_nb"] for key in ("title", "why", "unit", "measure"))
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_a_world_that_claims_share_is_run_once(heard):
    prepared, receipts, _ = heard
    keys = [world.key for world in prepared.worlds]
    assert len(set(keys)) == len(keys)
    uses = [use for world in prepared.worlds for use in world.uses]
    assert len(set(uses)) == len(uses) > len(keys)
    assert len(receipts) == 2 * len(keys)


def test_both_arms_of_a_pair_have_the_same_seed(heard):
    prepared, receipts, _ = heard
    seeds: dict[str, list[int]] = {}
    for receipt in receipts:
        seeds.setdefault(receipt["key"], []).append(receipt["seed"])
    assert set(map(tuple, seeds.values())) == {(1, 2)}
    (champions,) = (c for c in CLAIMS if c.id == "work-outlives-champions")
    figures = {
        (arm, receipt["seed"]): receipt["figures"][champions.id]
        for world in prepared.worlds
        for claim, arm in world.uses
        if claim == champions.id
        for receipt in receipts
        if receipt["key"] == world.key
    }
    for seed in (1, 2):  # until the loss the two arms are one history
        for figure in ("before_strong", "before_weak", "towns_strong", "towns_weak"):
            assert figures["lost", seed][figure] == figures["kept", seed][figure]
    assert figures["kept", 1] != figures["kept", 2]


def test_project_and_permanent_money_are_the_same_sum(heard):
    _, _, document = heard
    row = next(row for row in document["claims"] if row["id"] == "permanent-beats-project")
    (state,) = (effect for effect in row["effects"] if effect["name"] == "state")
    assert abs(state["effect"]) < 1e-3  # million NOK
    projects = next(arm for arm in row["arms"] if arm["name"] == "projects")
    assert projects["figures"]["state"]["mean"] > 1.0


def test_level_one_stays_under_its_ceiling_in_every_pair(heard):
    _, _, document = heard
    row = document["claims"][0]
    assert row["by_construction"]
    assert 0.0 < row["effect"] < 0.30
    assert {"alone", "none"} == {arm["name"] for arm in row["arms"]}


def test_a_failed_run_is_told_with_its_claim_and_the_others_go_on(monkeypatch, tmp_path):
    def failing(case: Any) -> diary.Diary:
        if case.seed == 2 and case.settings:
            raise ArithmeticError("no luck today")
        return kept(case)

    kept = diary.kept
    monkeypatch.setattr(diary, "kept", failing)
    out = tmp_path / "out"
    done = asked(*WORDS, "--replicates", "3", "work-outlives-champions", "mandates-change-form", "--json", "--out", out)
    assert done.exit_code == 1
    assert "work-outlives-champions (planned): 1 runs failed; the first: lost, seed 2: ArithmeticError" in done.stderr
    champions, mandates = json.loads(done.stdout)["claims"]
    assert champions["failed"] == [{"arm": "lost", "seed": 2, "error": "ArithmeticError: no luck today"}]
    assert (champions["n"], mandates["n"], mandates["failed"]) == (2, 3, [])
    assert json.loads((out / "claims.json").read_text(encoding="utf-8"))["claims"][0]["failed"]


def test_a_claim_without_enough_pairs_is_undecided(monkeypatch):
    monkeypatch.setattr(diary, "kept", lambda case: 1 / 0)
    done = asked(*WORDS, "plans-need-a-platform", "--json")
    assert done.exit_code == 1
    (row,) = json.loads(done.stdout)["claims"]
    assert (row["effect"], row["low"], row["n"], row["verdict"]) == (None, None, 0, "undecided")
    assert asked(*WORDS, "plans-need-a-platform").exit_code == 1  # and the table can be printed


def test_results_are_written_and_tell_every_pair(tmp_path):
    out = tmp_path / "out"
    first = asked(*WORDS, "mandates-change-form", "--json", "--out", out)
    assert first.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["claims.json", "claims.parquet"]
    assert json.loads((out / "claims.json").read_text(encoding="utf-8")) == json.loads(first.stdout)
    table = pq.read_table(out / "claims.parquet").to_pandas()
    row = json.loads(first.stdout)["claims"][0]
    told = table[table["effect"] == "hollow"]
    assert told["seed"].tolist() == [1, 2]
    assert np.isclose(told["value"].mean(), row["effect"])
    assert asked(*WORDS, "mandates-change-form", "--out", out).exit_code == 0  # the same again
    refused = asked(*WORDS, "mandates-change-form", "--seed", "5", "--out", out)
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    assert asked(*WORDS, "mandates-change-form", "--seed", "5", "--replace", "--out", out).exit_code == 0


def test_all_theories_stand_side_by_side():
    done = asked(*WORDS, "plans-need-a-platform", "--choice", "all", "--json")
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert list(document["by_choice"]) == ["planned", "threshold", "bass"]
    assert document["claims"] == document["by_choice"]["planned"]
    assert set(document["by_theory"][0]["verdicts"]) == set(document["by_choice"])
    rows = [rows[0] for rows in document["by_choice"].values()]
    assert len({json.dumps(row["effects"]) for row in rows}) == 3
    assert "depends on the theory" in asked(*WORDS, "plans-need-a-platform", "--choice", "all").stdout


def test_workers_change_nothing(heard):
    done = asked(*WORDS, "work-outlives-champions", "--workers", "2", "--json")
    assert done.exit_code == 0
    alone = next(row for row in heard[2]["claims"] if row["id"] == "work-outlives-champions")
    assert json.loads(done.stdout)["claims"] == [alone]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["plans-need-a-platfrom"], "plans-need-a-platform"),
        (["--replicates", "1"], "from 2 to"),
        (["--seed", "-1"], "whole number"),
        (["--choice", "guess"], "planned"),
        (["--citizens", "0"], "give from 20"),
        (["--place", "telemarkk"], "telemark"),
        (["--set", "levels.IV=0"], "levels.I"),
        (["--set", "levels.II=2"], "out of bounds"),
        (["--set", "levels.II"], "path=value"),
        (["--workers", "0"], "from 1 to"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(tmp_path: Path, words: list[str], told: str) -> None:
    out = tmp_path / "out"
    done = asked(*WORDS, *words, "--out", out)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stdout == ""
    assert not out.exists()


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    done = asked(*WORDS, "--replace", "--out", tmp_path)
    assert done.exit_code == 2
    assert "something else" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert asked(*WORDS, "--out", tmp_path / "thesis.txt").exit_code == 2
    assert asked(*WORDS, "--out", tmp_path / ("x" * 300)).exit_code == 2


def test_a_world_that_changes_meanwhile_is_not_mixed_in():
    prepared = hearing.prepared(SMALL, ["plans-need-a-platform"])
    task = examination.tasks_of(prepared.question, prepared.worlds)[0]
    receipt = examination.perform({**task, "digest": "0" * 32})
    assert receipt["status"] == "failed"
    assert "changed while" in receipt["error"]
