"""`omstilling study PLAN`: an experiment batch that can be stopped, killed and resumed."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands.answers import FAILED, STOPPED, AsJson, complain, print_json, refusing

Workers = Annotated[int | None, typer.Option(help="Processes; default: as many as there are processors.")]
Out = Annotated[Path | None, typer.Option(help="Study folder; default: results/ and a name made of the plan.")]
Scheduler = Annotated[str | None, typer.Option(metavar="tcp://…", help="Address of a running Dask scheduler.")]
Shard = Annotated[str | None, typer.Option(metavar="I/N", help="Only the I-th of N like parts, for job arrays.")]
Retry = Annotated[bool, typer.Option("--retry-failed", help="Run again what failed before.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait while another process writes the folder.")]


def study(
    plan: Annotated[Path, typer.Argument(metavar="PLAN.toml", help="A plan (docs/studies.md).")],
    *,
    out: Out = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    shard: Shard = None,
    retry_failed: Retry = False,
    wait: Wait = False,
    as_json: AsJson = False,
) -> None:
    """Carry out a study, or what is missing of it: compare, sweep, sample, morris, sobol or list."""
    from experiments import pools
    from experiments.study import Launch

    with refusing():
        outcome = _carried_out(
            Launch(
                plan,
                out,
                workers=pools.cores() if workers is None else workers,
                scheduler=scheduler,
                shard=_part(shard),
                is_retrying=retry_failed,
                is_waiting=wait,
            )
        )
    _tell(outcome, as_json=as_json)


def _part(text: str | None) -> tuple[int, int] | None:
    from experiments.request import RequestError

    if text is None:
        return None
    first, _, second = text.partition("/")
    if not (first.isdecimal() and second.isdecimal() and len(text) < 20):
        raise RequestError(f"--shard {text[:40]}: give I/N with I from 1 to N, such as 1/8")
    return int(first), int(second)


def _carried_out(launch: Any) -> Any:
    from experiments import study as work
    from experiments.batch import EngineError
    from experiments.store import StoreError

    try:
        return work.carry_out(launch)
    except StoreError as error:
        complain(f"the study cannot be written any more: {error}; finished runs are kept, the same command goes on")
        raise typer.Exit(FAILED) from None
    except EngineError as error:
        complain(f"{error}; finished runs are kept, the same command goes on")
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        complain("left at once; finished runs are kept, the same command goes on from there")
        os._exit(STOPPED)  # waiting for the workers' runs is what the second interrupt does not want


def _tell(outcome: Any, *, as_json: bool) -> None:
    """Say what came of it, and leave with the exit code that says so."""
    from experiments.progress import duration
    from experiments.results import digest

    told = {"out": str(outcome.folder), "planned": outcome.planned, "done": outcome.done, "failed": outcome.failed}
    told |= {"seconds": round(outcome.seconds, 2), "stopped": outcome.is_stopped}
    told |= {"digest": digest(outcome.folder) if outcome.is_complete else None}
    if as_json:
        print_json(told)
    else:
        typer.echo(f"{outcome.done:,} of {outcome.planned:,} runs done, {outcome.failed:,} failed")
        typer.echo(
            f"Study: {outcome.folder} ({duration(outcome.seconds)})"
            + f", digest {told['digest']}" * bool(told["digest"])
        )
    if outcome.is_stopped:
        complain(f"stopped; what is finished is kept in {outcome.folder}, the same command goes on")
        raise typer.Exit(STOPPED)
    if outcome.failed:
        where = f"`omstilling status {outcome.folder}` says where"
        complain(f"{outcome.failed:,} runs failed; {where}, --retry-failed runs them again")
        raise typer.Exit(FAILED)
