"""Conditions read out: from the syntax tree to a clause in English or Norwegian about one municipality.

What the phrase book lacks (sums, chains, comparisons between words) is read out as the formula itself.
"""

import ast
from typing import Any, Final

from agents.vocabulary import STAGES
from model.institutions.conditions import Condition
from model.institutions.phrases import DEEDS, SMALL, THINGS, a_stage, listed, number, percent, years

SUBJECT: Final = {"en": "a municipality", "nb": "en kommune"}
SIGNS: Final[dict[type, str]] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
COUNTED: Final = {
    "en": {"<": "fewer than", "<=": "at most", ">": "more than", ">=": "at least", "==": "exactly", "!=": "other than"},
    "nb": {
        "<": "færre enn",
        "<=": "høyst",
        ">": "flere enn",
        ">=": "minst",
        "==": "nøyaktig",
        "!=": "et annet antall enn",
    },
}
MEASURED: Final = {
    "en": {"<": "below", "<=": "of at most", ">": "above", ">=": "of at least", "==": "of exactly", "!=": "other than"},
    "nb": {
        "<": "på under",
        "<=": "på høyst",
        ">": "på over",
        ">=": "på minst",
        "==": "på nøyaktig",
        "!=": "på noe annet enn",
    },
}
# Words that are counted, with their unit, and words that are measured, with what has the value.
UNITS: Final = {
    "population": {"en": "inhabitants", "nb": "innbyggere"},
    "density": {"en": "inhabitants per square kilometre", "nb": "innbyggere per kvadratkilometer"},
    "champions": {"en": "enthusiasts for climate work", "nb": "ildsjeler i klimaarbeidet"},
}
MEASURES: Final = {
    "centrality": {"en": "has a centrality {}", "nb": "har en sentralitet {}"},
    "agenda": {"en": "has climate on its agenda with a weight {}", "nb": "har klima på dagsordenen med en vekt {}"},
    "institutionalisation": {
        "en": "has institutionalised climate work to a degree {}",
        "nb": "har institusjonalisert klimaarbeidet i en grad {}",
    },
    "capacity": {"en": "has a capacity for climate work {}", "nb": "har en kapasitet i klimaarbeidet {}"},
}
# Shares are said in per cent.
SHARES: Final = {
    "published_reduction": {"en": "has published cuts in emissions of {}", "nb": "har publiserte utslippskutt på {}"},
    "gap": {
        "en": "lags behind the path to minus 50 per cent by {}",
        "nb": "ligger {} etter banen mot minus 50 prosent",
    },
}
AMOUNTS: Final = {
    "en": {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least", "==": "exactly", "!=": "other than"},
    "nb": {"<": "mindre enn", "<=": "høyst", ">": "mer enn", ">=": "minst", "==": "nøyaktig", "!=": "noe annet enn"},
}
YEARS: Final = {
    "en": {
        "<": "it is before {}",
        "<=": "it is {} or earlier",
        ">": "it is after {}",
        ">=": "it is {} or later",
        "==": "it is {}",
        "!=": "it is not {}",
    },
    "nb": {
        "<": "det er før {}",
        "<=": "det er {} eller tidligere",
        ">": "det er etter {}",
        ">=": "det er {} eller senere",
        "==": "det er {}",
        "!=": "det ikke er {}",
    },
}


def clause(condition: Condition, language: str) -> str:
    """The condition as a clause that follows 'where' and 'der', such as 'a municipality has a climate budget'."""
    return _said(condition.tree, language, False)


def _said(node: ast.AST, language: str, negated: bool) -> str:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _said(node.operand, language, not negated)
    if isinstance(node, ast.BoolOp):
        return _joined(node, language, negated)
    return _atom(node, language, negated) or _formula(node, language, negated)


def _joined(node: ast.BoolOp, language: str, negated: bool) -> str:
    """Parts joined by and, or; a subject is said once for parts that stand side by side."""
    word = {"en": ("or", "and"), "nb": ("eller", "og")}[language][_is_all(node, negated)]
    subject = SUBJECT[language] + " "
    parts: list[str] = []
    is_shared = True  # so far every part has the municipality as its subject
    for value in node.values:
        part = _said(value, language, negated)
        is_shared = is_shared and part.startswith(subject)
        bare = part.removeprefix(subject) if is_shared else part
        if isinstance(value, ast.BoolOp):
            pair = {"en": ("either", "both"), "nb": ("enten", "både")}[language][_is_all(value, negated)]
            bare = f"{pair} {bare}"
        parts.append(f"{subject}{bare}" if is_shared and not parts else bare)
    return listed(parts, language, word)


def _is_all(node: ast.BoolOp, negated: bool) -> bool:
    return isinstance(node.op, ast.And) != negated


def _atom(node: ast.AST, language: str, negated: bool) -> str:
    """One comparison, word or function in words; empty when the phrase book has nothing for it."""
    if isinstance(node, ast.Name):
        return _truth(node.id, language, negated)
    if isinstance(node, ast.Call):
        return _has(str(_argument(node)), language, negated)
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return ""
    left, right, sign = node.left, node.comparators[0], SIGNS[type(node.ops[0])]
    if isinstance(left, ast.Constant):
        left, right, sign = right, left, TURNED[sign]
    if not isinstance(right, ast.Constant):
        return ""
    sign, given = OPPOSITE[sign] if negated else sign, right.value
    if isinstance(left, ast.Name) and isinstance(given, str):
        return _text(left.id, sign, given, language)
    if isinstance(left, ast.Name) and isinstance(given, int | float):
        return _word(left.id, sign, float(given), language)
    if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and isinstance(given, int | float):
        return _function(left.func.id, str(_argument(left)), sign, float(given), language)
    return ""


def _argument(node: ast.Call) -> Any:
    return node.args[0].value if isinstance(node.args[0], ast.Constant) else ""


def _truth(word: str, language: str, negated: bool) -> str:
    if word == "election_year":
        return {"en": f"it is {'not ' * negated}an election year", "nb": f"det {'ikke ' * negated}er valgår"}[language]
    verb = {"en": "does not lie" if negated else "lies", "nb": "ikke ligger" if negated else "ligger"}[language]
    return f"{SUBJECT[language]} {verb} {'in northern Norway' if language == 'en' else 'i Nord-Norge'}"


def _has(element: str, language: str, negated: bool) -> str:
    thing = THINGS[element][language]
    if element == "network":
        member = {"en": f"is {'not ' * negated}a member of", "nb": f"{'ikke ' * negated}er med i"}[language]
        return f"{SUBJECT[language]} {member} {'a learning network' if language == 'en' else 'et læringsnettverk'}"
    if language == "en":
        return f"{SUBJECT['en']} {'does not have' if negated else 'has'} {thing}"
    return f"{SUBJECT['nb']} {'ikke har' if negated else 'har'} {thing}"


def _text(word: str, sign: str, value: str, language: str) -> str:
    is_not = sign == "!="
    if word == "county":
        if language == "en":
            return f"{SUBJECT['en']} {'does not lie' if is_not else 'lies'} in county {value}"
        return f"{SUBJECT['nb']} {'ikke ligger' if is_not else 'ligger'} i fylke {value}"
    if language == "en":
        return f"{SUBJECT['en']} {'does not have' if is_not else 'has'} the number {value}"
    return f"{SUBJECT['nb']} {'ikke har' if is_not else 'har'} nummer {value}"


def _word(word: str, sign: str, value: float, language: str) -> str:
    has = {"en": "has", "nb": "har"}[language]
    if word == "year":
        return YEARS[language][sign].format(f"{value:.0f}") if value.is_integer() else ""
    if word in UNITS:
        unit = UNITS[word][language]
        if (sign, value) in (("<", 1.0), ("==", 0.0), ("<=", 0.0)):
            return f"{SUBJECT[language]} {has} {SMALL[language][0]} {unit}"
        if word == "champions" and (sign, value) in ((">", 0.0), (">=", 1.0)):
            one = {"en": "at least one enthusiast for climate work", "nb": "minst én ildsjel i klimaarbeidet"}
            return f"{SUBJECT[language]} {has} {one[language]}"
        return f"{SUBJECT[language]} {has} {COUNTED[language][sign]} {number(value, language)} {unit}"
    if word in SHARES:
        said = f"{AMOUNTS[language][sign]} {percent(value, language)}"
        return f"{SUBJECT[language]} {SHARES[word][language].format(said)}"
    return f"{SUBJECT[language]} {MEASURES[word][language].format(_measured(sign, value, language))}"


def _measured(sign: str, value: float, language: str) -> str:
    return f"{MEASURED[language][sign]} {number(value, language)}"


def _function(name: str, element: str, sign: str, value: float, language: str) -> str:
    thing, has = THINGS[element][language], {"en": "has", "nb": "har"}[language]
    if name == "broken":
        return _broken(element, sign, value, language)
    if name == "practice":
        lived = {"en": "that is lived to a degree", "nb": "som etterleves i en grad"}[language]
        return f"{SUBJECT[language]} {has} {thing} {lived} {_measured(sign, value, language)}"
    if value not in (0.0, 1.0, 2.0, 3.0):
        return ""
    if (sign, value) in ((">=", 1.0), (">", 0.0), ("<", 1.0), ("==", 0.0), ("<=", 0.0), ("!=", 0.0)):
        return _has(element, language, sign in ("<", "==", "<="))
    stage, amount = a_stage(STAGES[int(value)], language), AMOUNTS[language][sign]
    that_is = {"en": "that is", "nb": "som er"}[language]
    return f"{SUBJECT[language]} {has} {thing} {that_is} {amount} {stage}"


def _broken(element: str, sign: str, value: float, language: str) -> str:
    """For how long a municipality has broken its duty to have the element, whole years."""
    if sign == "!=" and value == 0.0:
        sign = ">"
    if value not in range(41) or sign == "!=":
        return ""
    count, deed, is_not = int(value), DEEDS[element][language], sign in ("<", "<=")
    sign = OPPOSITE[sign] if is_not else sign
    if (sign, count) in ((">", 0), (">=", 1), ("==", 0)):
        is_not = is_not or sign == "=="
        if language == "en":
            return f"{SUBJECT['en']} {'does not break' if is_not else 'breaks'} its duty to {deed}"
        return f"{SUBJECT['nb']} {'ikke bryter' if is_not else 'bryter'} plikten til å {deed}"
    if count == 0:  # always, or never
        return ""
    length = f"{AMOUNTS[language][sign]} {years(count, language)}"
    if language == "en":
        return f"{SUBJECT['en']} has {'not ' * is_not}broken its duty to {deed} for {length}"
    return f"{SUBJECT['nb']} {'ikke ' * is_not}har brutt plikten til å {deed} i {length}"


def _formula(node: ast.AST, language: str, negated: bool) -> str:
    text = ast.unparse(node)
    if language == "en":
        return f"the formula «{text}» {'does not hold' if negated else 'holds'}".replace("«", "“").replace("»", "”")
    return f"formelen «{text}» {'ikke gjelder' if negated else 'gjelder'}"
