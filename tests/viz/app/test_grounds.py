"""Places that are offered: by name, and by nothing else."""

from pathlib import Path

import pytest

from model.place_error import PlaceError
from viz.app import grounds
from viz.app.question import Question, place_title

HAVLAND = Path(__file__).resolve().parents[3] / "examples" / "havland"


@pytest.fixture(autouse=True)
def nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grounds, "_FOLDERS", {})


def test_a_folder_is_asked_about_by_name() -> None:
    assert grounds.offer(HAVLAND) == "havland"
    question, dropped = Question.read("place=havland&town=nowhere")
    assert (question.place, dropped) == ("havland", ("town",))
    assert question.case("duty")["place"] == str(HAVLAND)
    assert len(grounds.load("havland").numbers) == 20
    assert place_title("havland", "") == "Havland, et oppdiktet land"
    number = grounds.load("havland").numbers[2]
    assert Question.read(f"place=havland&town={number}")[0].town == number


@pytest.mark.parametrize("raw", [str(HAVLAND), "havland", "../havland", "examples/havland", "%2Fetc"])
def test_a_link_names_no_path_and_nothing_that_is_not_offered(raw: str) -> None:
    question, dropped = Question.read(f"place={raw}")
    assert question.place == "telemark"
    assert dropped == ("place",)


@pytest.mark.parametrize(("name", "known_as"), [("norway", "place-norway"), ("2024 land", "place-2024-land")])
def test_a_name_that_means_something_else_is_made_another(tmp_path: Path, name: str, known_as: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "municipalities.csv").write_text("name,region,population\nA,X,900\nB,X,800\n", encoding="utf-8")
    assert grounds.offer(folder) == known_as


def test_a_folder_that_is_no_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaceError):
        grounds.offer(tmp_path)
