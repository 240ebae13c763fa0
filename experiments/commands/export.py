"""`omstilling export DIR`: the tables of a study or of a run in other forms."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.answers import AsJson, print_json, refusing


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A study folder, or a results folder of `run`.")],
    form: Annotated[str, typer.Option("--format", metavar="csv|parquet|xlsx", help="Form of the files.")] = "csv",
    out: Annotated[Path | None, typer.Option(help="Folder for the files; default: export in DIR.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write the tables of a study, or of a run, as CSV, Parquet or one Excel workbook."""
    from experiments import export as work

    with refusing():
        made = work.export(folder, form, out)
    if as_json:
        print_json({"out": str(folder), "files": [str(path) for path in made]})
    else:
        for path in made:
            typer.echo(str(path))
