"""The designs side by side: a measure a column, with median, interval and place on the range of the column."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from viz.results import Floats, Results, quantiles
from viz.words import Both, measured, sharp

COLUMNS: tuple[tuple[str, str, Both, int, float], ...] = (
    (
        "territorial_per_inhabitant",
        "last",
        Both("Territorial emissions {y}, t per inhabitant", "Direkte utslipp {y}, t per innbygger"),
        2,
        1.0,
    ),
    (
        "reduction_share",
        "half",
        Both("Fall in total emissions by {y}, %", "Nedgang i samlede utslipp innen {y}, %"),
        0,
        100.0,
    ),
    (
        "reduction_share",
        "last",
        Both("Fall in total emissions by {y}, %", "Nedgang i samlede utslipp innen {y}, %"),
        0,
        100.0,
    ),
    (
        "footprint_per_inhabitant",
        "last",
        Both("Footprint {y}, t per inhabitant", "Fotavtrykk {y}, t per innbygger"),
        2,
        1.0,
    ),
    (
        "institutionalisation",
        "last",
        Both("Institutionalisation {y}, 0–100", "Institusjonalisering {y}, 0–100"),
        0,
        100.0,
    ),
)
MONEY: tuple[tuple[tuple[str, ...], Both], ...] = (
    (
        ("project_money", "permanent_money"),
        Both("State money, million NOK a year (mean)", "Statlige midler, mill. kr i året (snitt)"),
    ),
    (
        ("own_money",),
        Both("Municipal own money, million NOK a year (mean)", "Kommunenes egne midler, mill. kr i året (snitt)"),
    ),
)
NOTE = Both(
    "Falls are of total tonnes, not per inhabitant. State money: project grants and permanent or earmarked money; "
    "own money: what municipalities pay for measures and officers out of their own means; both are means over the "
    "years. Pooled staff, networks, arenas and price support are paid for in the model too, but do not stand in these "
    "columns.",
    "Nedgangen gjelder samlede tonn, ikke per innbygger. Statlige midler: prosjekttilskudd og faste eller øremerkede "
    "midler; egne midler: det kommunene betaler for tiltak og stillinger av egne penger; begge er snitt over årene. "
    "Felles fagfolk, nettverk, arenaer og prisstøtte betales også i modellen, men står ikke i disse kolonnene.",
)


def comparison(results: Results, keys: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Header, a row a design with its key, and what the columns hold in words."""
    header, columns = [], []
    for column, when, title, digits, scale in COLUMNS:
        year = {"last": results.last, "half": results.half}[when]
        values = results.cube(column)[:, :, results.at(year)] * scale
        header.append(title.fill(y=str(year)))
        low, middle, high = quantiles(values)
        narrowest = max(sharp(float(a), float(b), digits) for a, b in zip(low, high, strict=True))
        columns.append(_cells(low, middle, high, narrowest))
    for names, title in MONEY:
        yearly = np.sum([results.cube(name) for name in names], axis=0).mean(axis=2) * 1e-6
        header.append(title)
        columns.append(_cells(*quantiles(yearly), 0))
    rows = [{"key": key, "cells": [cells[d] for cells in columns]} for d, key in enumerate(keys)]
    return {"header": header, "rows": rows, "note": NOTE}


def _cells(low: Floats, middle: Floats, high: Floats, digits: int) -> list[Mapping[str, Any]]:
    """The cells of one column, with two ends and the middle of the gauge in per cent of its width."""
    edge, span = float(np.nanmin([low.min(), 0])), float(max(np.nanmax(high) - min(np.nanmin(low), 0), 1e-9))
    ends = [[f"{100 * (float(v) - edge) / span:.1f}" for v in values] for values in (low, middle, high)]
    cells: list[Mapping[str, Any]] = []
    for d in range(len(middle)):
        median, around = measured(float(low[d]), float(middle[d]), float(high[d]), digits)
        cells.append({"median": median, "interval": around, "a": ends[0][d], "m": ends[1][d], "b": ends[2][d]})
    return cells
