"""The command line. Knows nothing of the model before a command needs it: `omstilling --help` loads typer alone."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import typer

from experiments.commands import case, designs, places, solutions
from experiments.commands.answers import FAILED, complain
from experiments.commands.app import app as laboratory
from experiments.commands.bench import bench
from experiments.commands.claims import claims
from experiments.commands.export import export
from experiments.commands.import_files import import_files
from experiments.commands.regime import regime
from experiments.commands.replay import replay
from experiments.commands.report import report
from experiments.commands.run import run
from experiments.commands.status import status
from experiments.commands.study import study
from experiments.commands.validate import validate


def commands() -> typer.Typer:
    """All commands; a new one is a file in `experiments/commands` and a line here."""
    app = typer.Typer(
        name="omstilling",
        help="Which institutional designs make the transition of Norwegian municipalities deep, lasting and shared?",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.command()(run)
    app.add_typer(designs.app, name="designs")
    app.add_typer(solutions.app, name="solutions")
    app.add_typer(places.app, name="places")
    app.command("import")(import_files)
    app.command()(case.case)
    app.command()(report)
    app.command()(regime)
    app.command()(validate)
    app.command()(claims)
    app.command("app")(laboratory)
    app.command()(study)
    app.command()(status)
    app.command()(replay)
    app.command()(export)
    app.command()(bench)
    return app


app = commands()


def described() -> Iterator[tuple[str, Any]]:
    """Every command by what is typed for it, such as `designs show`, with its help and parameters."""

    def leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield " ".join(path), command
            return
        for name, one in inner.items():
            yield from leaves(one, (*path, name))

    return leaves(typer.main.get_command(app), ())


def main() -> None:
    """Entry point of the script `omstilling`. Where answers cannot be written, it leaves with 1 and without a trace."""
    try:
        try:
            app()
        finally:
            if sys.stdout is not None:  # closed by whoever called
                sys.stdout.flush()
    except OSError as error:
        with suppress(OSError):
            if not isinstance(error, BrokenPipeError):  # who reads no further wants to hear no more
                complain(f"cannot go on: {error}")
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left unwritten ends there
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
