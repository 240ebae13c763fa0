"""How commands answer: one JSON document or words on standard output, complaints on standard error, exit codes."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final

import typer

FAILED: Final = 1  # the work failed
WRONG: Final = 2  # what was asked is wrong
STOPPED: Final = 130  # somebody stopped it

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, nothing else there.")]


def print_json(document: Any) -> None:
    """Print one JSON document; NaN and infinity are refused, for JSON knows neither."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def complain(message: str) -> None:
    """One message on standard error."""
    typer.echo(f"omstilling: {message}", err=True)


def pass_on(context: typer.Context, **options: Any) -> None:
    """Options named before a subcommand hold for it, unless they are named after it as well."""
    context.default_map = {context.invoked_subcommand or "": options}


@contextmanager
def refusing() -> Iterator[None]:
    """Within, whatever is wrong with what was asked ends the command with its message and exit code 2."""
    from experiments.request import RequestError
    from model.case import CaseError
    from model.institutions.errors import DesignError
    from model.intake.findings import IntakeError
    from model.parameters import ParameterError
    from model.place_folder import PlaceError
    from model.solutions import SolutionError

    try:
        yield
    except (RequestError, CaseError, DesignError, IntakeError, ParameterError, PlaceError, SolutionError) as error:
        complain(str(error))
        raise typer.Exit(WRONG) from None


def print_table(columns: list[str], rows: list[list[str]], *, right: tuple[int, ...] = ()) -> None:
    """A plain table; `right` are the columns of numbers."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False)
    for i, name in enumerate(columns):
        table.add_column(name, justify="right" if i in right else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console() if sys.stdout.isatty() else Console(width=160, no_color=True)
    console.print(table)
