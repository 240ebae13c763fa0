"""What one run comes to: measures of deep, lasting and shared transition, each declared once with title and meaning.

Every measure is defined for every run that ends, so that no analysis has to guess what a missing value means.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.vocabulary import ELEMENTS, FACTORS
from experiments.arms import Text
from experiments.facts import Outcome

if TYPE_CHECKING:
    from model.simulation import Simulation

Floats = NDArray[np.float64]
SPAN: Final = 15  # years within which emissions should halve
HELD: Final = 5  # last years in which an element must stand to count as held
PER_INHABITANT: Final = Text("t CO2e per inhabitant", "t CO2e per innbygger")
SHARE: Final = Text("share", "andel")
SCORE: Final = Text("0-1", "0-1")
PERCENT: Final = Text("%", "%")


class Traces(NamedTuple):
    """A recorded run of Y years: the nation's columns (Y,), which elements stand (Y, M, E), uptake by kind (Y,)."""

    nation: Mapping[str, Floats]
    has: NDArray[np.bool_]
    sharing: Floats
    circular: Floats


@dataclass(frozen=True)
class Measure:
    """How a measure is told, what it means, and how it is read from a run."""

    told: Outcome
    meaning: str
    of: Callable[[Traces], float]


def traces_of(sim: "Simulation") -> Traces:
    """The traces of a simulation that has recorded at least one year."""
    from model.recorder import nation_columns

    r = sim.recorder
    people = r.town["population"][: r.years]
    share = people / people.sum(axis=1, keepdims=True)
    uptake = np.einsum("yms,ym->ys", r.blocks["uptake"][: r.years].astype(np.float64), share)
    kinds = np.array([solution.kind for solution in sim.catalogue.solutions])
    years = np.arange(sim.case.first, sim.case.first + r.years, dtype=np.int16)
    nation = {name: np.asarray(v, dtype=np.float64) for name, v in nation_columns(r, years).items()}
    mean = {kind: uptake[:, kinds == kind].mean(axis=1) for kind in ("sharing", "circular")}
    return Traces(nation, r.blocks["stage"][: r.years] > 0, mean["sharing"], mean["circular"])


def measured(sim: "Simulation") -> dict[str, float]:
    """Every measure of a run by name."""
    traces = traces_of(sim)
    return {measure.told.name: float(measure.of(traces)) for measure in MEASURES}


def last(t: Traces, *, column: str) -> float:
    """A nation column in the last year."""
    return float(t.nation[column][-1])


def mean(t: Traces, *, column: str) -> float:
    """The mean of a nation column over the years."""
    return float(t.nation[column].mean())


def within(t: Traces) -> float:
    """Fall in emissions 15 years after the first, or in the last year of a shorter run."""
    path = t.nation["reduction_share"]
    return float(path[min(SPAN, len(path) - 1)])


def has_halved(t: Traces) -> float:
    """Whether emissions had halved in any of the 15 years."""
    return float(bool((t.nation["reduction_share"][: SPAN + 1] >= 0.5).any()))


def cut(t: Traces, *, factors: tuple[str, ...]) -> float:
    """Fall in the last year that factors account for, as a share of emissions in the first year."""
    first = _first(t)
    return float(-sum(t.nation[f"change_{f}"][-1] for f in factors) / first) if first > 0.0 else 0.0


def _first(t: Traces) -> float:
    """Emissions before the first year's changes."""
    return float(t.nation["territorial"][0] - sum(t.nation[f"change_{f}"][0] for f in FACTORS))


def low_after_peak(t: Traces, *, column: str) -> float:
    """The lowest value from the year of the highest on."""
    path = t.nation[column]
    return float(path[int(np.argmax(path)) :].min())


def kept(t: Traces, *, trace: str) -> float:
    """Uptake in the last year as a share of its peak; 1 where nothing was ever taken up, for nothing was lost."""
    path: Floats = getattr(t, trace)
    return float(path[-1] / path.max()) if path.max() > 0.0 else 1.0


def at_the_end(t: Traces, *, trace: str) -> float:
    """Uptake in the last year."""
    path: Floats = getattr(t, trace)
    return float(path[-1])


def held(t: Traces, *, element: int) -> float:
    """Share of municipalities that had an element in each of the last five years."""
    return float(t.has[-HELD:, :, element].all(axis=0).mean())


def spending(t: Traces) -> float:
    """Climate money of state and municipalities, NOK per inhabitant and year."""
    money = sum(t.nation[f"{kind}_money"] for kind in ("project", "permanent", "own"))
    return float((money / t.nation["population"]).mean())


def _measure(told: Outcome, meaning: str, of: Callable[..., float], **how: Any) -> Measure:
    return Measure(told, meaning, partial(of, **how))


DEEP: Final = (
    _measure(
        Outcome(
            "territorial_last",
            Text("Territorial emissions, last year", "Direkte utslipp, siste år"),
            PER_INHABITANT,
            -1,
        ),
        "territorial account per inhabitant in the last year",
        last,
        column="territorial_per_inhabitant",
    ),
    _measure(
        Outcome("footprint_last", Text("Footprint, last year", "Fotavtrykk, siste år"), PER_INHABITANT, -1),
        "footprint of residents' consumption per inhabitant in the last year",
        last,
        column="footprint_per_inhabitant",
    ),
    _measure(
        Outcome("reduction_15", Text("Fall within 15 years", "Nedgang innen 15 år"), PERCENT, 1, 100.0, 0),
        "fall in territorial emissions 15 years after the first (2040 in a run from 2025); the last year if earlier",
        within,
    ),
    _measure(
        Outcome("reduction_last", Text("Fall by the last year", "Nedgang til siste år"), PERCENT, 1, 100.0, 0),
        "fall in territorial emissions from the first year of the run to the last",
        last,
        column="reduction_share",
    ),
    _measure(
        Outcome(
            "halved_15",
            Text("Halved within 15 years", "Halvert innen 15 år"),
            Text("% of runs", "% av kjøringene"),
            1,
            100.0,
            0,
        ),
        "1 if territorial emissions fell to half of the first year's within 15 years after it, else 0",
        has_halved,
    ),
    _measure(
        Outcome("cut_national", Text("Fall due to national path", "Nedgang fra nasjonal bane"), PERCENT, 0, 100.0, 1),
        "fall in the last year that the exogenous national path accounts for, share of first-year emissions",
        cut,
        factors=("national",),
    ),
    *(
        _measure(
            Outcome(
                f"cut_{level}", Text(f"Fall due to level {level}", f"Nedgang fra nivå {level}"), PERCENT, 1, 100.0, 1
            ),
            f"fall in the last year that solutions of level {level} account for, share of first-year emissions",
            cut,
            factors=(level,),
        )
        for level in ("I", "II", "III")
    ),
)
LASTING: Final = (
    _measure(
        Outcome(
            "institutionalisation_last",
            Text("Institutionalisation, last year", "Institusjonalisering, siste år"),
            SCORE,
            1,
        ),
        "mean institutionalisation over municipalities in the last year",
        last,
        column="institutionalisation",
    ),
    _measure(
        Outcome(
            "institutionalisation_low",
            Text("Institutionalisation, lowest after its peak", "Institusjonalisering, lavest etter toppen"),
            SCORE,
            1,
        ),
        "the lowest mean institutionalisation from the year of its peak on",
        low_after_peak,
        column="institutionalisation",
    ),
    _measure(
        Outcome("agenda_mean", Text("Attention, mean over years", "Oppmerksomhet, snitt over år"), SCORE, 1),
        "attention that climate gets, mean over municipalities and years",
        mean,
        column="agenda",
    ),
    _measure(
        Outcome("decoupling_last", Text("Form without practice, last year", "Form uten praksis, siste år"), SCORE, -1),
        "form without practice in the last year, mean over municipalities and elements",
        last,
        column="decoupling",
    ),
    *(
        _measure(
            Outcome(f"{element}_held", Text(f"{element.replace('_', '-').capitalize()} held", f"{nb} holdt"), SHARE, 1),
            f"share of municipalities that had {element.replace('_', ' ')} in each of the last {HELD} years",
            held,
            element=k,
        )
        for k, (element, nb) in enumerate(
            zip(
                ELEMENTS,
                (
                    "Plattform",
                    "Plan",
                    "Roller",
                    "Budsjett",
                    "Finansiering",
                    "Kompetanse",
                    "Rutiner",
                    "Indikatorer",
                    "Tverrsektorielt arbeid",
                    "Nettverk",
                    "Arena",
                ),
                strict=True,
            )
        )
    ),
)
SHARED: Final = (
    *(
        _measure(
            Outcome(f"{kind}_uptake", Text(f"Uptake of {kind} solutions", f"Bruk av {nb}"), SCORE, 1),
            f"uptake of {kind} solutions in the last year, weighted by population, mean over the solutions",
            at_the_end,
            trace=kind,
        )
        for kind, nb in (("sharing", "deleløsninger"), ("circular", "sirkulære løsninger"))
    ),
    *(
        _measure(
            Outcome(f"{kind}_kept", Text(f"{kind.capitalize()} uptake kept", f"Bruk av {nb} beholdt"), SHARE, 1),
            f"uptake of {kind} solutions in the last year as a share of its peak",
            kept,
            trace=kind,
        )
        for kind, nb in (("sharing", "deleløsninger"), ("circular", "sirkulære løsninger"))
    ),
    _measure(
        Outcome("arena_mean", Text("Arenas held, mean over years", "Arenaer holdt, snitt over år"), SHARE, 1),
        "share of municipalities where an arena was held, mean over years",
        mean,
        column="arena_held_share",
    ),
)
COST: Final = (
    _measure(
        Outcome(
            "spending",
            Text("Public climate money", "Offentlige klimapenger"),
            Text("NOK per inhabitant and year", "kr per innbygger og år"),
            0,
            1.0,
            0,
        ),
        "project grants, permanent climate money and own climate spending of municipalities, mean over years",
        spending,
    ),
)
MEASURES: Final[tuple[Measure, ...]] = (*DEEP, *LASTING, *SHARED, *COST)
