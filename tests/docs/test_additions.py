"""Every how-to is carried out on a copy of the program: files written, lines added, commands run, and what they say."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.steps import edit, steps_of

ROOT = Path(__file__).resolve().parents[2]
HOUSES = ("agents", "model", "experiments", "viz")
PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
COMMAND = "from experiments.cli import main; main()"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program in a folder of its own, with what was compiled, so that nothing is compiled again."""
    for house in HOUSES:
        shutil.copytree(ROOT / house, tmp_path / house, ignore=shutil.ignore_patterns("node_modules", "assets"))
    return tmp_path


def said(line: str, folder: Path) -> str:
    """What one line of a shell prints, in a folder. Fails where it fails."""
    python = f'"{sys.executable}" '
    line = re.sub(r"^omstilling ", lambda _: python + f"-c '{COMMAND}' ", line)
    line = re.sub(r"^python ", lambda _: python, line)
    around = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    done = subprocess.run(["bash", "-ec", line], cwd=folder, env=around, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_what_a_page_adds_works(page: Path, copy: Path) -> None:
    heard, ran = "", 0
    for step in steps_of(page):
        if step.kind == "run":
            heard = "\n".join(said(line, copy) for line in step.text.splitlines())
            ran += 1
        elif step.kind == "text":
            for line in step.text.splitlines():
                assert line in heard, f"{page.name}, line {step.line}: {line!r} is not in\n{heard}"
        else:
            edit(copy, step)
    assert ran, "a page that runs nothing shows nothing"
