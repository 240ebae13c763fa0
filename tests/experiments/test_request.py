"""What somebody asks for becomes cases and jobs, or a refusal that says what would be right."""

import os
import shutil
import time
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

LIBRARY = Path("model/library/designs").resolve()
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
    file.write_text(to_toml(wish, cases, tmp_path), encoding="utf-8")
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
        ("design = 3", "wrong type"),
        ("designs = [3]", "no design is named"),
        ("designs = []", "no design is named"),
        ("", "no design is named"),
        ("[settings]", "no design is named"),
        ("seed = 0x1" + "0" * 5000, "more than 64 bits"),
        (".".join("x" * 9000) + " = 1", "too many parts"),
        ("choice = ['" + "x" * 5000 + "']", "x…' has the wrong type"),
        ("y" * 5000 + " = 1", "y…'; the keys are"),
        ("place = 'oslo'\nplace = 'oslo'", "not a case file"),
        ("x = " + "[" * 5000, "not a case file"),
    ],
)
def test_a_malformed_case_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "case.toml"
    file.write_text(text, encoding="utf-8")
    started = time.process_time()
    with pytest.raises(RequestError, match=told) as refusal:
        read_request(file)
    assert time.process_time() - started < 1
    assert len(str(refusal.value)) < len(str(file)) + 400


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_or_an_endless_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    for file in (tmp_path / "pipe.toml", Path("/dev/zero")):
        with pytest.raises(RequestError, match="no regular file"):
            read_request(file)


def test_a_copied_design_is_told_where_its_name_stands(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    shutil.copy(LIBRARY / "project-grants.toml", mine)
    told = f"{mine} has the same name as project-grants; change `name` on its line 2"
    for asked in (("project-grants", str(mine)), (str(mine), "project-grants")):
        with pytest.raises(RequestError) as refusal:
            cases_of(replace(SMALL, designs=asked))
        assert str(refusal.value) == told
    with pytest.raises(RequestError, match="asked for twice"):
        cases_of(replace(SMALL, designs=(str(mine), str(mine))))


def test_a_place_folder_moves_together_with_the_results(
    islands: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "results").mkdir(parents=True)
    shutil.copytree(islands, tmp_path / "a" / "islands")
    monkeypatch.chdir(tmp_path / "a")
    wish = replace(SMALL, place="./islands", citizens=100)
    digest = digest_of(wish, cases_of(wish))
    text = to_toml(wish, cases_of(wish), Path("results"))
    Path("results/case.toml").write_text(text, encoding="utf-8")
    assert tomllib.loads(text)["place"] == "../islands"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    again = read_request(Path("b/results/case.toml"))
    assert digest_of(again, cases_of(again)) == digest


def test_a_case_file_by_hand_names_files_as_seen_from_itself(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text('designs = ["duty", "mine.toml"]\nplace = "sub/islands"\n', encoding="utf-8")
    wish = read_request(tmp_path / "case.toml")
    assert wish.designs == ("duty", str(tmp_path / "mine.toml"))
    assert wish.place == str(tmp_path / "sub" / "islands")


def test_a_missing_case_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="not a case file"):
        read_request(tmp_path / "none.toml")


def test_designs_of_different_years_are_not_run_together() -> None:
    both = Request(("earmarked-officers-1988", "enthusiasts-only"), place="0301", citizens=40)
    with pytest.raises(RequestError, match=r"1988-2009, .* 2025-2050\); give --from and --to"):
        cases_of(both)
    same = cases_of(replace(both, first=1990, last=1995))
    assert {(case.first, case.last) for case in same.values()} == {(1990, 1995)}
    alone = cases_of(replace(both, designs=both.designs[:1]))
    assert alone["earmarked-officers-1988"].years == range(1988, 2010)


def test_a_run_of_history_is_read_again(tmp_path: Path) -> None:
    wish = Request(("planning-guideline-2009",), place="0301", citizens=40)
    (tmp_path / "case.toml").write_text(to_toml(wish, cases_of(wish), tmp_path), encoding="utf-8")
    again = cases_of(read_request(tmp_path / "case.toml"))
    assert again["planning-guideline-2009"].digest == cases_of(wish)["planning-guideline-2009"].digest
