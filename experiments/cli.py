"""The command line. Knows nothing of the model before a command needs it: `omstilling --help` loads typer alone."""

import typer

from experiments.commands import case, designs, places, solutions
from experiments.commands.report import report
from experiments.commands.run import run


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
    app.command()(case.case)
    app.command()(report)
    return app


app = commands()


def main() -> None:
    """Entry point of the script `omstilling`."""
    app()


if __name__ == "__main__":
    main()
