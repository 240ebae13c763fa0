"""`omstilling import` and `places show`, as typed: answers, exit codes, and nothing left behind by what was refused."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from experiments.cli import commands
from model.intake.findings import KINDS
from model.places import load_place
from tests.model.intake.books import account_rows, save

SAMPLES = Path(__file__).parent.parent / "model" / "intake" / "samples"
AREA = SAMPLES / "mdir_area_VestfoldTelemark_2009-2021.xlsx"


def typed(*words):
    return CliRunner().invoke(commands(), [str(word) for word in words])


def test_all_samples_at_once(tmp_path):
    out = tmp_path / "mine"
    files = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".md")
    found = typed("import", *files, "--out", out, "--json")
    assert found.exit_code == 0, found.output
    report = json.loads(found.stdout)
    assert [file["file"] for file in report["files"]] == [path.name for path in files]
    assert report == json.loads((out / "import.json").read_text(encoding="utf-8"))
    assert sorted(path.name for path in out.iterdir()) == [
        "import.json", "municipalities.csv", "place.toml", "sources.toml", "tables",
    ]  # fmt: skip


def test_places_show_says_who_is_official(tmp_path):
    rows = account_rows(load_place("telemark"), numbers=("4001", "4012"))
    rows = [row for row in rows if (row[1], row[4]) != ("4012", "Luftfart")]
    out = tmp_path / "mine"
    assert typed("import", save(tmp_path / "all.xlsx", rows), "--out", out).exit_code == 0
    shown = json.loads(typed("places", "show", out, "--json").stdout)
    accounts = {t["number"]: (t["account"], len(t["official_sectors"])) for t in shown["municipalities"]}
    assert accounts["4001"] == ("official", 10)
    assert accounts["4012"] == ("official", 9)
    assert sum(account == ("estimated", 0) for account in accounts.values()) == 355
    words = typed("places", "show", out).stdout
    assert "Official accounts: 2 of 357 municipalities, all ten sectors in 1; the rest is estimated." in words
    assert "They are: 4001, 4012." in words
    assert "official in 9 of 10 sectors" in words
    assert "Miljødirektoratet NLOD" in words


def test_the_page_about_it_is_true(tmp_path, monkeypatch):
    """The first commands of docs/import.md, over a workbook of the name that they give."""
    page = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    lines = [line.split() for line in page.split("```sh\n")[1].split("```")[0].splitlines()]
    monkeypatch.chdir(tmp_path)
    save(tmp_path / lines[0][2], account_rows(load_place("telemark")))
    assert [line[:2] for line in lines] == [["omstilling", "import"], ["omstilling", "places"], ["omstilling", "run"]]
    for line in lines[:2]:
        found = typed(*line[1:])
        assert found.exit_code == 0, found.output
    assert lines[2][lines[2].index("--place") + 1] == lines[0][-1] == lines[1][-1]
    kinds = page.split("the kinds are ")[1].split(".")[0]
    assert set(kinds.replace("*", "").replace("\n", " ").replace(" and ", ", ").split(", ")) == set(KINDS)


def test_the_words_of_an_import(tmp_path):
    words = typed("import", AREA, "--out", tmp_path / "mine").stdout
    for part in (
        "matched 23 of 357",
        "Split:",
        "Moved:",
        "Missing:",
        "Official accounts: 0 of 357",
        "omstilling run --place",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([AREA, "--as", "9999"], "'9999' is no municipality"),
        ([AREA, "--as", "other.xlsx=3901"], "no workbook of one area is called 'other.xlsx'"),
        ([SAMPLES / "ssb_klass_kommuneinndeling_2026.csv", "--as", "3901"], "which workbook"),
        ([AREA, AREA], "2 files of this name"),
        ([AREA, "--year", "1999"], "has no figures of 1999"),
        ([AREA, "--place", "telemrk"], "did you mean 'telemark'"),
        ([AREA, "--place", "telemark"], "--as"),
        ([SAMPLES / "README.md"], "README.md"),
        (["no-such.xlsx"], "no such file"),
    ],
)
def test_what_is_refused_leaves_nothing(tmp_path, words, message):
    out = tmp_path / "mine"
    found = typed("import", *words, "--out", out)
    assert found.exit_code == 2
    assert message in found.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_in_use_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    for more in ([], ["--replace"]):
        found = typed("import", AREA, "--out", tmp_path, *more)
        assert found.exit_code == 2
        assert "holds something" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    out = tmp_path / "place"
    assert typed("import", AREA, "--out", out).exit_code == 0
    assert typed("import", AREA, "--out", out).exit_code == 2
    assert typed("import", AREA, "--out", out, "--as", "3901", "--replace").exit_code == 0
    assert load_place(str(out)).is_official.sum() == 1


def test_an_import_over_an_import_and_over_a_folder_of_ones_own(tmp_path):
    """What an earlier import made official stays so; a folder's own columns, commuting and title stay."""
    telemark = load_place("telemark")
    one = save(tmp_path / "one.xlsx", account_rows(telemark, numbers=("4001",)))
    two = save(tmp_path / "two.xlsx", account_rows(telemark, numbers=("4012",)))
    assert typed("import", one, "--out", tmp_path / "a").exit_code == 0
    assert typed("import", two, "--place", tmp_path / "a", "--out", tmp_path / "b").exit_code == 0
    place = load_place(str(tmp_path / "b"))
    assert [place.numbers[i] for i in place.is_official.nonzero()[0]] == ["4001", "4012"]
    assert [s["file"] for s in place.sources if "file" in s] == ["one.xlsx", "two.xlsx"]
    assert place.title["nb"].count("importerte") == 1

    own = tmp_path / "own"
    own.mkdir()
    (own / "municipalities.csv").write_text("number,name,region,population,mayor\n4001,A,X,900,Li\n4012,B,X,800,Bo\n")
    (own / "commuting.csv").write_text("home,work,employed\n4001,4001,300\n4001,4012,100\n4012,4012,400\n")
    (own / "place.toml").write_text('first_year = 2024\ntitle = { en = "Two", nb = "To" }\n')
    assert typed("import", one, "--place", own, "--out", tmp_path / "c").exit_code == 0
    place = load_place(str(tmp_path / "c"))
    assert place.title == {"en": "Two, with imported figures", "nb": "To, med importerte tall"}
    assert place.first_year == 2024
    assert place.commute_share.tolist() == [0.75, 0.25, 1.0]
    assert place.is_official.tolist() == [True, False]
    assert "Li" in (tmp_path / "c" / "municipalities.csv").read_text()
