"""Designs as files: the shipped ones, what loading refuses, round trips, differences and sentences."""

import pickle
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.costs import sum_by_year
from model.institutions.comparison import diff, to_toml
from model.institutions.design import design_names, load_design, parse_design
from model.institutions.errors import DesignError
from model.institutions.sentences import read_out

SHIPPED = (
    "climate-budget", "collaborative-region", "duty", "duty-and-money", "enthusiasts-only", "experimentalist",
    "full-transition", "learning-networks", "permanent-finance", "platform-first", "project-grants", "todays-practice",
)  # fmt: skip

HEAD = """name = "mine"
title = { en = "Mine", nb = "Min" }
question = { en = "Why?", nb = "Hvorfor?" }
"""
STATEMENT = """
[[statement]]
attribute = "municipality"
deontic = "must"
aim = { kind = "duty", element = "plan" }
condition = "population < 5000"
source = "a report"
"""
PUBLICITY = '{ kind = "publicity", or_else = '
DOCS = Path(__file__).parents[3] / "docs" / "institutions.md"


def refused(text: str) -> DesignError:
    with pytest.raises(DesignError) as caught:
        parse_design(text, file="designs/mine.toml")
    assert "designs/mine.toml" in str(caught.value)
    assert caught.value.remedy
    return caught.value


def test_twelve_are_shipped():
    assert set(SHIPPED) <= set(design_names())


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_designs_are_sound(name):
    design = load_design(name)
    assert load_design(name) is design
    assert design.name == name
    assert parse_design(to_toml(design)) == design
    assert parse_design(to_toml(design)).digest == design.digest
    assert pickle.loads(pickle.dumps(design)) == design  # noqa: S301 our own bytes
    assert diff(design, design) == []


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_shipped_designs_read_out(name, language):
    design = load_design(name)
    texts = read_out(design, language)
    assert len(texts) == len(design.statements)
    for text in texts:
        assert text[0].isupper()
        assert text.endswith(".")
        assert not set("_{}") & set(text)
        assert "  " not in text


def test_sentences():
    text = HEAD + STATEMENT + 'or_else = { kind = "loss_of_grant", or_else = { kind = "publicity" } }\nfrom = 2027\n'
    design = parse_design(text)
    assert read_out(design, "en") == [
        "From 2027 on, where a municipality has fewer than 5,000 inhabitants, it must have a climate and energy plan. "
        "Otherwise, the municipality loses its right to apply for grants. "
        "If that does not help within two years, the public is told which municipalities lag behind."
    ]
    assert read_out(design, "nb") == [
        "Der en kommune har færre enn 5\u00a0000 innbyggere, skal den fra 2027 ha en klima- og energiplan. "
        "Ellers mister kommunen retten til å søke om tilskudd. "
        "Hjelper ikke det innen to år, blir det offentliggjort hvilke kommuner som ligger etter."
    ]
    with pytest.raises(DesignError, match="language"):
        read_out(design, "de")


def test_parts_decide_what_a_statement_reads_as():
    rule = parse_design(HEAD + STATEMENT + 'or_else = { kind = "publicity" }')
    norm = parse_design(HEAD + STATEMENT)
    strategy = parse_design(HEAD + STATEMENT.replace('deontic = "must"\n', ""))
    assert [d.statements[0].reads_as for d in (rule, norm, strategy)] == ["rule", "norm", "strategy"]
    assert rule.statements[0].or_else.kind == "publicity"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("population <", "popultion <",
         "designs/mine.toml, statement 1: unknown word 'popultion' in condition; did you mean 'population'? (line 9)"),
        ('"municipality"', '"municipalty"', "did you mean 'municipality'?"),
        ('"must"', '"shall"', "use one of: may, must, none, should"),
        ('"duty"', '"dutty"', "did you mean 'duty'?"),
        ('kind = "duty", ', "", "aim has no kind"),
        ("element", "elment", "did you mean 'element'?"),
        ('"plan"', '"plans"', "did you mean 'plan'?"),
        ('source = "a report"', "", "'source' is missing"),
        ('"a report"', '"a\\u001b[31mreport"', "control characters"),
        ("condition =", "conditon =", "did you mean 'condition'?"),
        ('"municipality"', '"citizens"', "cannot be the attribute of duty"),
        ('"a report"', '"a report"\nfrom = 2030\nto = 2026', "swap the years"),
        ('"a report"', '"a report"\nfrom = 20300', "less than or equal to 2100"),
        ('"a report"', '"a report"\nfrom = 2030.5', "integer"),
        ('"must"', '"may"\nor_else = { kind = "publicity" }', "only must and should"),
        ('"must"', '"must"\nor_else = { kind = "publicty" }', "did you mean 'publicity'?"),
        ('"must"', '"must"\nor_else = { kind = "publicity", credibility = 1.5 }', "less than or equal to 1"),
        ('"must"', '"must"\nor_else = { kind = "publicity", credibility = nan }', "finite"),
        ('"must"', '"must"\nor_else = { kind = "publicity", credibility = true }', "number"),
        ('name = "mine"', 'name = "../mine"', "hyphens"),
        ('name = "mine"', "", "'name' is missing"),
        (', nb = "Min"', "", "'nb' is missing in title"),
        ('name = "mine"', 'name = "mine"\nname = "mine"', "this is not TOML"),
        ('name = "mine"', "name = mine", "this is not TOML"),
        ('{ kind = "duty", element = "plan" }', "3", "aim has no kind"),
        ('{ kind = "duty", element = "plan" }', '{ kind = "permanent_finance", million_nok = 1 }',
         "attribute of permanent"),
        ("aim", "aim = 2026-01-01\nold", "aim has no kind"),
    ],
)  # fmt: skip
def test_faults_say_what_where_and_the_remedy(old, new, said):
    assert said in str(
        refused(HEAD + STATEMENT.replace(old, new) if old in STATEMENT else HEAD.replace(old, new) + STATEMENT)
    )


MONEY = STATEMENT.replace('"municipality"', '"state"').replace(
    '{ kind = "duty", element = "plan" }', '{ kind = "permanent_finance", million_nok = 100 }'
)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("-1", "out of bounds"), ("inf", "out of bounds"), ("nan", "out of bounds"), ("1e9", "out of bounds"),
        ("true", "not a sum"), ('"100"', "not a sum"), ("{}", "empty table"), ("{ x = 1 }", "not a year"),
        ("{ 2025 = -1 }", "out of bounds"), ("{ 2025 = { a = 1 } }", "not a sum"), ("[1]", "not a year"),
        ('100, element = "plan"', "only one of"), ("100, base_share = 2", "less than or equal"),
    ],
)  # fmt: skip
def test_money_is_bounded(given, said):
    assert said in str(refused(HEAD + MONEY.replace("= 100", f"= {given}")))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('solutions = ["car-shaering"]', "did you mean 'car-sharing'?"),
        ('solutions = ["Car Sharing"]', "hyphens"),
        ("", "no solutions chosen"),
        ('level = "I", solutions = ["repair"]', "both a list and selectors"),
        ('level = "IV"', "unknown word 'IV'"),
        ('solutions = ["electric-car"]', "belongs to the national path"),
        ('solution_kind = "sharing", domain = "food"', "no solution of the catalogue"),
    ],
)
def test_solutions_are_checked(given, said):
    aim = "{ " + ", ".join(part for part in ('kind = "facility", strength = 0.5', given) if part) + " }"
    error = refused(HEAD + STATEMENT.replace('{ kind = "duty", element = "plan" }', aim))
    assert said in str(error)
    assert error.statement == 1


def test_every_faulty_statement_is_named():
    error = refused(HEAD + STATEMENT + STATEMENT.replace("plan", "pln") + STATEMENT.replace("5000", "nothing"))
    assert [fault.statement for fault in error.faults] == [2, 3]
    assert [fault.line for fault in error.faults] == [15, 23]
    assert pickle.loads(pickle.dumps(error)).faults == error.faults  # noqa: S301 our own bytes


@pytest.mark.parametrize(
    "text",
    [
        "", "x = 1", "statement = 3", "statement = []", "statement = [1]", "[statement]\na = 1", "\x00", "\ufeff\ufeff",
        "x = " + "[" * 100_000, "x = " + "[\n" * 50_000, "a" + ".a" * 5_000 + " = 1",
        ("a" + ".a" * 200 + " = 1\n") * 300,
        "x = " + "{a=" * 3_000, "[" + ".".join("a" * 9_000) + "]", "x = " + "9" * 10_000, "#" * 300_000,
        HEAD + STATEMENT * 201, HEAD + "[[statement]]\n" * 15_000, HEAD + STATEMENT + "x = 1\n" * 2,
        HEAD + STATEMENT.replace('"a report"', '"' + "a" * 200_000 + '"'), HEAD + STATEMENT.replace("5000", "(" * 240),
        HEAD + STATEMENT + "or_else = " + PUBLICITY * 6 + '{ kind = "publicity" }' + " }" * 6,
        HEAD + STATEMENT + "or_else = " + PUBLICITY * 40 + '{ kind = "publicity" }' + " }" * 40,
    ],
    ids=range(23),
)  # fmt: skip
def test_hostile_text_is_refused_within_a_second(text):
    start = time.process_time()
    refused(text)
    assert time.process_time() - start < 1.0


def test_files(tmp_path):
    good = tmp_path / "mine.toml"
    good.write_text(HEAD + STATEMENT, encoding="utf-8-sig")
    assert load_design(good).name == "mine"
    assert load_design(str(good)).name == "mine"
    (tmp_path / "big.toml").write_text("#" * 300_000)
    (tmp_path / "latin.toml").write_bytes("name = 'æ'".encode("latin-1"))
    (tmp_path / "folder.toml").mkdir()
    for name in ("big.toml", "latin.toml", "folder.toml", "missing.toml", "nul\0.toml", "x" * 5_000 + ".toml"):
        with pytest.raises(DesignError, match=r"toml"):
            load_design(tmp_path / name)


@pytest.mark.parametrize("name", ["todays-practise", "", "x" * 10_000, "\x1b[31m", "full transition"])
def test_unknown_names_get_a_remedy(name):
    with pytest.raises(DesignError, match="unknown design") as caught:
        load_design(name)
    assert str(caught.value).isprintable()


def test_nearest_name():
    with pytest.raises(DesignError, match="did you mean 'todays-practice'"):
        load_design("todays-practise")


def test_money_twins_differ_in_nothing_but_the_form_of_money():
    grants, permanent = load_design("project-grants"), load_design("permanent-finance")
    years = range(2025, 2051)
    assert sum_by_year(grants, years) == sum_by_year(permanent, years) == dict.fromkeys(years, 250e6)
    changes = diff(grants, permanent)
    assert [change.what for change in changes] == ["removed", "added"]
    assert changes[0].before.aim.kind == "project_grant"
    assert changes[1].after.aim.kind == "permanent_finance"
    assert [c.what for c in diff(load_design("duty"), load_design("duty-and-money"))] == ["added"]


def test_changed_statements_are_paired():
    before = parse_design(HEAD + STATEMENT)
    after = parse_design(HEAD + STATEMENT.replace('"must"', '"should"'))
    (change,) = diff(before, after)
    assert (change.what, change.before, change.after) == ("changed", before.statements[0], after.statements[0])


def test_digest_ignores_layout_and_sees_content():
    design = parse_design(HEAD + STATEMENT)
    assert parse_design(HEAD + "# a comment\n" + STATEMENT).digest == design.digest
    assert parse_design(HEAD + STATEMENT.replace("5000", "5001")).digest != design.digest
    assert len(design.digest) == 64


def test_pot_that_changes_and_stops():
    design = parse_design(HEAD + MONEY.replace("= 100", "= { 2027 = 30, 2025 = 10 }"))
    assert sum_by_year(design, range(2024, 2029)) == {2024: 0.0, 2025: 10e6, 2026: 10e6, 2027: 30e6, 2028: 0.0}
    assert parse_design(to_toml(design)) == design


def test_worked_example_of_the_documentation():
    page = DOCS.read_text(encoding="utf-8")
    listings = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (worked,) = [text for text in listings if "question" in text]
    (helped,) = [text for text in listings if text.startswith("[[statement]]")]
    (chained,) = [text for text in listings if text.startswith("or_else")]
    design = parse_design(worked)
    assert [s.reads_as for s in design.statements] == ["norm", "rule"]
    for text in [
        text for one in (worked, HEAD + helped) for lang in ("en", "nb") for text in read_out(parse_design(one), lang)
    ]:
        assert f"> {text}\n" in page.replace("5 000", "5\u00a0000")
    (text,) = read_out(parse_design(HEAD + STATEMENT + chained), "en")
    assert text.partition(". ")[2] in page.replace("\n", " ")


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_damage_to_a_design_is_read_or_refused(data):
    text = to_toml(load_design("experimentalist"))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 20))
        piece = data.draw(
            st.one_of(st.text(max_size=5), st.sampled_from(["nan", "1e999", "{", "[[", "true", "-1", "9" * 30]))
        )
        text = text[:at] + piece + text[at + cut :]
    try:
        design = parse_design(text)
    except DesignError as error:
        refusal = str(error)
        assert refusal.replace("\n", "").isprintable()
    else:
        assert parse_design(to_toml(design)) == design
        assert all(read_out(design, language) for language in ("en", "nb"))
