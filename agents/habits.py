"""Habits of citizens: they grow with the years and break at life events; compiled. Knows nothing of solutions."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from agents.choice import Keys
from agents.luck import bits

_UNIT = 1.0 / 9007199254740992.0  # 2**-53


@njit(cache=True)
def renew_habits(
    habit: NDArray[np.float32], keys: NDArray[np.uint64], luck: Keys, life_event: float, years: float
) -> None:
    """Habits grow toward 1 over `years`, and fall to 0 in a year with a life event (chance `life_event`), in place."""
    for i in range(habit.shape[0]):
        word = bits(luck.first, luck.second, keys[i])
        if (word >> np.uint64(11)) * _UNIT < life_event:
            habit[i] = np.float32(0.0)
        else:
            habit[i] = habit[i] + (np.float32(1.0) - habit[i]) / np.float32(years)
