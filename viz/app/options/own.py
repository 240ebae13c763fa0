"""Figures of designs that stand side by side: one curve a design, in the order asked."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from viz.app import lines
from viz.app.answers import Ensemble, Floats
from viz.app.texts import Voice

TOKENS: Final = ("accent", "design-0", "design-2", "design-3")
PARTS: Final = ("I", "II", "III")


class Panel(NamedTuple):
    """One figure: a table of texts with its title, and decimals on its axis."""

    name: str
    digits: int


PANELS: Final = (Panel("territorial", 0), Panel("own_part", 0), Panel("built_in", 0))


def _values(panel: Panel, ensemble: Ensemble) -> Floats:
    if panel.name == "territorial":
        return ensemble.cube("territorial_per_inhabitant")
    if panel.name == "built_in":
        return 100 * ensemble.cube("institutionalisation")
    start = ensemble.cube("territorial")[:, :1]
    total: Floats = -100 * sum(ensemble.cube(f"change_{part}") for part in PARTS) / start
    return total


def figures(ensembles: Sequence[Ensemble], names: Sequence[str], voice: Voice) -> list[dict[str, Any]]:
    """Emissions, what municipalities cut, and how firmly it is built in, of each design that has runs."""
    there = [(one, name) for one, name in zip(ensembles, names, strict=True) if one.runs]
    return [_figure(panel, there, voice) for panel in PANELS] if there else []


def _figure(panel: Panel, there: list[tuple[Ensemble, str]], voice: Voice) -> dict[str, Any]:
    curves = [lines.Curve(name, _values(panel, one), token) for (one, name), token in zip(there, TOKENS, strict=False)]
    years, count = there[0][0].years, min(len(one.runs) for one, _ in there)
    told = lines.runs_said(voice, count)
    spec: dict[str, Any] = {
        "title": voice(f"own.{panel.name}"),
        "about": voice(f"own.{panel.name}_about", runs=told),
        "option": lines.option(years, curves, digits=panel.digits),
        "table": lines.table(years, curves, voice, digits=2),
        "answer": "-".join(one.answer[-24:] for one, _ in there),
    }
    spec["option"]["grid"]["right"] = 16 + 8 * max(len(curve.name) for curve in curves)
    return lines.framed(spec, voice)
