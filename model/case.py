"""One fully described world: place, design, citizens, years, seed, rule of choice and settings; frozen and hashable.

Errors are ValueErrors with a remedy: CaseError (this file), PlaceError (model.place_folder), DesignError
(model.institutions.errors), SolutionError (model.solutions), ParameterError (model.parameters).
"""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from numbers import Integral
from types import SimpleNamespace
from typing import Any

from agents.vocabulary import RULES
from model.institutions.design import load_design
from model.institutions.grammar import Design
from model.parameters import checked, values_of, with_defaults
from model.places import Place, load_place
from model.solutions import Catalogue, load_catalogue

RESULTS_VERSION = 1  # raised whenever the same case gives other results; the changelog says why
FEWEST, MOST, DEFAULT_CITIZENS = 20, 5_700_000, 100_000


class CaseError(ValueError):
    """Something about the case cannot be: the message says what, and what would be right."""


@dataclass(frozen=True)
class Case:
    """One world to simulate. Make it with `Case.load`, which checks every part.

    >>> case = Case.load(place="telemark", design="todays-practice", citizens=500, last=2030)
    >>> case.design.name, len(case.place.numbers)
    ('todays-practice', 17)
    """

    place_name: str
    design_name: str
    citizens: int
    seed: int
    first: int
    last: int
    choice: str
    settings: tuple[tuple[str, float], ...]
    place: Place = field(compare=False, repr=False)
    design: Design = field(compare=False, repr=False)
    catalogue: Catalogue = field(compare=False, repr=False)

    @classmethod
    def load(
        cls,
        *,
        place: str = "norway",
        design: str = "todays-practice",
        citizens: int | str | None = None,
        seed: int = 1,
        first: int | None = None,
        last: int | None = None,
        choice: str = "planned",
        settings: Mapping[str, Any] | None = None,
    ) -> "Case":
        """A checked case; settings override parameters by path.

        `citizens` is a number of agents, "all", or by default 100,000 or as many as live there.

        Raises CaseError, PlaceError, DesignError, SolutionError or ParameterError, each with what would be right.
        """
        _check_kinds(choice, settings)
        where = load_place(place)
        first = where.first_year if first is None else first
        last = where.last_year if last is None else last
        people = int(where.population[0].sum())
        count = _citizens(citizens, people)
        _check_years(first, last, where)
        if not _is_whole(seed) or not 0 <= seed < 2**63:
            raise CaseError(f"seed {seed}: give a whole number from 0 to 2^63 - 1")
        return cls(
            place_name=place,
            design_name=str(design),
            citizens=count,
            seed=int(seed),
            first=int(first),
            last=int(last),
            choice=choice,
            settings=tuple(checked(settings or {}).items()),
            place=where,
            design=load_design(design),
            catalogue=load_catalogue(),
        )

    def with_seed(self, seed: int) -> "Case":
        """The same world with other luck."""
        return replace(self, seed=seed)

    @property
    def years(self) -> range:
        """Calendar years of the run, first to last."""
        return range(self.first, self.last + 1)

    @cached_property
    def parameters(self) -> SimpleNamespace:
        """Values of all parameters, by group: `case.parameters.agenda.decay`."""
        return values_of(dict(self.settings))

    def described(self) -> dict[str, Any]:
        """The case as plain values: what `Case.load` takes."""
        return {
            "place": self.place_name,
            "design": self.design_name,
            "citizens": self.citizens,
            "seed": self.seed,
            "first": self.first,
            "last": self.last,
            "choice": self.choice,
            "settings": dict(self.settings),
        }

    @cached_property
    def digest(self) -> str:
        """BLAKE2b of all that decides the results: the case, its place, design, catalogue and results version."""
        facts = self.described() | {
            "place": self.place.digest,
            "design": self.design.digest,
            "catalogue": [s.model_dump_json() for s in self.catalogue.solutions],
            "version": RESULTS_VERSION,
            "parameters": with_defaults(dict(self.settings)),
        }
        return blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=16).hexdigest()

    def to_toml(self) -> str:
        """The case as TOML that runs again as it is."""
        lines = [f"{key} = {json.dumps(value)}" for key, value in self.described().items() if key != "settings"]
        lines += ["", "[settings]", *(f'"{path}" = {value!r}' for path, value in self.settings)]
        return "\n".join(lines) + "\n"


def _citizens(raw: Any, people: int) -> int:
    if raw is None or raw == "all":
        return people if raw == "all" else min(DEFAULT_CITIZENS, people)
    try:
        count = int(str(raw)) if _is_whole(raw) or isinstance(raw, str) else None
    except ValueError:
        count = None
    if count is None:
        raise CaseError(f"citizens '{str(raw)[:60]}': give a whole number from {FEWEST} to {people}, or all")
    if not FEWEST <= count <= min(people, MOST):
        told = str(count)[:60]
        raise CaseError(f"{told} citizens: give from {FEWEST} to {people} (the inhabitants of the place), or all")
    return count


def _is_whole(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def _check_kinds(choice: Any, settings: Any) -> None:
    if choice not in RULES:
        near = _near(str(choice), RULES)
        raise CaseError(f"unknown rule of choice '{choice}'; the rules are {', '.join(RULES)}{near}")
    if settings is not None and not isinstance(settings, Mapping):
        raise CaseError(f"settings '{settings}': give a mapping of paths to values, such as {{'agenda.decay': 0.3}}")


def _check_years(first: Any, last: Any, place: Place) -> None:
    begin, end = place.first_year, place.last_year
    if not _is_whole(first) or not begin <= first < end:
        raise CaseError(
            f"first year {first}: {place.name} has data from {begin} to {end}; give a whole year, at most {end - 1}"
        )
    if not _is_whole(last) or not first < last <= place.last_year:
        raise CaseError(f"last year {last}: give a year after {first}, at most {place.last_year}")


def _near(word: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
