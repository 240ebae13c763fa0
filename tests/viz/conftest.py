"""An invented results folder and its page, made once."""

from pathlib import Path

import pytest

from tests.viz import synthetic
from viz.report import write_report


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five designs of twenty runs, reported."""
    where = synthetic.write(tmp_path_factory.mktemp("results") / "out")
    write_report(where)
    return where


@pytest.fixture(scope="session")
def page(folder: Path) -> str:
    """The page about it."""
    return (folder / "report.html").read_text(encoding="utf-8")
