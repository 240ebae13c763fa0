"""`omstilling validate`: the patterns of history against the model."""

from typing import Annotated, Any

import typer

from experiments.commands.answers import FAILED, STOPPED, AsJson, complain, print_json, print_table, refusing
from experiments.commands.run import Choice, Seed, Settings, Workers

Citizens = Annotated[int, typer.Option(help="Citizen agents in all of Norway.")]
Replicates = Annotated[int, typer.Option(help="Runs of each history, each with its own seed.")]


def validate(
    *,
    replicates: Replicates = 50,
    citizens: Citizens = 100_000,
    seed: Seed = 1,
    choice: Choice = "planned",
    settings: Settings = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Run history with the model of today: each pattern with target, interval, tolerance, pass or fail."""
    from experiments import pools, request, validation

    with refusing():
        trial = validation.Trial(replicates, citizens, seed, choice, request.settings_of(settings or []))
        tasks = validation.tasks_of(trial)
        receipts = list(validation.receipts_of(tasks, pools.cores() if workers is None else workers))
    document = validation.document_of(trial, receipts, planned=len(tasks))
    if as_json:
        print_json(document)
    else:
        _tell(document["patterns"])
    for receipt in document["failed"]:
        complain(f"{receipt['design']}, seed {receipt['seed']}: {receipt['error']}")
    if document["missing"]:
        complain(f"stopped: {document['missing']} of {len(tasks)} runs were not made; the intervals rest on the others")
        raise typer.Exit(STOPPED)
    if document["failed"]:
        raise typer.Exit(FAILED)


def _tell(rows: list[dict[str, Any]]) -> None:
    table = []
    for row in rows:
        table.append([row["id"], row["title"], "", "", "", "", "", "", "pass" if row["pass"] else "FAIL"])
        for part in row["parts"]:
            low, high = part["tolerance"]
            model = "-" if part["model"] is None else f"{part['model']:.3f} ({part['p05']:.3f} to {part['p95']:.3f})"
            told = [f"{part['title']}, {part['unit']}", f"{part['target']:g}", f"{low:g} to {high:g}", model]
            told += [f"{100 * part['within']:.0f} %", str(part["n"]), part["role"]]
            table.append(["", *told, "pass" if part["pass"] else "FAIL"])
    columns = ["", "pattern", "target", "tolerance", "model: median (5-95 %)", "within", "n", "role", ""]
    print_table(columns, table, right=(2, 3, 4, 5, 6))
