"""Which solutions a statement is about: listed by id, or by kind, domain and level of the catalogue."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, Field, model_validator

from model.institutions.aim import Aim, Kebab, Reading
from model.institutions.errors import DesignError, Fault, nearest, quoted
from model.institutions.phrases import DOMAINS, SOLUTION_KINDS, listed
from model.solutions import SolutionError, load_catalogue

Floats = NDArray[np.float64]
Traits = tuple[str, str, str]  # kind, domain, level
LIST: Final = "aim.solutions"  # where a list of solutions stands in a statement
SELECTORS: Final = ("solution_kind", "domain", "level")
# Either a list of solutions or selectors, never both, in the words of JSON schema.
CHOICE: Final[dict[str, Any]] = {
    "oneOf": [
        {"required": ["solutions"], "properties": {"solutions": {"minItems": 1}}},
        {"anyOf": [{"required": [name]} for name in SELECTORS]},
    ]
}


class SolutionAim(Aim):
    """An aim that works on solutions; selectors narrow each other, a list of ids stands alone."""

    model_config = ConfigDict(json_schema_extra=CHOICE)
    solutions: Annotated[
        tuple[Kebab, ...],
        Field(max_length=200, strict=False, description="Solutions of the catalogue by id, instead of selectors."),
    ] = ()
    solution_kind: Annotated[
        Literal["efficiency", "substitution", "sharing", "circular", "prevention"] | None,
        Field(description="Solutions of this kind."),
    ] = None
    domain: Annotated[
        Literal["transport", "buildings", "food", "goods", "land"] | None,
        Field(description="Solutions of this part of life."),
    ] = None
    level: Annotated[
        Literal["I", "II", "III"] | None,
        Field(description="Solutions of this level: I better technique, II new ways, III other needs."),
    ] = None

    @model_validator(mode="after")
    def _chooses(self) -> Self:
        has_selector = any((self.solution_kind, self.domain, self.level))
        if bool(self.solutions) == has_selector:
            what = "both a list and selectors of solutions" if has_selector else "no solutions chosen"
            remedy = 'give either solutions = ["car-sharing"] or solution_kind, domain or level'
            raise DesignError(Fault(f"aim has {what}", remedy))
        return self

    def chosen(self, reading: Reading) -> Floats:
        """(S,) 1 for the solutions that the statement is about, otherwise 0, in the order of the situation."""
        ids = reading.situation.solution_ids
        return _chosen(self.solutions, self.solution_kind, self.domain, self.level, ids)

    def spread(self, reading: Reading, value: float) -> Floats:
        """(M, S) `value` for masked municipalities and chosen solutions, otherwise 0."""
        return np.outer(reading.mask * value, self.chosen(reading))

    def spoken(self, language: str) -> str:
        """The solutions in words."""
        if self.solutions:
            return named(self.solutions, language)
        plain = {"en": "solutions", "nb": "løsninger"}[language]
        text = SOLUTION_KINDS[self.solution_kind][language] if self.solution_kind else plain
        if self.domain:
            text += f" {'in' if language == 'en' else 'innen'} {DOMAINS[self.domain][language]}"
        if self.level:
            text += f" {'of level' if language == 'en' else 'på nivå'} {self.level}"
        return text

    def check_solutions(self) -> None:
        """Refuse solutions that the catalogue does not have (DesignError with the nearest names).

        Where the catalogue itself cannot be read nothing is checked: whoever loads it tells what is wrong with it.
        """
        try:
            known = _traits()
        except SolutionError:
            return
        for one in self.solutions:
            if one not in known:
                raise DesignError(Fault(f"unknown solution {quoted(one)}", nearest(one, known), field=LIST))
            if one in _national():
                told = f"{quoted(one)} belongs to the national path, which no rule of a design moves"
                raise DesignError(Fault(told, "leave it out", field=LIST))
        if not self.solutions and not any(self._fits(traits) for traits in known.values()):
            raise DesignError(Fault("no solution of the catalogue fits the selectors", "leave one of them out"))

    def _fits(self, traits: Traits) -> bool:
        return _is_fit((self.solution_kind, self.domain, self.level), traits)


def _is_fit(wanted: tuple[str | None, ...], traits: Traits) -> bool:
    return all(want is None or want == has for want, has in zip(wanted, traits, strict=True))


@lru_cache(maxsize=1)
def _traits() -> dict[str, Traits]:
    """Kind, domain and level of each solution of the shipped catalogue, by id."""
    return {one.id: (one.kind, one.domain, one.level) for one in load_catalogue().solutions}


@lru_cache(maxsize=1)
def _national() -> frozenset[str]:
    """Solutions that spread by example alone and whose effect the national path carries."""
    return frozenset(one.id for one in load_catalogue().solutions if one.is_national)


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[str, str]]:
    return {one.id: {"en": one.names.en, "nb": one.names.nb} for one in load_catalogue().solutions}


def named(solutions: Iterable[str], language: str) -> str:
    """Solutions by id as their names in one phrase."""
    return listed([_name(one, language) for one in solutions], language)


def _name(solution: str, language: str) -> str:
    """The solution's name within a sentence, as the catalogue gives it."""
    try:
        name = _names()[solution][language]
    except (SolutionError, KeyError):
        name = solution.replace("-", " ")
    is_word = len(name) > 1 and not name[1].isupper()
    return name[0].lower() + name[1:] if is_word else name


@lru_cache(maxsize=1024)
def _chosen(
    solutions: tuple[str, ...], kind: str | None, domain: str | None, level: str | None, ids: tuple[str, ...]
) -> Floats:
    if solutions:
        picked = np.array([one in solutions for one in ids], dtype=np.float64)
    else:
        traits = _traits()
        fits = [_is_fit((kind, domain, level), traits.get(one, ("", "", ""))) for one in ids]
        picked = np.array(fits, dtype=np.float64)
    picked.flags.writeable = False
    return picked
