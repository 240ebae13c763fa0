"""Local rules as sentences: what a municipality or county has made its strategy (AIC), norm (ADIC) or rule (ADICO)."""

from typing import Final

from agents.vocabulary import STAGES
from model.institutions.aims import AIMS
from model.institutions.phrases import DEEDS, MODALS, THINGS, Pair
from model.institutions.support import Help

# The aim of a design that a county's own rule is akin to: it is said in the same words.
AKIN: Final = {aim.rule: kind for kind, aim in AIMS.items() if issubclass(aim, Help)}
MODAL_OF: Final = {"norm": "should", "rule": "must"}
COUNCIL: Final[dict[str, Pair]] = {
    "municipality": {"en": "the council", "nb": "kommunestyret"},
    "county": {"en": "the county council", "nb": "fylkestinget"},
}
PRESENT: Final = {"en": {"have": "has"}, "nb": {"gjøre": "gjør"}}  # verbs that do not follow the rule

# A county's own rule as a thing; elements stand in `phrases.THINGS`.
COUNTY_THINGS: Final[dict[str, Pair]] = {
    "network": {"en": "a regional learning network", "nb": "et regionalt læringsnettverk"},
    "staff": {"en": "shared specialists", "nb": "felles fagfolk"},
    "arena": {"en": "support for arenas", "nb": "støtte til arenaer"},
}


def thing_of(actor: str, subject: str, language: str) -> str:
    """What a rule is about, as a thing; actor: a municipality number or `county:NN`."""
    return (COUNTY_THINGS if actor.startswith("county:") else THINGS)[subject][language]


def deed_of(level: str, subject: str, language: str) -> str:
    """What the rule asks for, as a bare infinitive; `subject` is an element, or for a county one of COUNTY_RULES."""
    if level == "county":
        return AIMS[AKIN[subject]](kind=AKIN[subject], strength=1.0).phrase(language)
    return DEEDS[subject][language]


def present(deed: str, language: str) -> str:
    """A deed in the third person.

    >>> present("have a plan", "en"), present("vedta en plan", "nb")
    ('has a plan', 'vedtar en plan')
    """
    verb, space, rest = deed.partition(" ")
    return PRESENT[language].get(verb, verb + {"en": "s", "nb": "r"}[language]) + space + rest


def sentence(level: str, name: str, subject: str, stage: int, language: str) -> str:
    """A local rule in words; level: county or municipality; stage: 1 strategy, 2 norm, 3 rule.

    >>> sentence("municipality", "Hamar", "plan", 2, "en")
    'Hamar should have a climate and energy plan.'
    """
    deed = deed_of(level, subject, language)
    if stage == STAGES.index("strategy"):
        return f"{name} {present(deed, language)}."
    text = f"{name} {MODALS[MODAL_OF[STAGES[stage]]][language]} {deed}"
    if stage == STAGES.index("norm"):
        return f"{text}."
    otherwise = {"en": "otherwise the matter goes back to", "nb": "ellers går saken tilbake til"}[language]
    return f"{text}; {otherwise} {COUNCIL[level][language]}."
