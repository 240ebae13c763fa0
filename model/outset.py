"""Municipalities in the first year: three types, what they have, who works there (TRANSFORM; shares assumed)."""

from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from agents.municipality import SLOTS, Municipalities
from agents.persons import champion_places
from agents.vocabulary import ELEMENTS
from model.institutions.elements import CEILING
from model.places import Place
from model.solutions import Catalogue
from model.streams import Streams, pair_keys

FRONTRUNNER, SHORT_TERM, HARDLY = 2, 1, 0


def types_of(
    place: Place, luck: Streams, keys: NDArray[np.uint64], scale: NDArray[np.float64], p: SimpleNamespace
) -> NDArray[np.int8]:
    """Type of each municipality, (M,): 2 deeply engaged, 1 short-term measures, 0 hardly; size and the vote count."""
    middle = np.log(5_100.0 / 8_000.0)  # the middle municipality of 2025: half of them are larger
    lean = 0.35 * (scale - middle) + 1.5 * (place.green_vote - 0.18) + 0.9 * luck.normal("type", 0, keys)
    high = NormalDist().inv_cdf(1.0 - p.type_frontrunner)
    low = NormalDist().inv_cdf(p.type_hardly)
    return np.where(lean > high, FRONTRUNNER, np.where(lean < low, HARDLY, SHORT_TERM)).astype(np.int8)


def _profile(p: SimpleNamespace, name: str, kind: NDArray[np.int8]) -> NDArray[np.float64]:
    """What the type of each municipality says of `name`, (M,)."""
    of_type = [getattr(getattr(p.outset, kind_name), name) for kind_name in ("hardly", "short_term", "frontrunner")]
    return np.array(of_type)[kind]


def first_municipalities(
    place: Place, luck: Streams, cat: Catalogue, keys: NDArray[np.uint64], p: SimpleNamespace
) -> Municipalities:
    """Columns of the municipalities as they stand before the first year."""
    towns = Municipalities(len(place.numbers), slots=SLOTS, levels=3, elements=len(ELEMENTS), solutions=len(cat.ids))
    scale = np.log(place.population[0] / 8_000.0)
    kind = types_of(place, luck, keys, scale, p.institution)
    known = [(place.numbers.index(n), ELEMENTS.index(e), s) for n, e, s in place.known_elements if n in place.numbers]
    kind[[m for m, _, _ in known]] = FRONTRUNNER
    _elements(towns, luck, keys, kind, p)
    for m, e, stage in known:
        towns.stage[m, e] = stage
        towns.practice[m, e] = 0.8 * CEILING[stage]
    places = champion_places(place.population[0])
    pairs = pair_keys(keys, SLOTS)
    there = luck.uniform("champion-start", 0, pairs) < _profile(p, "champions", kind)[:, None]
    there &= np.arange(SLOTS)[None, :] < places[:, None]
    towns.champion_skill[:] = np.where(there, 0.3 + 0.6 * luck.uniform("champion-skill", 0, pairs), 0.0)
    towns.officer[:] = np.where(towns.stage[:, ELEMENTS.index("roles")] > 0, 0.5, 0.0)
    draw = luck.normal("initial-knowledge", 0, keys)
    towns.org_knowledge[:] = np.clip(_profile(p, "knowledge", kind) + 0.05 * draw, 0.0, 1.0)
    towns.agenda[:] = np.clip(_profile(p, "agenda", kind) + 0.05 * draw, 0.0, 1.0)
    towns.ambition[:] = np.clip(_profile(p, "ambition", kind) + 0.06 * draw, 0.0, 1.0)
    towns.mode[:] = np.clip(_profile(p, "mode", kind) + 0.04 * draw, 0.0, 1.0)
    towns.frame[:] = np.clip(_profile(p, "frame", kind) + 0.04 * draw, 0.0, 1.0)
    towns.trust[:] = 0.25
    towns.learned[:] = np.outer(_profile(p, "learned", kind), np.array([1.0, 0.4, 0.15]))
    towns.experience[:] = _profile(p, "applied", kind)
    towns.chief_tenure[:] = (7.0 * luck.uniform("chief-leaves", 0, keys)).astype(np.int16)
    towns.carried[:] = np.clip(cat.initial_share[None, :] * _profile(p, "carried", kind)[:, None], 0.0, 1.0)
    towns.project_solution[:] = towns.project_statement[:] = -1
    return towns


def _elements(
    towns: Municipalities, luck: Streams, keys: NDArray[np.uint64], kind: NDArray[np.int8], p: SimpleNamespace
) -> None:
    share = np.array([getattr(p.element, e).first for e in ELEMENTS])
    odds = np.log(np.clip(share, 1e-9, 1 - 1e-9) / np.clip(1.0 - share, 1e-9, 1.0))
    chance = 1.0 / (1.0 + np.exp(-(odds[None, :] + _profile(p, "odds", kind)[:, None])))
    pairs = pair_keys(keys, len(ELEMENTS))
    luck_of = luck.uniform("initial-element", 0, pairs)
    has = luck_of < chance
    firm = luck_of < chance * _profile(p, "firm", kind)[:, None]
    towns.stage[:] = has.astype(np.int8) + firm  # two boolean arrays would add to a logical or
    lived = _profile(p, "lived", kind)[:, None] * (0.6 + 0.4 * luck.uniform("initial-element", 1, pairs))
    towns.practice[:] = CEILING[towns.stage] * lived
