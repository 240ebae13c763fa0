"""A link is a stranger's text: it is read without harm, and what is written is read back as it was."""

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.parameters import declared
from viz.app.question import CITIZENS, LONGEST, MOST_SETTINGS, Question, numbers_in


def test_nothing_is_the_usual_question() -> None:
    for query in (None, "", "?", "&&&=", "unknown=1&more=2"):
        assert Question.read(query) == (Question(), ())
    assert Question().written() == ""


def test_what_is_written_is_read_back() -> None:
    asked = Question(
        page="explore",
        place="0301,4012",
        design="duty",
        against="full-transition",
        settings=(("agenda.decay", 0.31), ("levels.III", 0.0)),
        citizens=10_000,
        seed=77,
        choice="bass",
        language="en",
        theme="dark",
        year=2040,
        town="4012",
    )
    assert Question.read(asked.written()) == (asked, ())


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("place=/etc", "place"),
        ("place=..%2F..%2Ftmp", "place"),
        ("place=9999", "place"),
        ("place=" + ",".join(["0301"] * 5 + ["9999"]), "place"),
        ("design=mine.toml", "design"),
        ("design=../secret", "design"),
        ("seed=1e9", "seed"),
        ("seed=NaN", "seed"),
        ("citizens=many", "citizens"),
        ("set=agenda.decay:nan", "set"),
        ("set=agenda.decay:inf", "set"),
        ("set=no.such.path:1", "set"),
        ("set=agenda.decay", "set"),
        ("theme=pink", "theme"),
        ("language=sv", "language"),
        ("choice=guess", "choice"),
        ("page=%3Cscript%3E", "page"),
    ],
)
def test_what_is_bad_is_left_out_and_named(query: str, name: str) -> None:
    assert Question.read(query) == (Question(), (name,))


def test_numbers_are_clamped() -> None:
    question, dropped = Question.read("seed=-5&citizens=999999999&year=99999&set=agenda.decay:-7")
    assert (question.seed, question.citizens, question.year) == (0, CITIZENS[-1], 2100)
    assert question.settings == (("agenda.decay", declared()["agenda.decay"].low),)
    assert dropped == ()


def test_length_and_number_are_capped() -> None:
    paths = list(declared())
    long = urlencode([("set", f"{p}:{declared()[p].high}") for p in paths])
    question, _ = Question.read(long)
    assert len(long) > LONGEST
    assert len(question.settings) <= MOST_SETTINGS
    assert Question.read("seed=1&" * 500) == (Question(), ("?",))


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_a_question_that_can_be_written(text: str) -> None:
    question, _ = Question.read(text)
    assert Question.read(question.written()) == (question, ())


def test_a_lever_is_clamped_and_goes_back() -> None:
    moved = Question().with_lever("citizens.habit", 99.0)
    assert dict(moved.settings) == {"citizens.habit": declared()["citizens.habit"].high}
    assert moved.with_lever("citizens.habit", None) == Question()
    assert moved.with_lever("citizens.habit", declared()["citizens.habit"].value) == Question()
    assert moved.with_lever("citizens.habit", float("nan")) == Question()
    assert Question().with_lever("no.such", 1.0) == Question()


def test_what_cannot_be_chosen_changes_nothing() -> None:
    asked = Question(place="agder", seed=4)
    assert asked.changed(place="/tmp", seed="x", nonsense=3) == asked
    assert asked.changed(place="oslo", seed="9") == Question(place="oslo", seed=9)


def test_municipalities_by_name_or_number() -> None:
    assert numbers_in("Bamble, 4003, BAMBLE") == ("4012,4003", ())
    assert numbers_in("Atlantis; 12") == ("", ("Atlantis", "12"))


@pytest.mark.parametrize("place", ["telemark", "norway", "0301"])
def test_there_are_never_more_agents_than_people(place: str) -> None:
    from model.places import load_place

    for citizens in (0, *CITIZENS):
        people = int(load_place(place).population[0].sum())
        assert 20 <= Question(place=place, citizens=citizens).agents <= people
