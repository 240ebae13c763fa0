"""`omstilling run`: designs into a results folder."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands.answers import FAILED, STOPPED, AsJson, complain, print_json, refusing

Designs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DESIGN]...", help="Names (`omstilling designs`) or files; none: the main job's five."),
]
PlaceName = Annotated[str, typer.Option(help="norway, a county, numbers (0301,4012) or a place folder.")]
Citizens = Annotated[str, typer.Option(metavar="N|all", help="Citizen agents; all: one for each inhabitant.")]
First = Annotated[
    int | None,
    typer.Option("--from", metavar="YEAR", help="First year, 1950-2099; default: the design's own or the place's."),
]
Last = Annotated[
    int | None,
    typer.Option("--to", metavar="YEAR", help="Last year, to 2100; default: the design's own or the place's."),
]
Replicates = Annotated[int, typer.Option(help="Runs of each design, each with its own seed.")]
Seed = Annotated[int, typer.Option(help="Seed of the first replicate; the same seeds serve every design.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="A parameter (`omstilling case --schema`); may be repeated."),
]
Choice = Annotated[str, typer.Option(help="How citizens choose: planned, threshold or bass.")]
Workers = Annotated[int | None, typer.Option(help="Processes; default: as many as there are processors.")]
Out = Annotated[Path | None, typer.Option(help="Results folder; default: results/ and a name made of place and case.")]
Replace = Annotated[bool, typer.Option("--replace", help="Remove results of another case that lie in the folder.")]
Report = Annotated[bool, typer.Option("--report/--no-report", help="Make the report at the end.")]
CaseFile = Annotated[
    Path | None, typer.Option("--case", help="A case.toml of a results folder; other options about the case then rest.")
]

PER_CASE = ("designs", "place", "citizens", "first", "last", "replicates", "seed", "settings", "choice")


def run(
    context: typer.Context,
    designs: Designs = None,
    *,
    place: PlaceName = "norway",
    citizens: Citizens = "100000",
    first: First = None,
    last: Last = None,
    replicates: Replicates = 20,
    seed: Seed = 1,
    settings: Settings = None,
    choice: Choice = "planned",
    case: CaseFile = None,
    workers: Workers = None,
    out: Out = None,
    replace: Replace = False,
    report: Report = True,
    as_json: AsJson = False,
) -> None:
    """Run institutional designs and write a results folder with tables, figures and a report."""
    from experiments import ensemble, pools, request

    with refusing():
        if case is None:
            wish = request.Request(
                tuple(designs or request.MAIN_DESIGNS),
                place,
                citizens=citizens,
                seed=seed,
                first=first,
                last=last,
                choice=choice,
                replicates=replicates,
                settings=request.settings_of(settings or []),
            )
        else:
            wish = _read(case, context)
        errand = ensemble.Errand(out, pools.cores() if workers is None else workers, replace, report)
        outcome = _carried_out(wish, errand)
    _tell(outcome, as_json=as_json)


def _read(case: Path, context: typer.Context) -> Any:
    """The request in a case file; refuses options that say what the file says already."""
    from experiments.request import RequestError, read_request

    for name in PER_CASE:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            raise RequestError(f"--case with {name}: the case file says that already; leave one of them out")
    return read_request(case)


def _carried_out(wish: Any, errand: Any) -> Any:
    from experiments import ensemble
    from experiments.store import StoreError

    try:
        return ensemble.carry_out(wish, errand)
    except StoreError as error:
        complain(f"the results folder cannot be written any more: {error}; finished runs in it are kept")
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        complain("left at once; finished runs are kept, the same command goes on from there")
        os._exit(STOPPED)  # waiting for the workers' runs is what the second interrupt does not want


def _tell(outcome: Any, *, as_json: bool) -> None:
    """Print what came of it, complain about what went wrong, and leave with the exit code that says so."""
    if as_json:
        print_json(outcome.document)
    else:
        _tell_people(outcome)
    for problem in outcome.problems:
        complain(problem)
    if outcome.is_stopped:
        raise typer.Exit(STOPPED)
    if outcome.problems:
        raise typer.Exit(FAILED)


def _tell_people(outcome: Any) -> None:
    from experiments.progress import duration
    from experiments.terminal import print_summary

    if outcome.document["designs"]:
        print_summary(outcome.document["designs"])
    typer.echo(f"Results: {outcome.folder} ({duration(outcome.document['seconds'])})")
    for path in outcome.reports:
        typer.echo(f"Report: {path}")
