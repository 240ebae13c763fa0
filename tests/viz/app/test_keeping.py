"""What is taken along gives the same worlds again, and what is brought is read without harm."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from experiments.cli import app
from experiments.request import cases_of, read_request
from model.simulation import Simulation
from viz.app import keeping
from viz.app.answers import Ensemble, key_of, run_of
from viz.app.cases import case_of
from viz.app.question import MOST_SETTINGS, Question
from viz.app.texts import Voice

ASKED = Question(
    page="compare",
    place="0301,4012",
    design="duty",
    against="full-transition",
    settings=(("citizens.habit", 0.3), ("levels.III", 0.0)),
    citizens=1000,
    seed=7,
    choice="bass",
)


def test_the_case_file_asks_the_command_line_for_the_same_worlds(tmp_path: Path) -> None:
    file = tmp_path / keeping.case_name(ASKED)
    file.write_text(keeping.case_file(ASKED, Voice("nb")), encoding="utf-8")
    wish = read_request(file)
    digests = {name: case.digest for name, case in cases_of(wish).items()}
    assert digests == {design: key_of(ASKED.case(design)) for design in ASKED.designs}
    assert wish.replicates == 20
    assert digests["duty"][:12] in file.read_text(encoding="utf-8")


def test_the_command_line_gives_what_the_laboratory_showed(tmp_path: Path) -> None:
    file, out = tmp_path / keeping.case_name(ASKED), tmp_path / "out"
    file.write_text(keeping.case_file(ASKED, Voice("nb")), encoding="utf-8")
    done = CliRunner().invoke(app, ["run", "--case", str(file), "--out", str(out), "--no-report", "--workers", "1"])
    assert done.exit_code == 0, done.output
    runs = {(run["design"], run["seed"]): run for run in json.loads((out / "manifest.json").read_text())["runs"]}
    assert len(runs) == 2 * 20
    for design in ASKED.designs:
        sim = Simulation(case_of(ASKED.case(design) | {"seed": 9}), record=False).run()
        assert runs[design, 9]["digest"] == sim.digest()


def test_a_case_file_that_is_brought_asks_the_same_question() -> None:
    other = Question(page="keep", language="en", theme="dark")
    new, dropped = keeping.brought(keeping.case_file(ASKED, Voice("en")), other)
    assert dropped == ()
    for name in ("place", "design", "against", "settings", "citizens", "seed", "choice"):
        assert getattr(new, name) == getattr(ASKED, name), name
    assert (new.page, new.language, new.theme) == ("keep", "en", "dark")


def test_designs_of_different_years_give_no_case_file_but_a_reason() -> None:
    apart = Question(page="compare", design="todays-practice", against="earmarked-officers-1988")
    with pytest.raises(keeping.KeepError, match="years"):
        keeping.case_file(apart, Voice("en"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('designs = ["duty"]\nplace = "/etc"', ("place",)),
        ('designs = ["../../secret.toml"]', ("design",)),
        ('designs = ["duty"]\ncitizens = "all"', ("citizens",)),
        ('designs = ["duty"]\ncitizens = 5001', ("citizens",)),
        ('designs = ["duty", "full-transition", "project-grants"]', ("designs",)),
        ('designs = ["duty"]\nlast = 2040', ("last",)),
        ('designs = ["duty"]\n[settings]\n"no.such" = 1.0\n"citizens.habit" = 99.0', ("no.such", "citizens.habit")),
        ('designs = ["duty"]\n[settings]\n"citizens.habit" = true', ("citizens.habit",)),
        ('designs = ["duty"]\nseed = -4', ("seed",)),
    ],
)
def test_what_the_laboratory_cannot_do_is_named(text: str, names: tuple[str, ...]) -> None:
    new, dropped = keeping.brought(text, Question())
    assert dropped == names
    assert Question.read(new.written()) == (new, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml at all",
        "designs = 3",
        "designs = [3]",
        "unknown = 1",
        'designs = ["duty"]\ndesigns = ["duty"]',
        "a = " + "[" * 5000,
        "x" * (keeping.LONGEST + 1),
        "\x00\x01\x02",
        'designs = ["duty"]\nseed = nan',
        "a." * 20_000 + "b = 1",
    ],
)
def test_hostile_files_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(keeping.KeepError) as refused:
        keeping.brought(text, Question())
    assert len(str(refused.value)) > 20


def test_no_file_is_looked_at_for_a_path_in_a_case_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('name = "secret"', encoding="utf-8")
    seen: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        for name in ("open", "stat", "lstat"):
            true = getattr(os, name)
            patched.setattr(
                os, name, lambda path, *rest, true=true, **more: seen.append(str(path)) or true(path, *rest, **more)
            )
        true_open = io.open
        patched.setattr(
            io, "open", lambda path, *rest, **more: seen.append(str(path)) or true_open(path, *rest, **more)
        )
        text = f'designs = ["{secret}", "./mine.toml"]\nplace = "{tmp_path}"'
        new, dropped = keeping.brought(text, Question())
        assert secret.stat()  # the watch sees what is looked at
    assert dropped == ("place", "design", "against")
    assert new == Question(citizens=100_000)  # as many as the command line has where a file says nothing
    assert [path for path in seen if "secret" in path or "mine" in path] == [str(secret)]


def test_many_levers_are_bounded() -> None:
    text = 'designs = ["duty"]\n[settings]\n' + "\n".join(f'"a.{n}" = 1.0' for n in range(500))
    _, dropped = keeping.brought(text, Question())
    assert len(dropped) <= 2 * MOST_SETTINGS


def test_tables_hold_every_run() -> None:
    runs = tuple(run_of({"place": "0301,4012", "citizens": 200, "last": 2028, "seed": s}) for s in (1, 2))
    ensembles = (Ensemble("k", "todays-practice", 2, runs),)
    sizes = keeping.sizes(ensembles, "0301,4012")
    for name in keeping.TABLES:
        head, rows = keeping.table(name, ensembles, "0301,4012")
        read = list(csv.reader(io.StringIO(keeping.written(head, rows), newline="")))
        assert read[0] == head
        assert len(read) - 1 == len(rows) == sizes[name]
        assert all(len(row) == len(head) for row in read)
    head, rows = keeping.table("nation", ensembles, "0301,4012")
    at = head.index("territorial")
    assert [row[at] for row in rows[:4]] == pytest.approx(list(runs[0].nation["territorial"]), rel=1e-7)
    named = {row[1] for row in keeping.table("variables", ensembles, "0301,4012")[1]}
    for name in ("nation", "uptake", "municipalities"):
        assert set(keeping.table(name, ensembles, "0301,4012")[0]) - {"design", "seed", "number", "name"} <= named, name
