"""Watch: one run year by year, on the map and on the governance graph, with what happened in plain words."""

from typing import Any

import solara

from viz.app import choices
from viz.app.film import specs
from viz.app.film.people import people_of
from viz.app.film.reel import film_of
from viz.app.laboratory import Laboratory
from viz.app.looking import Made, arguments_of, use_made
from viz.app.question import REPLICATES
from viz.app.widgets import drawn

PARTS = ("atlas", "film", "told", "other", "retold", "people")
LINKED = ("measure", "view", "shown", "town", "year")  # what the stage may say that belongs in the link


@solara.component
def Watch(lab: Laboratory) -> Any:
    """What is asked at the side; the film beside it."""
    with solara.v.Html(tag="div", class_="split"):
        with solara.v.Html(tag="aside", class_="side", attributes={"aria-label": lab.voice("watch.asked")}):
            Asked(lab)
        with solara.v.Html(tag="main", class_="stage", attributes={"id": "main", "tabindex": "-1"}):
            Stage(lab)


@solara.component
def Asked(lab: Laboratory) -> Any:
    """Place, design, the design to hold it against, and which of the runs."""
    (typed, unknown), set_typed = solara.use_state(("", ()))

    def choose(said: dict[str, Any]) -> None:
        where = choices.place_chosen(said)
        if where is None:
            lab.change(**{name: said[name] for name in ("design", "against", "run") if name in said})
            return
        set_typed((str(said.get("towns", "")) if where[1] else "", where[1]))
        if where[0]:
            lab.change(place=where[0], town="")

    with solara.v.Html(tag="div", class_="controls"):
        drawn("chooser", {"fields": choices.fields(lab.question, lab.voice, typed, unknown)}, choose)
        with solara.v.Html(tag="div", class_="pair"):
            drawn("chooser", {"fields": [_against(lab), _run(lab)]}, choose)
        solara.v.Html(tag="p", class_="note", children=[lab.voice("watch.one_world")])
        if lab.question.settings:
            moved = lab.voice("watch.levers", n=len(lab.question.settings))
            solara.v.Html(tag="p", class_="note", children=[moved])
        solara.v.Html(tag="div", class_="watch-side")  # the stage puts the chosen municipality here where there is room


def _against(lab: Laboratory) -> dict[str, Any]:
    title = lab.voice("watch.against")
    field = choices.design_field(lab.question.against or lab.question.design, lab.voice, name="against", title=title)
    nothing = {"title": "", "options": [("", lab.voice("watch.nothing"))]}
    return {**field, "groups": [nothing, *field["groups"]], "value": lab.question.against, "note": ""}


def _run(lab: Laboratory) -> dict[str, Any]:
    options = [(str(k), lab.voice("watch.nth", n=k, wanted=REPLICATES)) for k in range(1, REPLICATES + 1)]
    return {
        "name": "run",
        "title": lab.voice("watch.run"),
        "groups": [{"title": "", "options": options}],
        "value": str(lab.question.run),
    }


@solara.component
def Stage(lab: Laboratory) -> Any:
    """The buffers, each sent once, and the stage that plays them."""
    wants, set_wants = solara.use_state("")  # the municipality whose people are asked for
    asked = lab.question
    film = use_made(lab, arguments_of(lab, replicate=asked.run - 1), work=film_of)
    against = arguments_of(lab, asked.against, replicate=asked.run - 1) if asked.against else None
    other = use_made(lab, against, work=film_of)
    is_there = film.thing is not None and wants in specs.numbers_of(film.thing)
    people = use_made(lab, arguments_of(lab, replicate=asked.run - 1, town=wants) if is_there else None, work=people_of)

    def hear(said: dict[str, Any]) -> None:
        if isinstance(said.get("people"), str):
            set_wants(said["people"][:4])
        if said.get("why") and isinstance(said["why"], str):
            lab.change(page="why", town=said["why"])
        else:
            lab.change(**{name: said[name] for name in LINKED if name in said})

    error = film.error or other.error or people.error
    with solara.v.Html(tag="div", class_="watch-room"):
        if error:
            text = lab.voice("status.failed", reason=error)
            solara.v.Html(tag="p", class_="status wrong", attributes={"role": "alert"}, children=[text])
        if film.thing is None:
            text = "" if error else lab.voice("watch.filming")
            solara.v.Html(tag="p", class_="status first", attributes={"role": "status"}, children=[text])
        else:
            _Screen(lab, film, other if _fits(other, film) else Made(), people, hear)


def _fits(other: Made, film: Made) -> bool:
    """Whether two films are of the same municipalities and years."""
    if other.thing is None:
        return False
    return bool(other.thing.place == film.thing.place and other.thing.years == film.thing.years)


@solara.component
def _Screen(lab: Laboratory, film: Made, other: Made, people: Made, hear: Any) -> Any:
    voice, key = lab.voice, film.key
    retold = [other.key, voice.language]
    reels = [
        solara.use_memo(lambda: specs.atlas_spec(film.thing.place), [film.thing.place]),
        solara.use_memo(lambda: specs.film_spec(film.thing, key), [key]),
        solara.use_memo(lambda: specs.told_spec(film.thing, key, voice), [key, voice.language]),
        solara.use_memo(lambda: specs.film_spec(other.thing, other.key) if other.thing else None, [other.key]),
        solara.use_memo(lambda: specs.told_spec(other.thing, other.key, voice) if other.thing else None, retold),
        solara.use_memo(lambda: specs.people_spec(people.thing, people.key) if people.thing else None, [people.key]),
    ]
    names = dict(zip(PARTS, [r["id"] if r else "" for r in reels], strict=True))
    with solara.v.Html(tag="div"):
        with solara.v.Html(tag="div", class_="reels", attributes={"hidden": True}):
            for part, spec in zip(names, reels, strict=True):
                drawn("reel", spec or {"id": "", "head": {}, "at": {}, "data": b""}).key(part)
        drawn("watch", specs.stage_spec(lab.question, voice, names, has_why="why" in lab.pages), hear)
