"""What happened in plain words: the deeds and reasons of a film as short texts that the browser puts together."""

from collections.abc import Sequence
from typing import Any, Final

from agents.vocabulary import COUNTY_RULES, ELEMENTS
from model.institutions.local import COUNTY_THINGS
from model.institutions.phrases import LANGUAGES, THINGS
from model.institutions.reasons import WHAT, reason
from model.regime import Names
from viz.app.film.reel import TIES, Film
from viz.app.film.shades import solutions
from viz.app.life import MEASURES, MONEY, PEOPLE, PLAIN, POLITICS, RULES, TOLD
from viz.app.texts import Voice
from viz.words import Both

COOPERATION: Final = "cooperation"
GROUPS: Final = (RULES, PEOPLE, MONEY, MEASURES, POLITICS, COOPERATION)
TOGETHER: Final = {
    TIES["appears"]: Both("began to cooperate", "begynte å samarbeide"),
    TIES["goes"]: Both("stopped cooperating", "sluttet å samarbeide"),
}
OF_STATE: Final = {
    "ambition raised": Both("raised its ambition", "hevet ambisjonen"),
    "ambition lowered": Both("lowered its ambition", "senket ambisjonen"),
}


PREDICATES: Final = (MONEY, MEASURES, COOPERATION)  # groups whose deeds follow on who did them; others are clauses


def deed(what: str, subject: str) -> tuple[str, Both]:
    """Which group something that happened belongs to, and what it was, to be said after who it happened to.

    >>> deed("became rule", "plan")[1].en
    'a climate and energy plan became a rule'
    """
    things = THINGS if subject in ELEMENTS else COUNTY_THINGS
    if subject in (*ELEMENTS, *COUNTY_RULES) and what in WHAT:
        return RULES, Both(*(f"{things[subject][n]} {WHAT[what][n]}" for n in LANGUAGES))
    if what in TOLD:
        group, text = TOLD[what]
        name = solutions().get(subject, Both(subject, subject))
        return group, Both(*(t.replace("{}", _inside(n)) for t, n in zip(text, name, strict=True)))
    if what in TOGETHER:
        return COOPERATION, TOGETHER[what]
    return POLITICS, OF_STATE.get(what, Both(what, what))


def _inside(name: str) -> str:
    """A solution's name within a sentence: small unless it is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def because(cause: str, behind: str, names: Names, language: str) -> str:
    """Why, as a clause; empty where the deed has told it already."""
    if cause == "partner":
        return f"{'with' if language == 'en' else 'med'} {names.actor(behind, language)}"
    if not cause or cause in PLAIN:
        return ""
    if cause == "neighbours" and not behind:
        return "others had gone before" if language == "en" else "andre hadde gått foran"
    return reason(cause, names.behind(behind, language), language)


def told(film: Film, names: Names, voice: Voice) -> dict[str, Any]:
    """Everything the feed says in one language: groups, deeds with their group, reasons."""
    deeds = [deed(*pair) for pair in film.deeds]
    between = [
        "" if group in PREDICATES or what in OF_STATE else ":"
        for (group, _), (what, _) in zip(deeds, film.deeds, strict=True)
    ]
    return {
        "groups": [{"name": group, "title": voice(f"happening.{group}")} for group in GROUPS],
        "deeds": [[GROUPS.index(g), voice.say(text), sign] for (g, text), sign in zip(deeds, between, strict=True)],
        "reasons": [because(*pair, names, voice.language) for pair in film.reasons],
    }


def actors(names: Names, numbers: Sequence[str], county_numbers: Sequence[str], language: str) -> list[str]:
    """Names of municipalities, counties and the state, in the order of a film's actors."""
    nodes = [*numbers, *(f"county:{number}" for number in county_numbers), "state"]
    return [names.actor(node, language) for node in nodes]
