"""Territorial and footprint emissions, and the exact decomposition of their change (LMDI).

E(t) = E0 · national path(t) · population(t)^e · (1 − I) · (1 − II) · (1 − III), per municipality and source.
The national path is exogenous: no municipality is credited with it.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# How a sector's emissions follow the number of inhabitants: 1 in proportion, 0 not at all (assumed, sector by sector):
# industry, energy supply, heating, road, shipping, aviation, other mobile, agriculture, waste, fluorinated gases.
FOLLOWS_POPULATION = np.array([0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0])


def level_reduction(change: Floats, effect: Floats, level: NDArray[np.int8], ceilings: Floats) -> Floats:
    """Share of each source that each level removes, (3, M, X).

    change: (M, S) uptake above that of the first year; effect: (S, X) share removed at full uptake; level: (S,);
    ceilings: (3,) most that a level can remove, approached smoothly. Lower uptake adds emissions.
    """
    out = np.empty((3, change.shape[0], effect.shape[1]))
    for k in range(3):
        of_level = level == k
        raw = np.einsum("ms,sx->mx", change[:, of_level], effect[of_level])
        out[k] = np.where(raw > 0.0, ceilings[k] * np.tanh(raw / ceilings[k]), np.maximum(raw, -0.5))
    return out


def log_mean(now: Floats, first: Floats) -> Floats:
    """Logarithmic mean (a − b) / ln(a / b), elementwise; a where a equals b, 0 where either is 0."""
    safe = (now > 0.0) & (first > 0.0)
    a, b = np.where(safe, now, 1.0), np.where(safe, first, 1.0)
    ratio = np.log(a / b)
    flat = np.abs(ratio) < 1e-9
    mean = np.where(flat, 0.5 * (a + b), (a - b) / np.where(flat, 1.0, ratio))
    return np.where(safe, mean, 0.0)


def decomposed(now: Floats, first: Floats, factors: list[Floats]) -> Floats:
    """Change since the first year by factor, (len(factors), M), which sums exactly to the whole change (Ang 2005).

    now, first: (M, X) emissions, t CO2e; factors: ratios now/first of each factor, broadcastable to (M, X), with the
    product now/first.
    """
    mean = log_mean(now, first)
    return np.stack([(mean * np.log(f)).sum(axis=1) for f in factors])
