"""Populations as numpy columns, declared with unit, bounds and meaning; a row becomes a mesa.Agent when asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import mesa
import numpy as np
from numba import njit
from numpy.typing import NDArray

from agents.actor import release


@njit(cache=True)
def lies_within(values: NDArray[Any], low: Any, high: Any) -> bool:
    """Whether every value lies between `low` and `high`, both included; one that is no number does not."""
    is_within = True
    for value in values:
        is_within &= (value >= low) & (value <= high)
    return is_within


@dataclass(frozen=True)
class Attribute:
    """One column of a population; `width` names the second axis of a matrix column (empty for one value a row)."""

    name: str
    dtype: str
    unit: str
    low: float
    high: float
    meaning: str
    width: str = ""

    @cached_property
    def limits(self) -> tuple[Any, Any]:
        """The bounds in the column's own type, as far as that reaches."""
        own = np.dtype(self.dtype)
        if own.kind in "iu":
            reach = np.iinfo(own)
            return own.type(max(int(self.low), reach.min)), own.type(min(int(self.high), reach.max))
        return own.type(self.low), own.type(self.high)


class Row(mesa.Agent):
    """One member of a population, seen as a mesa.Agent: attributes are read from, and written to, the columns.

    The row is taken out of the model's registry at once, so that looking at somebody changes nothing.
    """

    def __init__(self, world: Any, population: "Population", index: int) -> None:
        super().__init__(world)
        world.deregister_agent(self)
        release(world)
        self.population = population
        self.index = index

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("population", "index"):
            raise AttributeError(name)
        return self.population.value(name, self.index)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(a.name for a in self.population.attributes)]


class Population:
    """Columns of equal length. Subclasses declare `attributes`; widths give the second axis of matrix columns."""

    attributes: ClassVar[tuple[Attribute, ...]] = ()

    def __init__(self, size: int, **widths: int) -> None:
        self.size = size
        self.world: Any = None
        for a in self.attributes:
            shape = (size, widths[a.width]) if a.width else (size,)
            setattr(self, a.name, np.zeros(shape, dtype=a.dtype))

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, index: int) -> Row:
        """The member at `index` as a mesa.Agent. Raises IndexError outside 0..size-1."""
        if not isinstance(index, int | np.integer):
            raise TypeError(f"a row is a whole number, not {index!r}")
        if not -self.size <= index < self.size:
            raise IndexError(f"row {index} of {type(self).__name__} with {self.size} rows")
        return Row(self.world, self, int(index) % self.size)

    def __iter__(self) -> Iterator[Row]:
        return (self[i] for i in range(self.size))

    def value(self, name: str, index: int) -> Any:
        """Value of an attribute for one row: a Python number, or an array for a matrix column."""
        if name not in {a.name for a in self.attributes}:
            known = ", ".join(a.name for a in self.attributes)
            raise AttributeError(f"{type(self).__name__} have no attribute {name!r}; they have {known}")
        cell = getattr(self, name)[index]
        return cell.item() if np.ndim(cell) == 0 else cell

    def columns(self) -> dict[str, np.ndarray[Any, Any]]:
        """All columns by name."""
        return {a.name: getattr(self, a.name) for a in self.attributes}

    def out_of_bounds(self) -> list[str]:
        """Names of columns that hold a value outside their declared bounds, or one that is not finite."""
        wrong = []
        for a in self.attributes:
            column = getattr(self, a.name)
            if not lies_within(column.ravel(), *a.limits):
                wrong.append(a.name)
        return wrong
