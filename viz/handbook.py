"""The reference part of the documentation, written anew from schema, data and docstrings whenever the site is built.

`write(folder)` makes a Markdown page each of commands, results, parameters, solutions, designs and the interface.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from model import schema
from model.costs import costs, years_of
from model.institutions.design import design_names, load_design
from model.institutions.sentences import read_out
from model.parameters import Parameter, declared
from model.solution import solution_numbers
from model.solutions import load_catalogue
from viz.odd_tables import code, number, span, table

# Module -> names that users may rely on; what is not here may change without notice.
PUBLIC: Final[Mapping[str, tuple[str, ...]]] = {
    "model.case": ("Case",),
    "model.simulation": ("Simulation",),
    "model.places": ("load_place", "Place"),
    "model.parameters": ("declared", "Parameter", "ParameterError"),
    "model.solutions": ("load_catalogue", "Catalogue"),
    "model.institutions.design": ("load_design", "parse_design", "design_names", "evaluate"),
    "model.institutions.grammar": ("Design", "Statement"),
    "model.institutions.sentences": ("read_out",),
    "model.institutions.comparison": ("diff", "to_toml"),
    "model.costs": ("costs", "sum_by_year"),
    "experiments.results": ("frame", "facts", "table"),
    "viz.report": ("write_report",),
}
KINDS: Final = {"lever": "lever", "uncertainty": "uncertain", "constant": "constant"}


def commands() -> str:
    """Every command with its arguments and options, as `--help` has them."""
    from experiments.cli import described

    parts = ["# Commands", "The program is `omstilling`. Exit status: 0 done, 1 something failed, 2 a wrong request."]
    for name, command in described():
        parts += [f"## omstilling {name}", _flowing(command.help or "")]
        usage = [p for p in command.params if p.name != "help"]
        if usage:
            parts.append(table(("option", "meaning", "default"), map(_option, usage)))
    return _page(parts)


def _option(param: Any) -> tuple[str, str, str]:
    names = "" if param.param_type_name == "argument" else ", ".join([*param.opts, *param.secondary_opts])
    kind = "" if isinstance(param.default, bool) else param.metavar or param.name.upper()
    default = "" if param.default in (None, False) or callable(param.default) else code(param.default)
    return code(f"{names} {kind}".strip()), _flowing(getattr(param, "help", None) or ""), default


def results() -> str:
    """Every table of a results folder, with its columns."""
    parts = [
        "# Tables and columns",
        "Tables are Parquet (`runs/*/` and `tables/`), one row a year and actor; units stand in the schema.",
    ]
    for name, columns in schema.TABLES.items():
        rows = ((code(c.name), c.unit, c.meaning, code(c.dtype)) for c in columns)
        parts += [f"## {name}", table(("column", "unit", "meaning", "type"), rows)]
    return _page(parts)


def parameters() -> str:
    """Every parameter by group, with value, range, unit, grade and source."""
    groups: dict[str, list[Parameter]] = {}
    for path, parameter in declared().items():
        groups.setdefault(path.rpartition(".")[0], []).append(parameter)
    parts = [
        "# Parameters",
        "Set one with `omstilling run --set PATH=VALUE`, or vary it in a [study](../studies.md). Grades: H official or "
        "primary, M press or evaluation, L weak, D derived, calibrated on [history](../validation.md), assumed: no "
        "source was found.",
    ]
    for group, members in groups.items():
        rows = (
            (
                code(p.path.rpartition(".")[2]),
                number(p.value),
                span(p.low, p.high),
                p.unit,
                p.meaning,
                KINDS[p.kind],
                p.grade,
                p.source,
            )
            for p in members
        )
        head = ("parameter", "value", "range", "unit", "meaning", "kind", "grade", "source")
        parts += [f"## {group}", table(head, rows)]
    return _page(parts)


def solutions() -> str:
    """Every solution with its numbers and their evidence."""
    parts = [
        "# Solutions",
        "The catalogue that citizens, businesses and municipalities choose from; [how it works](../solutions.md).",
    ]
    for s in load_catalogue().solutions:
        about = f"{s.description.en} *Norsk: {s.names.nb}.* Level {s.level}, {s.kind}, chosen by {s.chooser}."
        rows = ((code(name), number(n.value), n.grade, n.source, n.note) for name, n in solution_numbers(s))
        parts += [f"## {s.names.en}", f"`{s.id}`: {about}", table(("number", "value", "grade", "source", "note"), rows)]
    return _page(parts)


def designs() -> str:
    """Every design as sentences in both languages, with what it costs the state."""
    parts = [
        "# Designs",
        "The institutional designs that come with the program; [the grammar](../institutions.md) of one's own.",
    ]
    for name in design_names():
        design = load_design(name)
        parts += [f"## {design.title.en}", f"`{name}`: {design.question.en}"]
        for title, language in (("In English", "en"), ("På norsk", "nb")):
            parts += [
                f"### {title}: {getattr(design.title, language)}",
                "\n".join(f"1. {said}" for said in read_out(design, language)),
            ]
        spans = costs(design, years_of(design))
        if spans:
            parts.append(table(("years", "NOK million a year, the state"), map(_cost, spans)))
    return _page(parts)


def _cost(entry: Any) -> tuple[str, str]:
    return f"{entry.first}–{entry.last}", f"{entry.total / 1e6:,.1f}"


def interface() -> str:
    """What may be imported, from its docstrings."""
    parts = ["# Python interface", "What users may rely on. Everything else may change without notice."]
    for module, names in PUBLIC.items():
        parts.append(f"## {module}")
        for name in names:
            kind = "autoclass" if name[0].isupper() else "autofunction"
            more = "\n   :members:" if kind == "autoclass" else ""
            parts.append(f"```{{eval-rst}}\n.. {kind}:: {module}.{name}{more}\n```")
    return _page(parts)


def _flowing(text: str) -> str:
    return " ".join(text.split()).replace("<", "\\<")


def _page(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "commands": commands,
    "results": results,
    "parameters": parameters,
    "solutions": solutions,
    "designs": designs,
    "interface": interface,
}


def write(folder: Path) -> list[Path]:
    """Write the pages to a folder; those that say the same are left alone, so that a site is not built in vain."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, page in PAGES.items():
        path, text = folder / f"{name}.md", page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        made.append(path)
    return made
