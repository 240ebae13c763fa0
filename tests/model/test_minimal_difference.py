"""Two worlds that differ in one statement about one municipality: who is not connected to it lives the same life."""

import numpy as np
import pytest

from model.recorder import town_columns
from model.simulation import Simulation
from tests import worlds

CITIZENS = 12_000  # enough that every municipality has businesses that differ
TOWN = "1103"  # the third of the western county
LATER = 'condition = "number == \\"{number}\\""'
BASIS = worlds.statement('kind = "duty", element = "plan"', attribute="municipality")
STATEMENTS = {
    "duty": worlds.statement(
        'kind = "duty", element = "budget"',
        attribute="municipality",
        more=LATER + '\nor_else = { kind = "default_standard" }\nfrom = 2027',
    ),
    "facility": worlds.statement('kind = "facility", solution_kind = "sharing", strength = 1.0', more=LATER),
    "price": worlds.statement('kind = "price", domain = "transport", share = 0.8', more=LATER),
    "information": worlds.statement('kind = "information", level = "III", strength = 1.0', more=LATER),
    "grant": worlds.statement('kind = "project_grant", million_nok = 300', more=LATER),
    "network": worlds.statement('kind = "network", strength = 1.0', more=LATER),
    "arena": worlds.statement('kind = "arena", strength = 1.0', more=LATER),
    "staff": worlds.statement('kind = "pooled_staff", strength = 1.0', more=LATER),
    "indicators": worlds.statement('kind = "indicator_standard", scope = "community", precision = 1.0', more=LATER),
}


def conditioned(text: str) -> str:
    return text.replace("{number}", TOWN)


@pytest.fixture(scope="module")
def alone(islands, tmp_path_factory) -> list[dict[str, np.ndarray]]:
    """The world without the statement, year by year."""
    folder = tmp_path_factory.mktemp("alone")
    return lives(worlds.case(place=islands, design=worlds.design_file(folder, BASIS), citizens=CITIZENS))


def lives(case) -> list[dict[str, np.ndarray]]:
    """Every column of every actor in every year, rows by municipality."""
    sim = Simulation(case)
    told = []
    for _ in worlds.years_of(sim):
        year = {f"table {name}": np.array(column, dtype=float) for name, column in town_columns_of(sim).items()}
        for kind in ("citizens", "businesses", "municipalities"):
            people = getattr(sim, kind)
            owner = people.owner if kind != "municipalities" else np.arange(len(people))
            year |= {f"{kind} {name}": column.copy() for name, column in people.columns().items()}
            year[f"{kind} owner"] = owner.copy()
        year["table uptake"], year["table supply"] = sim.uptake.copy(), sim.supply.copy()
        year["table sectors"] = sim.territorial.copy()
        year["table county rules"] = sim.county_rules.stage[sim.place.county_of]
        year["state"] = np.array([sim.state.ambition])
        year["trust"] = sim.governance.trust.copy()
        told.append(year)
    return told


def town_columns_of(sim: Simulation) -> dict[str, np.ndarray]:
    sim.index -= 1  # the year that has just ended
    try:
        return town_columns(sim)
    finally:
        sim.index += 1


def touched(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> dict[str, set[int]]:
    """Municipalities, by column, where two years differ in any bit."""
    found = {}
    for name, left in one.items():
        if name in ("state", "trust"):
            continue
        right = other[name]
        kind = name.partition(" ")[0]
        owner = one[f"{kind} owner"] if kind != "table" else np.arange(len(left))
        differs = (left != right).reshape(len(left), -1).any(axis=1)
        found[name] = set(owner[differs].tolist())
    return found


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_other_island_notices_nothing(islands, tmp_path, alone, name):
    design = worlds.design_file(tmp_path, BASIS, conditioned(STATEMENTS[name]))
    case = worlds.case(place=islands, design=design, citizens=CITIZENS)
    west = {m for m in range(8) if case.place.county_of[m] == case.place.county_of[case.place.numbers.index(TOWN)]}
    assert len(west) == 4
    moved: set[int] = set()
    other = lives(case)
    parted = [k for k, (a, b) in enumerate(zip(alone, other, strict=True)) if a["state"] != b["state"]]
    years = min([*parted, len(other)])
    assert years > 8  # the state answers to rounded figures of all: one municipality seldom moves it
    for before, after in zip(alone[:years], other[:years], strict=True):
        for column, municipalities in touched(before, after).items():
            assert municipalities <= west, column
            moved |= municipalities
    assert case.place.numbers.index(TOWN) in moved


def test_the_islands_are_islands(islands):
    place = worlds.case(place=islands).place
    county = place.county_of
    assert all(county[i] == county[j] for i, j in place.neighbours)
    home = np.repeat(np.arange(8), np.diff(place.commute_indptr))
    assert (county[home] == county[place.commute_indices]).all()


def test_on_one_island_a_neighbour_may_notice(islands, tmp_path, alone):
    """The test above would pass for a model where nobody notices anybody: here somebody does."""
    design = worlds.design_file(tmp_path, BASIS, conditioned(STATEMENTS["duty"]))
    after = lives(worlds.case(place=islands, design=design, citizens=CITIZENS))
    told = set().union(*(set().union(*touched(a, b).values()) for a, b in zip(alone, after, strict=True)))
    assert len(told) > 1


def test_a_statement_that_begins_later_changes_nothing_before(islands, tmp_path, alone):
    design = worlds.design_file(tmp_path, BASIS, conditioned(STATEMENTS["duty"]))
    after = lives(worlds.case(place=islands, design=design, citizens=CITIZENS))
    for k in range(2):
        assert not set().union(*touched(alone[k], after[k]).values())


def test_a_statement_about_nobody_changes_nothing(islands, tmp_path, alone):
    nobody = STATEMENTS["price"].replace("{number}", "9999")
    after = lives(worlds.case(place=islands, design=worlds.design_file(tmp_path, BASIS, nobody), citizens=CITIZENS))
    assert not any(set().union(*touched(a, b).values()) for a, b in zip(alone, after, strict=True))


def test_a_world_ends_as_it_is_written(islands):
    """Fewer years are the beginning of more years."""
    short = lives(worlds.case(place=islands, design="full-transition", citizens=300, last=2030))
    long = lives(worlds.case(place=islands, design="full-transition", citizens=300))
    for before, after in zip(short, long, strict=False):
        assert not set().union(*touched(before, after).values())
