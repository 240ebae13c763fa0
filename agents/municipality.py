"""Municipalities: their columns, and what a council and its administration decide from a briefing."""

from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.actor import Actor
from agents.population import Attribute, Population
from agents.vocabulary import ELEMENTS, STAGES

Floats = NDArray[np.float64]

SLOTS = 3  # most champions, and most grant projects, a municipality can have at a time


class Municipality(Actor):
    """One municipality as a mesa.Agent: reads its row of the columns under the columns' own names."""

    def __init__(self, world: Any, number: str, columns: "Municipalities", index: int) -> None:
        super().__init__(world, number)
        self.number = number
        self.columns = columns
        self.index = index

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("columns", "index"):
            raise AttributeError(name)
        return self.columns.value(name, self.index)

    @property
    def elements(self) -> dict[str, tuple[str, float]]:
        """Stage and practice of each institutional element."""
        return {e: (STAGES[int(self.stage[k])], round(float(self.practice[k]), 4)) for k, e in enumerate(ELEMENTS)}


def _share(name: str, meaning: str, width: str = "") -> Attribute:
    return Attribute(name, "float64", "0-1", 0.0, 1.0, meaning, width)


class Municipalities(Population):
    """The columns of all municipalities of a place, in the order of their numbers."""

    attributes: ClassVar[tuple[Attribute, ...]] = (
        _share("agenda", "attention that climate gets"),
        _share("ambition", "how far the sitting council wants to go"),
        _share("org_knowledge", "knowledge written into the organisation"),
        _share("person_knowledge", "knowledge carried by champions and officers"),
        _share("capacity", "knowledge in use: inst · organisation + (1 − inst) · persons"),
        _share("institutionalisation", "weighted geometric mean of the elements' practice"),
        _share("mode", "0 results management, 1 strategic and catalytic leadership"),
        _share("frame", "0 climate is a technical matter, 1 a matter of how society is organised"),
        _share("trust", "mean trust on ties to possible partners"),
        _share("ownership", "joint ownership of measures by citizens and businesses"),
        _share("experience", "experience of applying for project money"),
        _share("gap", "gap to the goal as the published indicator shows it"),
        _share("finance", "climate money against need, this year"),
        _share("lasting", "permanent climate money against need, this year"),
        _share("passing", "project money against need, this year"),
        _share("officer", "skill of the person who holds the climate role; 0 when vacant or absent"),
        Attribute("published", "float64", "share", -5.0, 1.0, "fall in emissions as published"),
        Attribute("mood", "float64", "shift", -0.5, 0.5, "shift of citizens' attitude by what they see"),
        Attribute("chief_tenure", "int16", "years", 0, 99, "years the chief executive has been in post"),
        Attribute("is_champion_lost", "bool", "", 0, 1, "the last champion left this year"),
        Attribute("is_arena_held", "bool", "", 0, 1, "an arena was held this year"),
        _share("champion_skill", "skill of each champion; 0 is an empty place", "slots"),
        _share("learned", "experience with measures of level I, II, III", "levels"),
        Attribute("stage", "int8", "0-3", 0, 3, "none, strategy, norm, rule", "elements"),
        _share("practice", "how far each element is lived", "elements"),
        Attribute("breach_years", "int16", "years", 0, 999, "years a duty on the element has been broken", "elements"),
        Attribute("had_money", "bool", "", 0, 1, "money for the element last year", "elements"),
        _share("carried", "how far each solution is carried out or facilitated", "solutions"),
        Attribute("is_under_way", "bool", "", 0, 1, "the municipality works on the solution", "solutions"),
        Attribute("setbacks", "int8", "years", 0, 99, "failed years in a row", "solutions"),
        Attribute("project_years", "int8", "years", 0, 20, "years left of each grant project", "slots"),
        Attribute("project_grant", "int64", "øre per year", 0, 2**62, "yearly grant of each project", "slots"),
        Attribute("project_own", "int64", "øre per year", 0, 2**62, "own share of the cost of each project", "slots"),
        Attribute("project_statement", "int32", "row", -1, 999, "statement of the design behind each project", "slots"),
        Attribute("project_solution", "int16", "row", -1, 999, "solution each project works on", "slots"),
    )

    agents: dict[str, Municipality]  # by number; the simulation sets them

    def __getitem__(self, index: int | str) -> Municipality:
        """The municipality with this number, or in this row. Raises KeyError when there is none."""
        try:
            return self.agents[index] if isinstance(index, str) else list(self.agents.values())[index]
        except (KeyError, IndexError):
            known = f"{next(iter(self.agents))} … or a row from 0 to {self.size - 1}"
            raise KeyError(f"no municipality {index!r}; give a number in quotes such as {known}") from None

    # Shapes (M,) and (M, ...) as declared above; listed for the type checker.
    agenda: Floats
    ambition: Floats
    org_knowledge: Floats
    person_knowledge: Floats
    capacity: Floats
    institutionalisation: Floats
    mode: Floats
    frame: Floats
    trust: Floats
    ownership: Floats
    experience: Floats
    gap: Floats
    finance: Floats
    lasting: Floats
    passing: Floats
    officer: Floats
    published: Floats
    mood: Floats
    chief_tenure: NDArray[np.int16]
    is_champion_lost: NDArray[np.bool_]
    is_arena_held: NDArray[np.bool_]
    champion_skill: Floats
    learned: Floats
    stage: NDArray[np.int8]
    practice: Floats
    breach_years: NDArray[np.int16]
    had_money: NDArray[np.bool_]
    carried: Floats
    is_under_way: NDArray[np.bool_]
    setbacks: NDArray[np.int8]
    project_years: NDArray[np.int8]
    project_grant: NDArray[np.int64]
    project_own: NDArray[np.int64]
    project_statement: NDArray[np.int32]
    project_solution: NDArray[np.int16]

    @property
    def champions(self) -> NDArray[np.int64]:
        """Number of champions, (M,)."""
        return np.count_nonzero(self.champion_skill, axis=1)


def logistic(x: Floats) -> Floats:
    """1 / (1 + e^-x), elementwise."""
    return 1.0 / (1.0 + np.exp(-x))


def chance_of(log_hazard: Floats) -> Floats:
    """Yearly probability from a complementary log-log predictor: 1 − exp(−exp(x)), with x capped at 3.

    >>> chance_of(np.array([-50.0, 0.0, 9.0])).round(4).tolist()
    [0.0, 0.6321, 1.0]
    """
    return -np.expm1(-np.exp(np.minimum(log_hazard, 3.0)))


class AgendaBriefing(NamedTuple):
    """What moves the attention climate gets; all (M,) but the national attention."""

    agenda: Floats
    institutionalisation: Floats
    champion: Floats
    citizens: Floats
    neighbours: Floats
    gap: Floats
    crowding: Floats
    complacency: Floats
    national: float


def next_agenda(b: AgendaBriefing, weights: Any) -> Floats:
    """Agenda of next year, (M,): it decays, slower with institutions, is fed, and is crowded out (C-17, A3)."""
    kept = b.agenda * (1.0 - weights.decay * (1.0 - weights.shelter * b.institutionalisation))
    fed = (
        weights.champion * b.champion
        + weights.citizens * b.citizens
        + weights.neighbours * b.neighbours
        + weights.gap * b.gap
        + weights.national * b.national
    )
    room = 1.0 - kept
    return np.clip(kept + fed * room - weights.crowding * b.crowding - b.complacency, 0.0, 1.0)


class StartBriefing(NamedTuple):
    """What a council weighs before a measure is started; (M,) or (M, S)."""

    agenda: Floats
    capacity: Floats
    finance: Floats
    fit: Floats
    learned: Floats
    frame: Floats
    neighbours: Floats
    liking: Floats
    information: Floats


def start_chance(b: StartBriefing, level: NDArray[np.int8], weights: Any) -> Floats:
    """Yearly chance (M, S) that a measure is started; options of level III are seen only through a wide frame."""
    half_seen = weights.narrow + (1.0 - weights.narrow) * b.frame[:, None]
    seen = np.where(level == 2, b.frame[:, None], np.where(level == 1, half_seen, 1.0))
    push = (
        weights.base
        + weights.agenda * b.agenda[:, None]
        + weights.capacity * b.capacity[:, None]
        + weights.finance * b.finance[:, None]
        + weights.fit * b.fit
        + weights.ladder * b.learned
        + weights.neighbours * b.neighbours
        + weights.liking * b.liking
        + weights.information * b.information
    )
    return seen * chance_of(push)


START_DRIVERS = ("agenda", "capacity", "money", "experience", "neighbours")


def start_drivers(b: StartBriefing, weights: Any, begun: tuple[NDArray[np.int64], NDArray[np.int64]]) -> Floats:
    """Part of each of `START_DRIVERS` in the push to start n measures, (5, n); begun: rows and columns of (M, S)."""
    rows = begun[0]
    return np.stack(
        [
            weights.agenda * b.agenda[rows],
            weights.capacity * b.capacity[rows],
            weights.finance * b.finance[rows],
            weights.ladder * b.learned[begun],
            weights.neighbours * b.neighbours[begun],
        ]
    )


class SuccessBriefing(NamedTuple):
    """What decides whether a year's work on a measure succeeds; (M,), (M, S), difficulty (S,)."""

    capacity: Floats
    fit: Floats
    ownership: Floats
    finance: Floats
    difficulty: Floats


def success_chance(b: SuccessBriefing, weights: Any) -> Floats:
    """Chance (M, S) of a successful year: logistic in capacity, fit, ownership, finance, difficulty."""
    return logistic(
        weights.base
        + weights.capacity * b.capacity[:, None]
        + weights.fit * b.fit
        + weights.ownership * b.ownership[:, None]
        + weights.finance * b.finance[:, None]
        - weights.difficulty * b.difficulty[None, :]
    )


def fit_of(mode: Floats, ownership: Floats, level: NDArray[np.int8], needs: Any) -> Floats:
    """Fit of level and mode of leadership, 0-1, (M, S): level I works under either, III needs catalytic leadership."""
    leading = np.clip(mode + needs.ownership * ownership, 0.0, 1.0)[:, None]
    need = np.array([needs.I, needs.II, needs.III])[level][None, :]
    return 1.0 - need * (1.0 - leading)


class ApplyBriefing(NamedTuple):
    """What makes an application likely, (M,) but co_finance, one number; scale: log of population over 8,000."""

    agenda: Floats
    capacity: Floats
    experience: Floats
    scale: Floats
    co_finance: float


def apply_chance(b: ApplyBriefing, weights: Any) -> Floats:
    """Chance (M,) that a municipality applies for project money; what it must pay itself holds it back."""
    return logistic(
        weights.base
        + weights.agenda * b.agenda
        + weights.capacity * b.capacity
        + weights.experience * b.experience
        + weights.size * b.scale
        + weights.co_finance * b.co_finance
    )


def convene_chance(b: "ConveneBriefing", weights: Any) -> Floats:
    """Chance (M,) that somebody convenes an arena of council, citizens and businesses this year."""
    push = (
        weights.base
        + weights.element * b.element
        + weights.support * b.support
        + weights.county * b.county
        + weights.trust * b.trust
        + weights.mode * b.mode
        + weights.agenda * b.agenda
    )
    return chance_of(push)


class ConveneBriefing(NamedTuple):
    """What makes an arena likely; all (M,)."""

    element: Floats
    support: Floats
    county: Floats
    trust: Floats
    mode: Floats
    agenda: Floats
