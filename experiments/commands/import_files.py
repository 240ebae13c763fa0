"""`omstilling import`: files that agencies publish, made into a place folder."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands.answers import AsJson, complain, print_json, refusing

LARGE = 4_000_000  # bytes of a file that takes more than a few seconds
SHOWN = 6  # remarks of a kind that are printed; all stand in import.json

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="Miljødirektoratet's workbooks (all municipalities, or one area), SSB JSON-stat 2 or CSV, Klass CSV.",
    ),
]
Out = Annotated[Path, typer.Option(help="The place folder to write.")]
PlaceName = Annotated[str, typer.Option(help="What the figures are laid over: a place, as in `run --place`.")]
Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--as",
        metavar="[FILE=]AREA",
        help="What a workbook of one area is about: 3901, telemark, or several joined by commas; may be repeated.",
    ),
]
Year = Annotated[int | None, typer.Option(help="Year of the accounts; default: the place's base year, or the nearest.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace what an earlier import wrote to the folder.")]


def import_files(
    files: Files,
    *,
    out: Out = Path("imported-place"),
    place: PlaceName = "norway",
    areas: Areas = None,
    year: Year = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Make a place folder from official workbooks and tables; say what matched, what did not, what was summed."""
    from model.intake.assembly import assembled
    from model.intake.folder import write_folder
    from model.intake.reading import read_file
    from model.places import load_place

    with refusing():
        base = load_place(place)
        _once(files)
        findings = [read_file(file) for file in _announced(files)]
        meant = _areas(areas or [], [f.spot.file for f in findings if f.area])
        report = write_folder(assembled(base, findings, areas=meant, year=year), findings, out, replace=replace)
    if as_json:
        print_json(report)
    else:
        _tell(report)


def _announced(files: list[Path]) -> Iterator[Path]:
    """The files in turn; that a large one takes its time is said on standard error."""
    for file in files:
        if file.is_file() and file.stat().st_size > LARGE:
            complain(f"reading {file.name} ({file.stat().st_size / 1e6:.0f} MB), up to a minute")
        yield file


def _once(files: list[Path]) -> None:
    from model.intake.findings import IntakeError

    for name, count in Counter(file.name for file in files).items():
        if count > 1:
            raise IntakeError(f"{name}: {count} files of this name; rename one, so that the report can tell them apart")


def _areas(given: list[str], files: list[str]) -> dict[str, str]:
    """What each workbook of one area is about; without a file's name it is the only one."""
    from model.intake.findings import IntakeError

    found = {}
    for text in given:
        file, is_named, area = text.rpartition("=")
        if not is_named and len(files) != 1:
            told = ", ".join(files) or "none"
            raise IntakeError(f"--as {area}: which workbook of one area? Say --as FILE={area}; there are: {told}")
        if is_named and file not in files:
            raise IntakeError(f"--as {text}: no workbook of one area is called {file!r}; there are: {', '.join(files)}")
        found[file if is_named else files[0]] = area
    return found


def _tell(report: dict[str, Any]) -> None:
    from agents.vocabulary import SECTORS

    count = report["municipality_count"]
    for file in report["files"]:
        sheet = f", sheet {file['sheet']!r}" if file["sheet"] else ""
        years = f", {_span(file['years'])}" if file["years"] else ""
        typer.echo(f"{file['file']}{sheet}: {file['layout']}, {file['rows']:,} rows{years}")
        if file["matched"]:
            typer.echo(f"   matched {len(file['matched'])} of {count} municipalities")
        if file["changes"]:
            typer.echo(f"   {file['changes']} changes of numbers")
    _tell_remarks(report["remarks"])
    official = report["official"]
    whole = sum(len(sectors) == len(SECTORS) for sectors in official.values())
    rest = f", all ten sectors in {whole}; the rest is estimated" if whole < count else ", all ten sectors"
    typer.echo(f"\nOfficial accounts: {len(official)} of {count} municipalities{rest}.")
    if report["spread"]:
        typer.echo(f"Official sum, divided as the estimates are: {len(report['spread'])} municipalities.")
    others = [f"{column} ({n})" for column, n in report["columns"].items() if column not in SECTORS]
    if others:
        typer.echo(f"Other columns: {', '.join(others)}.")
    typer.echo(f"\nWritten: {report['out']}; look at it with  omstilling places show {report['out']}")
    typer.echo(f"Run it:  omstilling run --place {report['out']}")


def _tell_remarks(remarks: list[dict[str, Any]]) -> None:
    from model.intake.findings import KINDS, Spot

    for kind, meaning in KINDS.items():
        mine = [r for r in remarks if r["kind"] == kind]
        if mine:
            typer.echo(f"\n{kind.capitalize()}: {meaning}")
        for r in mine[:SHOWN]:
            typer.echo(f"   {Spot(r['file'], r['sheet'], r['row'] or 0)}: {r['what']}")
        if len(mine) > SHOWN:
            typer.echo(f"   … and {len(mine) - SHOWN} more, all in import.json")


def _span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
