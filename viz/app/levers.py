"""The levers by holder, each with value, unit, range and why: names from levers.toml, numbers from the parameters."""

import math
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from model.parameters import Parameter, declared
from viz.app.question import Question
from viz.app.texts import Voice

FILE: Final = Path(__file__).parent / "levers.toml"
HOLDERS: Final = ("state", "county", "municipality", "citizens", "businesses")
_UNITS: Final = {
    "share": "andel",
    "0-1": "skala 0–1",
    "per year": "per år",
    "years": "år",
    "NOK per year and inhabitant": "kr per år og innbygger",
    "of reach": "av rekkevidden",
    "share of ties": "av dem man ser",
    "logit": "logit",
    "per arena": "per arena",
}


@lru_cache(maxsize=1)
def names() -> tuple[dict[str, str], ...]:
    """The entries of levers.toml: path, holder, en, nb, meaning_nb and perhaps source_nb."""
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["lever"])


def spec(question: Question, voice: Voice) -> dict[str, Any]:
    """What the widget `levers` draws: groups of levers, the values that are moved, and words."""
    words = {"reset": "lever.reset", "resetAll": "lever.reset_all", "usual": "lever.usual", "why": "lever.why"}
    return {
        "key": voice.language,
        "groups": _groups(voice.language),
        "values": dict(question.settings),
        "words": {name: voice(key) for name, key in words.items()},
    }


@lru_cache(maxsize=4)
def _groups(language: str) -> list[dict[str, Any]]:
    voice = Voice(language)
    return [
        {
            "title": voice(f"holder.{holder}"),
            "note": voice(f"holder_note.{holder}"),
            "isOpen": holder in ("state", "municipality"),
            "levers": [_lever(entry, voice) for entry in names() if entry["holder"] == holder],
        }
        for holder in HOLDERS
    ]


def _lever(entry: dict[str, str], voice: Voice) -> dict[str, Any]:
    parameter = declared()[entry["path"]]
    meaning = entry["meaning_nb"] if voice.language == "nb" else parameter.meaning
    return {
        "path": parameter.path,
        "title": entry[voice.language],
        "unit": _unit(parameter.unit, voice),
        "low": parameter.low,
        "high": parameter.high,
        "step": step(parameter),
        "default": parameter.value,
        "meaning": meaning[:1].upper() + meaning[1:],
        "why": _why(parameter, entry.get("source_nb"), voice),
    }


def _unit(unit: str, voice: Voice) -> str:
    """A unit as the lever shows it: words in Norwegian, and a scale called one."""
    if voice.language == "nb":
        return _UNITS[unit]
    return "scale 0–1" if unit == "0-1" else unit


def _why(parameter: Parameter, source_nb: str | None, voice: Voice) -> str:
    source = source_nb if source_nb and voice.language == "nb" else parameter.source
    if "no source found" in parameter.source:
        return voice("lever.assumed")
    if parameter.grade == "assumed":
        return voice("lever.assumed_from", source=source)
    return voice("lever.known", source=source, grade=voice(f"grade.{parameter.grade}"))


def step(parameter: Parameter) -> float:
    """A round step, of which the range has between 20 and 100, and on which the default lies."""
    rough = 10.0 ** math.floor(math.log10((parameter.high - parameter.low) / 20))
    for part in (rough, rough / 10, rough / 100):
        steps = (parameter.value - parameter.low) / part
        if math.isclose(steps, round(steps), abs_tol=1e-6):
            return part
    return rough / 100
