"""Small worlds that tests share: each is run once in a session, and then only looked at."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from model import parameters
from model.case import Case
from model.institutions.design import parse_design
from model.institutions.grammar import Design
from model.simulation import Simulation

HEAD = 'name = "{name}"\ntitle = {{ en = "Test", nb = "Test" }}\nquestion = {{ en = "What?", nb = "Hva?" }}\n'
NOTHING = '[[statement]]\nattribute = "citizens"\ndeontic = "may"\nsource = "test"\n' + (
    'aim = { kind = "information", solution_kind = "sharing", strength = 0.0 }\n'
)


def case(**changes: Any) -> Case:
    """A case in Telemark with few citizens, changed as asked for."""
    plain: dict[str, Any] = {"place": "telemark", "design": "todays-practice", "citizens": 800, "seed": 1}
    return Case.load(**(plain | changes))


@lru_cache(maxsize=200)
def _finished(changes: tuple[tuple[str, Any], ...]) -> Simulation:
    return Simulation(case(**dict(changes))).run()


def finished(**changes: Any) -> Simulation:
    """A recorded run of `case(**changes)`, shared by all tests: do not change it."""
    return _finished(tuple(sorted(changes.items())))


@lru_cache(maxsize=400)
def frame(sim: Simulation, table: str) -> pd.DataFrame:
    """One output table of a shared run."""
    return sim.tables[table].to_pandas()


def design_of(*statements: str, name: str = "mine") -> Design:
    """A design with the given `[[statement]]` tables as TOML."""
    return parse_design(HEAD.format(name=name) + "\n" + "\n".join(statements))


def design_file(folder: Path, *statements: str, name: str = "mine") -> str:
    """The path of a design file with the given statements."""
    path = folder / f"{name}.toml"
    path.write_text(HEAD.format(name=name) + "\n" + "\n".join(statements), encoding="utf-8")
    return str(path)


def statement(aim: str, *, attribute: str = "state", deontic: str = "must", more: str = "") -> str:
    """One statement as TOML; `aim` is the inside of its table."""
    return (
        f'[[statement]]\nattribute = "{attribute}"\ndeontic = "{deontic}"\naim = {{ {aim} }}\n{more}\nsource = "test"\n'
    )


def place_folder(folder: Path, rows: Iterable[str], header: str = "number,name,county,population") -> str:
    """The path of a place folder with the given lines of `municipalities.csv`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "municipalities.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return str(folder)


def years_of(sim: Simulation) -> Iterable[int]:
    """Step a simulation to its end, one year at a time."""
    for _ in sim.case.years:
        sim.step()
        yield sim.year


def defaults() -> Any:
    """Default values of all parameters, by group."""
    return parameters.values_of({})


def correlation_limit(count: int, tests: int, alarm: float = 1e-6) -> float:
    """Largest correlation of `count` independent pairs, with the false-alarm rate `alarm` shared by `tests` tests."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(1.0 - alarm / (2.0 * tests)) / float(np.sqrt(count))


def means(values: Callable[[int], float], seeds: Iterable[int]) -> np.ndarray:
    """`values(seed)` for every seed."""
    return np.array([values(seed) for seed in seeds])
