"""`omstilling claims`: the claims of the report as paired experiments."""

import os
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands.answers import FAILED, STOPPED, AsJson, complain, print_json, print_table, refusing
from experiments.commands.run import PlaceName, Seed, Settings, Workers

Names = Annotated[list[str] | None, typer.Argument(metavar="[CLAIM]...", help="Ids of claims; none: all ten.")]
Citizens = Annotated[
    str | None,
    typer.Option(
        metavar="N|all", help="Citizen agents; all: one for each inhabitant; default: 20000, or all if fewer."
    ),
]
Replicates = Annotated[int, typer.Option(help="Pairs of runs of each claim; both arms of a pair have the same seed.")]
Choice = Annotated[str, typer.Option(help="How citizens choose: planned, threshold, bass, or all: each in turn.")]
Out = Annotated[Path | None, typer.Option(help="Folder for claims.json and claims.parquet.")]
Replace = Annotated[bool, typer.Option("--replace", help="Write over other claims that lie in the folder.")]


def claims(
    names: Names = None,
    *,
    place: PlaceName = "norway",
    citizens: Citizens = None,
    replicates: Replicates = 20,
    seed: Seed = 1,
    choice: Choice = "planned",
    settings: Settings = None,
    workers: Workers = None,
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Run the claims of the report: effect with 95 % interval, number of pairs, and whether it is supported."""
    from experiments import examination, hearing, pools, request

    started = time.perf_counter()
    with refusing():
        given = request.settings_of(settings or [])
        question = examination.Question(place, citizens, replicates, seed, choice, given)
        heard = hearing.prepared(question, names or ())
        if out is not None:
            hearing.check_folder(out, heard.digest, replace=replace)
        tasks = examination.tasks_of(heard.question, heard.worlds)
        receipts = _received(tasks, pools.cores() if workers is None else workers)
    document = hearing.document_of(heard, receipts, started)
    is_stopped = len(receipts) < len(tasks)
    if out is not None and not is_stopped:
        _write(out, heard, receipts, document)
    if as_json:
        print_json(document)
    else:
        _tell(document)
    _leave(document, is_stopped=is_stopped, missing=len(tasks) - len(receipts))


def _received(tasks: list[dict[str, Any]], workers: int) -> list[dict[str, Any]]:
    from experiments.examination import receipts_of

    try:
        return list(receipts_of(tasks, workers))
    except KeyboardInterrupt:
        complain("left at once; nothing is written")
        os._exit(STOPPED)  # waiting for the workers' runs is what the second interrupt does not want


def _write(out: Path, heard: Any, receipts: list[dict[str, Any]], document: dict[str, Any]) -> None:
    from experiments.hearing import write
    from experiments.store import StoreError

    try:
        write(out, heard, receipts, document)
    except StoreError as error:
        complain(f"the claims cannot be written: {error}")
        raise typer.Exit(FAILED) from None


def _leave(document: dict[str, Any], *, is_stopped: bool, missing: int) -> None:
    """Say which runs are missing from which claim, and leave with the exit code that says so."""
    failed = False
    for rows in document.get("by_choice", {document["choice"]: document["claims"]}).values():
        for row in rows:
            if row["failed"]:
                failed, first = True, row["failed"][0]
                told = f"{row['id']} ({row['choice']}): {len(row['failed'])} runs failed"
                complain(f"{told}; the first: {first['arm']}, seed {first['seed']}: {first['error']}")
    if is_stopped:
        complain(f"stopped: {missing} runs were not made; nothing is written")
        raise typer.Exit(STOPPED)
    if failed:
        raise typer.Exit(FAILED)


def _tell(document: dict[str, Any]) -> None:
    rows = []
    for row in document["claims"]:
        rows.append([row["id"], row["title"], "", "", row["verdict"].upper(), _how(row)])
        for effect in row["effects"]:
            if effect is row["effects"][0] or effect["verdict"]:
                told = [f"{effect['title']}, {effect['unit']}", _interval(effect), str(effect["n"])]
                rows.append(["", *told, effect["verdict"] or "", ""])
        if row["answer"]:
            rows.append(["", row["answer"], "", "", "", ""])
    print_table(["claim", "effect", "mean (95 % interval)", "n", "verdict", ""], rows, right=(2, 3))
    if "by_theory" in document:
        _tell_theories(document["by_theory"])


def _how(row: dict[str, Any]) -> str:
    return "by construction" if row["by_construction"] else "emergent"


def _tell_theories(rows: list[dict[str, Any]]) -> None:
    rules = list(rows[0]["verdicts"])
    told = [
        [
            row["id"],
            *(f"{row['verdicts'][r]} ({_number(row['effects'][r][0])})" for r in rules),
            row["depends_on_theory"],
        ]
        for row in rows
    ]
    typer.echo("")
    print_table(["claim", *rules, "depends on the theory"], told)


def _interval(effect: dict[str, Any]) -> str:
    if effect["low"] is None:
        return "-"
    return f"{_number(effect['effect'])} ({_number(effect['low'])} to {_number(effect['high'])})"


def _number(value: float | None) -> str:
    return "-" if value is None else format(value, "z,.0f" if abs(value) >= 1000 else "z.3f")
