"""Two designs side by side: which statements differ, in which parts, and how that is told in both languages."""

import json

import pytest
from hypothesis import given

from model.institutions.aims import AIMS
from model.institutions.comparison import SUBJECT, Part, about, diff, plain, to_toml
from model.institutions.design import design_names, load_design, parse_design
from model.institutions.differences import NAMES, told_part
from model.institutions.grammar import Design, Pair, Statement
from model.institutions.sanctions import SANCTIONS
from tests import drawn, worlds

DUTY = worlds.statement('kind = "duty", element = "plan"', attribute="municipality")
CHAIN = 'or_else = { kind = "publicity", reach = 0.3, or_else = { kind = "loss_of_grant" } }'


def changed(old: str, new: str) -> tuple[Part, ...]:
    (change,) = diff(worlds.design_of(old), worlds.design_of(new))
    assert change.what == "changed"
    return change.parts


def words(old: str, new: str, language: str) -> list[str]:
    (change,) = diff(worlds.design_of(old), worlds.design_of(new))
    return [told_part(part, change, language) for part in change.parts]


POT = worlds.statement('kind = "project_grant", million_nok = 100', more="from = 2025")
TABLE = "million_nok = { 2025 = 108, 2027 = 160 }"


@pytest.mark.parametrize(
    ("old", "new", "path", "en", "nb"),
    [
        (DUTY, DUTY.replace("must", "should"), "deontic",
         "How binding: before must, now should.", "Hvor bindende: før skal, nå bør."),
        (DUTY, DUTY.replace('deontic = "must"\n', ""), "deontic",
         "How binding: before must, now a shared strategy.", "Hvor bindende: før skal, nå en felles strategi."),
        (DUTY, DUTY + "condition = 'is_north'\n", "condition",
         "Condition: before always, now “where a municipality lies in northern Norway”.",
         "Vilkår: før alltid, nå «der en kommune ligger i Nord-Norge»."),
        (DUTY + "condition = 'year > 2030'\n", DUTY, "condition",
         "Condition: before “when it is after 2030”, now always.",
         "Vilkår: før «når det er etter 2030», nå alltid."),
        (DUTY, DUTY + "from = 2027\n", "from",
         "First year: before none, now 2027.", "Første år: før ingen, nå 2027."),
        (POT, POT.replace("= 100", "= 250"), "aim.million_nok",
         "Sum: before NOK 100 million a year, now NOK 250 million a year.",
         "Sum: før 100 millioner kroner i året, nå 250 millioner kroner i året."),
        (POT, POT.replace("million_nok = 100", TABLE), "aim.million_nok",
         "Sum: before NOK 100 million a year, now NOK 108 million a year from 2025 to 2026 and "
         "NOK 160 million in 2027.",
         "Sum: før 100 millioner kroner i året, nå 108 millioner kroner i året fra 2025 til og med 2026 og "
         "160 millioner kroner i 2027."),
        (POT, POT.replace("= 100", "= 100, co_finance = 0.2"), "aim.co_finance",
         "Own share of municipalities: before 50 per cent, now 20 per cent.",
         "Kommunenes egenandel: før 50 prosent, nå 20 prosent."),
        (POT, POT.replace("= 100", "= 100, duration = 1"), "aim.duration",
         "Length of a project: before three years, now one year.", "Lengden på et prosjekt: før tre år, nå ett år."),
        (DUTY + CHAIN, DUTY + CHAIN.replace("0.3", "0.5"), "or_else.reach",
         "How widely it is seen: before 30 per cent, now 50 per cent.",
         "Hvor mange som ser det: før 30 prosent, nå 50 prosent."),
        (DUTY + CHAIN, DUTY + CHAIN.replace('"loss_of_grant"', '"loss_of_grant", after = 5'), "or_else.or_else.after",
         "Years before this or else: before two years, now five years.",
         "År før denne reaksjonen: før to år, nå fem år."),
        (DUTY, DUTY + 'or_else = { kind = "publicity" }', "or_else",
         "Or else: before nothing, now “Otherwise, the public is told which municipalities lag behind”.",
         "Ellers: før ingenting, nå «Ellers blir det offentliggjort hvilke kommuner som ligger etter»."),
        (DUTY, DUTY.replace('"test"', '"a report"'), "source",
         "Source: before “test”, now “a report”.", "Kilde: før «test», nå «a report»."),
    ],
)  # fmt: skip
def test_one_part_that_changed(old, new, path, en, nb):
    (part,) = changed(old, new)
    assert part.path == path
    assert words(old, new, "en") == [en]
    assert words(old, new, "nb") == [nb]


def test_several_parts_at_once_and_the_way_back():
    new = DUTY.replace("must", "should").replace("test", "a report") + "from = 2030\n"
    assert [part.path for part in changed(DUTY, new)] == ["deontic", "source", "from"]
    back = {part.path: (part.after, part.before) for part in changed(new, DUTY)}
    assert back == {part.path: (part.before, part.after) for part in changed(DUTY, new)}


def test_an_or_else_of_another_kind_is_told_as_a_whole():
    (part,) = changed(DUTY + CHAIN, DUTY + CHAIN.replace("loss_of_grant", "default_standard"))
    assert part.path == "or_else"
    assert part.before["or_else"]["kind"] == "loss_of_grant"


def test_another_attribute_is_a_change_and_another_element_is_not():
    staff = worlds.statement('kind = "pooled_staff", strength = 0.5', attribute="county")
    (part,) = changed(staff, staff.replace("county", "state"))
    assert (part.path, part.before, part.after) == ("attribute", "county", "state")
    told = diff(worlds.design_of(DUTY), worlds.design_of(DUTY.replace("plan", "budget")))
    assert [change.what for change in told] == ["removed", "added"]
    assert [change.places for change in told] == [(0, None), (None, 0)]


def test_statements_that_look_alike_are_paired_with_the_nearest():
    low, high = POT.replace("= 2025", "= 2020"), POT.replace("= 100", "= 900").replace("= 2025", "= 2030")
    told = diff(worlds.design_of(low, high), worlds.design_of(high.replace("900", "901"), low.replace("100", "101")))
    assert [(change.places, [part.path for part in change.parts]) for change in told] == [
        ((0, 1), ["aim.million_nok"]),
        ((1, 0), ["aim.million_nok"]),
    ]


def test_repeated_statements_are_counted():
    once, twice = worlds.design_of(DUTY), worlds.design_of(DUTY, DUTY)
    assert [change.what for change in diff(once, twice)] == ["added"]
    assert [change.what for change in diff(twice, once)] == ["removed"]
    assert diff(twice, twice) == []


def test_title_question_and_years():
    one, other = worlds.design_of(DUTY), worlds.design_of(DUTY, name="other")
    text = to_toml(other).replace('en = "Test"', 'en = "Trial"').replace("\n\n[[", "\nfrom = 1988\nto = 2009\n\n[[", 1)
    parts = about(one, parse_design(text))
    assert [(part.path, part.before, part.after) for part in parts] == [
        ("name", "mine", "other"), ("title.en", "Test", "Trial"), ("from", None, 1988), ("to", None, 2009)
    ]  # fmt: skip
    assert [told_part(part, None, "nb") for part in parts] == [
        "Navn: før «mine», nå «other».", "Engelsk tittel: før «Test», nå «Trial».",
        "Første år: før ingen, nå 1988.", "Siste år: før ingen, nå 2009.",
    ]  # fmt: skip
    assert about(one, one) == []


@pytest.mark.parametrize("name", design_names())
def test_shipped_designs_against_one_another(name):
    mine = load_design(name)
    for other in design_names():
        theirs = load_design(other)
        told = diff(mine, theirs)
        kept = len(mine.statements) - sum(change.before is not None for change in told)
        assert kept + sum(change.after is not None for change in told) == len(theirs.statements)
        for change in told:
            assert (change.what == "changed") == bool(change.parts)
            for part in change.parts:
                assert told_part(part, change, "en") != told_part(part, change, "nb")


@given(drawn.designs(), drawn.designs())
def test_any_two_designs_can_be_compared(one: Design, other: Design):
    for a, b in ((one, other), (other, one), (one, one)):
        told = diff(a, b)
        assert (a is not b) or told == []
        for change in told:
            for part in change.parts:
                assert part.before != part.after
                for language in ("en", "nb"):
                    text = told_part(part, change, language)
                    assert text.endswith(".")
                    assert part.path == "source" or not {"{", "}"} & set(text)
        json.dumps([plain(a), [part._asdict() for change in told for part in change.parts]], allow_nan=False)


def test_what_can_differ_has_a_name_and_nothing_else_has():
    """Statements are paired by the kind and subject of their aim, or-elses of other kinds are told as a whole."""
    models = (Design, Statement, *AIMS.values(), *SANCTIONS.values())
    keys = {field.alias or key for model in models for key, field in model.model_fields.items()}
    keys = keys - {"kind", "aim", "statement", "title", "question", *SUBJECT} | set(Pair.model_fields)
    assert {path.split(".")[-1] for path in NAMES} == keys
