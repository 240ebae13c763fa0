"""What differs between two statements or designs, part by part, in words in English and Norwegian Bokmål."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from model.institutions.aims.indicator_standard import SCOPES
from model.institutions.comparison import Change, Part
from model.institutions.grammar import Statement
from model.institutions.money import told
from model.institutions.phrases import ACTORS, MODALS, number, percent, years
from model.institutions.sanction import usual_wait
from model.institutions.sentences import consequences, where_of

Texts = Mapping[str, str]

# What each part is called; a path is looked up by its last name, or by the last two where these stand here.
NAMES: Final[dict[str, Texts]] = {
    "name": {"en": "Name", "nb": "Navn"},
    "title.en": {"en": "English title", "nb": "Engelsk tittel"},
    "title.nb": {"en": "Norwegian title", "nb": "Norsk tittel"},
    "question.en": {"en": "English question", "nb": "Engelsk spørsmål"},
    "question.nb": {"en": "Norwegian question", "nb": "Norsk spørsmål"},
    "attribute": {"en": "Who", "nb": "Hvem"},
    "deontic": {"en": "How binding", "nb": "Hvor bindende"},
    "condition": {"en": "Condition", "nb": "Vilkår"},
    "or_else": {"en": "Or else", "nb": "Ellers"},
    "from": {"en": "First year", "nb": "Første år"},
    "to": {"en": "Last year", "nb": "Siste år"},
    "source": {"en": "Source", "nb": "Kilde"},
    "covers": {"en": "Part of the cost covered", "nb": "Del av utgiftene som dekkes"},
    "million_nok": {"en": "Sum", "nb": "Sum"},
    "base_share": {"en": "Part that is equal for all", "nb": "Del som er lik for alle"},
    "co_finance": {"en": "Own share of municipalities", "nb": "Kommunenes egenandel"},
    "duration": {"en": "Length of a project", "nb": "Lengden på et prosjekt"},
    "strength": {"en": "Strength", "nb": "Styrke"},
    "precision": {"en": "Noise and delay removed", "nb": "Støy og forsinkelse som fjernes"},
    "scope": {"en": "Emissions of", "nb": "Utslipp fra"},
    "share": {"en": "Price cut for users", "nb": "Prisavslag for brukerne"},
    "credibility": {"en": "Credibility of the or else", "nb": "Troverdigheten til reaksjonen"},
    "reach": {"en": "How widely it is seen", "nb": "Hvor mange som ser det"},
    "loss_after": {"en": "Years before grants are lost", "nb": "År før tilskudd går tapt"},
    "standard_after": {"en": "Years before the standard", "nb": "År før standarden"},
    "after": {"en": "Years before this or else", "nb": "År før denne reaksjonen"},
}
NONE: Final[Texts] = {"en": "none", "nb": "ingen"}
ABSENT: Final[dict[str, Texts]] = {  # what is said of a part that is left out
    "condition": {"en": "always", "nb": "alltid"},
    "or_else": {"en": "nothing", "nb": "ingenting"},
    "credibility": {"en": "as usual", "nb": "som vanlig"},
}


def told_part(part: Part, change: Change | None, language: str, *, sides: tuple[str, str] | None = None) -> str:
    """One part in words: what it was and what it is now. `change` is the one it belongs to, None beside statements.

    sides: what the two are called where neither was before the other.
    """
    names = part.path.split(".")
    title = NAMES.get(".".join(names[-2:])) or NAMES[names[-1]]
    old, new = change and change.before, change and change.after
    before, after = _told(names[-1], part.before, old, language), _told(names[-1], part.after, new, language)
    was, now = sides or {"en": ("before", "now"), "nb": ("før", "nå")}[language]
    return f"{title[language]}: {was} {before}, {now} {after}."


def _told(name: str, value: Any, statement: Statement | None, language: str) -> str:
    if value is None and name == "after":
        value = usual_wait()
    if value is None:
        return ABSENT.get(name, NONE)[language]
    if name == "or_else" and statement is not None:
        return _quoted(" ".join(consequences(statement, language)).removesuffix("."), language)
    return SAID[name](value, language) if name in SAID else _quoted(str(value), language)


def _quoted(text: str, language: str) -> str:
    return f"“{text}”" if language == "en" else f"«{text}»"


def _sum(value: Any, language: str) -> str:
    table = tuple(sorted((int(year), money) for year, money in value.items())) if isinstance(value, dict) else value
    return told(table, language)


def _deontic(value: str, language: str) -> str:
    return (
        MODALS[value][language]
        if value in MODALS
        else {"en": "a shared strategy", "nb": "en felles strategi"}[language]
    )


def _plainly(value: Any, language: str) -> str:
    return str(value)


SAID: Final[dict[str, Callable[[Any, str], str]]] = {
    "attribute": lambda value, language: ACTORS[value][language],
    "deontic": _deontic,
    "condition": lambda value, language: _quoted(where_of(value, language), language),
    "from": _plainly,
    "to": _plainly,
    "million_nok": _sum,
    "duration": years,
    "loss_after": years,
    "standard_after": years,
    "after": years,
    "scope": lambda value, language: SCOPES[value][language],
    "credibility": number,
    **dict.fromkeys(("covers", "base_share", "co_finance", "strength", "precision", "share", "reach"), percent),
}
