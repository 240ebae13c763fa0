"""Businesses as columns: one row for each firm, which may offer sharing or circular services, in proportion to jobs."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from agents.population import Attribute, Population


class Businesses(Population):
    """Rows ascend by municipality."""

    attributes: ClassVar[tuple[Attribute, ...]] = (
        Attribute("owner", "int32", "row", 0, 1e9, "municipality, as a row of the place"),
        Attribute("keys", "uint64", "key", 0, 2**64, "stable key of the business for random numbers"),
        Attribute("outlook", "float32", "0-1", 0, 1, "readiness to try circular and sharing services"),
        Attribute("losses", "int8", "years", 0, 9, "years of loss, less years without"),
        Attribute("experience", "float32", "0-1", 0, 1, "learning from offering: quality and price"),
        Attribute("is_owner", "bool", "", 0, 1, "joint owner of local measures through an arena"),
        Attribute("offers", "uint32", "bits", 0, 2**32, "one bit for each service offered"),
        Attribute("practises", "uint32", "bits", 0, 2**32, "one bit for each circular practice of its own"),
    )

    owner: NDArray[np.int32]
    keys: NDArray[np.uint64]
    outlook: NDArray[np.float32]
    losses: NDArray[np.int8]
    experience: NDArray[np.float32]
    is_owner: NDArray[np.bool_]
    offers: NDArray[np.uint32]
    practises: NDArray[np.uint32]
