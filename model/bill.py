"""What a design costs the state, in words in English and Norwegian Bokmål. Knows nothing of how it is worked out."""

from collections.abc import Mapping, Sequence
from typing import Final

from model.costs import Cost
from model.institutions.grammar import Design
from model.institutions.phrases import kroner, listed, number, years_from

KINDS: Final[dict[str, Mapping[str, str]]] = {
    "project_grant": {"en": "project grants", "nb": "prosjekttilskudd"},
    "permanent_finance": {"en": "permanent money", "nb": "faste midler"},
    "pooled_staff": {"en": "shared specialists", "nb": "fagfolk som deles"},
    "network": {"en": "learning networks", "nb": "læringsnettverk"},
    "arena": {"en": "arenas", "nb": "arenaer"},
}
HEADING: Final = {
    "en": "What it costs the state in the whole country, with the inhabitants of {}:",
    "nb": "Hva det koster staten i hele landet, med innbyggertallene fra {}:",
}
NOTHING: Final = {"en": "nothing", "nb": "ingenting"}
MOST: Final = {
    "en": "At most: money that nobody applies for and help that conditions keep back cost less.",
    "nb": "Høyst: penger ingen søker om, og hjelp som vilkår holder tilbake, koster mindre.",
}
POT: Final = {
    "en": "What is left of a pot is offered again, and projects are paid to their end, also after its last year.",
    "nb": "Det som blir til overs, lyses ut igjen, og prosjekter betales til de er slutt, også etter siste år.",
}
OPEN: Final = {
    "en": "Not counted: what the state pays of the price of solutions, which depends on how many use them.",
    "nb": "Ikke medregnet: det staten betaler av prisen på løsninger, som avhenger av hvor mange som bruker dem.",
}


def told(design: Design, spans: Sequence[Cost], language: str, *, people_of: int, is_open: bool) -> list[str]:
    """Lines: a heading, one line for each span of years, and what the sums leave out.

    people_of: the year whose inhabitants were counted; is_open: whether there is a cost that nobody knows beforehand.
    """
    lines = [HEADING[language].format(people_of)]
    lines += [f"  {years_from(span.first, span.last, language)}: {_span(design, span, language)}" for span in spans]
    paying = [design.statements[index] for span in spans for index in span.statements]
    if any(s.condition is not None or s.aim.kind == "project_grant" for s in paying):
        lines.append(f"  {MOST[language]}")
    if any(s.aim.kind == "project_grant" for s in paying):
        lines.append(f"  {POT[language]}")
    if is_open:
        lines.append(f"  {OPEN[language]}")
    return lines


def of_statement(index: int, spans: Sequence[Cost], language: str) -> str:
    """What one statement costs a year, or from least to most; empty when it costs nothing. index: from 0."""
    sums = sorted({round(span.statements[index] / 1e6, 1) for span in spans if index in span.statements})
    if not sums:
        return ""
    a_year = {"en": " a year", "nb": " i året"}[language]
    return kroner(sums[-1], language, least=None if len(sums) == 1 else sums[0]) + a_year


def _span(design: Design, span: Cost, language: str) -> str:
    if not span.statements:
        return NOTHING[language]
    a_year = {"en": " a year", "nb": " i året"}[language] * (span.first != span.last)
    sums = [
        f"{KINDS[kind][language]} {number(round(cost / 1e6, 1), language)}"
        for kind, cost in span.by_kind(design).items()
    ]
    return f"{kroner(round(span.total / 1e6, 1), language)}{a_year} ({listed(sums, language)})"
