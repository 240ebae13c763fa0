"""`omstilling regime`: the rules in force of a run in a results folder, why one of them came, and clear refusals."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agents.vocabulary import STAGES
from experiments import record
from experiments.cli import app
from experiments.request import RequestError
from tests import worlds

CASE = {"place": "3909,3911,4001,4003", "citizens": 100, "last": 2034}
DESIGNS = ("todays-practice", "full-transition")


def asked(*words: object) -> Any:
    return CliRunner().invoke(app, [str(w) for w in words])


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("regime") / "r"
    words = ["--place", CASE["place"], "--citizens", CASE["citizens"], "--to", CASE["last"], "--replicates", 2]
    done = asked("run", *DESIGNS, *words, "--workers", 1, "--no-report", "--out", out)
    assert done.exit_code == 0
    return out


@pytest.mark.parametrize(("design", "replicate"), [("todays-practice", 0), ("full-transition", 1)])
def test_the_folder_says_what_the_simulation_says(results: Path, design: str, replicate: int) -> None:
    sim = worlds.finished(design=design, seed=1 + replicate, **CASE)
    kept = record.open_record(results, design, replicate)
    for year in (2025, 2030, 2034):
        assert kept.rules(year, "") == (year, sim.regime(year))
    for actor, subject in (("4001", "budget"), ("4003", "plan"), ("county:40", "network")):
        assert kept.story(actor, subject) == sim.why(actor, subject)


def test_every_rule_is_listed_as_json(results: Path) -> None:
    done = asked("regime", results, "--design", "full-transition", "--year", 2030, "--language", "nb", "--json")
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert (document["design"], document["replicate"], document["year"]) == ("full-transition", 0, 2030)
    sim = worlds.finished(design="full-transition", **CASE)
    assert "ingen møter" in document["note"]
    assert len(document["rules"]) == len(sim.regime(2030))
    for rule in document["rules"]:
        assert rule["stage"] in STAGES[1:]
        assert rule["sentence"].endswith(".")
        assert {"level", "actor", "name", "subject", "since", "cause", "because_of", "why"} <= set(rule)
    assert {rule["level"] for rule in document["rules"]} == {"state", "county", "municipality"}


def test_people_are_told_who_since_when_and_why(results: Path) -> None:
    said = asked("regime", results, "--design", "full-transition", "--actor", 4003).stdout
    assert re.search(r"4003 Skien (has|should have|must have) a climate and energy plan[.;]", said)
    assert "since " in said
    assert "\n4001 Porsgrunn" not in said
    nb = asked("regime", results, "--design", "full-transition", "--actor", 40, "--language", "nb").stdout
    assert re.search("Telemark fylkeskommune (driver|bør drive|skal drive) læringsnettverk", nb)
    assert "siden" in nb
    assert "no council meeting is simulated" in asked("regime", results, "--design", "full-transition").stdout
    state = asked("regime", results, "--actor", "state", "--year", 2025).stdout
    assert "no council meeting" not in state
    assert "Municipalities must have a climate and energy plan." in state
    assert "before 2025" in state


def test_the_whole_story_of_a_rule_is_told(results: Path) -> None:
    words = ["regime", results, "--design", "full-transition", "--actor", 4001, "--why", "budget"]
    document = json.loads(asked(*words, "--json").stdout)
    story = document["story"]
    assert story[0]["depth"] == 0
    assert {line["actor"] for line in story if not line["depth"]} == {"4001"}
    said = asked(*words).stdout.splitlines()
    assert [line.strip() for line in said] == [line["sentence"] for line in story]
    assert any("statement 4: From 2027 on, municipalities must" in line for line in said)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--design", "full-transitoin"], "full-transition"),
        (["--replicate", 7], "from 0 to 1"),
        (["--replicate", -1], "from 0 to 1"),
        (["--year", 2024], "from 2025 to 2034"),
        (["--actor", 9999], "give a municipality such as"),
        (["--actor", "county:99"], "give a municipality such as"),
        (["--why", "budget"], "--actor"),
        (["--why", "budget", "--actor", "state"], "--actor"),
        (["--why", "bugdet", "--actor", 4001], "did you mean 'budget'?"),
        (["--why", "budget", "--actor", 40], "network"),
        (["--language", "nn"], "en or nb"),
    ],
)
def test_what_is_wrong_is_refused(results: Path, words: list[object], told: str) -> None:
    done = asked("regime", results, *words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stdout == ""


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    done = asked("regime", tmp_path)
    assert done.exit_code == 2
    assert "no results folder" in done.stderr


@pytest.mark.parametrize("content", [None, b"", b"PAR1 no table PAR1"])
def test_a_run_without_a_readable_table_is_refused(results: Path, content: bytes | None) -> None:
    kept = record.open_record(results, "todays-practice", 1)
    path = kept.run / "regime.parquet"
    before = path.read_bytes()
    try:
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(RequestError, match="run the same designs again"):
            kept.rules(None, "")
    finally:
        path.write_bytes(before)


def test_a_table_of_other_columns_is_refused(results: Path) -> None:
    kept = record.open_record(results, "todays-practice", 1)
    path = kept.run / "regime.parquet"
    before = path.read_bytes()
    try:
        path.write_bytes((kept.run / "nation.parquet").read_bytes())
        with pytest.raises(RequestError, match="regime"):
            kept.table("regime")
    finally:
        path.write_bytes(before)


def test_a_place_folder_that_changed_after_the_run_is_refused(tmp_path: Path) -> None:
    place = worlds.place_folder(tmp_path / "place", ["9001,Vik,Sør,1200", "9002,Nes,Sør,800"])
    words = ["--place", place, "--citizens", 60, "--to", 2026, "--replicates", 1, "--workers", 1, "--no-report"]
    assert asked("run", "todays-practice", *words, "--out", tmp_path / "r").exit_code == 0
    assert asked("regime", tmp_path / "r").exit_code == 0
    worlds.place_folder(tmp_path / "place", ["9001,Vik,Sør,1200", "9003,Ås,Sør,800"])
    done = asked("regime", tmp_path / "r")
    assert done.exit_code == 2
    assert "is no longer the place of this run" in done.output
