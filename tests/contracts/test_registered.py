"""One suite over everything registered: designs, places, phases, parameters, solutions, aims, streams, columns."""

import ast
import inspect
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from agents.vocabulary import RULES
from model import parameters, schema
from model.governance import EDGE_TYPES
from model.institutions import aims, sanctions
from model.institutions.comparison import diff
from model.institutions.design import design_names, load_design
from model.institutions.sentences import read_out
from model.phases import YEAR
from model.places import load_place, place_names
from model.simulation import Simulation
from model.solutions import load_catalogue
from model.streams import STREAMS
from tests import worlds

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "nb")


# -- designs and places ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", design_names())
def test_every_design_runs_and_reads_out(name):
    design = load_design(name)
    sim = worlds.finished(design=name)
    assert sim.warnings == []
    assert np.isfinite(worlds.frame(sim, "nation")).all(axis=None)
    texts = {language: read_out(design, language) for language in LANGUAGES}
    for told in texts.values():
        assert len(told) == len(design.statements)
        assert all(len(text) > 20 and text.rstrip().endswith(".") for text in told)
    assert all(one != other for one, other in zip(texts["en"], texts["nb"], strict=True))
    assert all((design.title.en, design.title.nb, design.question.en, design.question.nb))
    assert all(len(statement.source) > 10 for statement in design.statements)


def test_no_two_designs_are_the_same():
    told = {name: worlds.finished(design=name).digest() for name in design_names()}
    assert len(set(told.values())) == len(told)
    names = design_names()
    assert all(diff(load_design(a), load_design(b)) for a, b in itertools.pairwise(names))


@pytest.mark.parametrize("name", place_names())
def test_every_place_runs(name):
    place = load_place(name)
    sim = Simulation(worlds.case(place=name, citizens=max(20, len(place.numbers)), last=place.first_year + 1)).run()
    assert sim.warnings == []
    assert set(place.title) == set(LANGUAGES)
    assert place.sources


# -- phases ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", YEAR, ids=lambda phase: phase.__name__)
def test_every_phase_is_one_documented_file(phase):
    name = phase.__name__
    assert phase.__module__ == f"model.phases.{name}"
    assert inspect.getdoc(phase)
    module = inspect.getmodule(phase)
    assert module is not None
    assert inspect.getdoc(module).startswith(name.capitalize())
    assert list(inspect.signature(phase).parameters) == ["sim"]


def test_every_file_of_a_phase_is_in_the_year():
    files = {p.stem for p in (ROOT / "model" / "phases").glob("*.py")} - {"__init__"}
    assert files == {phase.__name__ for phase in YEAR}


# -- parameters --------------------------------------------------------------------------------------------------


class Watched(SimpleNamespace):
    """Values of parameters that note which of them are read."""

    def __getattribute__(self, name: str):
        value = super().__getattribute__(name)
        if not name.startswith("_") and not isinstance(value, SimpleNamespace):
            super().__getattribute__("_read").add(super().__getattribute__("_path") + name)
        return value


def watched(values: SimpleNamespace, read: set[str], path: str = "") -> Watched:
    plain = {
        k: watched(v, read, f"{path}{k}.") if isinstance(v, SimpleNamespace) else v for k, v in vars(values).items()
    }
    return Watched(_read=read, _path=path, **plain)


def read_in(design: str, rule: str) -> set[str]:
    """Paths of the parameters that a run reads."""
    case, read = worlds.case(design=design, choice=rule, citizens=200, last=2033), set()
    case.__dict__["parameters"] = watched(case.parameters, read)
    Simulation(case, record=False).run()
    return read


UNBELIEVED = worlds.statement(  # broken until the standard takes effect
    'kind = "duty", element = "arena"',
    attribute="municipality",
    more='or_else = { kind = "default_standard", credibility = 0.0 }',
)


def test_every_parameter_is_read(tmp_path):
    broken = worlds.design_file(tmp_path, UNBELIEVED)
    designs = (
        "todays-practice",
        "experimentalist",
        broken,
    )  # what is softer than a must, and or-elses behind one another
    read = set().union(*(read_in("full-transition", rule) for rule in RULES), *(read_in(d, "planned") for d in designs))
    assert sorted(set(parameters.declared()) - read) == []


EXTREMES = [(edge, kind) for edge in ("low", "high") for kind in ("todays-practice", "full-transition")]


@pytest.mark.parametrize(("edge", "design"), EXTREMES)
def test_the_model_holds_at_the_ends_of_every_range(edge, design):
    """All parameters at once at one end: every check of every year still holds, in every rule of choice."""
    settings = {path: getattr(p, edge) for path, p in parameters.declared().items()}
    for rule in RULES:
        sim = Simulation(worlds.case(design=design, citizens=300, choice=rule, settings=settings)).run()
        assert sim.warnings == []
        assert bounds(sim) == []
        assert np.isfinite(sim.tables["nation"].to_pandas()).all(axis=None)


@pytest.mark.slow
def test_every_parameter_matters(tmp_path):
    """From one end of its range to the other, each parameter changes the run of at least one design and rule."""
    ending = worlds.statement(
        'kind = "project_grant", million_nok = 900, element = "roles", covers = 0.9', more="to = 2028"
    )
    designs = ("full-transition", "todays-practice", worlds.design_file(tmp_path, ending, name="money-that-ends"))
    settings = [{"design": design} for design in designs] + [{"place": "0301,4012"}]  # Oslo: known elements
    settings.append({"design": "experimentalist"})  # or-elses behind one another
    settings.append({"design": worlds.design_file(tmp_path, UNBELIEVED, name="unbelieved")})
    helped = ('kind = "network", strength = 1.0', 'kind = "arena", strength = 0.4')
    ending = [worlds.statement(aim, attribute="county", more="to = 2030") for aim in helped]
    help_ends = worlds.design_file(tmp_path, *ending, name="help-that-ends")
    settings.append({"place": "norway", "design": help_ends})  # counties beside one another
    idle = []
    for path, p in parameters.declared().items():
        ends = [{path: p.low}, {path: p.high}]
        if not any(moves(ends, choice=rule, **where) for rule in RULES for where in settings):
            idle.append(path)
    assert idle == []


def moves(ends: list[dict[str, float]], **where: str) -> bool:
    told = [Simulation(worlds.case(citizens=400, settings=s, **where), record=False).run().digest() for s in ends]
    return told[0] != told[1]


# -- solutions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("solution", load_catalogue().solutions, ids=lambda s: s.id)
def test_every_solution_speaks_both_languages(solution):
    for words in (solution.names, solution.description):
        assert all(len(text) > 2 for text in (words.en, words.nb))


def test_solutions_fit_the_bits_of_a_mask():
    sim = worlds.finished()
    assert max(len(sim.chosen), len(sim.served), len(sim.practised)) <= 32
    assert parameters.declared()["citizens.degree"].high <= 15  # ties are counted in four binary digits


# -- aims and or-elses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", aims.AIMS)
def test_every_aim_is_documented_and_used(kind):
    assert inspect.getdoc(aims.AIMS[kind])
    assert any(s.aim.kind == kind for name in design_names() for s in load_design(name).statements)


def test_every_or_else_is_in_some_design():
    files = {p.stem for p in Path(sanctions.__file__).parent.glob("*.py")} - {"__init__"}
    used = set()
    for name in design_names():
        for statement in load_design(name).statements:
            link = statement.or_else
            while link is not None:
                used.add(link.kind)
                link = link.or_else
    assert used == files


@pytest.mark.parametrize("kind", sanctions.SANCTIONS)
def test_every_or_else_is_believed_by_a_parameter(kind):
    assert f"sanction.credibility.{kind}" in parameters.declared()


# -- populations -------------------------------------------------------------------------------------------------


def bounds(sim: Simulation) -> list[str]:
    """Columns of all populations that lie outside their declared bounds."""
    return [
        f"{kind}.{name}"
        for kind in ("citizens", "businesses", "municipalities")
        for name in getattr(sim, kind).out_of_bounds()
    ]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("design", ["enthusiasts-only", "todays-practice", "full-transition"])
def test_every_column_stays_within_its_bounds(design, rule):
    sim = Simulation(worlds.case(design=design, choice=rule, citizens=400), record=False)
    assert bounds(sim) == []
    for year in worlds.years_of(sim):
        assert bounds(sim) == [], year


def test_every_column_moves_in_some_run():
    """A column that never changes and never differs between rows would be dead weight."""
    still = {"owner", "keys", "attitude", "income", "ties", "outlook", "project_solution", "chief_tenure"}
    sim = Simulation(worlds.case(design="full-transition", citizens=400), record=False)
    kinds = ("citizens", "businesses", "municipalities")
    before = {(k, n): c.copy() for k in kinds for n, c in getattr(sim, k).columns().items()}
    moved = set()
    for _ in worlds.years_of(sim):
        now = {(k, n): c for k in kinds for n, c in getattr(sim, k).columns().items()}
        moved |= {key for key in before if not np.array_equal(before[key], now[key])}
    assert {n for k, n in before.keys() - moved} <= still


# -- streams, columns, edges -------------------------------------------------------------------------------------


def drawn_names() -> Iterator[str]:
    """Streams that are drawn from in the two houses: named in a call of `uniform`, `normal`, `keys`, or waited for."""
    for house in ("agents", "model"):
        for path in (ROOT / house).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = stream_named(node)
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    yield name.value


def stream_named(node: ast.AST) -> ast.AST | None:
    """Where a node says which stream it draws from: first argument of a draw, key of `waits` or `tries`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.args[0] if node.func.attr in ("uniform", "normal", "keys") and node.args else None
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
        return node.slice if node.value.attr in ("waits", "tries") else None
    return None


def test_every_draw_is_registered():
    assert set(drawn_names()) <= set(STREAMS)


def test_every_registered_stream_is_drawn_from():
    assert set(STREAMS) <= set(drawn_names())


@pytest.mark.parametrize("table", schema.TABLES)
def test_every_column_says_unit_and_meaning(table):
    columns = schema.TABLES[table]
    assert len({c.name for c in columns}) == len(columns)
    for c in columns:
        assert re.fullmatch(r"[a-zA-Z][a-zA-Z_]*", c.name)
        assert c.unit
        assert len(c.meaning) > 3


def test_every_type_of_edge_is_documented():
    from model import governance

    assert all(f"`{kind}`" in (governance.__doc__ or "") for kind in EDGE_TYPES)
