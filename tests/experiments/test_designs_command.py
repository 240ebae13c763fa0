"""`omstilling designs`: what a design costs, what differs between two, and the schema for editors."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from experiments.cli import app
from model.institutions.file_schema import schema
from tests import worlds

DUTY = worlds.statement('kind = "duty", element = "plan"', attribute="municipality")
POT = worlds.statement('kind = "project_grant", million_nok = 100', more="from = 2025")


def asked(*words: object) -> str:
    done = CliRunner().invoke(app, ["designs", *(str(w) for w in words)])
    assert done.exit_code == 0, done.stderr
    return done.stdout


def document(*words: object) -> dict[str, Any]:
    return json.loads(asked(*words, "--json"))


def test_differences_are_told_part_by_part(tmp_path: Path) -> None:
    first = worlds.design_file(tmp_path, DUTY, POT, name="first")
    second = worlds.design_file(
        tmp_path, DUTY.replace("must", "should"), POT.replace("test", "a report"), name="second"
    )
    spoken = asked("diff", first, second, "--language", "nb")
    assert "- Kommunene skal ha en klima- og energiplan." in spoken
    assert "+ Kommunene bør ha en klima- og energiplan." in spoken
    assert "  ~ Hvor bindende: før skal, nå bør." in spoken
    assert re.search(r"^= Fra 2025 skal staten lyse ut 100", spoken, re.MULTILINE)
    told = document("diff", first, second)
    assert [part["part"] for part in told["about"]] == ["name"]
    assert [(c["what"], c["statement_before"], c["statement_after"]) for c in told["changes"]] == [
        ("changed", 1, 1), ("changed", 2, 2)
    ]  # fmt: skip
    assert told["changes"][0]["parts"] == [
        {"part": "deontic", "before": "must", "after": "should", "words": "How binding: before must, now should."}
    ]
    assert asked("diff", first, first).strip() == "No statement differs."


def test_show_says_what_is_in_the_cost() -> None:
    told = document("show", "full-transition")["costs"]
    assert told["unit"] == "million NOK a year"
    assert (told["inhabitants_of"], told["municipalities"], told["is_open_ended"]) == (2025, 357, True)
    assert list(told["by_year"]) == [str(year) for year in range(2025, 2051)]
    for span in told["spans"]:
        assert sum(span["by_kind"].values()) == pytest.approx(span["million_nok"], abs=0.01)
        assert sum(span["by_statement"].values()) == pytest.approx(span["million_nok"], abs=0.01)
        assert span["by_statement"]["3"] == span["by_kind"]["permanent_finance"] == 500.0
        assert {"pooled_staff", "network", "arena", "project_grant"} < set(span["by_kind"])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "from 2025 to 2050: NOK 250 million a year"),
        ("nb", "fra 2025 til og med 2050: 250 millioner kroner i året"),
    ],
)
def test_designs_of_equal_sum_say_so(language: str, said: str) -> None:
    for name in ("project-grants", "permanent-finance"):
        assert said in asked("show", name, "--language", language)


def test_show_says_for_which_years_a_design_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "old.toml"
    path.write_text(worlds.HEAD.format(name="old") + "from = 1988\nto = 2009\n" + POT, encoding="utf-8")
    assert "Meant for the years from 1988 to 2009." in asked("show", path)
    told = document("show", path)
    assert (told["from"], told["to"]) == (1988, 2009)
    assert set(told["costs"]["by_year"].values()) == {0.0}
    assert list(told["costs"]["by_year"])[-1] == "2009"


def test_the_schema_is_printed_alone() -> None:
    assert document("schema") == json.loads(asked("schema")) == json.loads(json.dumps(schema()))
