"""Citizens as columns: one row for each, who stands for `weight` inhabitants of the municipality."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from agents.population import Attribute, Population


class Citizens(Population):
    """Rows ascend by municipality and, within one, by outlook, so that like-minded citizens lie near each other."""

    attributes: ClassVar[tuple[Attribute, ...]] = (
        Attribute("owner", "int32", "row", 0, 1e9, "municipality, as a row of the place"),
        Attribute("keys", "uint64", "key", 0, 2**64, "stable key of the citizen for random numbers"),
        Attribute("attitude", "float32", "0-1", 0, 1, "attitude to climate-friendly choices"),
        Attribute("income", "float32", "0-1", 0, 1, "rank of income"),
        Attribute("habit", "float32", "0-1", 0, 1, "strength of present habits; a life event breaks it"),
        Attribute("uses", "uint32", "bits", 0, 2**32, "one bit for each solution in use"),
        Attribute("ties", "int32", "rows", 0, 1e9, "whom the citizen looks at", "degree"),
    )

    owner: NDArray[np.int32]
    keys: NDArray[np.uint64]
    attitude: NDArray[np.float32]
    income: NDArray[np.float32]
    habit: NDArray[np.float32]
    uses: NDArray[np.uint32]
    ties: NDArray[np.int32]
