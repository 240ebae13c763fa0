"""The laws of the house that import contracts cannot state: size, what may be imported where, and no work at import."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSES = ("agents", "model", "experiments", "viz")
FILES = [path for house in HOUSES for path in sorted((ROOT / house).rglob("*.py"))]
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]
ONLY_IN = {
    "mesa": ("agents/actor.py", "agents/population.py", "model/simulation.py"),
    "networkx": ("model/governance.py", "viz/"),
    "matplotlib": ("viz/",),
    "solara": ("viz/",),
    "SALib": ("experiments/",),
    "joblib": ("experiments/",),
    "distributed": ("experiments/",),
    "typer": ("experiments/cli.py", "experiments/commands/"),
}
LINES, CLASS_LINES, FUNCTION_LINES, PARAMETERS = 300, 250, 40, 6
LATE = {"model/institutions/sanctions/__init__.py"}  # or-elses nest: their classes are completed where all are known
WIDE = {("model/case.py", "load")}  # all that a case consists of, keyword-only: the public way to describe one
FORM = {0.0, 0.5, 1.0, 2.0, 3.0, 100.0, 1e-9}  # bounds, means of two and three, øre in a krone, guards against zero
BOUNDS = {"model/phases/account.py": {0.05}, "model/phases/observe.py": {5.0}, "model/phases/offer.py": {1.5}}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools", "base"}


def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


def imported(module: ast.Module) -> Iterator[str]:
    """Top names of every import in a file."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [a.arg for a in every if a.arg not in ("self", "cls")]


def test_there_are_files_to_judge() -> None:
    assert len(FILES) > 40


@pytest.mark.parametrize("name", NAMES)
def test_packages_stay_in_their_houses(name: str) -> None:
    for package in set(imported(tree(name))) & ONLY_IN.keys():
        assert name.startswith(ONLY_IN[package]), f"{package} belongs to {', '.join(ONLY_IN[package])}"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_too_long(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= LINES
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ClassDef):
            assert length(node) <= CLASS_LINES, f"class {node.name}"
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert length(node) <= FUNCTION_LINES, f"function {node.name} has {length(node)} lines"
            is_command = name.startswith("experiments/commands/")  # its options are its parameters
            is_wide = is_command or (name, node.name) in WIDE
            assert is_wide or len(parameters(node)) <= PARAMETERS, f"{node.name}{tuple(parameters(node))}"


@pytest.mark.parametrize("name", NAMES)
def test_every_file_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(tree(name))
    assert Path(name).stem not in VAGUE


@pytest.mark.parametrize("name", NAMES)
def test_at_import_only_definitions(name: str) -> None:
    """No loop, no `with`, no bare call at the top of a file: only imports, definitions and declarations."""
    allowed = (
        ast.Import,
        ast.ImportFrom,
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Assign,
        ast.AnnAssign,
    )
    for node in tree(name).body:
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_late = name in LATE and isinstance(node, ast.For)
        assert isinstance(node, (*allowed, ast.If)) or is_text or is_late, f"line {node.lineno}: work at import"


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("model/phases/")])
def test_phases_hold_no_coefficient(name: str) -> None:
    """Numbers live in data: a phase names its coefficients, and holds no more than bounds and means."""
    functions = [node for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef)]
    numbers = [node for function in functions for node in ast.walk(function) if isinstance(node, ast.Constant)]
    bare = {node.value for node in numbers if isinstance(node.value, float)} - FORM - BOUNDS.get(name, set())
    assert not bare, f"{sorted(bare)}: give each a name, range and source in model/library/parameters.toml"


def test_packages_do_not_speak_for_their_house() -> None:
    """The four `__init__` are a docstring and no more: importing `model.x` must not load all of `model`."""
    for house in HOUSES:
        assert len(tree(f"{house}/__init__.py").body) == 1


def test_importing_everything_reads_no_data_and_filters_no_warning() -> None:
    modules = sorted({n.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for n in NAMES})
    code = f"""
import importlib, logging, sys, warnings
read = []
ours = {tuple(str(ROOT / house) for house in HOUSES)!r}
ends = (".toml", ".csv", ".json", ".geojson", ".html", ".css", ".js", ".parquet")
def watch(event, details):
    if event == "open" and str(details[0]).startswith(ours) and str(details[0]).endswith(ends):
        read.append(details[0])
sys.addaudithook(watch)
for outside in ("mesa", "numba", "pandas", "pyarrow.parquet", "matplotlib", "networkx", "pydantic", "rich", "typer"):
    importlib.import_module(outside)  # what others filter or log is theirs
before = list(warnings.filters), list(logging.root.handlers)
for name in {modules!r}:
    importlib.import_module(name)
assert not read, read
assert (list(warnings.filters), list(logging.root.handlers)) == before
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=120)


def test_no_path_of_a_machine() -> None:
    roots = "|".join(("home", "root", "Users", "work", "mnt"))
    pattern = re.compile(rf"""(?<![\w.:/*-])/(?:{roots})/\w|\b[A-Z]:\\\\?(?:Users|work)""")
    kinds = {".py", ".toml", ".md", ".cfg", ".yaml", ".cff", ".txt", ".html", ".css", ".js"}
    texts = [p for p in ROOT.rglob("*") if p.suffix in kinds and not any(part.startswith(".") for part in p.parts[1:])]
    skipped = {"results", "build", "dist"}
    for path in (p for p in texts if not skipped & set(p.relative_to(ROOT).parts)):
        found = pattern.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found and found.group(0)}"


def test_pins_have_no_address() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; python_version (<|>=) \"3\.12\")?", line)
