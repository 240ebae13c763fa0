"""The verdict: for each measure both designs, their difference its interval, and in how many worlds B is better."""

from typing import Any

import numpy as np

from viz.app import lines
from viz.app.contrast import MEASURES, Contrast, Gap, Measure, gap_of
from viz.app.texts import Voice
from viz.words import number


def verdicts(pair: Contrast, titles: tuple[str, str], voice: Voice, *, chosen: str) -> dict[str, Any]:
    """A row a measure in the last year; titles: of the two; chosen: the measure that the figures show."""
    words = {w: voice(f"compare.{w}") for w in ("measure", "gap_head", "worlds_head", "table_caption", "show", "to")}
    return {
        "designs": list(titles),
        "rows": [_row(pair, m, m.name == chosen, voice) for m in MEASURES],
        "answer": pair.answer,
        "words": words | {"caption": voice("compare.verdict_about", year=pair.years[-1], n=pair.pairs)},
    }


def _row(pair: Contrast, measure: Measure, is_chosen: bool, voice: Voice) -> dict[str, Any]:
    found = gap_of(pair.gaps(measure)[:, -1])
    medians = [float(f"{np.median(measure.values(e)[:, -1]):.5g}") for e in (pair.first, pair.second)]
    return {
        "name": measure.name,
        "title": voice(f"measure.{measure.name}"),
        "unit": voice(f"unit.{measure.unit}"),
        "values": medians,
        "digits": measure.digits,
        **{end: lines.known(getattr(found, end)) for end in ("mean", "low", "high")},
        "worlds": said(found, measure, voice),
        "sure": voice.say(found.sure(measure.smallest)),
        "tone": tone(found, measure),
        "isChosen": is_chosen,
    }


def tone(found: Gap, measure: Measure) -> str:
    """Whether B does better, worse, or neither: only where the difference matters and nine worlds of ten agree."""
    matters = abs(found.middle) >= measure.smallest and found.pairs >= 5
    agree = max(found.fewer, found.more) >= 0.9 * found.pairs
    if not (matters and agree and measure.better):
        return "same"
    return "better" if found.middle * measure.better > 0 else "worse"


def said(found: Gap, measure: Measure, voice: Voice) -> str:
    """In how many worlds B is better, or where better is not for us to say, higher."""
    if measure.better == 0:
        return voice("compare.higher", k=found.more, n=found.pairs)
    return voice("compare.better", k=found.more if measure.better > 0 else found.fewer, n=found.pairs)


def headline(pair: Contrast, titles: tuple[str, str], voice: Voice) -> str:
    """The verdict on emissions in one sentence."""
    measure = MEASURES[0]
    found = gap_of(pair.gaps(measure)[:, -1])
    named = dict(zip("ab", titles, strict=True))
    way = "lower" if found.middle < 0 else "higher"
    sure = voice.say(found.sure(measure.smallest))
    count = found.fewer if way == "lower" else found.more
    if tone(found, measure) == "same":
        return voice("compare.headline_same", sure=sure, n=found.pairs, **named)
    size = voice.say(number(abs(found.mean), 1))
    year = pair.years[-1]
    return voice(f"compare.headline_{way}", size=size, k=count, n=found.pairs, sure=sure, year=year, **named)
