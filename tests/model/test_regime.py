"""The regime of a year is what the stages say it is, and the chain of causes leads backwards to where it began."""

import ast
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from agents import county
from agents.municipality import START_DRIVERS
from agents.vocabulary import COUNTY_RULES, ELEMENTS, STAGES
from model import moves, phases, schema
from model.institutions import elements, local, reasons
from model.institutions.phrases import LANGUAGES
from model.regime import Names
from model.simulation import Simulation
from model.spells import OUTSET
from model.story import Link, Story, told
from tests import worlds

DESIGNS = ("enthusiasts-only", "todays-practice", "full-transition")
PLACE = {"place": "0301,3909,3911,4001,4003,4012,4020,4034", "citizens": 300}


@pytest.fixture(scope="module", params=DESIGNS)
def sim(request: pytest.FixtureRequest) -> Simulation:
    return worlds.finished(design=request.param, **PLACE)


def held(spells: pd.DataFrame, level: str, year: int) -> dict[tuple[str, str], int]:
    """Stage of every rule of a level that is in force in a year."""
    mine = spells[(spells["level"] == level) & (spells["since"] <= year) & (year <= spells["until"])]
    keys = list(zip(mine["actor"].astype(str), mine["subject"].astype(str), strict=True))
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, mine["stage"].tolist(), strict=True))


def test_spells_say_what_the_municipal_table_says(sim):
    """Exactly: every stage of every element in every year, and nothing else."""
    spells, element = worlds.frame(sim, "regime"), worlds.frame(sim, "element")
    for year in sim.case.years:
        rows = element[(element["year"] == year) & (element["stage"] > 0)]
        keys = zip(rows["number"].astype(str), rows["element"].astype(str), strict=True)
        assert held(spells, "municipality", year) == dict(zip(keys, rows["stage"].tolist(), strict=True))


def test_spells_say_what_the_county_table_says(sim):
    spells, table = worlds.frame(sim, "regime"), worlds.frame(sim, "county")
    for year in sim.case.years:
        rows = table[table["year"] == year].set_index("county")
        stage = {(f"county:{c}", r): int(rows.loc[c, f"{r}_stage"]) for c in rows.index for r in COUNTY_RULES}
        assert held(spells, "county", year) == {key: s for key, s in stage.items() if s}


def test_the_statements_of_the_design_are_the_states(sim):
    design, spells = sim.case.design, worlds.frame(sim, "regime")
    for year in sim.case.years:
        mine = spells[(spells["level"] == "state") & (spells["since"] <= year) & (year <= spells["until"])]
        expected = [s for s in design.statements if s.is_in_force(year)]
        assert mine["stage"].tolist() == [STAGES.index(s.reads_as) for s in expected]
        numbers = [int(text.rpartition(" ")[2]) for text in mine["because_of"]]
        assert [design.statements[n - 1] for n in numbers] == expected


def test_a_spell_begins_with_a_move_or_before_the_first_year(sim):
    spells, told_of = worlds.frame(sim, "regime"), worlds.frame(sim, "event")
    columns = ["actor", "subject", "year", "cause", "because_of"]
    events = set(told_of[columns].itertuples(index=False, name=None))
    mine = spells[spells["level"] != "state"]
    older = mine["cause"] == OUTSET
    assert (mine.loc[older, "since"] == sim.case.first).all()
    renamed = mine[~older].rename(columns={"since": "year"})[columns].astype({"actor": str, "subject": str})
    assert set(renamed.astype({"cause": str}).itertuples(index=False, name=None)) <= events
    assert older.any()
    assert not older.all()
    assert (mine["since"] <= mine["until"]).all()


def test_the_regime_of_each_year_is_that_of_the_running_simulation():
    sim = Simulation(worlds.case(design="full-transition", place="3909,3911,4001,4003", citizens=100, last=2032))
    kept = {}
    for year in worlds.years_of(sim):
        towns = {(n, e): int(s) for n, row in zip(sim.place.numbers, sim.municipalities.stage, strict=True)
                 for e, s in zip(ELEMENTS, row, strict=True) if s}  # fmt: skip
        rules = {(c.node, r): STAGES.index(s) for c in sim.counties for r, s in c.rules.items() if s != "none"}
        kept[year] = towns | rules
        assert {(r.actor, r.subject): STAGES.index(r.stage) for r in sim.regime() if r.level != "state"} == kept[year]
    for year, expected in kept.items():
        listed = sim.regime(year)
        assert {(r.actor, r.subject): STAGES.index(r.stage) for r in listed if r.level != "state"} == expected
        assert all(r.since <= year for r in listed)


def test_a_rule_says_who_since_when_and_why(sim):
    listed = sim.regime(2030)
    levels = {"state", "county", "municipality"} if sim.case.design.name == "full-transition" else {"state"}
    assert levels <= {r.level for r in listed}
    for rule in listed:
        assert rule.actor in Names(sim.place, sim.case.design)
        for language in LANGUAGES:
            assert rule.sentence[language].endswith(".")
            assert len(rule.reason[language]) > 5
            assert "{" not in rule.reason[language] + rule.sentence[language]
        if rule.level != "state":
            assert rule.sentence["en"].startswith(rule.name["en"])
            assert rule.is_older == (rule.cause == OUTSET)
    assert {r.since_when("nb") for r in listed if r.is_older} == {"før 2025"}


def test_a_statement_that_begins_in_the_run_says_when():
    sim = worlds.finished(design="todays-practice", **PLACE)
    grants = next(r for r in sim.regime(2030) if r.because_of == "todays-practice, statement 3")
    assert all(r.because_of != grants.because_of for r in sim.regime(2025))
    assert (grants.since, grants.is_older, grants.cause) == (2026, False, "design")


def test_without_a_record_there_is_no_regime():
    sim = Simulation(worlds.case(citizens=100, last=2026), record=False)
    with pytest.raises(RuntimeError, match="record=True"):
        sim.regime()
    sim = Simulation(worlds.case(citizens=100, last=2026))
    with pytest.raises(RuntimeError, match="step"):
        sim.regime()
    with pytest.raises(ValueError, match="from 2025 to 2026"):
        sim.run().regime(2027)


# -- sentences ---------------------------------------------------------------------------------------------------

RULES = [("municipality", e) for e in ELEMENTS] + [("county", r) for r in COUNTY_RULES]


@pytest.mark.parametrize(("level", "subject"), RULES)
def test_a_local_rule_reads_as_strategy_norm_and_rule(level, subject):
    for language, modals in (("en", ("should", "must")), ("nb", ("bør", "skal"))):
        said = [local.sentence(level, "Hamar", subject, stage, language) for stage in (1, 2, 3)]
        deed = local.deed_of(level, subject, language)
        assert len(set(said)) == 3
        assert said[0] == f"Hamar {local.present(deed, language)}."
        assert said[1] == f"Hamar {modals[0]} {deed}."
        assert said[2].startswith(f"Hamar {modals[1]} {deed}; ")
        assert local.thing_of("county:34" if level == "county" else "3403", subject, language)


def test_the_example_of_the_documentation():
    said = [local.sentence("municipality", "Hamar", "budget", stage, "nb") for stage in (1, 2, 3)]
    assert said == [
        "Hamar gjør klimabudsjettet til en del av budsjettprosessen.",
        "Hamar bør gjøre klimabudsjettet til en del av budsjettprosessen.",
        "Hamar skal gjøre klimabudsjettet til en del av budsjettprosessen; ellers går saken tilbake til kommunestyret.",
    ]


def written_causes() -> set[str]:
    """Causes that phases write out, in a `Happening`, in what the state is noted for, or in a name `cause`."""
    found: set[str] = set()
    for path in Path(phases.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            told: list[ast.AST] = []
            if isinstance(node, ast.Call):
                told = [word.value for word in node.keywords if word.arg == "cause"]
                told += node.args[2:3] if getattr(node.func, "attr", "") == "note_state" else []
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "cause":
                told = [node.value]
            texts = [part.value for one in told for part in ast.walk(one) if isinstance(part, ast.Constant)]
            found |= {text for text in texts if isinstance(text, str)}
    return found


def test_every_cause_and_every_move_has_words():
    causes = {*elements.DRIVERS, *elements.ENDERS, *county.DRIVERS, *county.ENDERS, *START_DRIVERS, OUTSET, "design"}
    assert len(written_causes()) > 5
    assert causes | written_causes() <= set(reasons.CLAUSES)
    assert {*moves.RISE[1:], *moves.FALL[:-1]} <= set(reasons.WHAT)
    for clause in (*reasons.CLAUSES.values(), *reasons.WHAT.values()):
        assert set(clause) == set(LANGUAGES)
        assert clause["en"].count("{}") == clause["nb"].count("{}") <= 1


@pytest.mark.parametrize("name", ["todays-practice", "full-transition"])
def test_every_cause_of_a_run_with_a_shock_can_be_told(name):
    sim = Simulation(worlds.case(design=name, citizens=100, settings={"shock.champions_year": 2030})).run()
    noted = set(sim.tables["event"].column("cause").to_pylist()) | set(sim.tables["regime"].column("cause").to_pylist())
    assert "all champions leave" in noted
    assert noted <= set(reasons.CLAUSES)
    names = Names(sim.place, sim.case.design)
    for number in sim.place.numbers:
        assert all(told(k, names, n) for e in ELEMENTS for k in sim.why(number, e) for n in LANGUAGES)


def test_a_cause_without_a_clause_is_told_as_it_stands():
    assert reasons.reason("a strike", "", "nb") == "a strike"
    assert reasons.reason("a strike", "Hamar", "en") == "a strike (Hamar)"


# -- why ---------------------------------------------------------------------------------------------------------


def table(columns: tuple[schema.Column, ...], rows: list[tuple[object, ...]]) -> pa.Table:
    return pa.table({c.name: [row[k] for row in rows] for k, c in enumerate(columns)})


def test_a_chain_leads_back_to_where_it_began():
    """Skien copied Porsgrunn, Porsgrunn followed its county, the county its municipalities, and Larvik a statement."""
    regime = [
        ("municipality", "4003", "competence", 1, 2034, 2050, "neighbours", "4001"),
        ("municipality", "4001", "competence", 1, 2031, 2032, "money", "county:40"),
        ("municipality", "4001", "competence", 2, 2033, 2050, "practice", ""),
        ("county", "county:40", "staff", 1, 2029, 2050, "municipalities", "4012"),
        ("municipality", "4012", "competence", 1, 2029, 2050, "duty", "mine, statement 2"),
    ]
    event = [(s, a, "became strategy", e, cause, because, 1.0) for _, a, e, _, s, _, cause, because in regime[::3]]
    story = Story(table(schema.REGIME, regime), table(schema.EVENT, event))
    assert story.why("4003", "competence") == [
        Link(0, 2034, "4003", "competence", "became strategy", "neighbours", "4001"),
        Link(1, 2031, "4001", "competence", "became strategy", "money", "county:40"),
        Link(2, 2029, "county:40", "staff", "became strategy", "municipalities", "4012"),
        Link(3, 2029, "4012", "competence", "became strategy", "duty", "mine, statement 2"),
        Link(4, 0, "state", "", "in force", "", "mine, statement 2"),
    ]
    assert story.why("4003", "plan") == []


def test_a_chain_ends_where_the_first_year_begins():
    regime = [
        ("municipality", "4003", "plan", 1, 2027, 2050, "neighbours", "4001"),
        ("municipality", "4001", "plan", 2, 2025, 2050, OUTSET, ""),
    ]
    event = [
        (2027, "4003", "became strategy", "plan", "neighbours", "4001", 1.0),
        (2026, "4003", "champion appeared", "", "citizens and agenda", "", 1.0),
        (2030, "4003", "dropped", "roles", "nobody carries it", "", 1.0),
        (2029, "4003", "last champion left", "", "tenure and load", "", 1.0),
    ]
    story = Story(table(schema.REGIME, regime), table(schema.EVENT, event))
    assert [(k.depth, k.year, k.what) for k in story.why("4003", "plan")] == [
        (0, 2027, "became strategy"),
        (1, 0, "there before"),
    ]
    assert [k.what for k in story.why("4001", "plan")] == ["there before"]
    assert [k.what for k in story.why("4003", "roles")] == ["there before", "dropped", "last champion left"]


def test_every_chain_of_a_run_goes_backwards_and_can_be_told(sim):
    story, names = Story(sim.tables["regime"], sim.tables["event"]), Names(sim.place, sim.case.design)
    deepest = 0
    for number in sim.place.numbers:
        for e in ELEMENTS:
            links = story.why(number, e)
            for before, after in pairwise(links):
                if after.depth:
                    assert after.depth <= before.depth + 1
                    assert after.year <= before.year
            assert [k.year for k in links if not k.depth] == sorted(k.year for k in links if not k.depth)
            deepest = max(deepest, *(k.depth for k in links), 0) if links else deepest
            assert all(told(k, names, language) for k in links for language in LANGUAGES)
    assert deepest >= 2


def test_a_copied_rule_was_there_the_year_before(sim):
    spells = worlds.frame(sim, "regime")
    copied = spells[(spells["cause"] == "neighbours") & (spells["since"] > sim.case.first)]
    for level, actor, subject, since, other in copied[["level", "actor", "subject", "since", "because_of"]].itertuples(
        index=False
    ):
        assert other != actor
        assert (other, subject) in held(spells, level, since - 1)
    assert len(copied) or sim.case.design.name != "full-transition"


def test_why_asks_the_tables_of_the_run():
    sim = worlds.finished(design="full-transition", **PLACE)
    assert sim.why("4001", "budget")[0].subject == "budget"
    assert sim.why("county:40", "network")
