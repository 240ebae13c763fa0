"""The model's description by the ODD protocol, `docs/odd.md`: prose from a template, tables and values from the code.

Run `python -m viz.odd` to write the page anew after a change of parameters, phases, columns, designs or prose.
"""

from pathlib import Path
from typing import Any, Final

import jinja2

from agents.vocabulary import CATEGORIES, COUNTY_RULES, ELEMENTS, RULES, SECTORS
from experiments.claim import Claim, Effect
from experiments.claims import CLAIMS
from experiments.patterns import Pattern, histories, patterns
from model.governance import EDGE_TYPES
from model.parameters import declared
from model.places import load_place
from model.schema import TABLES
from model.solutions import load_catalogue
from viz import odd_tables as tables

ROOT: Final = Path(__file__).resolve().parent.parent
TEMPLATES: Final = Path(__file__).parent / "templates"
PAGE: Final = ROOT / "docs" / "odd.md"


def page() -> str:
    """The page as Markdown. Raises UndefinedError for a name that the prose uses and nothing fills."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # Markdown from our own code and data
        trim_blocks=True,
        keep_trailing_newline=True,
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
    )
    return environment.get_template("odd.md").render(_tables() | _facts()).lstrip("\n")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(f"written: {PAGE.relative_to(ROOT)}")


def _tables() -> dict[str, Any]:
    """Every table of the page."""
    place, cat = load_place("norway"), load_catalogue()
    return {
        "patterns": _patterns(patterns()),
        "claims": _claims(CLAIMS),
        "actor_states": tables.actor_states(),
        "populations": [(p.__name__, tables.attributes(p)) for p in tables.POPULATIONS],
        "terms": tables.terms(),
        "elements": tables.elements(),
        "schedule": tables.schedule(),
        "streams": tables.streams(ROOT),
        "checks": tables.checks(),
        "sources": tables.sources(place),
        "aims": tables.aims(),
        "sanctions": tables.sanctions(),
        "designs": tables.designs(),
        "solutions": tables.solutions(cat),
        "quantities": tables.quantities(),
        "grades": tables.grades(),
        "groups": list(tables.groups().items()),
        "outputs": [(name, tables.outputs(name)) for name in TABLES],
    }


def _facts() -> dict[str, Any]:
    """Every value that a sentence of the page names."""
    place, every = load_place("norway"), declared()
    others = sum(every[f"institution.type_{kind}"].value for kind in ("frontrunner", "hardly"))
    return {
        "v": tables.value,
        "share": lambda path: tables.number(round(100.0 * every[path].value, 3)),
        "middle_share": tables.number(round(100.0 * (1.0 - others), 3)),
        "municipalities": len(place.numbers),
        "counties": len(place.county_numbers),
        "inhabitants": f"{place.population[0].sum():,.0f}",
        "first_year": place.first_year,
        "last_year": place.last_year,
        "history_years": " or ".join(str(y) for y in sorted({h.first for h in histories()} - {place.first_year})),
        "element_count": len(ELEMENTS),
        "sectors": len(SECTORS),
        "categories": len(CATEGORIES),
        "solution_count": len(load_catalogue().ids),
        "county_rules": _listed(COUNTY_RULES),
        "edges": _listed(EDGE_TYPES),
        "rules": _listed(RULES),
        "assumed": sum(p.grade == "assumed" for p in every.values()),
        "parameter_count": len(every),
    }


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(map(tables.code, words[:-1]))} and {tables.code(words[-1])}"


def _patterns(every: tuple[Pattern, ...]) -> str:
    """The patterns, a row for each figure; what holds for all figures of a pattern stands in its first row."""
    rows = []
    for pattern in every:
        shared = (pattern.id, pattern.title, pattern.source)
        for part in pattern.parts:
            goal, span = tables.number(part.target), tables.span(part.low, part.high)
            rows.append((*shared[:2], part.title, part.unit, goal, span, part.role, shared[2]))
            shared = ("", "", "")
    return tables.table(("", "pattern", "figure", "unit", "target", "passes within", "role", "source"), rows)


def _claims(every: tuple[Claim, ...]) -> str:
    """The claims: what is tested of each, and whether it could come out otherwise."""
    rows = (
        (
            tables.code(claim.id),
            claim.title.en,
            "; ".join(_tested(effect) for effect in claim.effects if effect.holds),
            "by construction" if claim.by_construction else "emergent",
            claim.why.en,
        )
        for claim in every
    )
    return tables.table(("claim", "in words", "tested", "kind", "why"), rows)


def _tested(effect: Effect) -> str:
    limit, least = tables.number(effect.limit), tables.number(effect.smallest)
    where = f"within {least} of {limit}" if effect.holds == "within" else f"{effect.holds} {limit} by more than {least}"
    return f"{effect.title.en} ({effect.unit.en}): {where}"


if __name__ == "__main__":
    main()
