"""Drafts of designs: every field of the grammar, faults at their field, and the TOML that the command line reads."""

import random
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.institutions.aims import AIMS
from model.institutions.comparison import plain, to_toml
from model.institutions.design import design_names, load_design, parse_design
from model.institutions.errors import DesignError
from model.institutions.grammar import STATEMENTS, Design
from model.institutions.sanctions import SANCTIONS
from model.institutions.sentences import read_out
from tests.drawn import designs
from viz.app.drafts import draft as drafts
from viz.app.drafts.faults import SAID, in_language
from viz.app.drafts.fields import Field, definitions, form, head, words


def statement(kind: str, **more: Any) -> dict[str, Any]:
    return {"attribute": AIMS[kind].actors[0], "deontic": "must", "aim": {"kind": kind}, "source": "a test", **more}


def every_field() -> dict[str, Field]:
    """The fields of every kind of aim, and of every or-else on a duty."""
    listed = [statement(kind) for kind in AIMS]
    listed += [statement("duty", or_else={"kind": one, "or_else": {"kind": one}}) for one in SANCTIONS]
    return {f"{one['aim']['kind']} {field.path}": field for one in listed for field in form(one)}


def test_every_key_of_the_grammar_has_a_field_with_words_in_both_languages() -> None:
    fields = every_field()
    for kind, aim in AIMS.items():
        for name in definitions()[aim.__name__]["properties"]:
            assert f"{kind} aim.{name}" in fields
    for name in definitions()["Statement"]["properties"]:
        assert any(key.split(" ")[1].split(".")[0] == name for key in fields)
    for field in (*fields.values(), *head()):
        for text in (*field.title, *field.help, *(t for _, word in field.choices for t in word)):
            assert text.strip(), field.path
    assert {f.path for f in head()} >= {"name", "title.nb", "question.en", "from", "to"}


def test_bounds_and_choices_come_from_the_grammar() -> None:
    fields = every_field()
    assert (fields["project_grant aim.co_finance"].high, fields["project_grant aim.duration"].kind) == (0.95, "whole")
    assert [value for value, _ in fields["duty attribute"].choices] == ["municipality"]
    assert {value for value, _ in fields["duty aim.kind"].choices} == set(AIMS)
    assert "or_else.kind" not in {field.path for field in form(statement("price"))}
    assert [f.path for f in form(statement("duty", or_else={"kind": "publicity"})) if f.path.endswith("after")] == []


def test_no_word_is_left_over() -> None:
    assert words()["aim"].keys() == words()["aim_help"].keys() == AIMS.keys()
    assert words()["or_else"].keys() == words()["or_else_help"].keys() == SANCTIONS.keys()


@pytest.mark.parametrize("name", design_names())
def test_every_shipped_design_survives_the_form(name: str) -> None:
    design = load_design(name)
    data = plain(design)
    for index, one in enumerate(data["statement"]):
        for field in form(one):
            data = drafts.with_field(data, index, field.path, drafts.shown(field, one))
    for field in head():
        data = drafts.with_head(data, field.path, drafts.shown(field, data))
    check = drafts.checked(data)
    assert check.faults == ()
    assert check.design == design
    assert parse_design(drafts.text_of(data)) == design
    assert [text.nb for text in check.sentences if text] == read_out(design, "nb")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(designs())
def test_any_design_survives_download_and_upload(design: Design) -> None:
    again = drafts.opened(drafts.text_of(plain(design)))
    assert drafts.checked(again).design == design
    assert drafts.text_of(again) == to_toml(design)


def test_faults_stand_at_their_field() -> None:
    data = drafts.begun("duty")
    data = drafts.with_head(data, "name", "Mitt Design")
    data = drafts.with_field(data, 0, "condition", "popultion < 5")
    data = drafts.with_field(data, 1, "aim.element", "nothing")
    data = drafts.with_field(drafts.with_field(data, 2, "from", "2030"), 2, "to", "2020")
    check = drafts.checked(data)
    assert check.design is None
    where = {(f.statement, f.field) for f in check.faults}
    assert {(0, "name"), (1, "condition"), (2, "aim.element"), (3, "from")} <= where
    assert [text is None for text in check.sentences] == [True, True, True, False]
    assert "did you mean 'population'?" in next(f.remedy for f in check.faults if f.field == "condition")


@pytest.mark.parametrize("kind", AIMS)
def test_another_aim_leaves_a_statement_that_holds(kind: str) -> None:
    data = drafts.begun("duty")
    data = drafts.with_field(data, 0, "aim.kind", kind)
    check = drafts.checked(data)
    assert check.faults == ()
    back = drafts.checked(drafts.with_field(data, 0, "aim.kind", "duty"))
    assert back.faults == ()


def test_or_elses_are_chained_and_taken_away() -> None:
    data = drafts.begun("enthusiasts-only")
    data = drafts.added(data)
    at = len(data["statement"]) - 1
    data = drafts.with_field(data, at, "deontic", "must")
    for path, kind in (("or_else", "publicity"), ("or_else.or_else", "loss_of_grant")):
        data = drafts.with_field(data, at, f"{path}.kind", kind)
    data = drafts.with_field(data, at, "or_else.or_else.after", "3")
    text = drafts.checked(data).sentences[at]
    assert text is not None
    assert "innen tre år" in text.nb
    data = drafts.with_field(data, at, "or_else.kind", "")
    assert "or_else" not in data["statement"][at]
    assert drafts.checked(data).faults == ()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("250", 250.0),
        ("1 250,5", 1250.5),
        ("2025: 108; 2027: 160", {"2025": 108.0, "2027": 160.0}),
        ("lots", "lots"),
        ("2025: 1; x", "2025: 1; x"),
        ("", None),
        ([1], None),
        ("1e999", "1e999"),
    ],
)
def test_money_is_read_as_people_write_it(typed: Any, value: Any) -> None:
    field = next(f for f in form(statement("project_grant")) if f.path == "aim.million_nok")
    assert drafts.value_of(field, typed) == value


def test_statements_come_and_go_within_bounds() -> None:
    data = drafts.begun("enthusiasts-only")
    assert drafts.without(data, 0) == data
    for _ in range(STATEMENTS + 5):
        data = drafts.added(data)
    assert len(data["statement"]) == STATEMENTS
    first = data["statement"][0]
    assert drafts.moved(data, 0, 1)["statement"][1] == first
    for index, by in ((0, -1), (STATEMENTS - 1, 1), (5, 7), (-1, 1)):
        assert drafts.moved(data, index, by) == data
    assert drafts.without(data, 10**9) == data
    assert drafts.with_field(data, 10**9, "source", "x") == data


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(-2, 8), st.randoms(use_true_random=False), JUNK), max_size=6))
def test_whatever_a_browser_says_ends_in_a_check(said: list[tuple[int, random.Random, Any]]) -> None:
    data = drafts.begun("duty")
    for index, chance, raw in said:
        known = [f.path for f in form(data["statement"][index % len(data["statement"])])]
        data = drafts.with_field(data, index, chance.choice([*known, "aim", "nope", "aim.kind.kind", ""]), raw)
        data = drafts.with_head(data, chance.choice(["name", "from", "statement", "title"]), raw)
    check = drafts.checked(data)
    assert (check.design is None) == bool(check.faults)
    assert isinstance(drafts.text_of(data), str)


HOSTILE = {
    "large": "a" * 300_000,
    "deep": "a = " + "[" * 5000 + "]" * 5000,
    "dotted": "a" + ".a" * 100_000 + " = 1",
    "binary": "\x00\x01\x02",
    "empty": "",
    "list": "statement = [1, 2]",
    "many": '[[statement]]\nattribute = "state"\n' * 300,
    "nan": 'name = "x"\n[[statement]]\nattribute = "state"\naim = { kind = "arena", strength = nan }\nsource = "ab"',
    "twice": 'name = "x"\nname = "y"',
    "long condition": '[[statement]]\ncondition = "' + "(" * 400 + '"\n',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_at_once(name: str) -> None:
    start = time.process_time()  # what it costs, however busy the machine is
    with pytest.raises(DesignError) as caught:
        drafts.opened(HOSTILE[name])
    assert time.process_time() - start < 1.0
    assert 0 < len(str(caught.value)) < 5000


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("condition", "popultion < 5"),
        ("condition", "population <"),
        ("condition", "population"),
        ("source", ""),
        ("or_else.credibility", "3"),
        ("or_else.credibility", "much"),
        ("from", "1200"),
        ("from", "soon"),
        ("deontic", "none"),
    ],
)
def test_what_can_be_typed_wrong_is_told_in_norwegian(path: str, typed: str) -> None:
    check = drafts.checked(drafts.with_field(drafts.begun("duty"), 0, path, typed))
    assert check.faults
    for fault in check.faults:
        for text in (fault.wrong, fault.remedy):
            assert not text or in_language(text, "nb") != text, text
            assert in_language(text, "en") == text


def test_patterns_of_messages_are_read() -> None:
    assert all(pattern and words for pattern, words in SAID)
    assert in_language("aim.share '3' is refused", "nb") == "«3» kan ikke brukes"
