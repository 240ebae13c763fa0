"""What an ensemble says: median, 5th and 95th percentile and mean over runs."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
QUANTILES: Final = (0.05, 0.5, 0.95)


def quantiles(values: Floats) -> Floats:
    """5th percentile, median and 95th percentile over the first axis: (3, ...). NaN where any run is NaN.

    >>> quantiles(np.array([1.0, 2.0, 3.0])).round(3).tolist()
    [1.1, 2.0, 2.9]
    """
    return np.asarray(np.quantile(np.asarray(values, dtype=np.float64), QUANTILES, axis=0))


def mean_interval(values: Floats, share: float = 0.95) -> tuple[float, float, float]:
    """Mean of at least two values and the ends of its interval by Student's t.

    >>> [round(x, 2) for x in mean_interval(np.array([1.0, 2.0, 3.0]))]
    [2.0, -0.48, 4.48]
    """
    from scipy.special import stdtrit

    mean, count = float(np.mean(values)), len(values)
    half = float(stdtrit(count - 1, 0.5 + share / 2.0)) * float(np.std(values, ddof=1)) / count**0.5
    return mean, mean - half, mean + half


def spread_by_year(values: Floats, years: Sequence[int]) -> dict[str, dict[str, float | None]]:
    """Spread over runs for each year of an array (runs, years): {"2040": {"median", "p05", "p95", "mean"}}.

    A year where a run has no value (a share of nothing) has None.
    """
    low, middle, high = quantiles(values)
    mean = np.asarray(values, dtype=np.float64).mean(axis=0)
    named = {"median": middle, "p05": low, "p95": high, "mean": mean}
    return {str(year): {name: _number(row[y]) for name, row in named.items()} for y, year in enumerate(years)}


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
