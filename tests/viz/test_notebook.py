"""The notebook of the documentation runs as it stands, on a study small enough for a test.

Its code cells are run in one namespace, in order: no kernel, which would bring two dozen packages for this one test.
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


@pytest.fixture
def study(tmp_path, monkeypatch) -> Path:
    from experiments.study import Launch, carry_out

    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN, encoding="utf-8")
    folder = tmp_path / "results" / "compare"
    outcome = carry_out(Launch(plan, folder, workers=1))
    assert outcome.is_complete
    monkeypatch.chdir(tmp_path)
    return folder


def test_the_notebook_goes_from_folder_to_figure(study, capsys) -> None:
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
