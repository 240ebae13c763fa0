"""Words for people: elements, actors, numbers and sums of money in English and Norwegian Bokmål."""

import math
from collections.abc import Mapping
from typing import Final

from model.institutions.errors import DesignError, Fault, quoted

Pair = Mapping[str, str]
LANGUAGES: Final = ("en", "nb")

# What a duty on an element asks for, as a bare infinitive.
DEEDS: Final[dict[str, Pair]] = {
    "platform": {
        "en": "adopt a strategic platform that states ambition and principles",
        "nb": "vedta en strategisk plattform som slår fast ambisjon og prinsipper",
    },
    "plan": {"en": "have a climate and energy plan", "nb": "ha en klima- og energiplan"},
    "roles": {
        "en": "give named persons responsibility and roles in climate work",
        "nb": "gi navngitte personer ansvar og roller i klimaarbeidet",
    },
    "budget": {
        "en": "make a climate budget part of the budget process",
        "nb": "gjøre klimabudsjettet til en del av budsjettprosessen",
    },
    "finance": {
        "en": "set aside permanent money for climate work",
        "nb": "sette av faste midler til klimaarbeid",
    },
    "competence": {
        "en": "build climate competence among leaders and staff",
        "nb": "bygge klimakompetanse blant ledere og ansatte",
    },
    "routines": {
        "en": "make climate work part of daily routines",
        "nb": "gjøre klimaarbeidet til en del av de daglige rutinene",
    },
    "indicators": {
        "en": "follow emissions with indicators every year",
        "nb": "følge utslippene med indikatorer hvert år",
    },
    "cross_sector": {
        "en": "organise climate work across sectors",
        "nb": "organisere klimaarbeidet på tvers av sektorene",
    },
    "network": {"en": "take part in a learning network", "nb": "delta i et læringsnettverk"},
    "arena": {
        "en": "hold a standing arena for dialogue with citizens and businesses",
        "nb": "holde en fast arena for dialog med innbyggere og næringsliv",
    },
}

# The element as a thing that one has, with its article.
THINGS: Final[dict[str, Pair]] = {
    "platform": {"en": "a strategic platform", "nb": "en strategisk plattform"},
    "plan": {"en": "a climate and energy plan", "nb": "en klima- og energiplan"},
    "roles": {"en": "named roles in climate work", "nb": "navngitte roller i klimaarbeidet"},
    "budget": {"en": "a climate budget", "nb": "et klimabudsjett"},
    "finance": {"en": "permanent climate money", "nb": "faste klimamidler"},
    "competence": {"en": "climate competence", "nb": "klimakompetanse"},
    "routines": {"en": "routines for climate work", "nb": "rutiner for klimaarbeidet"},
    "indicators": {"en": "indicators of emissions", "nb": "indikatorer for utslipp"},
    "cross_sector": {"en": "climate work across sectors", "nb": "klimaarbeid på tvers av sektorene"},
    "network": {"en": "membership of a learning network", "nb": "medlemskap i et læringsnettverk"},
    "arena": {"en": "a standing arena", "nb": "en fast arena"},
}

ACTORS: Final[dict[str, Pair]] = {
    "state": {"en": "the state", "nb": "staten"},
    "county": {"en": "counties", "nb": "fylkeskommunene"},
    "municipality": {"en": "municipalities", "nb": "kommunene"},
    "citizens": {"en": "citizens", "nb": "innbyggerne"},
    "businesses": {"en": "businesses", "nb": "bedriftene"},
}
# The same after a clause about one municipality.
THOSE: Final[dict[str, Pair]] = {
    **ACTORS,
    "county": {"en": "its county", "nb": "fylkeskommunen"},
    "municipality": {"en": "it", "nb": "den"},
    "citizens": {"en": "its citizens", "nb": "innbyggerne"},
    "businesses": {"en": "its businesses", "nb": "bedriftene"},
}
MODALS: Final[dict[str, Pair]] = {
    "must": {"en": "must", "nb": "skal"},
    "should": {"en": "should", "nb": "bør"},
    "may": {"en": "may", "nb": "kan"},
}

SOLUTION_KINDS: Final[dict[str, Pair]] = {
    "efficiency": {"en": "efficiency solutions", "nb": "effektiviseringsløsninger"},
    "substitution": {
        "en": "solutions that replace fossil energy and materials",
        "nb": "løsninger som erstatter fossil energi og materialer",
    },
    "sharing": {"en": "sharing solutions", "nb": "delingsløsninger"},
    "circular": {"en": "circular solutions", "nb": "sirkulære løsninger"},
    "prevention": {
        "en": "solutions that keep emissions from arising",
        "nb": "løsninger som hindrer at utslipp oppstår",
    },
}
DOMAINS: Final[dict[str, Pair]] = {
    "transport": {"en": "transport", "nb": "transport"},
    "buildings": {"en": "buildings", "nb": "bygg"},
    "food": {"en": "food", "nb": "mat"},
    "goods": {"en": "goods", "nb": "varer"},
    "land": {"en": "land use", "nb": "arealbruk"},
}
# The stages of a rule, and what an institutional statement reads as.
STAGE_NAMES: Final[dict[str, Pair]] = {
    "none": {"en": "nothing", "nb": "ingenting"},
    "strategy": {"en": "strategy", "nb": "strategi"},
    "norm": {"en": "norm", "nb": "norm"},
    "rule": {"en": "rule", "nb": "regel"},
}
AND: Final[Pair] = {"en": "and", "nb": "og"}
SMALL: Final[dict[str, tuple[str, ...]]] = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    "nb": ("ingen", "ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"),
}


def check_language(language: str) -> None:
    """Raises DesignError for a language other than en and nb."""
    if language not in LANGUAGES:
        raise DesignError(Fault(f"unknown language {quoted(language)}", f"give {' or '.join(LANGUAGES)}"))


def a_stage(stage: str, language: str) -> str:
    """A stage with its article.

    >>> a_stage("norm", "en"), a_stage("rule", "nb"), a_stage("none", "en")
    ('a norm', 'en regel', 'nothing')
    """
    article = "" if stage == "none" else {"en": "a ", "nb": "en "}[language]
    return article + STAGE_NAMES[stage][language]


def number(value: float, language: str) -> str:
    """A number as it is written: 5,000 and 0.25 in English, 5 000 and 0,25 in Norwegian.

    >>> number(5000, "en"), number(0.25, "nb")
    ('5,000', '0,25')
    """
    decimals = 4 if not value or abs(value) >= 1e-3 else min(15, 1 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{decimals}f}".rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    if language == "en":
        return text
    whole, dot, part = text.partition(".")
    grouped = whole.replace(",", "\u00a0") if len(whole) > 4 else whole
    return f"{grouped},{part}" if dot else grouped


def kroner(million: float, language: str, *, least: float | None = None) -> str:
    """A sum of `million` NOK in words, or one that runs from `least` to it.

    >>> kroner(250, "en", least=100), kroner(1, "nb")
    ('NOK 100 to 250 million', '1 million kroner')
    """
    word, most = {"en": "to", "nb": "til"}[language], number(million, language)
    text = most if least is None else f"{number(least, language)} {word} {most}"
    if language == "en":
        return f"NOK {text} million"
    return f"{text} {'million' if text == '1' else 'millioner'} kroner"


def years_from(first: int, last: int, language: str) -> str:
    """A span of years in words, both included.

    >>> years_from(2026, 2028, "nb"), years_from(2026, 2026, "en")
    ('fra 2026 til og med 2028', 'in 2026')
    """
    words = {"en": ("in", "from", "to"), "nb": ("i", "fra", "til og med")}[language]
    return f"{words[0]} {first}" if first == last else f"{words[1]} {first} {words[2]} {last}"


def percent(share: float, language: str) -> str:
    """A share 0-1 as per cent, in words."""
    return f"{number(round(share * 100, 2), language)} {'per cent' if language == 'en' else 'prosent'}"


def covering(share: float, thing: str, language: str) -> str:
    """What earmarked money does for `thing`: it covers a share of its cost.

    >>> covering(1.0, "a plan", "en"), covering(0.5, "en plan", "nb")
    ('covers all of the cost of a plan', 'dekker 50 prosent av utgiftene til en plan')
    """
    if share == 1.0:
        return f"{'covers all of the cost of' if language == 'en' else 'dekker alle utgiftene til'} {thing}"
    part = percent(share, language)
    return f"covers {part} of the cost of {thing}" if language == "en" else f"dekker {part} av utgiftene til {thing}"


def years(count: int, language: str) -> str:
    """A number of years in words up to twelve.

    >>> years(3, "nb")
    'tre år'
    """
    word = SMALL[language][count] if 0 < count <= 12 else str(count)
    unit = "år" if language == "nb" else "year" if count == 1 else "years"
    return f"{word} {unit}"


def listed(parts: list[str], language: str, word: str = "") -> str:
    """Parts as prose: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word or AND[language]} {parts[-1]}"


def reach(value: float, language: str) -> str:
    """How far an offer reaches, 0-1, as a second infinitive after what is offered; empty when it reaches all."""
    if value >= 0.995:
        return ""
    if language == "en":
        return f", and meet about {percent(value, language)} of the need"
    return f", og dekke om lag {percent(value, language)} av behovet"
