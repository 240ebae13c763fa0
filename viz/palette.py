"""Named colours for designs, levels, stages and maps, light and dark; each design also has a line style and a letter.

A figure is drawn with the light colours; the page turns each of them into a CSS variable, so every light hex is unique.
Designs take their colour by their place in the study.
"""

import re
from dataclasses import dataclass
from typing import Final

_SURFACE: Final = {
    # token: (light, dark)
    "page": ("#f1f5f6", "#0e171b"),
    "paper": ("#ffffff", "#16232a"),
    "raised": ("#e6f1f0", "#1b3237"),
    "ink": ("#12242c", "#edf4f5"),
    "muted": ("#4f636e", "#a3b5bd"),
    "grid": ("#e2e9ec", "#2a3a42"),
    "axis": ("#93a4ad", "#5d717b"),
    "rule": ("#d7e0e4", "#2b3d45"),
    "goal": ("#b3400a", "#ff9a66"),
    "band": ("#fbe4d3", "#42291b"),
    "warning": ("#8f3305", "#ffb488"),
    "accent": ("#08716a", "#4ccabb"),
}

# At least 4.5:1 against the paper, light and dark: they are also the colour of the line's own label.
_DESIGNS: Final = (
    ("#566772", "#a9b9c2"),
    ("#a05c00", "#f0a83e"),
    ("#2a5cab", "#82aaf2"),
    ("#ad375a", "#f28dab"),
    ("#0a7c73", "#43c6b7"),
    ("#7743a1", "#c6a0e8"),
    ("#b8420f", "#ff9468"),
    ("#3b7116", "#9fce6a"),
    ("#0d7196", "#60c6ea"),
    ("#8b2e8e", "#e793ea"),
    ("#6b5f15", "#d3c35d"),
    ("#4c4cbd", "#abaaff"),
    ("#8a483a", "#dca392"),
    ("#1d6c4d", "#72d1a6"),
)

# What a change is made of: grey for what municipalities do not steer, amber, teal and blue for levels I, II and III.
_FACTORS: Final = {
    "national": ("#cdd6db", "#42535c"),
    "population": ("#8796a0", "#7f919b"),
    "I": ("#e3a63a", "#c8932f"),
    "II": ("#41a697", "#2f9485"),
    "III": ("#416cb2", "#5b87d6"),
    "on_pale": ("#13252e", "#f3f8f9"),
    "on_deep": ("#fefefe", "#fdfdfd"),
}

_SCALE: Final = (
    ("#e4efee", "#2a4047"),
    ("#c3e1dc", "#29535a"),
    ("#97ccc5", "#26696d"),
    ("#62b1a8", "#287e7d"),
    ("#34918a", "#42a299"),
    ("#166d6d", "#83c8b8"),
    ("#0b484e", "#d8f6e8"),
)

# A difference, from where the first is worse to where it is better; nought stands in the middle.
_APART: Final = (
    ("#8a4307", "#f0a35e"),
    ("#c77f35", "#b3702f"),
    ("#ecc999", "#6e4a28"),
    ("#eef0f0", "#2e3d45"),
    ("#a9d6d2", "#2a5560"),
    ("#55aca7", "#3a8d97"),
    ("#0d5f66", "#84d6dc"),
)

CLASSES: Final = len(_SCALE)
_PAIRS: Final = {
    **_SURFACE,
    **{f"design-{i}": pair for i, pair in enumerate(_DESIGNS)},
    **{f"factor-{name}": pair for name, pair in _FACTORS.items()},
    **{f"scale-{i}": pair for i, pair in enumerate(_SCALE)},
    **{f"apart-{i}": pair for i, pair in enumerate(_APART)},
}
LIGHT: Final = {token: pair[0] for token, pair in _PAIRS.items()}
DARK: Final = {token: pair[1] for token, pair in _PAIRS.items()}

# Stages of an institutional element: none, strategy, norm, rule.
STAGES: Final = ("scale-0", "scale-2", "scale-4", "scale-6")

_DASHES: Final[tuple[object, ...]] = ((0, (1.2, 1.6)), (0, (5, 2)), (0, (5, 1.5, 1.2, 1.5)), (0, (9, 2.2)), "solid")
_MARKERS: Final = ("o", "s", "^", "D", "v")
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Look:
    """How the design at one place is drawn everywhere: letter, colour, line style and marker."""

    letter: str
    token: str
    dash: object
    marker: str

    @property
    def colour(self) -> str:
        """The light colour, as hex."""
        return LIGHT[self.token]


def look(place: int) -> Look:
    """The look of the design at `place` (0 first); letters and line styles go on when the colours begin again."""
    letter = LETTERS[place % len(LETTERS)] + ("" if place < len(LETTERS) else str(place // len(LETTERS) + 1))
    return Look(letter, f"design-{place % len(_DESIGNS)}", _DASHES[place % 5], _MARKERS[place % 5])


def themed(style: str) -> str:
    """A style attribute with each known light colour as a CSS variable.

    >>> themed("fill: #ffffff")
    'fill: var(--paper)'
    """
    return _HEX.sub(
        lambda found: f"var(--{_TOKENS[found.group(0)]})" if found.group(0) in _TOKENS else found.group(0), style
    )


def variables(theme: dict[str, str]) -> str:
    """CSS declarations of all colours of one theme."""
    return "".join(f"--{token}:{value};" for token, value in theme.items())


_HEX: Final = re.compile(r"#[0-9a-f]{6}\b")
_TOKENS: Final = {value: token for token, value in LIGHT.items()}
