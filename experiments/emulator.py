"""An emulator of what runs give: a Gaussian process for each figure over the unit cube, and draws from the posterior.

Knows nothing of runs: it gets points, figures, targets and scales. Needs the extra `calibrate`.
"""

import warnings
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WALKERS: Final = 4  # for each parameter
STEPS: Final = 1_500
BURN: Final = 500
LEAST_LUCK: Final = 1e-4  # share of a figure's variance over the points that is luck, at least
MOST_LUCK: Final = 0.9


class Emulator:
    """Learns (N, F) figures at (N, D) points of the unit cube; targets and scales (F,) say which points fit.

    Points with a figure that is no number are left out. Raises ValueError when fewer points remain than parameters.
    """

    def __init__(self, points: Floats, figures: Floats, targets: Sequence[float], scales: Sequence[float]) -> None:
        is_whole = np.isfinite(figures).all(axis=1)
        if is_whole.sum() <= points.shape[1]:
            raise ValueError(f"{is_whole.sum()} whole points for {points.shape[1]} parameters; run more points")
        self._size = points.shape[1]
        self.targets, self.scales = np.asarray(targets), np.asarray(scales)
        self._processes = [_learned(points[is_whole], figures[is_whole, k]) for k in range(figures.shape[1])]

    def expected(self, points: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of each figure at (N, D) points, both (N, F); the variance holds the luck of one run."""
        found = [process.predict(points, return_std=True) for process in self._processes]
        return np.stack([mean for mean, _ in found], axis=1), np.stack([std**2 for _, std in found], axis=1)

    def log_posterior(self, points: Floats) -> Floats:
        """(N,) log density at (N, D) points, up to a constant; -inf outside the cube, where the prior is nothing."""
        is_inside = ((points >= 0.0) & (points <= 1.0)).all(axis=1)
        mean, variance = self.expected(np.clip(points, 0.0, 1.0))
        spread = self.scales**2 + variance
        fit = -0.5 * ((mean - self.targets) ** 2 / spread + np.log(spread)).sum(axis=1)
        return np.where(is_inside, fit, -np.inf)

    def draw(self, count: int, *, seed: int) -> Floats:
        """(count, D) even draws from the posterior, by an ensemble of walkers (Goodman & Weare 2010)."""
        import emcee

        size = self._size
        walkers = WALKERS * size
        luck = np.random.default_rng(seed)
        tried = luck.random((2_000, size))
        start = tried[np.argsort(-self.log_posterior(tried))[:walkers]]
        sampler = emcee.EnsembleSampler(walkers, size, self.log_posterior, vectorize=True)
        sampler.random_state = np.random.RandomState(seed).get_state()
        sampler.run_mcmc(start, STEPS)
        chain = sampler.get_chain(discard=BURN, flat=True)
        return np.asarray(chain[luck.choice(len(chain), count, replace=False)])

    def surprise(self, points: Floats, figures: Floats) -> Floats:
        """(F,) root mean square of runs less what was expected of them, in expected standard deviations; 1 is right."""
        is_whole = np.isfinite(figures).all(axis=1)
        mean, variance = self.expected(points[is_whole])
        return np.asarray(np.sqrt(((figures[is_whole] - mean) ** 2 / variance).mean(axis=0)))


def _learned(points: Floats, figure: Floats) -> Any:
    """A Gaussian process with a length for each parameter and white noise for the luck of a run."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, WhiteKernel

    shape = RBF(np.full(points.shape[1], 2.0), (0.1, 50.0)) + WhiteKernel(0.1, (LEAST_LUCK, MOST_LUCK))
    process = GaussianProcessRegressor(shape, normalize_y=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a length at its bound: the parameter does not matter
        return process.fit(points, figure)
