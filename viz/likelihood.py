"""How sure a difference is, in words, from the share of paired worlds that point one way. Knows nothing of designs."""

from typing import Final

from viz.words import Both

FEWEST: Final = 5  # pairs, below which nothing is said
SMALLEST: Final = 0.05  # t CO2e per inhabitant, below which a difference does not matter; our judgement
SAME: Final = Both("no difference of practical size", "ingen forskjell av praktisk betydning")
TOO_FEW: Final = Both("too few runs to say", "for få kjøringer til å si noe")
_SCALE: Final = (
    (0.99, Both("practically certain within the model", "så godt som sikkert i modellen")),
    (0.9, Both("very likely within the model", "svært sannsynlig i modellen")),
    (0.66, Both("likely within the model", "sannsynlig i modellen")),
    (0.34, Both("the two cannot be told apart", "de to kan ikke skilles fra hverandre")),
    (0.1, Both("unlikely within the model", "lite sannsynlig i modellen")),
    (0.0, Both("very unlikely within the model", "svært lite sannsynlig i modellen")),
)


def likelihood(share: float, pairs: int, *, size: float, smallest: float = SMALLEST) -> Both:
    """How sure a difference is; never sure with fewer than FEWEST pairs or a difference too small to matter.

    share: of the pairs that point that way, 0-1; size: median difference, in the unit of `smallest`.

    >>> likelihood(1.0, 20, size=-0.3).en, likelihood(1.0, 20, size=-0.01).en
    ('practically certain within the model', 'no difference of practical size')
    """
    if pairs < FEWEST:
        return TOO_FEW
    if abs(size) < smallest:
        return SAME
    return next((words for bound, words in _SCALE if share >= bound), _SCALE[-1][1])
