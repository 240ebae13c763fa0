"""Teach: stories for a class, each predict, run, explain, with what the teacher needs beside it."""

from collections.abc import Callable, Mapping
from typing import Any

import solara

from viz.app import choices
from viz.app.laboratory import Laboratory
from viz.app.question import place_title
from viz.app.stories import LENGTHS, STORIES, booklet, charts, lesson
from viz.app.stories.story import Story, both, load_story
from viz.app.telling import SEEDS, Telling, use_tales
from viz.app.texts import Voice
from viz.app.widgets import drawn
from viz.words import number

# What was predicted, and whether it was run, by story and place; Solara keeps one for each session.
_LESSONS: solara.Reactive[Mapping[str, tuple[Mapping[str, str], bool]]] = solara.reactive({})


@solara.component
def Teach(lab: Laboratory) -> Any:
    """The shelf of stories, or the one that is chosen."""
    name = lab.question.story
    if not name:
        _Shelf(lab)
        return
    _Told(lab, name).key(f"{name} {lab.question.where}")


@solara.component
def _Shelf(lab: Laboratory) -> Any:
    voice = lab.voice
    with solara.v.Html(tag="main", class_="stage shelf-page", attributes={"id": "main", "tabindex": "-1"}):
        _text("h2", voice("teach.heading"))
        _text("p", voice("teach.lead"), "lead")
        drawn("shelf", {"cards": [_card(name, voice) for name in STORIES]}, lambda said: lab.change(story=said["name"]))


def _card(name: str, voice: Voice) -> dict[str, str]:
    story = load_story(name)
    facts = voice("teach.facts", n=len(story.worlds), q=len(story.questions))
    lead = voice.say(both(story.lead))
    return {"name": name, "title": voice.say(both(story.title)), "lead": lead, "facts": facts}


@solara.component
def _Told(lab: Laboratory, name: str) -> Any:
    """One story: what it is about and its settings at the side; predict, run and explain in the middle."""
    story, voice = load_story(name), lab.voice
    lesson_of = f"{name} {lab.question.where}"
    said, is_on = _LESSONS.value.get(lesson_of, ({}, False))
    telling = use_tales(lab.desk, name, lab.question.where, is_on=is_on)

    def keep(said: Mapping[str, str], is_on: bool) -> None:
        _LESSONS.set({**_LESSONS.value, lesson_of: (said, is_on)})

    def hear(heard: Mapping[str, Any]) -> None:
        keep({**said, **_answer(story, heard)}, is_on)

    with solara.v.Html(tag="div", class_="split teach"):
        label = {"aria-label": voice.say(both(story.title))}
        with solara.v.Html(tag="aside", class_="side", attributes=label), solara.v.Html(tag="div"):
            _about(lab, story)
        with solara.v.Html(tag="main", class_="stage", attributes={"id": "main", "tabindex": "-1"}):
            with _section(voice("teach.predict")):
                _text("p", voice("teach.predict_lead"), "lead")
                drawn("quiz", quiz(story, said, telling, voice), hear)
            with _section(voice("teach.run")):
                _text("p", voice("teach.run_lead"), "lead")
                _runs(
                    lab,
                    telling,
                    is_on=is_on,
                    is_answered=bool(said),
                    begin=lambda: keep(said, True),
                    over=lambda: keep({}, False),
                )
            if telling.pairs:
                _Explained(story, telling, voice)
            _Teacher(story, lab)


def _about(lab: Laboratory, story: Story) -> None:
    voice = lab.voice
    drawn("actions", {"buttons": [{"name": "back", "title": f"← {voice('teach.back')}", "tone": "quiet"}]}, _back(lab))
    _text("h2", voice.say(both(story.title)), "story-name")
    _text("p", voice.say(both(story.lead)))
    _text("h3", voice("teach.worlds"))
    with solara.v.Html(tag="dl", class_="worlds"):
        for nth, world in enumerate(story.worlds):
            _text("dt", voice.say(both(world.name)), f"world world-{nth + 1}")
            _text("dd", voice.say(both(world.about)))
    drawn("chooser", {"fields": _fields(lab)}, lambda said: lab.change(**_wanted(said)))
    name = lab.question.story
    paper = {
        "name": "print",
        "title": voice("teach.print"),
        "paper": booklet.booklet(name, lab.question.minutes, voice),
    }
    drawn("actions", {"buttons": [paper]}, lambda said: None)


def _back(lab: Laboratory) -> Callable[[dict[str, Any]], None]:
    return lambda said: lab.change(story="")


def _wanted(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("where", "minutes") if name in said}


def _fields(lab: Laboratory) -> list[dict[str, Any]]:
    voice, question = lab.voice, lab.question
    places = [("norway", voice("choose.norway"))]
    if question.where != "norway" and question.where not in dict(choices.counties()):
        places.append((question.where, place_title(question.where, "")))
    groups = [
        {"title": "", "options": places},
        {"title": voice("choose.counties"), "options": list(choices.counties())},
    ]
    times = [(str(n), voice("teach.minutes_of", n=n)) for n in LENGTHS]
    return [
        {"name": "where", "title": voice("teach.where"), "groups": groups, "value": question.where},
        {
            "name": "minutes",
            "title": voice("teach.minutes"),
            "groups": [{"title": "", "options": times}],
            "value": str(question.minutes),
        },
    ]


def _answer(story: Story, heard: Mapping[str, Any]) -> dict[str, str]:
    """What was predicted, by question; nothing where it is no question of the story."""
    known = {one.id for one in story.questions}
    return {str(heard["id"]): str(heard.get("value", ""))[:12]} if heard.get("id") in known else {}


def quiz(story: Story, said: Mapping[str, str], telling: Telling, voice: Voice) -> dict[str, Any]:
    """The questions as the drawing takes them, with the replies once there are runs."""
    questions = []
    for one in story.questions:
        found = lesson.reply(story, one, said.get(one.id, ""), telling.tales) if telling.pairs else None
        kinds = {True: "right", False: "wrong", None: "open"}
        questions.append(
            {
                "id": one.id,
                "text": voice.say(both(one.text)),
                "options": [voice.say(both(option.text)) for option in one.options],
                **{"low": one.low, "high": one.high, "step": one.step},
                "unit": voice.say(both(one.unit)) if one.unit else "",
                "value": said.get(one.id, ""),
                "reply": None if found is None else {"kind": kinds[found.is_right], "text": voice.say(found.says)},
            }
        )
    return {"questions": questions}


def _runs(
    lab: Laboratory,
    telling: Telling,
    *,
    is_on: bool,
    is_answered: bool,
    begin: Callable[[], None],
    over: Callable[[], None],
) -> Any:
    voice = lab.voice
    if not is_on:
        title = voice("teach.go") if is_answered else voice("teach.go_unanswered")
        buttons = [{"name": "go", "title": title, "tone": "main" if is_answered else ""}]
        drawn("actions", {"buttons": buttons}, lambda said: begin())
        return
    place = place_title(lab.question.where, voice("choose.norway"))
    if telling.error:
        text, kind = voice("teach.failed", reason=telling.error), "wrong"
    elif not telling.pairs:
        text, kind = voice("teach.first"), "first"
    elif not telling.is_complete:
        text, kind = voice("teach.running", n=telling.pairs, wanted=len(SEEDS)), "filling"
    else:
        citizens = voice.say(number(charts.citizens_of(lab.question.where), 0))
        text, kind = voice("teach.done", n=telling.pairs, place=place, citizens=citizens), "done"
    live = {"role": "status", "aria-live": "polite" if kind != "filling" else "off"}
    _text("p", text, f"status {kind}", live)
    drawn("actions", {"buttons": [{"name": "over", "title": voice("teach.again")}]}, lambda said: over())


@solara.component
def _Explained(story: Story, telling: Telling, voice: Voice) -> Any:
    with _section(voice("teach.explain")):
        with solara.v.Html(tag="div", class_="findings"):
            for found in lesson.findings(story, telling.tales):
                with solara.v.Html(tag="article", class_="finding"):
                    drawn("chart", charts.chart(story, story.look(found.look), telling.tales, voice))
                    with solara.v.Html(tag="div", class_="words"):
                        _text("h4", voice("teach.seen"))
                        _text("p", voice.say(found.says))
                        if found.why.en:
                            _text("h4", voice("teach.because"))
                            _text("p", voice.say(found.why), "because")
        with solara.v.Html(tag="div", class_="aside-note"):
            _text("h4", voice("teach.built_in"))
            _text("p", voice.say(both(story.built_in)))
            known = charts.evidence(story, voice)
            if known:
                _text("p", known)


@solara.component
def _Teacher(story: Story, lab: Laboratory) -> Any:
    voice, minutes = lab.voice, lab.question.minutes
    with solara.v.Html(tag="details", class_="teacher"):
        with solara.v.Html(tag="summary"):
            _text("h2", voice("teach.teacher"))
        with solara.v.Html(tag="div", class_="notes"):
            with _section(voice("teach.aim"), "h3"):
                _text("p", voice.say(both(story.aim)))
                _text("h3", f"{voice('teach.plan')}: {voice('teach.minutes_of', n=minutes)}")
                with solara.v.Html(tag="ol", class_="plan"):
                    for step in story.plans.of(minutes):
                        with solara.v.Html(tag="li"):
                            _text("b", f"{step.minutes} min")
                            _text("span", voice.say(both(step.text)))
            with _section(voice("teach.talk"), "h3"):
                with solara.v.Html(tag="ul"):
                    for one in story.talk:
                        _text("li", voice.say(both(one)))
                _text("h3", voice("teach.misunderstandings"))
                with solara.v.Html(tag="dl"):
                    for wrong in story.misunderstandings:
                        _text("dt", f"«{voice.say(both(wrong.says))}»")
                        _text("dd", voice.say(both(wrong.answer)))
            with _section(voice("teach.curriculum"), "h3"), solara.v.Html(tag="ul"):
                for goal in booklet.goals(story):
                    with solara.v.Html(tag="li"):
                        _text("span", f"{voice.say(both(goal.subject))}: {voice.say(both(goal.text))}. ")
                        _text("a", voice("teach.source"), "", {"href": goal.source, "rel": "noreferrer"})
        _text("h3", voice("teach.roles"))
        with solara.v.Html(tag="div", class_="roles"):
            for name, role in story.roles.items():
                with solara.v.Html(tag="section", class_="role"):
                    _text("h4", voice(f"role.{name}"))
                    for part in ("want", "can", "know", "worry"):
                        with solara.v.Html(tag="p", class_=part):
                            _text("b", voice(f"teach.{part}"))
                            _text("span", voice.say(both(getattr(role, part))))


def _section(title: str, tag: str = "h2") -> Any:
    return solara.v.Html(tag="section", children=[solara.v.Html(tag=tag, children=[title])])


def _text(tag: str, text: str, class_: str = "", attributes: Mapping[str, str] | None = None) -> Any:
    return solara.v.Html(tag=tag, class_=class_, attributes=dict(attributes or {}), children=[text])
