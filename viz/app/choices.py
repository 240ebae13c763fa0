"""What can be chosen before a question is asked: place, design, and how the runs are made."""

from functools import lru_cache
from typing import Any, Final

from agents.vocabulary import RULES
from model.institutions.design import design_names, load_design
from model.places import load_place, place_names
from viz.app import grounds
from viz.app.question import CITIZENS, MOST_TOWNS, Question, numbers_in, title_of, town_names
from viz.app.texts import Voice
from viz.words import number

HANDFUL: Final = "handful"
USUAL_HANDFUL: Final = "4001,4003,4005,4012"
ORDER: Final = (  # from least to most that institutions do; the rest follows by name
    *("enthusiasts-only", "todays-practice", "project-grants", "permanent-finance", "duty", "duty-and-money"),
    *("climate-budget", "learning-networks", "collaborative-region", "platform-first", "experimentalist"),
    "full-transition",
)


@lru_cache(maxsize=1)
def counties() -> tuple[tuple[str, str], ...]:
    """Name in links and title of each county, by title."""
    titles = load_place("norway").county_names
    found = zip(place_names()[1:], titles, strict=True)
    return tuple(sorted(found, key=lambda pair: pair[1]))


@lru_cache(maxsize=1)
def designs() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the designs for the future, and of those of history."""
    rest = [name for name in design_names() if name not in ORDER]
    past = tuple(name for name in rest if load_design(name).first)
    return (*ORDER, *(name for name in rest if name not in past)), past


def fields(question: Question, voice: Voice, typed: str, unknown: tuple[str, ...]) -> list[dict[str, Any]]:
    """Fields of place and design; `typed` stands in the field of municipalities, `unknown` is what it got wrong."""
    is_handful = question.place[0].isdigit()
    own = [(name, grounds.load(name).title[voice.language]) for name in grounds.offered()]
    places = [
        {"title": "", "options": [("norway", voice("choose.norway")), (HANDFUL, voice("choose.handful"))]},
        *([{"title": voice("choose.own"), "options": own}] if own else []),
        {"title": voice("choose.counties"), "options": list(counties())},
    ]
    shown: list[dict[str, Any]] = [{"name": "place", "title": voice("choose.place"), "groups": places}]
    shown[0]["value"] = HANDFUL if is_handful else question.place
    if is_handful:
        shown.append(
            {
                "name": "towns",
                "title": voice("choose.municipalities"),
                "value": typed or ", ".join(town_names()[n] for n in question.place.split(",")),
                "placeholder": voice("choose.municipalities_hint"),
                "note": voice("choose.unknown_town", names=", ".join(unknown)) if unknown else "",
                "isWrong": bool(unknown),
            }
        )
    shown.append(design_field(question.design, voice, name="design", title=voice("choose.design")))
    return shown


def design_field(design: str, voice: Voice, *, name: str, title: str) -> dict[str, Any]:
    """A field where a design is chosen, with its question below."""
    future, past = ([(one, title_of(one, voice.language)) for one in group] for group in designs())
    groups = [
        {"title": voice("choose.future"), "options": future},
        {"title": voice("choose.history"), "options": past},
    ]
    note = str(getattr(load_design(design).question, voice.language))
    return {"name": name, "title": title, "groups": groups, "value": design, "note": note}


def with_second(fields: list[dict[str, Any]], question: Question, voice: Voice) -> list[dict[str, Any]]:
    """The fields with that of the second design after that of the first."""
    *head, first = fields
    second = design_field(question.second, voice, name="against", title=voice("compare.second"))
    return [*head, first | {"title": voice("compare.first")}, second]


def designs_chosen(question: Question, said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with the other design changed as well where both would be the same: they change places."""
    if said.get("design") == question.second:
        return {**said, "against": question.design}
    if said.get("against") == question.design:
        return {**said, "design": question.second}
    return said


def run_fields(question: Question, voice: Voice) -> list[dict[str, Any]]:
    """Fields of how runs are made: citizens, rule of choice, luck."""
    fit = Question(place=question.place).agents
    sizes = [("0", voice("choose.automatic", n=voice.say(number(fit, 0))))]
    sizes += [(str(n), voice.say(number(n, 0))) for n in CITIZENS]
    return [
        {
            "name": "citizens",
            "title": voice("choose.citizens"),
            "groups": [{"title": "", "options": sizes}],
            "value": str(question.citizens),
        },
        {
            "name": "choice",
            "title": voice("choose.choice"),
            "groups": [{"title": "", "options": [(rule, voice(f"choose.{rule}")) for rule in RULES]}],
            "value": question.choice,
        },
        {"name": "seed", "title": voice("choose.seed"), "value": str(question.seed), "placeholder": "1"},
    ]


def place_chosen(said: dict[str, Any]) -> tuple[str, tuple[str, ...]] | None:
    """The place that what a field said stands for, and unknown names; None when it said nothing of place."""
    if "place" in said:
        return (USUAL_HANDFUL if said["place"] == HANDFUL else str(said["place"])), ()
    if "towns" in said:
        place, unknown = numbers_in(str(said["towns"]))
        return ",".join(place.split(",")[:MOST_TOWNS]), unknown
    return None
