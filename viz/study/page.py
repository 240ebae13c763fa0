"""The page of a study, section by section, in both languages."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup

from viz import palette
from viz.canvas import Drawing, paper
from viz.page import environment, pictured, themes
from viz.study import differences, findings, indices, levels, losses, luck, methods, ranks, scenario, screening, sweeps
from viz.study.reading import Study
from viz.words import Both, number, plural, runs, same

FIGURES: Final[tuple[Callable[[Study], list[Drawing]], ...]] = (
    levels.draw,
    differences.draw,
    ranks.draw,
    losses.draw,
    sweeps.draw,
    indices.draw,
    screening.draw,
    scenario.draw,
    luck.draw,
)
SECTIONS: Final[tuple[tuple[str, Both, tuple[str, ...]], ...]] = (
    ("designs-compared", Both("The designs", "Utformingene"), ("levels", "differences", "ranks")),
    ("futures", Both("When the future is unknown", "Når framtiden er ukjent"), ("regret", "scenarios-", "luck")),
    ("along", Both("Along a parameter", "Langs en parameter"), ("sweep-",)),
    ("decides", Both("What decides", "Hva som avgjør"), ("indices-", "screening-", "settling-")),
)


def drawn(study: Study) -> list[Drawing]:
    """All figures for which there are data; each carries the warning of a study that needs care."""
    care = findings.warnings(study) if study.needs_care else []
    with paper():
        drawings = [drawing for draw in FIGURES for drawing in draw(study)]
    for words in reversed(care):
        drawings = [replace(d, caption=Both(*(f"⚠ {t}" for t in words)).then(d.caption)) for d in drawings]
    return drawings


def rendered(study: Study, drawings: Sequence[Drawing], *, language: str) -> str:
    """The page as HTML."""
    with paper():
        pictures = {d.name: pictured(d) for d in drawings}
    sections = [
        {"id": key, "title": title, "figures": [p for stem in stems for n, p in pictures.items() if _is_of(n, stem)]}
        for key, title, stems in SECTIONS
    ]
    context: dict[str, Any] = {
        "language": language,
        "css": Markup(themes()),
        "title": study.heading,
        "question": same(study.facts.question),
        "facts": _facts(study),
        "warnings": findings.warnings(study),
        "needs_care": study.needs_care,
        "headline": findings.headline(study),
        "findings": findings.findings(study),
        "keys": _keys(study),
        "sections": [s for s in sections if s["figures"]],
        "paragraphs": methods.paragraphs(study),
        "made": methods.made_of(study),
        "parameters": methods.parameter_rows(study),
        "citation": methods.citation(study),
    }
    return environment().get_template("study.html").render(context)


def _is_of(name: str, stem: str) -> bool:
    return name.startswith(stem) if stem.endswith("-") else name == stem


def _facts(study: Study) -> list[Both]:
    facts = study.facts
    varied = len(facts.parameters)
    said = [
        plural(len(study.designs), Both("design", "utforming"), Both("designs", "utforminger")),
        Both("{a} of {b}", "{a} av {b}").fill(a=number(facts.done, 0), b=runs(facts.runs)),
        same(", ".join(facts.places)),
        same(f"{facts.first}–{facts.last}"),
    ]
    if varied:
        one, many = Both("uncertain parameter", "usikker parameter"), Both("uncertain parameters", "usikre parametere")
        said.insert(1, plural(varied, one, many))
    return said


def _keys(study: Study) -> list[dict[str, Any]]:
    keys = []
    for place, design in enumerate(study.designs):
        style = palette.look(place)
        dash = "" if style.dash == "solid" else " ".join(f"{2 * v:.1f}" for v in style.dash[1])  # type: ignore[index]
        count = int((study.frame["design"] == design).sum())
        keys.append(
            {"letter": style.letter, "token": style.token, "dash": dash, "title": study.title(design), "n": count}
        )
    return keys
