"""`omstilling replay DIR RUN`: one run of a study again, compared with what the store has."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.answers import FAILED, WRONG, AsJson, complain, print_json, refusing


def replay(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A study folder.")],
    run: Annotated[str, typer.Argument(metavar="RUN", help="Its number in plan.parquet, or the beginning of its key.")],
    as_json: AsJson = False,
) -> None:
    """Carry out one run again and compare its digest and measures; a failed run shows its traceback."""
    from experiments import replay as work
    from experiments.member import UnfitError

    try:
        with refusing():
            told = work.replay(folder, run)
    except UnfitError as error:
        complain(str(error))
        raise typer.Exit(WRONG) from None
    if as_json:
        print_json(told)
    else:
        typer.echo(
            f"{told['design']} in {told['place']}, sample {told['sample']}, seed {told['seed']}: {told['status']}"
        )
        typer.echo(f"digest {told['digest']}, in the store {told['stored_digest']}")
        typer.echo(told.get("traceback", ""), nl=False)
    if told["status"] != "done":
        complain("the run failed" + (f" again, {told['where']}" if told["where"] else " again"))
        raise typer.Exit(FAILED)
    if told["same"] is False:
        complain(f"the run gave something else than the store has: {', '.join(told['differs']) or 'another digest'}")
        raise typer.Exit(FAILED)
