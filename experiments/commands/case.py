"""`omstilling case`: what a case consists of, and every parameter with unit, range and source."""

from typing import Annotated, Any

import typer

from experiments.commands.answers import AsJson, print_json, print_table, refusing


def case(
    schema: Annotated[bool, typer.Option("--schema", help="What --set accepts, with units and ranges.")] = False,
    as_json: AsJson = False,
) -> None:
    """The default case; with --schema every parameter that --set can change."""
    from dataclasses import asdict

    from model.case import Case
    from model.parameters import declared

    with refusing():
        facts = Case.load().described()
        parameters = [asdict(parameter) for parameter in declared().values()]
    if schema:
        _show_schema(parameters, as_json)
    elif as_json:
        print_json(facts | {"digest": Case.load().digest})
    else:
        for key, value in facts.items():
            typer.echo(f"{key} = {value}")
        typer.echo(f"\n{len(parameters)} parameters have a default; `omstilling case --schema` lists them.")


def _show_schema(parameters: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json({"case": _case_schema(), "parameters": parameters})
        return
    rows = [
        [p["path"], f"{p['value']:g}", f"{p['low']:g} to {p['high']:g}", p["unit"], p["grade"], p["meaning"]]
        for p in parameters
    ]
    print_table(["path", "value", "range", "unit", "grade", "meaning"], rows, right=(1,))


def _case_schema() -> dict[str, Any]:
    """JSON schema of what a case consists of, apart from settings."""
    from agents.vocabulary import EARLIEST, LATEST, RULES
    from model.case import FEWEST, MOST

    citizens = {"anyOf": [{"type": "integer", "minimum": FEWEST, "maximum": MOST}, {"const": "all"}]}
    year = {"type": "integer", "minimum": EARLIEST, "maximum": LATEST}
    properties = {
        "place": {"type": "string"},
        "design": {"type": "string"},
        "citizens": citizens,
        "seed": {"type": "integer", "minimum": 0},
        "first": year,
        "last": year,
        "choice": {"enum": list(RULES)},
        "settings": {"type": "object", "additionalProperties": {"type": "number"}},
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}
