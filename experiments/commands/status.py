"""`omstilling status DIR`: how far a study has come, from any terminal."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands.answers import AsJson, print_json, refusing


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A study folder.")],
    as_json: AsJson = False,
) -> None:
    """Say how many runs of a study are done, failed and left, how fast it goes, and where runs failed."""
    from experiments.progress import duration
    from experiments.standing import standing

    with refusing():
        told = standing(folder)
    if as_json:
        print_json(told)
        return
    typer.echo(f"{told['title'] or folder} ({told['kind']})")
    state = "running" if told["running"] else "not running"
    typer.echo(f"{told['done']:,} of {told['planned']:,} runs done, {told['failed']:,} failed; {state}")
    if told["left"] is not None:
        typer.echo(f"{told['rate']:.1f} runs a second, {duration(told['left'])} left")
    for failure in told["failures"]:
        who = f"{failure['design']}, {failure['place']}, sample {failure['sample']}, seed {failure['seed']}"
        typer.echo(f"{failure['status']} {failure['key'][:12]} ({who}): {failure['error']} [{failure['where']}]")
