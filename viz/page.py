"""What stands on the page, section by section, in both languages. Knows nothing of how a figure is drawn."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
from markupsafe import Markup, escape

from viz import methods, palette
from viz.canvas import Drawing, paper
from viz.comparison import comparison
from viz.curves import run_count
from viz.evidence import evidence
from viz.figures import FIGURES, decomposition
from viz.findings import findings, headline
from viz.pairs import pair_sentences
from viz.results import Results, quantiles
from viz.sheet import page_svg
from viz.words import Both, capital, measured, number, pair, plural, runs, same, tied

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
    with paper():
        pictures = {d.name: pictured(d) for d in drawings}
    sections = [
        {"id": key, "title": title, "figures": [pictures[n] for n in names if n in pictures]}
        for key, title, names in SECTIONS
    ]
    keys = _keys(results)
    context: dict[str, Any] = {
        "language": language,
        "css": Markup(themes()),
        "title": _title(results),
        "facts": _facts(results),
        "warnings": warnings(results),
        "headline": headline(results),
        "findings": findings(results),
        "keys": keys,
        "basis": methods.basis(results),
        "comparison": comparison(results, keys),
        "pairs": pair_sentences(results),
        "levels": level_sentences(results),
        "sections": [s for s in sections if s["figures"]],
        "designs": methods.design_sheets(results),
        "evidence": evidence(results),
        "methods": methods.methods(results),
        "years": {"first": results.first, "half": results.half, "last": results.last},
    }
    return environment().get_template("report.html").render(context)


def environment() -> jinja2.Environment:
    """What pages are made with: templates, escaping, and filters for text in two languages."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    made = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    made.filters |= {"t": spoken, "capital": _capital, "amount": _amount}
    return made


def spoken(text: object) -> Markup:
    """Both languages as spans for the page to choose from, escaped; one bare text where they are the same."""
    en, nb = (tied(part) for part in (text if isinstance(text, Both) else same(text)))
    if en == nb:
        return escape(en)
    return Markup('<span lang="en">{}</span><span lang="nb">{}</span>').format(en, nb)


def _capital(text: object) -> Both:
    return capital(text if isinstance(text, Both) else same(text))


def _amount(value: object) -> Both:
    """A whole number as each language writes it; anything else as it stands."""
    return number(float(value), 0) if isinstance(value, int | float) else same(value)


def themes() -> str:
    """All colours as CSS variables, light and dark."""
    light, dark = palette.variables(palette.LIGHT), palette.variables(palette.DARK)
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def pictured(drawing: Drawing) -> Mapping[str, Any]:
    """A drawing as the page's template wants it."""
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
                "{n} failed and are left out of every figure below.",
                "{n} feilet og er utelatt fra alle figurer under.",
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
        median, around = measured(float(low), float(middle), float(high), 0)
        numbers = {k: number(float(v), 1) for k, v in zip("abc", each, strict=True)}
        said.append(words.fill(t=results.title(design), m=median, i=around, **numbers))
    return said
