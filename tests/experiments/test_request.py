"""What somebody asks for becomes cases and jobs, or a refusal that says what would be right."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.request import (
    Request,
    RequestError,
    cases_of,
    digest_of,
    jobs_of,
    read_request,
    settings_of,
    to_toml,
)

SMALL = Request(("duty", "enthusiasts-only"), place="oslo", citizens=40, last=2027, replicates=3, seed=7)


def test_every_design_meets_the_same_seeds() -> None:
    jobs = jobs_of(SMALL, cases_of(SMALL))
    seeds = {name: [j.seed for j in jobs if j.design == name] for name in SMALL.designs}
    assert seeds == {"duty": [7, 8, 9], "enthusiasts-only": [7, 8, 9]}
    assert len({j.digest for j in jobs}) == 6


def test_designs_take_turns_so_that_a_stopped_batch_is_balanced() -> None:
    jobs = jobs_of(SMALL, cases_of(SMALL))
    assert [j.design for j in jobs[:4]] == ["duty", "enthusiasts-only"] * 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"replicates": 0}, "from 1 to"),
        ({"seed": -1}, "whole number"),
        ({"designs": ()}, "name at least one"),
        ({"designs": ("duty", "duty")}, "twice"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(change: dict[str, object], told: str) -> None:
    with pytest.raises(RequestError, match=told):
        cases_of(replace(SMALL, **change))


@pytest.mark.parametrize("pair", ["agenda.decay", "=3", "agenda.decay=", "  = "])
def test_a_setting_needs_path_and_value(pair: str) -> None:
    with pytest.raises(RequestError, match="path=value"):
        settings_of([pair])


def test_a_setting_is_given_once() -> None:
    with pytest.raises(RequestError, match="set it once"):
        settings_of(["a.b=1", "a.b=2"])


def test_the_case_file_asks_for_the_same_again(tmp_path: Path) -> None:
    wish = replace(SMALL, settings={"persons.chief_leaves": "0.2"})
    cases = cases_of(wish)
    file = tmp_path / "case.toml"
    file.write_text(to_toml(wish, cases), encoding="utf-8")
    again = read_request(file)
    assert digest_of(again, cases_of(again)) == digest_of(wish, cases)
    assert tomllib.loads(file.read_text(encoding="utf-8"))["settings"] == {"persons.chief_leaves": 0.2}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plcae = 'oslo'", "unknown key 'plcae'"),
        ("seed = 1.5", "whole number"),
        ("seed = true", "whole number"),
        ("designs = 3", "wrong type"),
        ("place = 'oslo'\nplace = 'oslo'", "not a case file"),
        ("x = " + "[" * 5000, "not a case file"),
    ],
)
def test_a_malformed_case_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "case.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError, match=told):
        read_request(file)


def test_a_missing_case_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="not a case file"):
        read_request(tmp_path / "none.toml")
