"""How many runs are enough: from the spread of those there are to the number for a wanted width."""

from dataclasses import dataclass

import numpy as np

from experiments.crossed import FEW, LEVEL, Floats

MOST = 10**7  # units above which a width is out of reach


@dataclass(frozen=True)
class Size:
    """What a number of units gives and what a wanted width takes.

    n: units there are; half: half-width of the interval they give; wanted: half-width asked for; needed: units for it
    if their spread is as seen; careful: if it is as large as the pilot cannot rule out (80 per cent bound); is_enough:
    half is at most wanted, with at least five units.
    """

    n: int
    half: float
    wanted: float
    needed: int
    careful: int

    @property
    def is_enough(self) -> bool:
        """Whether the units there are suffice."""
        return self.n >= FEW and self.half <= self.wanted


def size(values: Floats, wanted: float) -> Size:
    """Units (n,), such as paired differences by seed, against a wanted half-width in their unit.

    Raises ValueError unless there are two finite values or more and the width is above zero.

    >>> size(np.array([0.0, 1.0, 2.0, 3.0, 4.0]), 0.5).needed
    41
    """
    from scipy.special import chdtri

    values = np.asarray(values, dtype=np.float64)
    if len(values) < 2 or not np.isfinite(values).all():
        raise ValueError("size: two finite values or more are needed to see a spread")
    if not (np.isfinite(wanted) and wanted > 0):
        raise ValueError(f"size: half-width {wanted}; give one above zero, in the unit of the values")
    count, spread = len(values), float(values.std(ddof=1))
    upper = spread * ((count - 1) / float(chdtri(count - 1, 0.8))) ** 0.5
    return Size(count, _half(spread, count), wanted, _needed(spread, wanted), _needed(upper, wanted))


def _half(spread: float, count: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(count - 1, 0.5 + LEVEL / 2.0)) * spread / count**0.5


def _needed(spread: float, wanted: float) -> int:
    """The least number of units, five at least, whose interval is narrow enough."""
    if _half(spread, MOST) > wanted:
        return MOST
    low, high = FEW, MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _half(spread, middle) <= wanted else (middle + 1, high)
    return low
