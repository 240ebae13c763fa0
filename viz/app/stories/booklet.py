"""A story on paper: one HTML document with notes for the teacher, a sheet for pupils and role cards to cut out."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final

from viz.app.stories.story import Goal, Question, Role, Story, both, curriculum, load_story
from viz.app.texts import Voice
from viz.words import Both

PARTS: Final = ("want", "can", "know", "worry")
STYLE: Final = Path(__file__).parent / "booklet.css"
LINES: Final = 4  # to write on


def booklet(name: str, minutes: int, voice: Voice) -> str:
    """The whole document of a story, for a lesson of so many minutes."""
    return _booklet(name, minutes, voice.language)


@lru_cache(maxsize=64)
def _booklet(name: str, minutes: int, language: str) -> str:
    story, voice = load_story(name), Voice(language)
    title = escape(voice.say(both(story.title)))
    body = "".join((_teacher(story, minutes, voice), _sheet(story, voice), _cards(story, voice)))
    style = STYLE.read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    return f'<!doctype html><html lang="{language}"><head>{head}<style>{style}</style></head><body>{body}</body></html>'


def goals(story: Story) -> list[Goal]:
    """What the story touches of public curricula."""
    return [curriculum()[name] for name in story.curriculum]


def _tag(name: str, text: str, class_: str = "") -> str:
    return f"<{name}{f' class={class_!r}' if class_ else ''}>{escape(text)}</{name}>"


def _list(items: Iterable[str], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _teacher(story: Story, minutes: int, voice: Voice) -> str:
    def say(text: Both) -> str:
        return escape(voice.say(text))

    worlds = (f"<b>{say(both(w.name))}</b>: {say(both(w.about))}" for w in story.worlds)
    steps = (f"<b>{step.minutes} min</b> {say(both(step.text))}" for step in story.plans.of(minutes))
    wrong = (f"<b>«{say(both(m.says))}»</b> {say(both(m.answer))}" for m in story.misunderstandings)
    known = (
        f"<b>{say(both(goal.subject))}</b>: {say(both(goal.text))}. <i>{escape(goal.source)}</i>"
        for goal in goals(story)
    )
    plan = f"{voice('teach.plan')}: {voice('teach.minutes_of', n=minutes)}"
    parts = [
        _tag("p", voice("teach.teacher"), "kicker"),
        _tag("h1", voice.say(both(story.title))),
        _tag("p", voice.say(both(story.lead)), "lead"),
        _tag("h2", voice("teach.aim")) + _tag("p", voice.say(both(story.aim))),
        _tag("h2", voice("teach.worlds")) + _list(worlds),
        _tag("h2", plan) + _list(steps, "ol"),
        _tag("h2", voice("teach.talk")) + _list(say(both(one)) for one in story.talk),
        _tag("h2", voice("teach.misunderstandings")) + _list(wrong),
        _tag("h2", voice("teach.built_in")) + _tag("p", voice.say(both(story.built_in))),
        _tag("h2", voice("teach.curriculum")) + _list(known),
        _tag("p", voice("teach.made_by"), "foot"),
    ]
    return f'<section class="page">{"".join(parts)}</section>'


def _sheet(story: Story, voice: Voice) -> str:
    asked = "".join(_asked(one, voice) for one in story.questions)
    lines = '<div class="line"></div>' * LINES
    why = _tag("h2", voice("teach.why_so")) + lines
    head = _tag("p", voice("teach.pupil_sheet"), "kicker") + _tag("h1", voice.say(both(story.title)))
    lead = _tag("p", voice.say(both(story.lead)), "lead")
    return f'<section class="page">{head}{lead}{asked}{why}{_tag("p", voice("teach.made_by"), "foot")}</section>'


def _asked(question: Question, voice: Voice) -> str:
    if question.is_choice:
        boxes = "".join(f'<li class="box">{escape(voice.say(both(o.text)))}</li>' for o in question.options)
        mine = f"<ul class='boxes'>{boxes}</ul>"
    else:
        unit = voice.say(both(question.unit)) if question.unit else ""
        mine = f"<p class='fill'>{escape(voice('teach.your_answer'))}: <span class='gap'></span> {escape(unit)}</p>"
    model = f"<p class='fill'>{escape(voice('teach.model_answer'))}: <span class='gap wide'></span></p>"
    return f'<div class="asked">{_tag("h2", voice.say(both(question.text)))}{mine}{model}</div>'


def _cards(story: Story, voice: Voice) -> str:
    cards = "".join(_card(voice(f"role.{name}"), role, voice) for name, role in story.roles.items())
    head = _tag("p", voice("teach.roles"), "kicker") + _tag("h1", voice.say(both(story.title)))
    return f'<section class="page">{head}<div class="cards">{cards}</div></section>'


def _card(name: str, role: Role, voice: Voice) -> str:
    parts = (
        f'<p class="{part}"><b>{escape(voice(f"teach.{part}"))}</b>{escape(voice.say(both(getattr(role, part))))}</p>'
        for part in PARTS
    )
    return f'<article class="card">{_tag("h2", name)}{"".join(parts)}</article>'
