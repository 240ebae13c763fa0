"""What the browser is given to play a film: buffers that are sent once, and the words and choices around them."""

from typing import Any

import numpy as np

from agents.vocabulary import ELEMENTS, STAGES
from model.regime import Names
from viz.app import grounds
from viz.app.film import shades, tellings
from viz.app.film.atlas import atlas_of
from viz.app.film.packing import packed
from viz.app.film.people import People
from viz.app.film.reel import STEPS, Film
from viz.app.lines import rounded
from viz.app.question import Question, title_of
from viz.app.texts import Voice

Spec = dict[str, Any]
VIEWS = ("both", "map", "graph")
SHOWN = ("this", "other", "apart")


def atlas_spec(place: str) -> Spec:
    """Outlines and layout of a place."""
    atlas, where = atlas_of(place), grounds.load(place)
    names = ("points", "rings", "borders", "towns", "counties", "county_of")
    data, contents = packed({name: getattr(atlas, name) for name in names})
    head = {
        "size": list(atlas.size),
        "state": list(atlas.state),
        "numbers": list(where.numbers),
        "names": list(where.names),
    }
    return {
        "id": f"atlas-{place}",
        "head": head | {"countyNames": list(where.county_names)},
        "at": contents,
        "data": data,
    }


def film_spec(film: Film, key: str) -> Spec:
    """One run, without any word."""
    arrays = {name: getattr(film, name) for name in ("values", "population", "stage", "practice", "arena", "bonds")}
    events = dict(zip(("event_year", "event_actor", "event_deed", "event_reason"), film.events, strict=True))
    data, contents = packed(arrays | events)
    ranges = zip(film.fields, film.lows.tolist(), ((film.highs - film.lows) / STEPS).tolist(), strict=True)
    head = {
        "years": list(film.years),
        "fields": {name: [k, low, step] for k, (name, low, step) in enumerate(ranges)},
        "nation": {name: rounded(column) for name, column in film.nation.items()},
    }
    return {"id": f"film-{key}", "head": head, "at": contents, "data": data}


def told_spec(film: Film, key: str, voice: Voice) -> Spec:
    """What happened in that run, in one language."""
    place = grounds.load(film.place)
    names = Names(place, film.design)
    actors = tellings.actors(names, place.numbers, place.county_numbers, voice.language)
    head = tellings.told(film, names, voice) | {"actors": actors}
    return {"id": f"told-{voice.language}-{key}", "head": head, "at": {}, "data": b""}


def people_spec(people: People, key: str) -> Spec:
    """The individuals of one municipality."""
    data, contents = packed({name: getattr(people, name) for name in ("uses", "offers", "owners")})
    head = {
        "town": people.number,
        "weight": people.weight,
        "citizens": [people.citizens, people.uses.shape[1]],
        "businesses": [people.businesses, people.offers.shape[1]],
        "most": [max(1, int(np.max(part, initial=0))) for part in (people.uses, people.offers)],
    }
    return {"id": f"people-{key}", "head": head, "at": contents, "data": data}


def numbers_of(film: Film) -> tuple[str, ...]:
    """Municipalities of a film, by number."""
    return grounds.load(film.place).numbers


def stage_spec(question: Question, voice: Voice, reels: Spec, *, has_why: bool) -> Spec:
    """What stands on the page: which buffers, what is chosen, and every word. reels: names of the buffers by part."""
    names = {name: shades.shade_spec(name, voice) for name in shades.shades()}
    return {
        "reels": reels,
        "place": question.place,
        "chosen": chosen(question),
        "shades": names,
        "shadeGroups": shades.groups(voice),
        "elements": [voice(f"elements.{e}") for e in ELEMENTS],
        "network": ELEMENTS.index("network"),
        "stages": [voice(f"stage.{s}") for s in STAGES],
        "designs": [title_of(d, voice.language) for d in (question.design, question.against) if d],
        "hasWhy": has_why,
        "words": voice.all("watch"),
    }


def chosen(question: Question) -> Spec:
    """What is shown, as a link may say it; what it cannot be is as usual."""
    known = shades.shades()
    town = question.town if question.town in grounds.load(question.place).numbers else ""
    shown = question.shown if question.against and question.shown in SHOWN else "this"
    return {
        "measure": question.measure if question.measure in known else shades.USUAL,
        "view": question.view if question.view in VIEWS else VIEWS[0],
        "shown": shown,
        "year": question.year,
        "town": town,
    }
