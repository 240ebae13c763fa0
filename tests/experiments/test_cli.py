"""The command line: fast help, one JSON document, exit codes, and refusals that write nothing."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from experiments.cli import app

HEAVY = ("numpy", "mesa", "numba", "pandas", "pyarrow", "networkx", "pydantic", "matplotlib", "rich", "jinja2", "scipy")
SMALL = ["--place", "0301", "--citizens", "30", "--to", "2027", "--replicates", "1", "--workers", "1", "--no-report"]


def asked(*words: object) -> Any:
    return CliRunner().invoke(app, [str(w) for w in words])


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom experiments.cli import app\n"
        "try: app(['--help'])\nexcept SystemExit as end: assert not end.code\n"
        f"print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "designs" in done.stdout


def processor_seconds(*words: str) -> float:
    """What a command takes of a processor at best of three, whatever else the machine is doing."""
    resource = pytest.importorskip("resource")  # not on Windows
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "experiments.cli", *words], capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(seconds)


def test_help_answers_in_half_a_second() -> None:
    assert processor_seconds("--help") < 0.5


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--place", "telemarkk"], "telemark"),
        (["--place", "9999"], "9999"),
        (["todays-practise"], "todays-practice"),
        (["mine.toml"], "no such file"),
        (["--set", "persons.chief_leave=0.2"], "chief_leaves"),
        (["--set", "persons.chief_leaves=9"], "out of bounds"),
        (["--set", "persons.chief_leaves=nan"], "out of bounds"),
        (["--set", "persons.chief_leaves"], "path=value"),
        (["--citizens", "0"], "give from 20"),
        (["--citizens", "10000000"], "inhabitants"),
        (["--citizens", "many"], "whole number"),
        (["--from", "1949"], "1950"),
        (["--from", "2060"], "give a year after 2060"),
        (["--to", "2024"], "give a year after 2025"),
        (["--to", "2101"], "at most 2100"),
        (["earmarked-officers-1988", "todays-practice"], "give --from and --to"),
        (["--choice", "guess"], "planned"),
        (["--replicates", "0"], "from 1 to"),
        (["--seed", "-1"], "whole number"),
        (["--workers", "0"], "from 1 to"),
        (["--case", "none.toml"], "not a case file"),
        (["--case", "none.toml", "--seed", "3"], "leave one of them out"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(tmp_path: Path, words: list[str], told: str) -> None:
    out = tmp_path / "out"
    done = asked("run", *words, "--out", out)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stdout == ""
    assert not out.exists()


def test_a_refusal_takes_less_than_a_second(tmp_path: Path) -> None:
    assert processor_seconds("run", "--place", "nowhere", "--out", str(tmp_path / "r")) < 1
    assert not (tmp_path / "r").exists()


def test_a_broken_design_file_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('name = "mine"\nname = "mine"\n', encoding="utf-8")
    assert asked("run", file, "--out", tmp_path / "r").exit_code == 2
    done = asked("designs", "check", file, "--json")
    assert done.exit_code == 2
    (fault,) = json.loads(done.stdout)["faults"]
    assert fault["line"] == 2


def test_a_run_prints_one_document_and_keeps_it_whole(tmp_path: Path) -> None:
    done = asked("run", "duty", *SMALL, "--json", "--out", tmp_path / "r")
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert {"version", "seed", "case_hash", "out", "seconds", "designs"} <= set(document)
    (design,) = document["designs"]
    assert set(design["territorial_t_per_inhabitant"]) == {"2025", "2026", "2027"}
    assert {"median", "p05", "p95"} <= set(design["reduction_share"]["2027"])
    assert set(design["by_level_share"]) == {"national", "I", "II", "III"}


def test_a_run_ends_with_a_table_and_the_case_file_runs_again(tmp_path: Path) -> None:
    first = asked("run", "duty", *SMALL, "--set", "persons.chief_leaves=0.2", "--out", tmp_path / "a")
    assert first.exit_code == 0
    assert re.search(r"duty .*\d\.\d\d", first.stdout)
    assert str(tmp_path / "a") in first.stdout
    case = tmp_path / "a" / "case.toml"
    again = asked("run", "--case", case, "--no-report", "--workers", "1", "--out", tmp_path / "b")
    assert again.exit_code == 0
    hashes = [json.loads((tmp_path / r / "manifest.json").read_text(encoding="utf-8"))["case_hash"] for r in "ab"]
    assert hashes[0] == hashes[1]


def test_a_design_of_ones_own_lies_beside_the_case(tmp_path: Path) -> None:
    shown = Path("model/library/designs/duty.toml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(shown.replace('name = "duty"', 'name = "mine"'), encoding="utf-8")
    assert asked("run", mine, *SMALL, "--out", tmp_path / "a").exit_code == 0
    mine.unlink()
    again = asked(
        "run", "--case", tmp_path / "a" / "case.toml", "--no-report", "--workers", "1", "--out", tmp_path / "b"
    )
    assert again.exit_code == 0
    assert (tmp_path / "b" / "runs" / "mine" / "0000" / "receipt.json").is_file()


def test_results_of_another_case_are_not_overwritten(tmp_path: Path) -> None:
    assert asked("run", "duty", *SMALL, "--out", tmp_path / "r").exit_code == 0
    refused = asked("run", "duty", *SMALL, "--seed", "2", "--out", tmp_path / "r")
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    assert asked("run", "duty", *SMALL, "--seed", "2", "--replace", "--out", tmp_path / "r").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["designs"],
        ["designs", "list"],
        ["designs", "show", "duty", "--language", "nb"],
        ["designs", "diff", "duty", "duty-and-money"],
        ["designs", "check", "model/library/designs/duty.toml"],
        ["designs", "schema"],
        ["solutions"],
        ["solutions", "list"],
        ["solutions", "show", "car-sharing"],
        ["places"],
        ["places", "list"],
        ["places", "show", "telemark"],
        ["case"],
        ["case", "--schema"],
    ],
)
def test_every_listing_speaks_and_has_json(words: list[str]) -> None:
    spoken, document = asked(*words), asked(*words, "--json")
    assert (spoken.exit_code, document.exit_code) == (0, 0)
    assert spoken.stdout.strip()
    assert isinstance(json.loads(document.stdout), dict)


@pytest.mark.parametrize(
    "words",
    [
        ["designs", "show", "none"],
        ["designs", "show", "duty", "--language", "nn"],
        ["designs", "list", "--language", "nn"],
        ["designs", "diff", "duty", "none"],
        ["designs", "check", "none.toml"],
        ["solutions", "show", "none"],
        ["places", "show", "none"],
        ["report", "none"],
    ],
)
def test_a_wrong_name_is_refused(words: list[str]) -> None:
    done = asked(*words)
    assert done.exit_code == 2
    assert done.stderr.strip()


@pytest.mark.parametrize("house", ["designs", "solutions", "places"])
def test_options_before_the_subcommand_hold_for_it(house: str) -> None:
    assert json.loads(asked(house, "--json", "list").stdout) == json.loads(asked(house, "list", "--json").stdout)


def test_the_language_before_the_subcommand_holds_unless_named_again() -> None:
    norwegian = asked("designs", "list", "--language", "nb").stdout
    assert asked("designs", "--language", "nb", "list").stdout == norwegian
    assert asked("designs", "--language", "en", "list", "--language", "nb").stdout == norwegian
    shown = asked("designs", "--language", "nb", "--json", "show", "duty").stdout
    assert json.loads(shown)["language"] == "nb"


def test_a_folder_name_that_no_file_system_takes_is_refused(tmp_path: Path) -> None:
    done = asked("run", "duty", *SMALL, "--out", tmp_path / ("x" * 300))
    assert done.exit_code == 2
    assert "give" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("words", [["designs", "list"], ["designs", "list", "--json"], ["--help"]])
def test_answers_that_cannot_be_written_end_without_a_traceback(words: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "experiments.cli", *words]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert "No space left" in done.stderr


def test_a_reader_that_stops_early_is_no_error_to_tell_about() -> None:
    command = [sys.executable, "-m", "experiments.cli", "places", "show", "norway", "--json"]
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert reader.stdout
    assert reader.stderr
    reader.stdout.close()
    assert reader.stderr.read() == ""
    reader.stderr.close()
    assert reader.wait() == 1


def test_a_report_replaces_a_link_and_what_it_points_to_stays(tmp_path: Path) -> None:
    assert asked("run", "duty", *SMALL, "--out", tmp_path / "r").exit_code == 0
    (tmp_path / "figures").mkdir()
    (tmp_path / "thesis.html").write_text("mine", encoding="utf-8")
    (tmp_path / "r" / "report.html").symlink_to(tmp_path / "thesis.html")
    (tmp_path / "r" / "figures").symlink_to(tmp_path / "figures")
    assert asked("report", tmp_path / "r").exit_code == 0
    assert not (tmp_path / "r" / "report.html").is_symlink()
    assert (tmp_path / "thesis.html").read_text(encoding="utf-8") == "mine"
    assert list((tmp_path / "figures").iterdir()) == []
    assert "report.html" in json.loads((tmp_path / "r" / "manifest.json").read_text(encoding="utf-8"))["files"]


def test_norway_has_every_municipality_with_its_account() -> None:
    place = json.loads(asked("places", "show", "norway", "--json").stdout)
    towns = place["municipalities"]
    assert len(towns) == 357
    assert sum(t["population"] for t in towns) == place["population"]
    assert all(len(t["territorial"]) == 10 and t["account"] in ("official", "estimated") for t in towns)
    oslo = next(t for t in towns if t["number"] == "0301")
    assert (oslo["name"], oslo["county"]) == ("Oslo", "Oslo")


def test_history_is_run_and_reported_like_the_future(tmp_path: Path) -> None:
    out = tmp_path / "then"
    few = ["--place", "0301,4001,4012", "--citizens", "60", "--replicates", "2", "--workers", "1", "--json"]
    done = asked("run", "planning-guideline-2009", *few, "--to", "2016", "--out", out)
    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)["designs"][0]
    for name in ("reduction_share", "territorial_t_per_inhabitant"):
        assert list(figures[name]) == [str(year) for year in range(2009, 2017)]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "carried back" in page
    assert "2025" in page
    assert asked("report", out).exit_code == 0
