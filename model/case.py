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

from agents.vocabulary import EARLIEST, LATEST, RULES
from model import history
from model.institutions.design import load_design
from model.institutions.grammar import Design
from model.parameters import checked, values_of, with_defaults
from model.places import Place, load_place, over
from model.solutions import Catalogue, load_catalogue

RESULTS_VERSION = 4  # raised whenever the same case gives other results; the changelog says why
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

        `citizens` is a number of agents, "all", or by default 100,000 or as many as live there. `first` and `last` are
        years from 1950 to 2100, by default the design's own, or else those of the place.

        Raises CaseError, PlaceError, DesignError, SolutionError or ParameterError, each with what would be right.
        """
        _check_kinds(choice, settings)
        where, rules = load_place(place), load_design(design)
        first, last = _years(first, last, rules, where)
        where = over(where, first, last)
        count = _citizens(citizens, int(where.population[0].sum()))
        if not _is_whole(seed) or not 0 <= seed < 2**63:
            raise CaseError(f"seed {seed}: give a whole number from 0 to 2^63 - 1")
        return cls(
            place_name=place,
            design_name=str(design),
            citizens=count,
            seed=int(seed),
            first=first,
            last=last,
            choice=choice,
            settings=tuple(checked(settings or {}).items()),
            place=where,
            design=rules,
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
    def values(self) -> dict[str, float]:
        """Value of every parameter by path: as set, else as in the first year, else the default."""
        return with_defaults(history.first_values(self.first) | dict(self.settings))

    @cached_property
    def parameters(self) -> SimpleNamespace:
        """The same by group: `case.parameters.agenda.decay`."""
        return values_of(self.values)

    @cached_property
    def first_catalogue(self) -> Catalogue:
        """The catalogue with the uptake and the costs of the first year."""
        return history.catalogue_in(self.catalogue, self.first, self.parameters)

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
            "shares": [float(f"{share:.12g}") for share in self.first_catalogue.initial_share],
            "parameters": self.values,
        }
        return blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=16).hexdigest()

    def to_toml(self) -> str:
        """The case as TOML that runs again as it is."""
        lines = [f"{key} = {json.dumps(value)}" for key, value in self.described().items() if key != "settings"]
        lines += ["", "[settings]", *(f'"{path}" = {value!r}' for path, value in self.settings)]
        return "\n".join(lines) + "\n"


def _citizens(raw: Any, people: int) -> int:
    if people < FEWEST:
        raise CaseError(f"the place has {people} inhabitants in the first year; at least {FEWEST} are needed")
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


def _years(first: Any, last: Any, design: Design, place: Place) -> tuple[int, int]:
    """First and last year: as asked, else the design's own, else those of the place."""
    own = design.first or place.first_year, design.last or place.last_year
    begin, end = (given if asked is None else asked for asked, given in zip((first, last), own, strict=True))
    least, most = EARLIEST, LATEST
    if not _is_whole(begin) or not least <= begin < most:
        raise CaseError(f"first year {begin}: give a whole year from {least} to {most - 1}")
    if not _is_whole(end) or not begin < end <= most:
        whose = ", as none was asked for" if last is None else ""
        raise CaseError(f"last year {end}{whose}: give a year after {begin}, at most {most}")
    return int(begin), int(end)


def _near(word: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
