"""`omstilling solutions`: the catalogue, with units, ranges and sources."""

from typing import Annotated, Any

import typer

from experiments.commands.answers import AsJson, pass_on, print_json, print_table, refusing

app = typer.Typer(help="The catalogue of solutions.", invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def default(context: typer.Context, as_json: AsJson = False) -> None:
    """List the solutions unless another command is named."""
    pass_on(context, as_json=as_json)
    if context.invoked_subcommand is None:
        list_(as_json=as_json)


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """All solutions: level, kind, domain and who chooses."""
    from model.solutions import load_catalogue

    with refusing():
        found = load_catalogue().solutions
    if as_json:
        print_json({"solutions": [_about(s) for s in found]})
        return
    rows = [[s.id, s.names.en, s.level, s.kind, s.domain, s.chooser] for s in found]
    print_table(["id", "name", "level", "kind", "domain", "chosen by"], rows)


@app.command()
def show(name: Annotated[str, typer.Argument(help="The id of a solution.")], *, as_json: AsJson = False) -> None:
    """One solution: every number with unit, range, grade and source."""
    from model.solutions import load_catalogue, solution_index

    with refusing():
        catalogue = load_catalogue()
        solution = catalogue.solutions[solution_index(catalogue, name)]
    numbers = _numbers(solution)
    if as_json:
        print_json(_about(solution) | {"numbers": numbers})
        return
    typer.echo(f"{solution.names.en} ({solution.names.nb})\n{solution.description.en}\n")
    rows = [
        [n["field"], f"{n['value']:g}", n["unit"], f"{n['low']:g} to {n['high']:g}", n["grade"], n["source"]]
        for n in numbers
    ]
    print_table(["field", "value", "unit", "range", "grade", "source"], rows, right=(1,))


def _about(solution: Any) -> dict[str, Any]:
    words = ("domain", "level", "kind", "chooser", "contagion", "needs_offers", "needs_facility", "is_national")
    facts = {"id": solution.id, "names": solution.names.model_dump(), "description": solution.description.model_dump()}
    return facts | {word: getattr(solution, word) for word in words}


def _numbers(solution: Any) -> list[dict[str, Any]]:
    from model.solution import QUANTITIES, SHARE, solution_numbers

    rows = []
    for field, number in solution_numbers(solution):
        quantity = QUANTITIES.get(field, SHARE)
        bounds = {"unit": quantity.unit, "low": quantity.low, "high": quantity.high}
        rows.append({"field": field, "value": number.value, **bounds, "grade": number.grade, "source": number.source})
    return rows
