"""A real study, small enough for a test: the notebook runs as it stands, and report and summary are written.

The notebook's code cells are run in one namespace, in order: no kernel, which would bring two dozen packages for this
one test.
"""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "notebooks" / "from-study-to-figure.ipynb"
PLAN = """
kind = "compare"
title = "Small"
designs = ["enthusiasts-only", "todays-practice", "full-transition"]
places = ["telemark"]
citizens = 400
first = 2025
last = 2041
replicates = 6
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    """A real study, three designs and six seeds, in results/compare of a folder of its own."""
    from experiments.study import Launch, carry_out

    root = tmp_path_factory.mktemp("study")
    (root / "plan.toml").write_text(PLAN, encoding="utf-8")
    folder = root / "results" / "compare"
    assert carry_out(Launch(root / "plan.toml", folder, workers=1)).is_complete
    return folder


def test_the_notebook_goes_from_folder_to_figure(study, monkeypatch, capsys) -> None:
    monkeypatch.chdir(study.parents[1])
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], "outputs are made by who reads, not kept in the repository"
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    assert (study / "published.svg").read_text(encoding="utf-8").count("<path") > 5
    assert (study / "published.png").stat().st_size > 10_000
    told = names["table"]
    assert told.loc["full-transition", "verdict"] == "higher"
    assert (told["low"] <= told["difference"]).all()
    assert "±0.5 takes" in capsys.readouterr().out


def test_the_report_command_knows_a_study_and_the_entry_point_writes_it(study) -> None:
    from typer.testing import CliRunner

    from experiments.cli import app

    asked = CliRunner().invoke(app, ["report", str(study), "--json"])
    assert asked.exit_code == 0, asked.output
    assert json.loads(asked.stdout)["reports"] == [str(study / "report.html")]
    html = (study / "report.html").read_text(encoding="utf-8")
    assert "“Full transition” does best" in html
    assert "n = 6" in html or "6 runs of each design" in html
    assert {p.name for p in (study / "figures").iterdir()} >= {
        "levels.svg",
        "levels.png",
        "differences.svg",
        "ranks.png",
    }


def test_a_summary_for_the_documentation_is_made_of_a_study(study, tmp_path) -> None:
    from viz.study import taught

    for part in ("studies", "pictures"):
        (tmp_path / part).mkdir()
    taught.written("failing", tmp_path, study)
    told = json.loads((tmp_path / "studies" / "failing.json").read_text(encoding="utf-8"))
    assert told["done"] == told["runs"] == 18
    assert "differences" in told["tables"]
    assert (tmp_path / "pictures" / "study-failing-differences.svg").is_file()
    text = taught.page_text(tmp_path)
    assert told["headline"] in text
    assert text.count("Not carried out yet") == 2
