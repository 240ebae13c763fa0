"""`omstilling app`: the laboratory in the browser."""

from pathlib import Path
from typing import Annotated, Final

import typer

from experiments.commands.answers import FAILED, WRONG, complain

GROUP: Final = "omstilling.laboratories"  # entry points; see docs/decisions/0002-report-entry-point.md

Host = Annotated[
    str, typer.Option(help="Address to listen at; other machines reach the laboratory only if you widen it.")
]
Port = Annotated[int, typer.Option(help="Port to listen at.")]
Opens = Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")]
Names = Annotated[
    list[str] | None,
    typer.Option("--name", metavar="HOST", help="A name under which it may be reached; may be repeated."),
]

Results = Annotated[
    Path | None, typer.Option(help="A results folder of `omstilling run`, to look at beside what is run here.")
]
Place = Annotated[Path | None, typer.Option(help="A place folder to ask about, beside Norway and its counties.")]


def app(
    host: Host = "127.0.0.1",
    port: Port = 8765,
    *,
    opens: Opens = True,
    names: Names = None,
    results: Results = None,
    place: Place = None,
) -> None:
    """Open the laboratory in the browser, on this machine and for this machine."""
    from importlib.metadata import entry_points

    found = list(entry_points(group=GROUP))
    if not found:
        complain("no laboratory is installed; `make setup` installs the whole program")
        raise typer.Exit(FAILED)
    try:
        start = found[0].load()
        start(host=host, port=port, opens=opens, names=tuple(names or ()), results=results, place=place)
    except RuntimeError as error:
        complain(str(error))
        raise typer.Exit(WRONG) from None
