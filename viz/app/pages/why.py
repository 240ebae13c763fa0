"""Why: the life of one municipality in one run, and the chain of causes behind whatever happened."""

from typing import Any

import solara

from model.places import Place
from viz.app import choices, grounds
from viz.app.laboratory import Laboratory
from viz.app.life import Life
from viz.app.looking import use_life
from viz.app.options import life as drawings
from viz.app.question import REPLICATES
from viz.app.widgets import drawn
from viz.words import number


@solara.component
def Why(lab: Laboratory) -> Any:
    """Choices at the side; the life in the middle."""
    nth, set_nth = solara.use_state(0)
    place = grounds.load(lab.question.place)
    town = town_of(lab.question.town, place)
    life, error = use_life(lab, town, replicate=nth)

    def choose(said: dict[str, Any]) -> None:
        if str(said.get("replicate", "")).isdigit():
            set_nth(min(int(said["replicate"]), REPLICATES - 1))
        where = choices.place_chosen(said)
        if where is not None and where[0]:
            lab.change(place=where[0])
        elif where is None:
            lab.change(**{name: said[name] for name in ("town", "design") if name in said})

    with solara.v.Html(tag="div", class_="split teach"):
        label = {"aria-label": lab.voice("why.heading")}
        with solara.v.Html(tag="aside", class_="side", attributes=label), solara.v.Html(tag="div"):
            solara.v.Html(tag="h2", class_="story-name", children=[lab.voice("why.heading")])
            solara.v.Html(tag="p", children=[lab.voice("why.lead")])
            drawn("chooser", {"fields": fields(lab, place, town, nth=nth)}, choose)
            seed = lab.question.seed + nth
            solara.v.Html(tag="p", class_="lead", children=[lab.voice("why.seed_note", seed=seed)])
        with solara.v.Html(tag="main", class_="stage", attributes={"id": "main", "tabindex": "-1"}):
            if error:
                _status(lab.voice("why.failed", reason=error), "wrong")
            elif life is None:
                _status(lab.voice("why.waiting"), "first")
            if life is not None and not error:
                _Lived(life, lab)


def town_of(wanted: str, place: Place) -> str:
    """The municipality that is shown: the one that is asked for where the place has it, else its largest."""
    return wanted if wanted in place.numbers else place.numbers[int(place.population[0].argmax())]


def fields(lab: Laboratory, place: Place, town: str, *, nth: int) -> list[dict[str, Any]]:
    """Place and design as on Explore, then the municipality, and which run."""
    names = sorted(zip(place.names, place.numbers, strict=True))
    runs = [(str(n), lab.voice("why.replicate_of", n=n + 1)) for n in range(REPLICATES)]
    towns = [{"title": "", "options": [(code, name) for name, code in names]}]
    return [
        *choices.fields(lab.question, lab.voice, "", ()),
        {"name": "town", "title": lab.voice("why.town"), "groups": towns, "value": town},
        {
            "name": "replicate",
            "title": lab.voice("why.replicate"),
            "groups": [{"title": "", "options": runs}],
            "value": str(nth),
        },
    ]


def _status(text: str, kind: str) -> None:
    live = {"role": "status", "aria-live": "polite"}
    solara.v.Html(tag="p", class_=f"status {kind}", attributes=live, children=[text])


@solara.component
def _Lived(life: Life, lab: Laboratory) -> Any:
    voice = lab.voice
    people = voice.say(number(float(life.columns["population"][0]), 0))
    where = voice("why.in_county", county=life.county, people=people, year=life.years[0])
    with solara.v.Html(tag="div"):
        with solara.v.Html(tag="div", class_="life-head"):
            solara.v.Html(tag="h2", children=[life.name])
            solara.v.Html(tag="p", children=[where])
        with solara.v.Html(tag="div", class_="life"):
            with solara.v.Html(tag="div", class_="left"):
                drawn("grid", drawings.grid(life, voice))
                drawn("chart", drawings.course(life, voice))
                drawn("chart", drawings.money(life, voice))
                drawn("chart", drawings.people(life, voice))
            with solara.v.Html(tag="div", class_="right"):
                drawn("feed", drawings.feed(life, voice))
