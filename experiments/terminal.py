"""The table that a run ends with, on standard output."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

Figures = Mapping[str, Any]
WIDTH = 140  # columns where there is no terminal to ask


def shown_years(years: Sequence[int]) -> list[int]:
    """First year, fifteen years on, and last year, as far as the run goes.

    >>> shown_years(range(2025, 2051)), shown_years(range(2025, 2031))
    ([2025, 2040, 2050], [2025, 2030])
    """
    first, last = years[0], years[-1]
    return sorted({first, min(first + 15, last), last})


def table(designs: Sequence[Figures]) -> "Table":
    """Per design: emissions per inhabitant, reduction, its division by level, institutionalisation and runs."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    years = shown_years([int(y) for y in designs[0]["territorial_t_per_inhabitant"]])
    half, last = str(years[min(1, len(years) - 1)]), str(years[-1])
    made = Table(box=SIMPLE_HEAD, title="Territorial emissions, t CO2e per inhabitant: median (5-95 % of the runs)")
    made.add_column("design", no_wrap=True)
    for year in years:
        made.add_column(str(year), justify="right")
    made.add_column(f"cut {half}", justify="right")
    made.add_column(f"national/I/II/III\n% of cut {last}", justify="right")
    made.add_column(f"institutions\n{last}", justify="right")
    made.add_column("n", justify="right")
    for figures in designs:
        per_head = figures["territorial_t_per_inhabitant"]
        cells = [_band(per_head[str(y)], ".2f") for y in years]
        shares = figures["by_level_share"].values()
        made.add_row(
            figures["name"],
            *cells,
            _band(figures["reduction_share"][half], ".0f", 100, " %"),
            "/".join(_number(s[last]["mean"], ".0f", 100) for s in shares),
            _band(figures["institutionalisation"][last], ".2f"),
            str(figures["replicates"]),
        )
    return made


def print_summary(designs: Sequence[Figures]) -> None:
    """Print the table; without a terminal it is as wide as it needs."""
    import sys

    from rich.console import Console

    console = Console() if sys.stdout.isatty() else Console(width=WIDTH, no_color=True)
    console.print(table(designs))


def _band(spread: Mapping[str, float | None], form: str, scale: float = 1, unit: str = "") -> str:
    middle, low, high = (_number(spread[k], form, scale) for k in ("median", "p05", "p95"))
    return f"{middle}{unit}" if low == high else f"{middle}{unit} ({low}-{high})"


def _number(value: float | None, form: str, scale: float = 1) -> str:
    return "-" if value is None else format(value * scale, "z" + form)  # z: no minus before a zero
