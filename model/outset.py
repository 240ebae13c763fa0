"""Municipalities in the first year: three types, what they have, who works there (TRANSFORM; shares assumed)."""

from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from agents.county import CountyRules
from agents.municipality import SLOTS, Municipalities
from agents.persons import champion_places, skill_of
from agents.vocabulary import COUNTY_RULES, ELEMENTS
from model import inhabitants
from model.history import TODAY
from model.institutions.elements import carried_by
from model.places import Place
from model.population import USUAL_VOTE
from model.solutions import Catalogue
from model.streams import Streams, pair_keys

FRONTRUNNER, SHORT_TERM, HARDLY = 2, 1, 0
TYPES = ("hardly", "short_term", "frontrunner")  # groups of the parameters `outset`, in the order of the types


def types_of(
    place: Place, luck: Streams, keys: NDArray[np.uint64], scale: NDArray[np.float64], every: SimpleNamespace
) -> NDArray[np.int8]:
    """Type of each municipality, (M,): 2 deeply engaged, 1 short-term measures, 0 hardly; size and the vote count."""
    p, people = every.institution, inhabitants.national([place.first_year, TODAY])
    middle = inhabitants.scale_of(inhabitants.MIDDLE * (people[0] / people[1]))  # it grows with the nation
    lean = every.outset.lean_size * (scale - middle) + every.outset.lean_vote * (place.green_vote - USUAL_VOTE)
    lean = lean + every.outset.lean_luck * luck.normal("type", 0, keys)
    high = NormalDist().inv_cdf(1.0 - p.type_frontrunner)
    low = NormalDist().inv_cdf(p.type_hardly)
    return np.where(lean > high, FRONTRUNNER, np.where(lean < low, HARDLY, SHORT_TERM)).astype(np.int8)


def _profile(p: SimpleNamespace, name: str, kind: NDArray[np.int8]) -> NDArray[np.float64]:
    """What the type of each municipality says of `name`, (M,)."""
    of_type = [getattr(getattr(p.outset, kind_name), name) for kind_name in TYPES]
    return np.array(of_type)[kind]


def first_municipalities(
    place: Place, luck: Streams, cat: Catalogue, keys: NDArray[np.uint64], p: SimpleNamespace
) -> Municipalities:
    """Columns of the municipalities as they stand before the first year."""
    start = p.outset
    towns = Municipalities(len(place.numbers), slots=SLOTS, levels=3, elements=len(ELEMENTS), solutions=len(cat.ids))
    scale = inhabitants.scale_of(place.population[0])
    kind = types_of(place, luck, keys, scale, p)
    known = [(place.numbers.index(n), ELEMENTS.index(e), s) for n, e, s in place.known_elements if n in place.numbers]
    kind[[m for m, _, _ in known]] = FRONTRUNNER
    _elements(towns, luck, keys, kind, p)
    full = p.outset.known * carried_by(p.institution)
    for m, e, stage in known:
        towns.stage[m, e] = stage
        towns.practice[m, e] = full[stage]
    places = champion_places(place.population[0])
    pairs = pair_keys(keys, SLOTS)
    there = luck.uniform("champion-start", 0, pairs) < _profile(p, "champions", kind)[:, None]
    there &= np.arange(SLOTS)[None, :] < places[:, None]
    drawn = luck.uniform("champion-skill", 0, pairs)
    towns.champion_skill[:] = np.where(there, skill_of(drawn, p.persons.skill, p.persons.champion_range), 0.0)
    towns.officer[:] = np.where(towns.stage[:, ELEMENTS.index("roles")] > 0, start.officer, 0.0)
    draw = luck.normal("initial-knowledge", 0, keys)
    towns.org_knowledge[:] = np.clip(_profile(p, "knowledge", kind) + start.spread * draw, 0.0, 1.0)
    towns.agenda[:] = np.clip(_profile(p, "agenda", kind) + start.spread * draw, 0.0, 1.0)
    towns.ambition[:] = np.clip(_profile(p, "ambition", kind) + start.spread_ambition * draw, 0.0, 1.0)
    towns.mode[:] = np.clip(_profile(p, "mode", kind) + start.spread_leading * draw, 0.0, p.leadership.cap)
    towns.frame[:] = np.clip(_profile(p, "frame", kind) + start.spread_leading * draw, 0.0, 1.0)
    towns.trust[:] = start.trust
    towns.learned[:] = np.outer(_profile(p, "learned", kind), np.array([1.0, start.learned_II, start.learned_III]))
    towns.experience[:] = _profile(p, "applied", kind)
    towns.chief_tenure[:] = (luck.uniform("chief-leaves", 0, keys) / p.persons.chief_leaves).astype(np.int16)
    towns.carried[:] = np.clip(cat.initial_share[None, :] * _profile(p, "carried", kind)[:, None], 0.0, 1.0)
    towns.project_solution[:] = towns.project_statement[:] = -1
    return towns


def first_county_rules(
    luck: Streams, keys: NDArray[np.uint64], can_gather: NDArray[np.bool_], p: SimpleNamespace
) -> CountyRules:
    """Rules of their own that counties of several municipalities have before the first year, as strategies.

    keys: (C, 3); can_gather: (C, 1); p: parameters of the county.
    """
    rules = CountyRules(len(keys), rules=len(COUNTY_RULES))
    share = np.array([getattr(p, rule).first for rule in COUNTY_RULES])
    rules.stage[:] = (luck.uniform("county-start", 0, keys) < share) & can_gather
    return rules


def element_chances(p: SimpleNamespace) -> NDArray[np.float64]:
    """Chance of each type (rows: hardly, short-term, frontrunner) to have each element in the first year, (3, 11).

    The types differ in odds (`outset.*.odds`) and, weighted by their shares in `institution`, average to
    `element.*.first`: solved by bisection from the parameters alone, so that a municipality begins the same everywhere.
    """
    share = np.clip([getattr(p.element, e).first for e in ELEMENTS], 1e-9, 1 - 1e-9)
    weight = np.array([p.institution.type_hardly, 0.0, p.institution.type_frontrunner])
    weight[SHORT_TERM] = 1.0 - weight.sum()
    odds = np.array([getattr(p.outset, name).odds for name in TYPES])[:, None]
    middle = np.log(share / (1.0 - share))
    low, high = middle - odds.max(), middle - odds.min()
    for _ in range(60):
        centre = 0.5 * (low + high)
        is_above = weight @ (1.0 / (1.0 + np.exp(-(centre + odds)))) > share
        low, high = np.where(is_above, low, centre), np.where(is_above, centre, high)
    return 1.0 / (1.0 + np.exp(-(0.5 * (low + high) + odds)))


def _elements(
    towns: Municipalities, luck: Streams, keys: NDArray[np.uint64], kind: NDArray[np.int8], p: SimpleNamespace
) -> None:
    chance = element_chances(p)[kind]
    pairs = pair_keys(keys, len(ELEMENTS))
    luck_of = luck.uniform("initial-element", 0, pairs)
    has = luck_of < chance
    firm = luck_of < chance * _profile(p, "firm", kind)[:, None]
    towns.stage[:] = has.astype(np.int8) + firm  # two boolean arrays would add to a logical or
    spread = p.outset.lived_least + (1.0 - p.outset.lived_least) * luck.uniform("initial-element", 1, pairs)
    lived = _profile(p, "lived", kind)[:, None] * spread
    towns.practice[:] = carried_by(p.institution)[towns.stage] * lived
