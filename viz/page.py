"""What stands on the page, section by section, in both languages. Knows nothing of how a figure is drawn."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
from markupsafe import Markup, escape

from viz import methods, palette
from viz.canvas import Drawing, paper
from viz.curves import run_count
from viz.figures import FIGURES, decomposition, differences
from viz.findings import findings, headline, likelihood
from viz.results import Floats, Results, quantiles
from viz.sheet import page_svg
from viz.words import Both, interval, number, pair, plural, runs

TEMPLATES = Path(__file__).parent / "templates"
FEW = 5  # replicates below which the page says that they are too few

SECTIONS: tuple[tuple[str, Both, tuple[str, ...]], ...] = (
    ("emissions", Both("Emissions", "Utslipp"), ("territorial", "footprint", "differences")),
    ("work", Both("Whose work", "Hvem gjør arbeidet"), ("decomposition", "map_reduction")),
    (
        "institutions-section",
        Both("Institutions", "Institusjoner"),
        ("institutions", "decoupling", "champions", "elements", "size", "map_institutions"),
    ),
    ("people", Both("Citizens and businesses", "Innbyggere og næringsliv"), ("adoption",)),
)


def drawn(results: Results) -> list[Drawing]:
    """All figures for which there are data, in order."""
    with paper():
        return [d for d in (draw(results) for draw in FIGURES.values()) if d is not None]


def rendered(results: Results, drawings: Sequence[Drawing], *, language: str) -> str:
    """The page as HTML."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["t"] = spoken
    with paper():
        pictures = {d.name: _figure(d) for d in drawings}
    sections = [
        {"id": key, "title": title, "figures": [pictures[n] for n in names if n in pictures]}
        for key, title, names in SECTIONS
    ]
    context: dict[str, Any] = {
        "language": language,
        "css": Markup(_variables()),
        "title": _title(results),
        "facts": _facts(results),
        "warnings": warnings(results),
        "headline": headline(results),
        "findings": findings(results),
        "keys": _keys(results),
        "comparison": comparison(results),
        "pairs": pair_sentences(results),
        "levels": level_sentences(results),
        "sections": [s for s in sections if s["figures"]],
        "designs": methods.design_sheets(results),
        "methods": methods.methods(results),
        "years": {"first": results.first, "half": results.half, "last": results.last},
    }
    return environment.get_template("report.html").render(context)


def spoken(text: object) -> Markup:
    """Both languages as spans for the page to choose from, escaped; one bare text where they are the same."""
    if not isinstance(text, Both):
        return escape(str(text))
    if text.en == text.nb:
        return escape(text.en)
    return Markup('<span lang="en">{}</span><span lang="nb">{}</span>').format(text.en, text.nb)


def _variables() -> str:
    light, dark = palette.variables(palette.LIGHT), palette.variables(palette.DARK)
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _figure(drawing: Drawing) -> Mapping[str, Any]:
    panels = []
    for i, one in enumerate(drawing.panels):
        identity = f"{drawing.name}-{i}"
        named = f"{drawing.name}-alt" + (f" {identity}-title" if one.title is not None else "")
        panels.append(
            {
                "id": identity,
                "title": one.title,
                "note": one.note,
                "svg": Markup(page_svg(one.figure, identity, named)),
                "letter": one.look.letter if one.look else "",
                "token": one.look.token if one.look else "",
                "width": round(float(one.figure.get_size_inches()[0]) * 72),
            }
        )
    names = ("name", "title", "subtitle", "caption", "alt", "header", "rows", "columns", "is_row", "has_key", "legend")
    return {**{n: getattr(drawing, n) for n in names}, "panels": panels}


def _title(results: Results) -> Both:
    kept = results.manifest.get("place")
    titled = getattr(results.place, "title", None) or (kept.get("title") if isinstance(kept, dict) else None)
    place = pair(titled, str(results.case.get("place", "")))
    if len(results.designs) == 1:
        return Both("What “{d}” leads to: {p}", "Hva «{d}» fører til: {p}").fill(
            d=results.title(results.designs[0]), p=place
        )
    return Both(
        "What {n} institutional designs lead to: {p}", "Hva {n} institusjonelle utforminger fører til: {p}"
    ).fill(n=str(len(results.designs)), p=place)


def _facts(results: Results) -> list[Both]:
    count = int(results.tables["municipality"]["number"].nunique())
    citizens = results.case.get("citizens")
    facts = [
        plural(len(results.designs), Both("design", "utforming"), Both("designs", "utforminger")),
        run_count(results),
        plural(count, Both("municipality", "kommune"), Both("municipalities", "kommuner")),
        Both("{a}–{b}", "{a}–{b}").fill(a=str(results.first), b=str(results.last)),
    ]
    if isinstance(citizens, int | float):
        facts.append(Both("{n} simulated citizens", "{n} simulerte innbyggere").fill(n=number(float(citizens), 0)))
    return facts


def warnings(results: Results) -> list[Both]:
    """What the reader must know before anything else: failed runs, too few runs."""
    said = []
    failed = methods.failed_runs(results)
    if failed:
        said.append(
            Both(
                "{n} failed and are left out of every figure below; manifest.json lists them.",
                "{n} feilet og er utelatt fra alle figurer under; manifest.json lister dem opp.",
            ).fill(n=runs(failed))
        )
    fewest = min(results.runs.values())
    if fewest < FEW:
        said.append(
            Both(
                "Too few runs to conclude: {n} of at least one design. Intervals are not to be trusted below five "
                "runs.",
                "For få kjøringer til å konkludere: {n} av minst én utforming. Intervaller er ikke til å stole på "
                "under fem kjøringer.",
            ).fill(n=runs(fewest))
        )
    return said


def _keys(results: Results) -> list[Mapping[str, Any]]:
    keys: list[Mapping[str, Any]] = []
    for place, design in enumerate(results.designs):
        style = palette.look(place)
        dash = "" if style.dash == "solid" else " ".join(f"{2 * v:.1f}" for v in style.dash[1])  # type: ignore[index]
        keys.append(
            {
                "letter": style.letter,
                "token": style.token,
                "dash": dash,
                "title": results.title(design),
                "n": results.runs[design],
            }
        )
    return keys


COLUMNS: tuple[tuple[str, str, Both, int, float], ...] = (
    (
        "territorial_per_inhabitant",
        "last",
        Both("Territorial {y}, t per inhabitant", "Direkte utslipp {y}, t per innbygger"),
        2,
        1.0,
    ),
    ("reduction_share", "half", Both("Total fall by {y}, %", "Samlet nedgang innen {y}, %"), 0, 100.0),
    ("reduction_share", "last", Both("Total fall by {y}, %", "Samlet nedgang innen {y}, %"), 0, 100.0),
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
        Both(
            "State grants and permanent money, NOK million a year", "Statlige tilskudd og faste midler, mill. kr i året"
        ),
    ),
    (("own_money",), Both("Municipal own money, NOK million a year", "Kommunenes egne midler, mill. kr i året")),
)


def comparison(results: Results) -> Mapping[str, Any]:
    """Designs by measures: median, interval, and where they lie on the range of the column."""
    header, columns = [], []
    for column, when, title, digits, scale in COLUMNS:
        year = {"last": results.last, "half": results.half}[when]
        low, middle, high = quantiles(results.cube(column)[:, :, results.at(year)] * scale)
        header.append(title.fill(y=str(year)))
        columns.append(_cells(low, middle, high, digits))
    for names, title in MONEY:
        yearly = np.sum([results.cube(name) for name in names], axis=0).mean(axis=2) * 1e-6
        header.append(title)
        columns.append(_cells(*quantiles(yearly), 0))
    rows = [{"key": key, "cells": [cells[d] for cells in columns]} for d, key in enumerate(_keys(results))]
    return {"header": header, "rows": rows}


def _cells(low: Floats, middle: Floats, high: Floats, digits: int) -> list[Mapping[str, Any]]:
    edge, span = float(np.nanmin([low.min(), 0])), float(max(np.nanmax(high) - min(np.nanmin(low), 0), 1e-9))
    ends = [[f"{100 * (float(v) - edge) / span:.1f}" for v in values] for values in (low, middle, high)]
    return [
        {
            "median": number(middle[d], digits),
            "interval": interval(low[d], high[d], digits),
            "a": ends[0][d],
            "m": ends[1][d],
            "b": ends[2][d],
        }
        for d in range(len(middle))
    ]


def pair_sentences(results: Results) -> list[Both]:
    """Each design against the reference in a sentence: territorial and footprint per inhabitant, and how sure."""
    said = []
    for design in results.designs:
        if design == results.reference:
            continue
        d = results.designs.index(design)
        parts = []
        for column, name in (
            ("territorial_per_inhabitant", Both("territorial", "direkte utslipp")),
            ("footprint_per_inhabitant", Both("footprint", "fotavtrykk")),
        ):
            gaps = differences.differences(results, column)[d]
            low, middle, high = quantiles(gaps, axis=0)
            pairs = int(np.isfinite(gaps).sum())
            parts.append(
                Both(
                    "{n} {m} t per inhabitant ({i}), lower in {k} of {p} pairs",
                    "{n} {m} tonn per innbygger ({i}), lavere i {k} av {p} par",
                ).fill(
                    n=name,
                    m=number(float(middle), 2, sign=True),
                    i=interval(float(low), float(high), 2),
                    k=str(int((gaps < 0).sum())),
                    p=str(pairs),
                )
            )
        gaps = differences.differences(results, "territorial_per_inhabitant")[d]
        sure = likelihood(differences.better(gaps, -1), results.runs[design], size=float(np.nanmedian(gaps)))
        both = Both(
            "“{t}”: {a}; {b}. Lower territorial emissions than “{r}”: {w}.",
            "«{t}»: {a}; {b}. Lavere direkte utslipp enn «{r}»: {w}.",
        )
        said.append(
            both.fill(t=results.title(design), r=results.title(results.reference), a=parts[0], b=parts[1], w=sure)
        )
    return said


def level_sentences(results: Results) -> list[Both]:
    """Per design: what the work of municipalities adds to the fall, and how it divides over the levels."""
    said = []
    for d, design in enumerate(results.designs):
        levels = decomposition.parts(results)[2:, d]
        low, middle, high = quantiles(levels.sum(axis=0), axis=0)
        each = np.nanmedian(levels, axis=1)
        words = Both(
            "“{t}”: {m} points ({i}); level I {a}, level II {b}, level III {c}.",
            "«{t}»: {m} poeng ({i}); nivå I {a}, nivå II {b}, nivå III {c}.",
        )
        numbers = {k: number(float(v), 1) for k, v in zip("abc", each, strict=True)}
        said.append(
            words.fill(
                t=results.title(design), m=number(float(middle), 0), i=interval(float(low), float(high), 0), **numbers
            )
        )
    return said
