"""A design read out as plain sentences in English and Norwegian Bokmål. Knows nothing of simulation."""

from typing import Final

from model.institutions.clauses import SUBJECT, clause
from model.institutions.conditions import condition
from model.institutions.errors import DesignError, Fault, nearest, quoted
from model.institutions.grammar import Design, Statement
from model.institutions.phrases import ACTORS, LANGUAGES, MODALS, THOSE

IF_NOT: Final = {"en": "Otherwise, ", "nb": "Ellers "}
STILL: Final = {"en": "If that does not help either, ", "nb": "Hjelper heller ikke det, "}
READS: Final = {
    "en": {"strategy": "shared strategy", "norm": "norm", "rule": "rule"},
    "nb": {"strategy": "felles strategi", "norm": "norm", "rule": "regel"},
}


def read_out(design: Design, language: str = "en") -> list[str]:
    """One text a statement, in the order of the file: the statement as a sentence, and its or-else as another.

    Raises DesignError for a language other than en and nb.
    """
    if language not in LANGUAGES:
        raise DesignError(Fault(f"unknown language {quoted(language)}", nearest(language, LANGUAGES)))
    return [sentence(statement, language) for statement in design.statements]


def sentence(statement: Statement, language: str) -> str:
    """The statement in words; a condition goes in front, and in Norwegian the verb follows it."""
    where = "" if statement.condition is None else clause(condition(statement.condition), language)
    span = _span(statement.first, statement.last, language)
    is_local = SUBJECT[language] in where
    subject = (THOSE if is_local else ACTORS)[statement.attribute][language]
    make = _english if language == "en" else _norwegian
    text = make(where, span, subject, statement)
    return " ".join([f"{text[:1].upper()}{text[1:]}.", *_consequences(statement, language)])


def _english(where: str, span: str, subject: str, statement: Statement) -> str:
    front = "".join(f"{part}, " for part in (span, f"where {where}" if where else "") if part)
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
        return f"der {where}, {body}{middle} {deed}"
    if span:
        return f"{span} {modal} {subject} {deed}" if modal else f"{span} er det vanlig for {subject} å {deed}"
    return f"{subject} {modal} {deed}" if modal else f"det er vanlig for {subject} å {deed}"


def _span(first: int | None, last: int | None, language: str) -> str:
    words = {"en": ("in", "from", "until", "to"), "nb": ("i", "fra", "til og med", "til og med")}[language]
    if first is not None and first == last:
        return f"{words[0]} {first}"
    if first is not None and last is not None:
        return f"{words[1]} {first} {words[3]} {last}"
    if first is not None:
        return f"{words[1]} {first}{' on' if language == 'en' else ''}"
    return f"{words[2]} {last}" if last is not None else ""


def _consequences(statement: Statement, language: str) -> list[str]:
    texts, link, opening = [], statement.or_else, IF_NOT
    while link is not None:
        texts.append(f"{opening[language]}{link.phrase(language)}.")
        link, opening = link.or_else, STILL
    return texts


def kind_of(statement: Statement, language: str) -> str:
    """What the statement reads as, in words: shared strategy, norm or rule."""
    return READS[language][statement.reads_as]
