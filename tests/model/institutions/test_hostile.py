"""A design file can do no harm: whatever stands in it is read, or refused at once with file, fault and remedy.

And every design that is read can be written back, compared, evaluated and read out in both languages.
"""

import json
import math
import re
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.costs import costs
from model.institutions.comparison import diff, plain, to_toml
from model.institutions.conditions import condition
from model.institutions.design import FOLDER, design_names, evaluate, load_design, parse_design
from model.institutions.errors import DesignError
from model.institutions.grammar import Design
from model.institutions.sentences import meant_for, read_out
from model.solutions import load_catalogue
from model.terms import Terms
from tests import drawn, worlds
from tests.model.institutions.test_conditions import M, situation

SHIPPED = {name: (FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in design_names()}
HEAD = worlds.HEAD.format(name="mine")
EXAMPLE = HEAD + worlds.statement(
    'kind = "duty", element = "plan"', attribute="municipality", more='condition = "population < 5000"'
)


def read(text: str) -> Design | None:
    """The design, or None where it was refused as it should be: within a second, all faults with file and remedy."""
    start, refusal, design = time.process_time(), None, None
    try:
        design = parse_design(text, file="designs/mine.toml")
    except DesignError as error:
        refusal = error
    assert time.process_time() - start < 1.0
    if refusal is not None:
        assert refusal.faults
        for fault in refusal.faults:
            assert fault.file == "designs/mine.toml"
            assert fault.wrong
            assert fault.remedy
            assert str(fault).isprintable()
            assert len(str(fault)) < 1000
            assert 0 <= fault.line <= text.count("\n") + 1
    return design


def sound(design: Design) -> None:
    """The design survives all that can be done with it."""
    again = parse_design(to_toml(design))
    assert again == design
    assert again.digest == design.digest
    assert diff(design, again) == []
    json.dumps(plain(design), allow_nan=False)
    for language in ("en", "nb"):
        told = read_out(design, language)
        assert len(told) == len(design.statements)
        for text in [*told, meant_for(design, language)]:
            assert text.replace("\u00a0", " ").isprintable()
            assert not {"{", "}"} & set(text)
            assert not re.search(r"None|  | ,| \.|\.\.|\b(nan|inf)\b", text), text
            assert text == "" or (text[0].isupper() and text.endswith("."))


@given(drawn.designs())
@settings(max_examples=150)
def test_any_valid_design_is_sound(design):
    sound(design)


@given(drawn.designs(), st.integers(1950, 2100))
def test_any_valid_design_can_be_evaluated_and_costed(design, year):
    ids = load_catalogue().ids
    terms = Terms(M, len(ids))
    evaluate(design, situation(year=year, solution_ids=ids), terms)
    names = ("duty", "credibility", "earmarked_share", "staff", "network", "arena", "scope", "precision", "publicity",
             "facility", "information")  # fmt: skip
    for name in names:
        values = getattr(terms, name)
        assert ((values >= 0) & (values <= 1)).all(), name
    assert (np.abs(terms.price) <= 1).all()
    for name in ("duty_statement", "money_statement", "help_statement", "facility_statement"):
        assert set(np.unique(getattr(terms, name))) <= {-1, *range(len(design.statements))}
    assert all(math.isfinite(span.total) and span.total >= 0 for span in costs(design, range(year, year + 2)))


@pytest.mark.parametrize("name", design_names())
def test_shipped_designs_are_sound(name):
    sound(load_design(name))


# -- text ---------------------------------------------------------------------------------------------------------

HOSTILE = [
    "nan", "inf", "-inf", "1e999", "-1", "9" * 400, "0x" + "f" * 200, "true", "[]", "{}", '""', "''", "[[", "]]",
    "{", "}", "2026-01-01", "07:32:00", '"""', "'''", "\x00", "\ufeff", "\u202e", "\r", "# ", "= ", ".", "[statement]",
    "[[statement]]\n", "from = 2025\n", "to = 1950\n", 'condition = "__import__(\'os\')"\n',
    'condition = "population ** 9 ** 9 > 1"\n', 'or_else = { kind = "publicity" }\n', "a = " + "[" * 200 + "\n",
    '"\\u0000"', '"\\ud800"', '"' + "x" * 700 + '"', '{ kind = "duty", element = "plan", kind = "duty" }',
]  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200).map(lambda b: b.decode("utf-8", "replace"))))
@example("\ufeff" + EXAMPLE)
@example(EXAMPLE.replace("\n", "\r\n"))
@example(EXAMPLE.replace("\n", "\r"))
def test_any_text_is_read_or_refused(text):
    for whole in (text, HEAD + text, EXAMPLE + text):
        design = read(whole)
        if design is not None:
            sound(design)


@given(data=st.data(), name=st.sampled_from(design_names()))
@settings(max_examples=250)
def test_any_damage_to_a_shipped_design_is_read_or_refused(data, name):
    lines = SHIPPED[name].split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["double", "drop", "swap", "cut", "insert"]))
        if how == "double":
            lines.insert(at, lines[at])
        elif how == "drop" and len(lines) > 1:
            del lines[at]
        elif how == "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            first = data.draw(st.integers(0, len(lines[at])))
            last = min(len(lines[at]), first + data.draw(st.integers(0, 12))) if how == "cut" else first
            piece = data.draw(st.one_of(st.text(max_size=4), st.sampled_from(HOSTILE)))
            lines[at] = lines[at][:first] + piece + lines[at][last:]
    design = read("\n".join(lines))
    if design is not None:
        sound(design)


def test_files_of_bytes(tmp_path):
    good = EXAMPLE.encode()
    for place, raw in enumerate(
        (b"\xff\xfe" + good, good + b"\x80", good.decode().encode("utf-16"), b"\x00" * 1000, b"")
    ):
        path = tmp_path / f"{place}.toml"
        path.write_bytes(raw)
        with pytest.raises(DesignError) as caught:
            load_design(path)
        assert caught.value.file.endswith(f"{place}.toml")
        assert caught.value.remedy


# -- values -------------------------------------------------------------------------------------------------------

LEAVES = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.booleans(),
    st.text(max_size=20),
    st.sampled_from(["", "x" * 600, "__import__('os')", "plan", "must", "state", "duty", 2030, 0.5, -0.0, 1e308]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.text(max_size=8), st.sampled_from(["kind", "or_else", "2025", "en"])), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(one) for one in value) + "]"
    return repr(value)


def places(node: Any, way: tuple[Any, ...] = ()):
    """Every place in nested data at which a value stands."""
    for key, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*way, key)
        yield from places(inner, (*way, key))


@given(data=st.data(), design=drawn.designs())
@settings(max_examples=200)
def test_any_value_in_any_place_is_read_or_refused(data, design):
    content = plain(design)
    way = data.draw(st.sampled_from(list(places(content))))
    node = content
    for key in way[:-1]:
        node = node[key]
    what = data.draw(st.sampled_from(["value", "key", "gone"]))
    if what == "value":
        node[way[-1]] = data.draw(VALUES)
    elif what == "key" and isinstance(node, dict):
        node[data.draw(st.text(max_size=12))] = data.draw(VALUES)
    else:
        del node[way[-1]]
    text = "\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in content.items())
    if "\\ud" in text:  # half of a pair of surrogates: no text at all
        return
    changed = read(text)
    if changed is not None:
        sound(changed)


# -- conditions ---------------------------------------------------------------------------------------------------

CONDITIONS = {
    "import": "__import__('os').system('true')",
    "eval": "eval('1') > 0",
    "attribute": "population.__class__.__mro__ > 1",
    "attribute of a call": 'has("plan").real > 0',
    "item": "population[0] > 1",
    "power": "population ** 99999999 > 1",
    "power of powers": "9**9**9**9 > population",
    "shift": "1 << 99999999 > 1",
    "lambda": "(lambda: 1)() > 0",
    "comprehension": "[x for x in population] > 1",
    "walrus": "(population := 5) > 1",
    "format": 'f"{population}" == county',
    "await": "await population",
    "star": "*population > 1",
    "keyword": 'has(element="plan")',
    "two elements": 'has("plan", "budget")',
    "an element that is computed": 'has("pl" "an")',
    "membership": 'county in ("03", "46")',
    "identity": "population is year",
    "conditional": "is_north if is_north else is_north",
    "complex": "1j > 0",
    "hexadecimal": "0xff > 0",
    "underscores": "1_000 > population",
    "large": "1e13 > population",
    "infinite": "1e999 > population",
    "long": "9" * 400 + " > population",
    "parentheses": "(" * 10_000 + "is_north" + ")" * 10_000,
    "parentheses within the length": "(" * 240 + "is_north" + ")" * 240,
    "minus": "-" * 480 + "1 > 0",
    "not": "not " * 110 + "is_north",
    "chain": "0 < " * 10_000 + "population",
    "many sums": "+".join(["population"] * 40) + " > 1",
    "sums": "+".join(["population"] * 20) + " > 1",
    "products": "*".join(["9e11"] * 20) + " > 1",
    "backslash": "population < \\\n5000",
    "comment": "population < 5000 # small",
    "semicolon": "population < 5000; year > 1",
    "assignment": "population = 5000",
    "null": "population < 5\x00",
    "letters that only look right": "рopulation < 5000",
    "a ligature": "ﬁrst < 5",
    "a digit of another script": "population < ٥",
    "empty": "",
    "blank": "   ",
    "ellipsis": "... == population",
    "bytes": 'b"03" == county',
    "text beside text": '"03" "01" == number',
    "quotes": '"""03""" == county',
}


@pytest.mark.parametrize("text", CONDITIONS.values(), ids=CONDITIONS)
def test_hostile_conditions(text):
    design = read(EXAMPLE.replace('"population < 5000"', json.dumps(text).replace("\x7f", "")))
    if design is not None:  # harmless after all: then it must mean something, and be sayable
        sound(design)
        with np.errstate(all="raise", over="ignore", invalid="ignore"):
            assert condition(design.statements[0].condition).mask(situation()).shape == (M,)


def test_which_of_them_are_harmless():
    harmless = set()
    for name, text in CONDITIONS.items():
        try:
            condition(text)
        except DesignError:
            continue
        harmless.add(name)
    assert harmless == {"products", "sums"}


def test_a_chain_of_comparisons_within_the_length_is_a_condition():
    text = "0 < " * 100 + "population"
    assert condition(text).mask(situation()).tolist() == [False] * M
    assert condition("0 < 1 < population < 10000").mask(situation()).tolist() == [False, True, True, False]


@given(
    st.integers(0, 400), st.sampled_from(["is_north", 'has("plan")', "population < 5"]), st.sampled_from(["()", "not "])
)
def test_nesting_of_any_depth(depth, inner, kind):
    text = "(" * depth + inner + ")" * depth if kind == "()" else kind * depth + inner
    design = read(EXAMPLE.replace('"population < 5000"', json.dumps(text)))
    if depth <= 20:
        assert design is not None
    if len(text) > 500:
        assert design is None


YEARS = ",".join(f"{year} = 1" for year in range(999))


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE + "or_else = " + '{ kind = "publicity", or_else = ' * 400 + "1" + "}" * 400,
        EXAMPLE + "[statement.aim.kind.x]\ny = 1\n",
        EXAMPLE + '[[statement]]\nattribute = "state"\n' * 190,
        EXAMPLE + "x = [" + "{a = 1}, " * 2_000 + "]",
        EXAMPLE.replace("5000", "5" * 10_000),
        EXAMPLE.replace('"test"', "'''" + "x" * 100_000 + "'''"),
        HEAD + "".join(f'[[statement]]\n"{"k" * 50}{i}" = 1\n' for i in range(190)),
        HEAD + worlds.statement('kind = "facility", strength = 1, solutions = [' + '"repair",' * 5_000 + "]"),
        HEAD + worlds.statement(f"kind = 'project_grant', million_nok = {{{YEARS}}}"),
        "\n".join(f"k{i} = 1" for i in range(20_000)),
        HEAD + "[[statement]]\n" + "\n".join(f"k{i} = 1" for i in range(15_000)),
    ],
    ids=range(11),
)  # fmt: skip
def test_large_files_are_refused_at_once(text):
    assert read(text) is None
