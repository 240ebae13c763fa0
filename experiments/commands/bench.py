"""`omstilling bench`: the declared workloads on this machine, against kept costs."""

from typing import Annotated, Any

import typer

from experiments.commands.answers import WRONG, AsJson, complain, print_json, print_table

Repeats = Annotated[int, typer.Option(help="Times that each workload is done; 1 to 1000.")]
Whole = Annotated[
    bool, typer.Option("--whole", help="Also Norway one to one: 5.6 million citizens, under a minute each.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Keep these costs as what later ones are compared with.")]


def bench(*, repeats: Repeats = 7, whole: Whole = False, keep: Keep = False, as_json: AsJson = False) -> None:
    """Time the declared workloads, name the machine, and warn of what costs over 10 % more than is kept."""
    if not 1 <= repeats <= 1000:
        complain(f"{repeats} repeats: give from 1 to 1000")
        raise typer.Exit(WRONG)
    from experiments import provenance, workloads

    rows = list(workloads.measured(repeats, whole=whole))
    document = {"version": provenance.version(), "machine": workloads.machine(), "workloads": rows}
    if as_json:
        print_json(document)
    else:
        _tell(document)
    for row in rows:
        if row["is_slower"]:
            complain(f"{row['id']} costs {100 * row['change']:.0f} % more than is kept")
    if keep:
        workloads.keep(document)


def _tell(document: dict[str, Any]) -> None:
    machine = document["machine"]
    packages = ", ".join(f"{name} {machine[name]}" for name in ("numpy", "numba", "mesa"))
    typer.echo(f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}, {packages}")
    table = []
    for row in document["workloads"]:
        seconds = row["seconds"]
        told = f"{1e3 * seconds['median']:.1f} ({1e3 * seconds['low']:.1f}-{1e3 * seconds['high']:.1f})"
        change = "" if row["change"] is None else f"{100 * row['change']:+.0f} %"
        each = f"{row['nanoseconds_a_citizen_year']:.0f}"
        table.append([row["title"], told, f"{1e3 * row['processor_seconds']:.1f}", each, f"{row['cost']:.2f}", change])
    columns = ["workload", "ms: median (lowest-highest)", "processor ms", "ns a citizen-year", "cost", "change"]
    print_table(columns, table, right=(1, 2, 3, 4, 5))
