"""The page on what studies taught is made of the summaries beside it, and says when one is missing."""

import json
from pathlib import Path

from viz.study import taught
from viz.study.__main__ import DOCS, main


def test_the_page_is_what_the_summaries_make() -> None:
    assert (DOCS / "what-studies-taught.md").read_text(encoding="utf-8") == taught.page_text(DOCS)


def test_every_study_has_a_plan_and_what_the_page_shows_is_there() -> None:
    from experiments.plan import read_plan

    text = taught.page_text(DOCS)
    for name in taught.NAMES:
        assert read_plan(DOCS / "studies" / f"{name}.toml").runs > 100
        if (DOCS / "studies" / f"{name}.json").is_file():
            told = json.loads((DOCS / "studies" / f"{name}.json").read_text(encoding="utf-8"))
            assert told["headline"] in text
            assert told["digest"][:16] in text
    for line in text.splitlines():
        if line.startswith("!["):
            assert (DOCS / line.partition("(")[2].rstrip(")")).is_file(), line


def test_a_study_that_was_not_carried_out_is_said_to_be_missing(tmp_path: Path) -> None:
    assert taught.page_text(tmp_path).count("Not carried out yet") == len(taught.NAMES)


def test_unknown_studies_are_named(capsys) -> None:
    assert main(["nonsense"]) == 2
    assert "screening, deciding, failing" in capsys.readouterr().err
