"""Which municipalities of a place a name or an answer of the user means. Knows nothing of figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from model import baseline
from model.intake.findings import IntakeError, shown
from model.places import Place, fold


@dataclass
class Gazetteer:
    """Names of a place's municipalities, its counties, and counties that were."""

    place: Place
    more: Mapping[str, str] = field(default_factory=dict)  # number -> another name, from the user's files

    @property
    def is_norwegian(self) -> bool:
        """Whether the place is Norway, a part of it, or a folder laid over it."""
        return self.place.folder == baseline.NORWAY or self.place.is_overlay

    def meant(self, text: str, remedy: str) -> tuple[str, ...]:
        """Numbers that an area's name or the user's answer means: a number, names or counties joined by commas.

        Raises IntakeError when a part is unknown or means several; `remedy` says what the user can do then.
        """
        whole = self._one(text)
        if whole:
            return whole
        found: list[str] = []
        for part in text.split(","):
            numbers = self._one(part)
            if not numbers:
                near = get_close_matches(fold(part), self._names(), n=3, cutoff=0.6)
                hint = f"did you mean {', '.join(map(repr, near))}? " if near else ""
                raise IntakeError(f"{shown(part.strip())} is no municipality or county of the place; {hint}{remedy}")
            found += [number for number in numbers if number not in found]
        return tuple(found)

    def _one(self, text: str) -> tuple[str, ...]:
        place, plain = self.place, fold(text)
        number = re.match(r"[0-9A-Za-z-]{1,12}(?=$|\s)", text.strip())
        if number and number[0] in place.numbers:
            return (number[0],)
        counties = [fold(name) for name in place.county_names]
        named = self._called(text)
        if len(named) == 1:
            return tuple(named)
        inside = re.fullmatch(r"(.+?)[-,]*\((.+)\)", plain)
        if inside and inside[2] in counties:
            here = counties.index(inside[2])
            return tuple(n for n in self._called(inside[1].strip("-")) if self._county(n) == here)
        if len(named) > 1:
            told = ", ".join(f"{n} ({place.county_names[self._county(n)]})" for n in named)
            raise IntakeError(f"{shown(text)} is the name of {len(named)} municipalities: {told}; say which with --as")
        if plain in counties:
            return self._of_county(counties.index(plain))
        former = {fold(name): today.split(";") for name, today in self._former()}
        if plain in former and set(former[plain]) <= set(counties):
            return tuple(n for name in former[plain] for n in self._of_county(counties.index(name)))
        return ()

    def _called(self, text: str) -> list[str]:
        place, ways = self.place, _ways(text)
        also = {n for n, name in self.more.items() if n in place.numbers and ways & _ways(name)}
        return sorted({n for n, name in zip(place.numbers, place.names, strict=True) if ways & _ways(name)} | also)

    def _county(self, number: str) -> int:
        return int(self.place.county_of[self.place.numbers.index(number)])

    def _of_county(self, county: int) -> tuple[str, ...]:
        return tuple(n for n, c in zip(self.place.numbers, self.place.county_of, strict=True) if c == county)

    def _former(self) -> list[tuple[str, str]]:
        if not self.is_norwegian:
            return []
        table = baseline.table("former_counties.csv")
        return [(str(name), str(today)) for name, today in zip(table["name"], table["today"], strict=True)]

    def _names(self) -> list[str]:
        former = [fold(name) for name, _ in self._former()]
        return [*map(fold, self.place.county_names), *former, *map(fold, self.place.names)]


def _ways(name: str) -> set[str]:
    """A name and, where it has several languages (`Oslo - Oslove`), each of them."""
    return {fold(name), *(fold(part) for part in re.split(r"\s[-–]\s", name))}
