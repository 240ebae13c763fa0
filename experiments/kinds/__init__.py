"""Kinds of study, one file each. A kind outlines (counts and checks, draws nothing) and then lays out its points."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

from experiments.kinds import compare, listed, morris, sample, sobol, sweep
from experiments.layout import Layout, Outline


class Kind(NamedTuple):
    """outline(table, settings, folder of the plan) checks; layout(outline) draws, the same points each time."""

    outline: Callable[[dict[str, Any], dict[str, float], Path], Outline]
    layout: Callable[[Outline], Layout]


KINDS: Final = {
    "compare": Kind(compare.outline, compare.layout),
    "sweep": Kind(sweep.outline, sweep.layout),
    "sample": Kind(sample.outline, sample.layout),
    "morris": Kind(morris.outline, morris.layout),
    "sobol": Kind(sobol.outline, sobol.layout),
    "list": Kind(listed.outline, listed.layout),
}
