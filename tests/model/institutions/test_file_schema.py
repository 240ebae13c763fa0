"""The JSON Schema of a design file: valid itself, true to the grammar, and complete for editors."""

import copy
import tomllib
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from model.institutions.aims import AIMS
from model.institutions.comparison import plain, to_toml
from model.institutions.design import FOLDER, design_names, parse_design
from model.institutions.file_schema import DIALECT, schema
from model.institutions.grammar import Design
from model.institutions.sanctions import SANCTIONS
from model.solutions import load_catalogue
from tests import drawn, worlds

SCHEMA = schema()
VALID = Draft202012Validator(SCHEMA)
DUTY: dict[str, Any] = {
    "attribute": "municipality",
    "deontic": "must",
    "aim": {"kind": "duty", "element": "plan"},
    "or_else": {"kind": "publicity"},
    "source": "test",
}
HEAD = {"name": "mine", "title": {"en": "Mine", "nb": "Min"}, "question": {"en": "Why?", "nb": "Hvorfor?"}}


def test_it_is_a_schema_of_its_dialect():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == DIALECT


@pytest.mark.parametrize("name", design_names())
def test_shipped_designs_fit(name):
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert list(VALID.iter_errors(tomllib.loads(text))) == []
    assert list(VALID.iter_errors(tomllib.loads(to_toml(parse_design(text))))) == []


@given(drawn.designs())
def test_every_design_fits(design: Design):
    assert list(VALID.iter_errors(plain(design))) == []


def wrong(**changes: Any) -> dict[str, Any]:
    statement = copy.deepcopy(DUTY)
    for path, value in changes.items():
        *way, last = path.split("__")
        node = statement
        for key in way:
            node = node[key]
        if value is None:
            del node[last]
        else:
            node[last] = value
    return HEAD | {"statement": [statement]}


STAFF = {"kind": "pooled_staff", "strength": 0.5}
MONEY = {"kind": "permanent_finance", "million_nok": 1}
FACILITY = {"kind": "facility", "strength": 0.5}
LONG = {"kind": "publicity", "or_else": {"kind": "publicity", "or_else": {"kind": "publicity"}}}
WRONG = {
    "unknown key": wrong(sauce="x"),
    "no source": wrong(source=None),
    "unknown word": wrong(deontic="shall"),
    "unknown element": wrong(aim__element="plans"),
    "unknown aim": wrong(aim={"kind": "dutty"}),
    "no kind": wrong(aim={"element": "plan"}),
    "unknown or-else": wrong(or_else={"kind": "fine"}),
    "a share above one": wrong(or_else__credibility=1.5),
    "a share as text": wrong(or_else__credibility="1"),
    "a year too far": wrong(**{"from": 2300}),
    "a year and a half": wrong(**{"from": 2030.5}),
    "an or-else after may": wrong(deontic="may"),
    "an or-else after nothing": wrong(deontic=None),
    "an or-else nobody can break": wrong(aim=STAFF, attribute="county"),
    "after on the first": wrong(or_else__after=2),
    "four or-elses": wrong(or_else={"kind": "graduated", "or_else": LONG}),
    "a county with a duty": wrong(attribute="county"),
    "money from a county": wrong(aim=MONEY, attribute="county", or_else=None),
    "an element without a cover": wrong(aim=MONEY | {"element": "plan"}, attribute="state", or_else=None),
    "a year of money as text": wrong(aim=MONEY | {"million_nok": {"soon": 1}}, attribute="state", or_else=None),
    "no money": wrong(aim=MONEY | {"million_nok": {}}, attribute="state", or_else=None),
    "money below nothing": wrong(aim=MONEY | {"million_nok": -1}, attribute="state", or_else=None),
    "no solutions": wrong(aim=FACILITY, or_else=None),
    "unknown solution": wrong(aim=FACILITY | {"solutions": ["flying-car"]}, or_else=None),
    "a list and a level": wrong(aim=FACILITY | {"solutions": ["repair"], "level": "I"}, or_else=None),
    "no statement": HEAD | {"statement": []},
    "a name with a space": wrong() | {"name": "my design"},
    "one language": wrong() | {"title": {"en": "Mine"}},
    "a first year as text": wrong() | {"from": "2025"},
}


def written_and_read(data: dict[str, Any]) -> Design:
    return parse_design(to_toml(Design.model_validate(data)))


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG)
def test_what_the_program_refuses_does_not_fit(data):
    assert list(VALID.iter_errors(data))
    with pytest.raises(ValueError, match=r"."):
        written_and_read(data)


def test_right_is_right():
    assert list(VALID.iter_errors(wrong())) == []
    assert list(VALID.iter_errors(wrong() | {"from": 1988, "to": 2009})) == []
    assert written_and_read(wrong()).statements[0].reads_as == "rule"


def nodes(node: Any):
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(inner)


def test_every_key_is_described_and_none_can_be_null():
    for name, one in SCHEMA["$defs"].items():
        assert one["description"], name
        for key, field in one["properties"].items():
            assert key == "kind" or len(field["description"]) > 10, (name, key)
    for node in nodes(SCHEMA):
        assert node.get("type") != "null"
        assert "discriminator" not in node
        assert "const" not in node or node["enum"] == [node["const"]]
    assert all(SCHEMA["properties"][key]["description"] for key in ("name", "title", "question", "from", "statement"))


def test_every_aim_or_else_and_solution_is_in_it():
    kinds = {node["const"] for node in nodes(SCHEMA) if "const" in node}
    assert kinds == set(AIMS) | set(SANCTIONS)
    assert SCHEMA["$defs"]["Price"]["properties"]["solutions"]["items"]["enum"] == list(load_catalogue().ids)


def test_a_comment_that_names_the_schema_is_no_hindrance(tmp_path):
    text = worlds.HEAD.format(name="mine") + worlds.statement('kind = "network", strength = 1.0', attribute="county")
    assert parse_design("#:schema ./design.schema.json\n\n" + text) == parse_design(text)
