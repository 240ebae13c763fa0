"""Relations that hold whatever the numbers are: what is cheaper is not used less, what is shut off does nothing.

Paired runs, the same seeds in both arms.
"""

import dataclasses
from typing import Any

import numpy as np
import pytest

from agents import choice, offering
from agents.vocabulary import ELEMENTS, SECTORS
from model import readings
from model.institutions.elements import carried_by
from model.simulation import Simulation
from tests import worlds

SEEDS = range(1, 9)
SMALL: dict[str, Any] = {"citizens": 1_000, "last": 2036}


def ended(design: str, seed: int, **changes: Any) -> Simulation:
    return Simulation(worlds.case(design=design, seed=seed, **(SMALL | changes)), record=False).run()


def uptake(sim: Simulation, solution: str) -> float:
    weight = sim.population / sim.population.sum()
    return float(weight @ sim.uptake[:, sim.catalogue.ids.index(solution)])


def is_more(differences: np.ndarray) -> bool:
    """More on the whole, and less in one of eight pairs at most (by luck alone this passes one time in thirty)."""
    return bool(differences.mean() > 0.0 and (differences >= 0.0).sum() >= len(differences) - 1)


def designs(folder, low: str, high: str) -> tuple[str, str]:
    return worlds.design_file(folder, low, name="low"), worlds.design_file(folder, high, name="high")


@pytest.mark.parametrize("solution", ["car-sharing", "repair", "cycling-and-public-transport"])
def test_what_is_cheaper_is_used_no_less(tmp_path, solution):
    aim = f'kind = "price", solutions = ["{solution}"], share = '
    dear, cheap = designs(tmp_path, worlds.statement(aim + "-0.3"), worlds.statement(aim + "0.5"))
    gain = worlds.means(lambda s: uptake(ended(cheap, s), solution) - uptake(ended(dear, s), solution), SEEDS)
    assert is_more(gain)


@pytest.mark.parametrize("rule", ["planned", "threshold"])
def test_information_moves_nobody_away(tmp_path, rule):
    aim = 'kind = "information", solutions = ["repair"], strength = '
    quiet, loud = designs(tmp_path, worlds.statement(aim + "0.0"), worlds.statement(aim + "1.0"))
    many = {"choice": rule, "citizens": 6_000}  # the effect is small under the rule `threshold`
    gain = worlds.means(
        lambda s: uptake(ended(loud, s, **many), "repair") - uptake(ended(quiet, s, **many), "repair"), SEEDS
    )
    assert is_more(gain)


def test_a_facility_helps_what_needs_one(tmp_path):
    aim = 'kind = "facility", solutions = ["car-sharing"], strength = '
    none, whole = designs(tmp_path, worlds.statement(aim + "0.0"), worlds.statement(aim + "1.0"))
    gain = worlds.means(lambda s: uptake(ended(whole, s), "car-sharing") - uptake(ended(none, s), "car-sharing"), SEEDS)
    assert is_more(gain)


def institutions(design: str, seed: int) -> float:
    return float(ended(design, seed).municipalities.institutionalisation.mean())


def test_more_lasting_money_builds_no_less(tmp_path):
    aim = 'kind = "permanent_finance", million_nok = '
    built = []
    for million in (0, 300, 3_000):
        design = worlds.design_file(tmp_path, worlds.NOTHING, worlds.statement(f"{aim}{million}"), name=f"m{million}")
        built.append(worlds.means(lambda s, design=design: institutions(design, s), SEEDS))
    assert is_more(built[1] - built[0])
    assert is_more(built[2] - built[1])


def has_share(sim: Simulation, element: str) -> float:
    return float((sim.municipalities.stage[:, ELEMENTS.index(element)] > 0).mean())


def test_a_more_credible_duty_is_followed_more(tmp_path):
    aim = 'kind = "duty", element = "budget"'
    shares = []
    for credibility in (0.1, 0.9):
        more = f'or_else = {{ kind = "default_standard", credibility = {credibility} }}'
        text = worlds.statement(aim, attribute="municipality", more=more)
        design = worlds.design_file(tmp_path, text, name=f"c{int(10 * credibility)}")
        shares.append(worlds.means(lambda s, d=design: has_share(ended(d, s), "budget"), SEEDS))
    assert is_more(shares[1] - shares[0])


def test_form_by_duty_is_lived_less_than_form_with_money():
    """A duty without money lifts form more than practice: the gap between them is wider than with money."""
    gap = worlds.means(
        lambda s: float(
            readings.decoupling(ended("duty", s)).mean() - readings.decoupling(ended("duty-and-money", s)).mean()
        ),
        SEEDS,
    )
    assert is_more(gap)


# -- ceilings and the national path ------------------------------------------------------------------------------


def kept(sim: Simulation) -> np.ndarray:
    """Emissions against what national path and population alone would give, (M, sectors)."""
    path = readings.national_path(sim) / sim.first_path
    people = (sim.population / sim.first_population)[:, None] ** np.where(FOLLOWS, 1.0, 0.0)[None, :]
    return np.divide(
        sim.territorial, sim.first_territorial * path * people, out=np.ones_like(sim.territorial),
        where=sim.first_territorial > 0,
    )  # fmt: skip


FOLLOWS = [s not in ("industry_oil_gas", "shipping", "agriculture") for s in SECTORS]


@pytest.mark.parametrize("ceiling", [0.20, 0.30, 0.02])
def test_level_one_alone_keeps_below_its_ceiling(ceiling):
    sim = Simulation(worlds.case(design="full-transition", citizens=500), record=False)
    sim.ceilings = np.array([ceiling, 1e-9, 1e-9])
    lowest = 1.0
    for _ in worlds.years_of(sim):
        lowest = min(lowest, float(kept(sim).min()))
        assert (kept(sim) >= 1.0 - ceiling - 1e-6).all()
    assert lowest < 1.0 - 0.5 * ceiling


def test_ceilings_together_bound_every_sector():
    sim = Simulation(worlds.case(design="full-transition", citizens=500), record=False)
    for _ in worlds.years_of(sim):
        assert (kept(sim) >= np.prod(1.0 - sim.ceilings) - 1e-9).all()


def still(sim: Simulation, monkeypatch: pytest.MonkeyPatch) -> Simulation:
    """The same simulation where nobody starts, chooses, offers or practises anything new, and nothing wears off."""

    def nobody(after, people, *rest):
        after[:] = people.now

    monkeypatch.setattr(choice, "choose", nobody)
    monkeypatch.setattr(offering, "offer", lambda *rest: None)
    monkeypatch.setattr(offering, "practise", lambda *rest: None)
    sim.p.start.base = -200.0
    sim.p.success.erosion = sim.p.success.pace = 0.0
    return sim


def test_where_nobody_does_anything_the_national_path_is_left(monkeypatch):
    sim = still(Simulation(worlds.case(design="enthusiasts-only", citizens=300)), monkeypatch)
    for _ in worlds.years_of(sim):
        assert np.allclose(kept(sim), 1.0, rtol=1e-12)
        assert not np.any(sim.change[2:])
    path = sim.place.national_path[-1] / sim.first_path
    assert sim.territorial.sum() < sim.first_territorial.sum()
    assert np.allclose(sim.change[0][:, None] < 0.0, True)
    assert path.max() <= 1.5


def test_a_flat_path_leaves_the_present(monkeypatch):
    """With nobody doing anything, a flat path and the same people, emissions stay to the tonne."""
    case = worlds.case(design="enthusiasts-only", citizens=300)
    flat = {name: np.repeat(getattr(case.place, name)[:1], 26, axis=0) for name in ("population", "national_path")}
    same = dataclasses.replace(case, place=dataclasses.replace(case.place, **flat))
    sim = still(Simulation(same), monkeypatch)
    for _ in worlds.years_of(sim):
        assert np.allclose(sim.territorial, sim.first_territorial, rtol=1e-12)
        assert not np.any(sim.change)


# -- persons and institutions ------------------------------------------------------------------------------------


def test_without_champions_nobody_is_lost():
    sim = Simulation(worlds.case(design="enthusiasts-only", citizens=300, last=2036))
    sim.municipalities.champion_skill[:] = 0.0
    sim.p.persons.champion_arrives = 0.0
    for _ in worlds.years_of(sim):
        assert not sim.municipalities.champions.any()
        assert not sim.municipalities.is_champion_lost.any()


def test_more_champions_build_no_less():
    arrival = "persons.champion_arrives"
    gain = worlds.means(
        lambda s: sum(
            sign * ended("enthusiasts-only", s, settings={arrival: value}).municipalities.institutionalisation.mean()
            for sign, value in ((1, 0.25), (-1, 0.03))
        ),
        SEEDS,
    )
    assert is_more(gain)


def test_practice_never_outgrows_its_form_while_it_stands():
    """Practice above what the form carries is only ever on its way down."""
    sim = Simulation(worlds.case(design="duty", citizens=300))
    before = sim.municipalities.practice.copy()
    for _ in worlds.years_of(sim):
        towns = sim.municipalities
        too_much = towns.practice > carried_by(sim.p.institution)[towns.stage] + 1e-9
        assert (towns.practice[too_much] <= before[too_much]).all()
        before = towns.practice.copy()
