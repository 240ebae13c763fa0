"""Colours are readable, apart from each other, and never alone."""

import itertools
import re

import pytest

from viz.palette import DARK, LIGHT, look, themed, variables


def _linear(channel: int) -> float:
    c = channel / 255
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    r, g, b = (_linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(a: str, b: str) -> float:
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_colours_reach_four_and_a_half_to_one(theme: dict[str, str]) -> None:
    for token in [*(f"design-{i}" for i in range(14)), "ink", "muted", "goal", "accent", "warning"]:
        assert _contrast(theme[token], theme["paper"]) >= 4.5, token
    for token in ("ink", "muted", "accent"):
        assert _contrast(theme[token], theme["page"]) >= 4.5, token
    assert _contrast(theme["goal"], theme["band"]) >= 4.5
    assert _contrast(theme["warning"], theme["band"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_scale_goes_one_way_in_lightness(theme: dict[str, str]) -> None:
    steps = [_luminance(theme[f"scale-{i}"]) for i in range(7)]
    assert steps in (sorted(steps), sorted(steps, reverse=True))
    assert all(max(a, b) / min(a, b) > 1.15 for a, b in itertools.pairwise(steps))


def test_designs_differ_by_more_than_colour() -> None:
    for a, b in itertools.combinations([look(i) for i in range(5)], 2):
        assert a.letter != b.letter
        assert a.dash != b.dash
        assert a.marker != b.marker
    assert len({look(i).letter for i in range(60)}) == 60


def test_each_light_colour_stands_for_one_token() -> None:
    assert len(set(LIGHT.values())) == len(LIGHT)
    assert LIGHT.keys() == DARK.keys()
    assert themed(f"fill: {LIGHT['ink']}; stroke: #123456") == "fill: var(--ink); stroke: #123456"
    assert re.fullmatch(r"(--[\w-]+:#[0-9a-f]{6};)+", variables(DARK))
