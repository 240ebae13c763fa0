"""Designs side by side with the same seeds: one sample, in which nothing but the design differs."""

from pathlib import Path
from typing import Any

from experiments.layout import Layout, Outline
from experiments.selection import only


def outline(table: dict[str, Any], settings: dict[str, float], folder: Path) -> Outline:
    """One sample without parameters. Raises RequestError for any key."""
    only(table, ())
    return Outline(1)


def layout(plan: Outline) -> Layout:
    """One row without columns."""
    return Layout()
