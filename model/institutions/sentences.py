"""A design read out as plain sentences in English and Norwegian Bokmål. Knows nothing of simulation."""

import ast
from typing import Final

from model.institutions.clauses import SUBJECT, clause
from model.institutions.conditions import condition
from model.institutions.grammar import Design, Statement
from model.institutions.phrases import ACTORS, MODALS, STAGE_NAMES, THOSE, check_language, years, years_from
from model.institutions.sanction import chain, usual_wait

IF_NOT: Final = {"en": "Otherwise, ", "nb": "Ellers "}
STILL: Final = {
    "en": ("If that does not help within {}, ", "If that does not help within {} either, "),
    "nb": ("Hjelper ikke det innen {}, ", "Hjelper heller ikke det innen {}, "),
}


def read_out(design: Design, language: str = "en") -> list[str]:
    """One text a statement, in the order of the file: the statement as a sentence, and its or-else as another.

    Raises DesignError for a language other than en and nb.
    """
    check_language(language)
    return [sentence(statement, language) for statement in design.statements]


def sentence(statement: Statement, language: str) -> str:
    """The statement in words; a condition goes in front, and in Norwegian the verb follows it."""
    where = "" if statement.condition is None else where_of(statement.condition, language)
    span = _span(statement.first, statement.last, language)
    is_local = SUBJECT[language] in where
    subject = (THOSE if is_local else ACTORS)[statement.attribute][language]
    make = _english if language == "en" else _norwegian
    text = make(where, span, subject, statement)
    return " ".join([f"{text[:1].upper()}{text[1:]}.", *consequences(statement, language)])


def where_of(text: str, language: str) -> str:
    """The condition as a subordinate clause: about a municipality with where and der, about time with when and når."""
    found = condition(text)
    names = {node.id for node in ast.walk(found.tree) if isinstance(node, ast.Name)}
    word = {"en": ("where", "when"), "nb": ("der", "når")}[language][names <= {"year", "election_year"}]
    return f"{word} {clause(found, language)}"


def _english(where: str, span: str, subject: str, statement: Statement) -> str:
    front = "".join(f"{part}, " for part in (span, where) if part)
    deed = statement.aim.phrase("en")
    if statement.deontic == "none":
        return f"{front}it is common for {'them' if subject == 'it' else subject} to {deed}"
    return f"{front}{subject} {MODALS[statement.deontic]['en']} {deed}"


def _norwegian(where: str, span: str, subject: str, statement: Statement) -> str:
    """The verb stands second: after a clause or a span of years it comes before the subject."""
    deed = statement.aim.phrase("nb")
    modal = MODALS[statement.deontic]["nb"] if statement.deontic != "none" else ""
    if where:
        body = f"{modal} {subject}" if modal else f"er det vanlig for {subject}"
        middle = (f" {span}" if span else "") + ("" if modal else " å")
        return f"{where}, {body}{middle} {deed}"
    if span:
        return f"{span} {modal} {subject} {deed}" if modal else f"{span} er det vanlig for {subject} å {deed}"
    return f"{subject} {modal} {deed}" if modal else f"det er vanlig for {subject} å {deed}"


def _span(first: int | None, last: int | None, language: str) -> str:
    if first is not None and last is not None:
        return years_from(first, last, language)
    if first is not None:
        return f"from {first} on" if language == "en" else f"fra {first}"
    return f"{'until' if language == 'en' else 'til og med'} {last}" if last is not None else ""


def consequences(statement: Statement, language: str) -> list[str]:
    """One sentence for each or-else of the chain, in the order in which they come in, by the usual wait."""
    texts = []
    for place, (sanction, _, wait) in enumerate(chain(statement.or_else, usual_wait())):
        later = STILL[language][place > 1].format(years(wait, language))
        texts.append(f"{later if place else IF_NOT[language]}{sanction.phrase(language)}.")
    return texts


def meant_for(design: Design, language: str) -> str:
    """The years for which the design is meant, as a sentence; empty where it names none."""
    if design.first is not None and design.first == design.last:
        return {"en": f"Meant for {design.first}.", "nb": f"Ment for {design.first}."}[language]
    span = _span(design.first, design.last, language)
    span += " og framover" if language == "nb" and design.first is not None and design.last is None else ""
    return {"en": f"Meant for the years {span}.", "nb": f"Ment for årene {span}."}[language] if span else ""


def kind_of(statement: Statement, language: str) -> str:
    """What the statement reads as, in words: shared strategy, norm or rule."""
    shared = {"en": "shared ", "nb": "felles "}[language] if statement.reads_as == "strategy" else ""
    return shared + STAGE_NAMES[statement.reads_as][language]
