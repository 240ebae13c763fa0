"""The state of the laboratory: what is asked, and how it is shown; to and from the query of a link.

A link is a stranger's text: what is unknown in it is ignored, what is bad is left out and named, numbers are clamped,
and length is capped. Nothing of it is ever a path of this machine. Knows nothing of pages or of running.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from agents.vocabulary import RULES
from model.institutions.design import design_names, load_design
from model.parameters import declared
from model.solutions import load_catalogue
from viz.app import grounds
from viz.app.stories import LENGTHS, STORIES
from viz.words import LANGUAGES

LONGEST: Final = 4000  # characters of a query that are read at all
MOST_TOWNS: Final = 12
MOST_SETTINGS: Final = 60
THEMES: Final = ("auto", "light", "dark")
CITIZENS: Final = (1000, 3000, 10_000, 30_000, 100_000)
REPLICATES: Final = 20
USUAL_SECOND: Final = ("full-transition", "todays-practice")
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Question:
    """What is asked and how it is shown. `citizens` 0: fit for the place; `against`: the second design, or empty.

    run: which of the runs is looked at closely, counted from 1; year, town, measure, view and shown: what of it.

    >>> question, dropped = Question.read("place=agder&design=duty&set=agenda.decay:9&zzz=1")
    >>> question.place, question.design, question.settings, dropped
    ('agder', 'duty', (('agenda.decay', 0.5),), ())
    """

    page: str = "explore"
    place: str = "telemark"
    design: str = "todays-practice"
    against: str = ""
    settings: tuple[tuple[str, float], ...] = ()
    citizens: int = 0
    seed: int = 1
    choice: str = "planned"
    language: str = "nb"
    theme: str = "auto"
    year: int = 0
    town: str = ""
    run: int = 1
    measure: str = ""
    view: str = ""
    shown: str = ""
    story: str = ""
    minutes: int = 30
    where: str = "norway"
    solution: str = ""

    @classmethod
    def read(cls, query: str | None) -> "tuple[Question, tuple[str, ...]]":
        """The question in a query, and the names of what could not be used."""
        question, dropped, settings = cls(), [], {}
        try:
            pairs = parse_qsl((query or "")[:LONGEST], max_num_fields=MOST_SETTINGS + 20)
        except ValueError:
            return question, ("?",)
        for key, raw in pairs:
            if key == "set":
                found = _setting(raw)
                settings.update(found) if found else dropped.append("set")
            elif key in _READERS:
                value = _READERS[key](raw)
                if value is None:
                    dropped.append(key)
                else:
                    question = replace(question, **{key: value})
        return replace(question, settings=_ordered(settings)), tuple(dict.fromkeys(dropped))

    def written(self) -> str:
        """The query that `read` makes this question of; what is as usual is left out."""
        usual = Question()
        fields = [(k, getattr(self, k)) for k in _READERS if getattr(self, k) != getattr(usual, k)]
        fields += [("set", f"{path}:{value:.6g}") for path, value in self.settings]
        return urlencode(fields, safe=":,")

    def with_lever(self, path: str, value: float | None) -> "Question":
        """The question with one lever at a value, clamped to its range, or back at its default (None)."""
        settings = dict(self.settings)
        settings.pop(path, None)
        if value is not None:
            settings |= _setting(f"{path}:{value!r}") or {}
        return replace(self, settings=_ordered(settings))

    def changed(self, **raw: Any) -> "Question":
        """The question with fields as somebody typed or chose them; what cannot be is left as it was."""
        read = {key: _READERS[key](str(value)) for key, value in raw.items() if key in _READERS}
        return replace(self, **{key: value for key, value in read.items() if value is not None})

    def taken(self, settings: Mapping[str, Any], **raw: Any) -> "tuple[Question, tuple[str, ...]]":
        """The question with fields and all levers of a file, and the names of what could not be taken as it was."""
        new = replace(self.changed(**raw), settings=())
        dropped = [key for key, value in raw.items() if str(getattr(new, key)) != str(value).strip().lower()]
        moved: dict[str, float] = {}
        for path, value in list(settings.items())[: 2 * MOST_SETTINGS]:
            found = None if isinstance(value, bool) else _setting(f"{path}:{value}")
            moved |= found or {}
            if found is None or not math.isclose(found[path], float(value)):
                dropped.append(str(path)[:40])
        return replace(new, settings=_ordered(moved)), tuple(dict.fromkeys(dropped))

    def case(self, design: str) -> dict[str, Any]:
        """What `Case.load` takes, for one of the designs asked about; the seed is that of the first run."""
        return {
            "place": grounds.located(self.place),
            "design": design,
            "citizens": self.agents,
            "seed": self.seed,
            "choice": self.choice,
            "settings": dict(self.settings),
        }

    @property
    def second(self) -> str:
        """The design that the first is compared with: as asked, or the usual one where that is none or the same."""
        if self.against not in ("", self.design):
            return self.against
        return USUAL_SECOND[self.design == USUAL_SECOND[0]]

    @property
    def designs(self) -> tuple[str, ...]:
        """The designs that are run: two where they are compared, or kept after that."""
        is_pair = self.page == "compare" or (self.page == "keep" and self.against)
        return (self.design, self.second) if is_pair else (self.design,)

    @property
    def agents(self) -> int:
        """Citizen agents of a run: as chosen, or as many as let an answer come at once; never more than live there."""
        place = grounds.load(self.place)
        people, towns = int(place.population[0].sum()), len(place.numbers)
        wanted = self.citizens or (30_000 if towns > 100 else 3000)
        return min(wanted, people)


def _setting(raw: str) -> dict[str, float] | None:
    """`path:value` as a setting within the parameter's range; None where either cannot be read."""
    path, _, text = raw.rpartition(":")
    parameter = declared().get(path)
    try:
        value = float(text)
    except ValueError:
        return None
    if parameter is None or not math.isfinite(value):
        return None
    return {path: min(max(value, parameter.low), parameter.high)}


def _ordered(settings: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """At most MOST_SETTINGS, by path, without those that stand at their default."""
    moved = {p: v for p, v in settings.items() if not math.isclose(v, declared()[p].value, abs_tol=1e-9)}
    return tuple(sorted(moved.items())[:MOST_SETTINGS])


def _place(raw: str) -> str | None:
    """A place that is offered, or up to MOST_TOWNS known numbers; never a folder."""
    text = raw.strip().lower()
    if text in grounds.names():
        return text
    numbers = tuple(dict.fromkeys(re.split(r"\s*,\s*", text)))
    is_known = 0 < len(numbers) <= MOST_TOWNS and set(numbers) <= set(town_names())
    return ",".join(numbers) if is_known else None


@lru_cache(maxsize=1)
def town_names() -> dict[str, str]:
    """Name of every municipality by its number."""
    norway = grounds.load("norway")
    return dict(zip(norway.numbers, norway.names, strict=True))


def place_title(place: str, norway: str) -> str:
    """What a place of a question is called within a sentence; norway: the word for the whole country."""
    if place == "norway":
        return norway
    if place[0].isdigit():
        return ", ".join(town_names()[n] for n in place.split(","))
    found = grounds.load(place)
    return str(found.title["nb"] if place in grounds.offered() else found.county_names[0])


def numbers_in(text: str) -> tuple[str, tuple[str, ...]]:
    """Municipalities written as names or numbers, as a place for `Question`; and what is unknown of them.

    >>> numbers_in("bamble, 4003; Nowhere")
    ('4012,4003', ('Nowhere',))
    """
    by_name = {name.casefold(): number for number, name in town_names().items()}
    found, unknown = [], []
    for word in filter(None, (part.strip() for part in re.split(r"[,;]", text[:400]))):
        number = word if word in town_names() else by_name.get(word.casefold())
        (found.append(number) if number else unknown.append(word[:40]))
    return ",".join(dict.fromkeys(found)), tuple(unknown)


def _design(raw: str) -> str | None:
    return raw if raw in design_names() else None


def _against(raw: str) -> str | None:
    return "" if raw == "" else _design(raw)


def _one_of(words: tuple[str, ...]) -> Callable[[str], str | None]:
    return lambda raw: raw if raw in words else None


def _whole(low: int, high: int) -> Callable[[str], int | None]:
    """A reader of whole numbers that clamps."""

    def read(raw: str) -> int | None:
        return min(max(int(raw), low), high) if re.fullmatch(r"-?\d{1,18}", raw) else None

    return read


def _agents(raw: str) -> int | None:
    """The nearest size that is offered; 0 is whatever fits."""
    count = _whole(0, CITIZENS[-1])(raw)
    return count if not count else min(CITIZENS, key=lambda size: abs(size - count))


def _lesson(raw: str) -> int | None:
    """The nearest length of a lesson that stories have a plan for."""
    wanted = _whole(0, 1000)(raw)
    return None if wanted is None else min(LENGTHS, key=lambda minutes: abs(minutes - wanted))


def _town(raw: str) -> str | None:
    known = raw in town_names() or any(raw in grounds.load(place).numbers for place in grounds.offered())
    return raw if raw == "" or known else None


def _name(raw: str) -> str | None:
    """A short name; the page that reads it knows which there are."""
    return raw if raw == "" or _NAME.fullmatch(raw) else None


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "page": lambda raw: raw if _NAME.fullmatch(raw) else None,
    "place": _place,
    "design": _design,
    "against": _against,
    "citizens": _agents,
    "seed": _whole(0, 2**53),
    "choice": _one_of(RULES),
    "language": _one_of(LANGUAGES),
    "theme": _one_of(THEMES),
    "year": _whole(0, 2100),
    "town": _town,
    "run": _whole(1, REPLICATES),
    "measure": _name,
    "view": _name,
    "shown": _name,
    "story": _one_of(("", *STORIES)),
    "minutes": _lesson,
    "where": _place,
    "solution": lambda raw: raw if raw == "" or raw in load_catalogue().ids else None,
}


def title_of(design: str, language: str) -> str:
    """Title of a design in one language."""
    return str(getattr(load_design(design).title, language))
