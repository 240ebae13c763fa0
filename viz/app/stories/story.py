"""A story as data: what is asked before, the worlds that are run, what to look at, and what the teacher needs.

predict -> run -> explain. Every text stands in a TOML file in English and Bokmål. What a story says of results it says
for every way in which they can come out, so that no text claims what a run does not show. Knows nothing of running.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from experiments.arms import Arm, Text
from model.institutions.aim import Frozen
from model.institutions.grammar import Pair
from viz.app.stories import LENGTHS, STORIES
from viz.app.stories.measures import MEASURES
from viz.words import Both

FOLDER: Final = Path(__file__).parent
ROLES: Final = ("state", "county", "council", "citizens", "businesses")
WAYS: Final = ("higher", "lower", "same", "unsure")  # how a comparison can come out where there are runs enough
Way = Literal["higher", "lower", "same", "unsure"]


class StoryError(ValueError):
    """A story that does not hold together: the text says which, and what would be right."""


class World(Frozen):
    """One world of a story: a shipped design with statements ended or added, and settings."""

    id: str
    name: Pair
    about: Pair
    design: str
    settings: Annotated[dict[str, float], Field(default_factory=dict)]
    end: Annotated[list[dict[str, Any]], Field(default_factory=list)]  # {kind = "project_grant", after = 2034}
    add: Annotated[list[dict[str, Any]], Field(default_factory=list)]  # statements in the words of a design file

    @property
    def arm(self) -> Arm:
        """The world as the arm of an experiment."""
        ends = tuple(({k: v for k, v in one.items() if k != "after"}, int(one["after"])) for one in self.end)
        told = Text(self.name.en, self.name.nb)
        return Arm(told, self.design, end=ends, add=tuple(self.add), settings=self.settings)


class Look(Frozen):
    """Something to look at: a measure in one world against another (or alone), so many years after the first.

    than: a second measure; the look is then at how much more the first changes. as: a difference in the measure's
    own unit, or per cent of what the other world has. smallest: below it a difference does not matter. why: what to
    say when it comes out so.
    """

    id: str
    measure: str
    than: str = ""
    world: str
    against: str = ""
    at: Annotated[int, Field(ge=1, le=25)]
    of: Annotated[Literal["difference", "percent"], Field(alias="as")] = "difference"
    smallest: Annotated[float, Field(gt=0)]
    title: Pair
    why: dict[Way, Pair]


class Option(Frozen):
    """One answer to a question; ways: those ways of coming out with which it was right."""

    ways: list[Way]
    text: Pair


class Question(Frozen):
    """What is asked before: a choice about how a look comes out, or a guess at a number.

    A guess is at the look's size (times `sign`), or, where `measure` is given, at a measure in a world.
    """

    id: str
    text: Pair
    look: str
    options: Annotated[list[Option], Field(default_factory=list)]
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    sign: Literal[-1, 1] = 1
    measure: str = ""
    world: str = ""
    unit: Pair | None = None

    @property
    def is_choice(self) -> bool:
        return bool(self.options)


class Step(Frozen):
    """One part of a lesson; minutes: how long it takes."""

    minutes: Annotated[int, Field(ge=1, le=45)]
    text: Pair


class Misunderstanding(Frozen):
    """What pupils often think, and what to answer."""

    says: Pair
    answer: Pair


class Role(Frozen):
    """A card for a group of the class."""

    want: Pair
    can: Pair
    know: Pair
    worry: Pair


class Plans(Frozen):
    """The lesson in 15, 30 and 45 minutes."""

    short: Annotated[list[Step], Field(alias="15")]
    middle: Annotated[list[Step], Field(alias="30")]
    long: Annotated[list[Step], Field(alias="45")]

    def of(self, minutes: int) -> list[Step]:
        return {15: self.short, 30: self.middle, 45: self.long}[minutes]


class Story(Frozen):
    """A whole story. reference: years after the first up to which its worlds are alike; elements: what it is about."""

    title: Pair
    lead: Pair
    claim: str
    built_in: Pair
    reference: Annotated[int, Field(ge=0, le=25)] = 0
    elements: Annotated[list[str], Field(default_factory=list)]
    worlds: Annotated[list[World], Field(alias="world", min_length=2, max_length=3)]
    looks: Annotated[list[Look], Field(alias="look", min_length=2, max_length=6)]
    questions: Annotated[list[Question], Field(alias="question", min_length=2, max_length=4)]
    aim: Pair
    plans: Annotated[Plans, Field(alias="plan")]
    talk: Annotated[list[Pair], Field(min_length=3)]
    misunderstandings: Annotated[list[Misunderstanding], Field(alias="misunderstanding", min_length=2)]
    curriculum: list[str]
    roles: Annotated[dict[str, Role], Field(alias="role")]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        worlds = {one.id for one in self.worlds}
        looks = {one.id for one in self.looks}
        for look in self.looks:
            _check(look.id, {look.world, look.against} - {""} <= worlds, "a look names worlds of the story")
            _check(look.id, {look.measure, look.than} - {""} <= MEASURES.keys(), "a look names measures of MEASURES")
            _check(look.id, set(look.why) == set(WAYS), "a look has a text for higher, lower, same and unsure")
            _check(look.id, bool(look.against or look.than), "a look compares with a world or with a measure")
        for one in self.questions:
            _check(one.id, one.look in looks, "a question names a look of the story")
            _check(one.id, one.is_choice or one.low < one.high, "a question has options, or a range to guess in")
            right = [way for option in one.options for way in option.ways]
            _check(one.id, len(right) == len(set(right)), "no way of coming out makes two options right")
            is_placed = not one.measure or (one.measure in MEASURES and one.world in worlds)
            _check(one.id, is_placed, "a guess is at a measure in a world")
        for minutes in LENGTHS:
            total = sum(step.minutes for step in self.plans.of(minutes))
            _check(f"plan {minutes}", total == minutes, f"its steps take {minutes} minutes, not {total}")
        _check("role", tuple(self.roles) == ROLES, "the roles are " + ", ".join(ROLES))
        return self

    def world(self, name: str) -> World:
        return next(one for one in self.worlds if one.id == name)

    def look(self, name: str) -> Look:
        return next(one for one in self.looks if one.id == name)

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure that is looked at, once, in the order of the looks."""
        looked = [name for look in self.looks for name in (look.measure, look.than)]
        return tuple(dict.fromkeys(name for name in (*looked, *(q.measure for q in self.questions)) if name))


def _check(what: str, holds: bool, remedy: str) -> None:
    if not holds:
        raise StoryError(f"{what}: {remedy}")


def both(pair: Pair) -> Both:
    """A text of a story as the rest of the pictures carry texts."""
    return Both(pair.en, pair.nb)


@lru_cache(maxsize=len(STORIES))
def load_story(name: str) -> Story:
    """A story by its name in STORIES. Raises StoryError and pydantic's ValidationError, which tests look for."""
    if name not in STORIES:
        raise StoryError(f"unknown story '{name[:40]}'; the stories are {', '.join(STORIES)}")
    return Story.model_validate(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


class Goal(Frozen):
    """What a curriculum asks for, in our words, with its address."""

    subject: Pair
    text: Pair
    source: str


@lru_cache(maxsize=1)
def curriculum() -> dict[str, Goal]:
    """The aims of public curricula that stories touch, by id."""
    tables = tomllib.loads((FOLDER / "curriculum.toml").read_text(encoding="utf-8"))
    return {name: Goal.model_validate(table) for name, table in tables.items()}
