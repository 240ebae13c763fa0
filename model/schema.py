"""Every output column, declared once: table, name, unit and meaning. Tables, charts and documents read it here."""

from dataclasses import dataclass
from typing import Final

from agents.vocabulary import CATEGORIES, COUNTY_RULES, ELEMENTS, FACTORS, SECTORS


@dataclass(frozen=True)
class Column:
    """One output column; `dtype` is a numpy name, or `text` for a dictionary of words."""

    name: str
    unit: str
    meaning: str
    dtype: str = "float64"


def _elements(suffix: str, unit: str, meaning: str) -> tuple[Column, ...]:
    return tuple(Column(f"{e}_{suffix}", unit, meaning.format(e.replace("_", " "))) for e in ELEMENTS)


YEAR = Column("year", "year", "calendar year; one step of the model", "int16")
NUMBER = Column("number", "code", "four-digit municipality number, as text", "text")

_EMISSIONS: Final = (
    Column("population", "persons", "inhabitants on 1 January"),
    Column("territorial", "t CO2e", "emissions inside the municipal borders, all ten sectors"),
    Column("footprint", "t CO2e", "emissions of residents' consumption wherever they occur"),
    Column("territorial_per_inhabitant", "t CO2e per inhabitant", "territorial account per inhabitant"),
    Column("footprint_per_inhabitant", "t CO2e per inhabitant", "footprint account per inhabitant"),
    Column("reduction_share", "share", "fall in territorial emissions since the first year of the run"),
)
_CHANGES: Final = tuple(
    Column(f"change_{f}", "t CO2e", f"part of the change in territorial emissions since the first year due to {f}")
    for f in FACTORS
)
_INSTITUTIONS: Final = (
    Column("agenda", "0-1", "attention that climate gets"),
    Column("institutionalisation", "0-1", "weighted geometric mean of the practice of the eleven elements"),
    Column("capacity", "0-1", "knowledge in use, organisational and personal"),
    Column("mode", "0-1", "0 results management, 1 strategic and catalytic leadership"),
    Column("trust", "0-1", "mean trust on the ties to cooperating municipalities"),
    Column("frame", "0-1", "how far climate is seen as a matter of society rather than of technology"),
    Column("decoupling", "0-1", "form without practice, mean over the elements"),
)

NATION: Final = (
    YEAR,
    *_EMISSIONS,
    *_CHANGES,
    *_INSTITUTIONS,
    *_elements("share", "share", "share of municipalities that have the element {} at any stage"),
    *_elements("practice", "0-1", "mean practice of the element {}"),
    Column("champion_share", "share", "share of municipalities with at least one champion"),
    Column("arena_held_share", "share", "share of municipalities where an arena was held this year"),
    Column("cooperation_edges", "edges", "pairs of municipalities that cooperate"),
    Column("project_money", "NOK", "project grants paid to municipalities this year"),
    Column("permanent_money", "NOK", "permanent climate money paid to municipalities this year"),
    Column("own_money", "NOK", "municipalities' own spending on climate work this year"),
    Column("state_ambition", "0-1", "ambition of the state, moved every fourth year by the published gap"),
)

COUNTY: Final = (
    YEAR,
    Column("county", "code", "two-digit county number, as text", "text"),
    *_EMISSIONS,
    *_CHANGES,
    Column("institutionalisation", "0-1", "mean over the county's municipalities"),
    Column("strategy", "0-1", "strength of the regional strategy"),
    *(Column(f"{r}_stage", "0-3", f"stage of the county's own rule {r}", "int8") for r in COUNTY_RULES),
)

MUNICIPALITY: Final = (
    YEAR,
    NUMBER,
    *_EMISSIONS,
    *_CHANGES,
    *_INSTITUTIONS,
    Column("champions", "persons", "champions in post or council", "float64"),
    Column("is_champion_lost", "0/1", "the last champion left this year"),
    Column("is_arena_held", "0/1", "an arena was held this year"),
    Column("projects", "projects", "grant-funded projects under way"),
    Column("project_money", "NOK", "project grants received this year"),
    Column("permanent_money", "NOK", "permanent climate money received this year"),
    Column("own_money", "NOK", "own spending on climate work this year"),
    Column("published_reduction", "share", "fall in emissions as the published indicator shows it"),
    Column("citizen_attitude", "0-1", "mean attitude of the inhabitants"),
    Column("level_I_uptake", "0-1", "mean uptake of the solutions of level I"),
    Column("level_II_uptake", "0-1", "mean uptake of the solutions of level II"),
    Column("level_III_uptake", "0-1", "mean uptake of the solutions of level III"),
)

ELEMENT: Final = (
    YEAR,
    NUMBER,
    Column("element", "word", "institutional element", "text"),
    Column("stage", "0-3", "none, strategy, norm, rule", "int8"),
    Column("practice", "0-1", "how far the element is lived", "float64"),
)

SOLUTION: Final = (
    YEAR,
    NUMBER,
    Column("solution", "word", "solution of the catalogue", "text"),
    Column("uptake", "0-1", "share of its possible users, or of its implementation, reached"),
    Column("supply", "0-1", "supply within reach"),
)

UPTAKE: Final = (
    YEAR,
    Column("solution", "word", "solution of the catalogue", "text"),
    Column("uptake", "0-1", "uptake weighted by population"),
    Column("supply", "0-1", "supply within reach, weighted by population"),
    Column("adopted", "persons", "inhabitants who took the solution up this year (0 where others choose)"),
    Column("dropped", "persons", "inhabitants who gave the solution up this year (0 where others choose)"),
)

SECTOR: Final = (
    YEAR,
    NUMBER,
    *(Column(s, "t CO2e", f"territorial emissions of {s.replace('_', ' ')}") for s in SECTORS),
    *(Column(f"footprint_{c}", "t CO2e", f"footprint of {c}") for c in CATEGORIES),
)

FLOW: Final = (
    YEAR,
    Column("payer", "account", "account that pays", "text"),
    Column("payee", "account", "account that is paid", "text"),
    Column("purpose", "word", "what the payment is for", "text"),
    Column("amount", "øre", "1/100 NOK, whole numbers", "int64"),
)

EDGE: Final = (
    YEAR,
    Column("type", "word", "type of the edge that appears or goes", "text"),
    Column("source", "node", "one end", "text"),
    Column("target", "node", "other end", "text"),
    Column("change", "word", "appears or goes", "text"),
)

EVENT: Final = (
    YEAR,
    Column("actor", "node", "who: state, county:NN or municipality number", "text"),
    Column("what", "word", "what happened", "text"),
    Column("subject", "word", "the element, county rule, solution, person or partner concerned", "text"),
    Column("cause", "word", "the strongest driver of it", "text"),
    Column("because_of", "word", "the statement, neighbour or earlier event behind the cause", "text"),
    Column("strength", "share", "the driver's share of the push", "float64"),
)

REGIME: Final = (
    Column("level", "word", "who set the rule: state (the design), county or municipality", "text"),
    Column("actor", "node", "state, county:NN or municipality number", "text"),
    Column("subject", "word", "the element, county rule or aim that the rule is about", "text"),
    Column("stage", "0-3", "none, strategy, norm, rule", "int8"),
    Column("since", "year", "first year in which it held at this stage", "int16"),
    Column("until", "year", "last year in which it did; the last of the run where it still holds", "int16"),
    Column("cause", "word", "what brought it to this stage: a driver, design, or outset for what was there", "text"),
    Column("because_of", "word", "the statement, municipality or county behind the cause", "text"),
)

TABLES: Final[dict[str, tuple[Column, ...]]] = {
    "nation": NATION,
    "county": COUNTY,
    "municipality": MUNICIPALITY,
    "element": ELEMENT,
    "solution": SOLUTION,
    "uptake": UPTAKE,
    "sector": SECTOR,
    "flow": FLOW,
    "edge": EDGE,
    "event": EVENT,
    "regime": REGIME,
}
