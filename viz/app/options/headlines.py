"""The headline numbers: emissions, the fall, the footprint, institutions, sharing and circular use."""

from typing import Any

import numpy as np

from experiments.statistics import quantiles
from viz.app import lines
from viz.app.answers import Ensemble, Floats
from viz.app.texts import Voice
from viz.app.yardsticks import GOAL, HALF_AFTER, of_kinds
from viz.words import number, percent


def headlines(ensemble: Ensemble, voice: Voice) -> dict[str, Any]:
    """Five cards: title, value, unit, note, a small curve of medians, and whether a goal is met."""
    years = ensemble.years
    half = min(len(years) - 1, HALF_AFTER)
    shared = 100 * ensemble.uptake(of_kinds(("sharing", "circular")))
    territorial = ensemble.cube("territorial_per_inhabitant")
    fall = 100 * (1 - ensemble.cube("territorial") / ensemble.cube("territorial")[:, :1])
    footprint = ensemble.cube("footprint_per_inhabitant")
    built_in = 100 * ensemble.cube("institutionalisation")
    met = (fall[:, half] >= 50.0).mean()
    share = f"{voice.say(percent(float(met)))} %"
    cards = [
        _card(voice, "territorial", territorial, years, unit="tonnes", note=_change(voice, territorial, years)),
        _card(
            *(voice, "fall", fall[:, : half + 1], years[: half + 1]),
            unit="percent",
            note=voice("card.met", share=share),
        ),
        _card(voice, "footprint", footprint, years, unit="tonnes", note=_change(voice, footprint, years)),
        _card(voice, "institutions", built_in, years, unit="points", note=_from(voice, built_in, years)),
        _card(voice, "shared", shared, years, unit="percent", note=_from(voice, shared, years)),
    ]
    cards[0]["tone"] = "good" if np.median(territorial[:, -1]) <= GOAL[1] else "short"
    cards[1]["tone"] = "good" if met >= 0.5 else "short"
    return {"cards": cards, "answer": ensemble.answer}


def _card(voice: Voice, name: str, values: Floats, years: tuple[int, ...], *, unit: str, note: str) -> dict[str, Any]:
    low, middle, high = quantiles(values)
    digits = 1 if unit == "tonnes" else 0
    joined = "card.between" if low[-1] >= 0 else "card.between_signed"
    between = voice(joined, low=_plain(voice, low[-1], digits), high=_plain(voice, high[-1], digits))
    return {
        "title": voice(f"card.{name}", year=years[-1]),
        "value": float(f"{middle[-1]:.5g}"),
        "digits": digits,
        "unit": voice(f"unit.{unit}"),
        "note": note if len(values) == 1 else f"{between} · {note}",
        "curve": lines.rounded(middle),
    }


def _plain(voice: Voice, value: float, digits: int) -> str:
    return voice.say(number(float(value), digits))


def _change(voice: Voice, values: Floats, years: tuple[int, ...]) -> str:
    """By how many per cent the median run changed since the first year."""
    change = float(np.median(values[:, -1] / values[:, 0] - 1))
    return voice("card.since", change=f"{voice.say(percent(change, sign=True))} %", year=years[0])


def _from(voice: Voice, values: Floats, years: tuple[int, ...]) -> str:
    """By how many points the median run changed since the first year."""
    change = float(np.median(values[:, -1] - values[:, 0]))
    return voice("card.since", change=voice.say(number(change, 0, sign=True)), year=years[0])
