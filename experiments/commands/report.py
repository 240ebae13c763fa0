"""`omstilling report DIR`: the report of a results folder, again."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.answers import FAILED, WRONG, AsJson, complain, print_json, refusing


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A results folder.")],
    as_json: AsJson = False,
) -> None:
    """Make the figures and the report of the folder of a run or of a study."""
    from experiments.ensemble import make_reports
    from experiments.lock import sole_writer
    from experiments.results import is_study
    from experiments.store import read_manifest

    if read_manifest(folder) is None and not is_study(folder):
        complain(f"{folder}: no results folder; give one that `omstilling run` or `omstilling study` wrote")
        raise typer.Exit(WRONG)
    try:
        with refusing(), sole_writer(folder):
            made = make_reports(folder)
    except (ValueError, OSError) as error:
        complain(f"the report could not be made: {error}")
        raise typer.Exit(FAILED) from None
    if not made:
        complain("no report writer is installed; `make setup` installs the whole program")
        raise typer.Exit(FAILED)
    if as_json:
        print_json({"out": str(folder), "reports": [str(path) for path in made]})
    else:
        for path in made:
            typer.echo(f"Report: {path}")
