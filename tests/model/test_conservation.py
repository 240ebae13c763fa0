"""What is kept, every year: people, money to the øre, and tonnes from municipality to nation."""

import numpy as np
import pytest

from agents.vocabulary import CATEGORIES, FACTORS, SECTORS
from model.ledger import KINDS, Ledger
from model.simulation import Simulation
from tests import worlds

DESIGNS = ("enthusiasts-only", "todays-practice", "full-transition")
CHANGES = [f"change_{f}" for f in FACTORS]
designs = pytest.mark.parametrize("design", DESIGNS)


@pytest.fixture(scope="module", params=DESIGNS)
def sim(request: pytest.FixtureRequest) -> Simulation:
    """A finished run over three counties and more, small and large municipalities."""
    return worlds.finished(design=request.param, place="0301,1103,4012,4020,5501,5610,5630")


def by_year(sim: Simulation, table: str, *columns: str) -> np.ndarray:
    return worlds.frame(sim, table).groupby("year")[list(columns)].sum().to_numpy()


# -- people ------------------------------------------------------------------------------------------------------


def test_citizens_stand_for_everybody(sim):
    held = np.bincount(sim.citizens.owner, sim.weight[sim.citizens.owner], len(sim.place.numbers))
    assert np.allclose(held, sim.population, rtol=1e-12)
    assert len(sim.citizens) == sim.case.citizens


def test_inhabitants_are_those_of_the_place(sim):
    town = worlds.frame(sim, "municipality")
    rows = slice(sim.case.first - sim.place.first_year, None)
    assert np.array_equal(town["population"].to_numpy().reshape(-1, len(sim.place.numbers)), sim.place.population[rows])
    for table in ("nation", "county"):
        assert np.allclose(by_year(sim, table, "population"), by_year(sim, "municipality", "population"), rtol=1e-12)


@designs
def test_users_are_counted_once(design):
    """Who uses a solution after the year is who did before, and who took it up, less who gave it up."""
    sim = Simulation(worlds.case(design=design, citizens=400, last=2032))

    def users() -> np.ndarray:
        bits = (sim.citizens.uses[:, None] >> np.arange(len(sim.chosen), dtype=np.uint32)) & 1
        return np.stack([np.bincount(sim.citizens.owner, b, len(sim.place.numbers)) for b in bits.T], axis=1)

    before = users()
    sizes = np.diff(sim.citizen_starts)[:, None]
    for _ in worlds.years_of(sim):
        now = users()
        assert np.array_equal(now, before + sim.taken_up - sim.given_up)
        assert np.allclose(sim.uptake[:, sim.chosen], now / sizes)
        before = now


# -- money -------------------------------------------------------------------------------------------------------


class Books:
    """The accounts once more, kept apart from the ledger's own: one line a payment and municipality."""

    def __init__(self, sim: Simulation) -> None:
        self.county_of = sim.place.county_of
        self.balance = {kind: np.zeros_like(sim.ledger.balance[kind]) for kind in KINDS}

    def post(self, payer: str, payee: str, amount: np.ndarray) -> None:
        for kind, sign in ((payer, -1), (payee, 1)):
            for m, ore in enumerate(amount.tolist()):
                row = {"state": 0, "county": self.county_of[m]}.get(kind, m)
                self.balance[kind][row] += sign * ore


@designs
def test_every_account_is_the_sum_of_its_payments(design, monkeypatch):
    sim = Simulation(worlds.case(design=design, citizens=300, last=2034))
    books, pay = Books(sim), Ledger.pay

    def watched(self, year, payer, payee, *, amount, purpose):
        books.post(payer, payee, amount)
        pay(self, year, payer, payee, amount=amount, purpose=purpose)

    monkeypatch.setattr(Ledger, "pay", watched)
    for _ in worlds.years_of(sim):
        assert sum(int(b.sum()) for b in sim.ledger.balance.values()) == 0
        assert sim.ledger.total() == 0
        assert sim.ledger.balance["state"].tolist() == [0]
        for kind in KINDS:
            assert np.array_equal(sim.ledger.balance[kind], books.balance[kind])
        for kind in ("municipality", "businesses"):
            assert sim.ledger.balance[kind].min() >= 0


def test_flows_explain_the_balances(sim):
    flow = worlds.frame(sim, "flow")
    assert (flow["amount"] > 0).all()
    assert flow["purpose"].str.len().min() > 2
    for kind in KINDS:
        paid = flow.loc[flow["payee"] == kind, "amount"].sum() - flow.loc[flow["payer"] == kind, "amount"].sum()
        assert paid == sim.ledger.balance[kind].sum()


def test_tables_of_money_agree_with_the_flows(sim):
    flow = worlds.frame(sim, "flow").groupby(["year", "purpose"], observed=True)["amount"].sum()
    town = worlds.frame(sim, "municipality").groupby("year")[["project_money", "permanent_money", "own_money"]].sum()
    nation = worlds.frame(sim, "nation").set_index("year")
    for column, purposes in {
        "project_money": ["project grants"],
        "permanent_money": ["permanent climate money", "earmarked money"],
        "own_money": ["own climate money"],
    }.items():
        paid = flow.reindex([(y, p) for y in town.index for p in purposes], fill_value=0).groupby("year").sum()
        assert np.allclose(town[column], paid / 100.0, rtol=1e-12, atol=1e-6)
        assert np.allclose(nation[column], town[column], rtol=1e-12)


@pytest.mark.parametrize("design", ["project-grants", "todays-practice", "experimentalist"])
def test_grants_end_with_their_projects(design):
    sim = Simulation(worlds.case(design=design, citizens=300))
    towns, won = sim.municipalities, 0.0
    for _ in worlds.years_of(sim):
        running = towns.project_years > 0
        assert ((towns.project_grant > 0) == running).all()
        assert (towns.project_solution[running] >= 0).all()
        won += sum(pot.amount for pot in sim.terms.pots)
        paid = sum(flow[4] for flow in sim.ledger.flows if flow[3] == "project grants") / 100.0
        assert paid <= won
    assert paid > 0.0


def test_a_design_without_money_moves_none_of_the_states():
    flow = worlds.frame(worlds.finished(design="enthusiasts-only"), "flow")
    assert not ((flow["payer"] == "state") | (flow["payee"] == "state")).any()


# -- tonnes ------------------------------------------------------------------------------------------------------


def test_municipalities_sum_to_counties_and_nation(sim):
    columns = ("territorial", "footprint", *CHANGES)
    towns = by_year(sim, "municipality", *columns)
    scale = np.abs(towns).max()
    for table in ("county", "nation"):
        assert np.allclose(by_year(sim, table, *columns), towns, rtol=1e-10, atol=1e-9 * scale)
    town = worlds.frame(sim, "municipality")
    number = dict(zip(sim.place.numbers, np.array(sim.place.county_numbers)[sim.place.county_of], strict=True))
    town = town.assign(county=town["number"].astype(str).map(number))
    grouped = town.groupby(["year", "county"])["territorial"].sum()
    county = worlds.frame(sim, "county")
    index = list(zip(county["year"], county["county"].astype(str), strict=True))
    assert np.allclose(grouped.loc[index], county["territorial"], rtol=1e-12)


def test_sectors_sum_to_the_account(sim):
    sector, town = worlds.frame(sim, "sector"), worlds.frame(sim, "municipality")
    assert (sector["number"].astype(str) == town["number"].astype(str)).all()
    assert np.allclose(sector[list(SECTORS)].sum(axis=1), town["territorial"], rtol=1e-12)
    categories = [f"footprint_{c}" for c in CATEGORIES]
    assert np.allclose(sector[categories].sum(axis=1), town["footprint"], rtol=1e-12)


def test_parts_sum_to_the_whole_change(sim):
    """Of every municipality in every year, and of the county and the nation."""
    for table, key in (("municipality", "number"), ("county", "county"), ("nation", None)):
        rows = worlds.frame(sim, table)
        groups = rows.groupby(key, observed=True) if key else [("all", rows)]
        for _, group in groups:
            level = group["territorial"].to_numpy()
            parts = group[CHANGES].sum(axis=1).to_numpy()
            first = level[0] - parts[0]
            assert np.allclose(level - first, parts, rtol=0.0, atol=1e-9 * max(first, 1.0))
            assert np.allclose(group["reduction_share"], 1.0 - level / first, atol=1e-12)


def test_the_first_year_is_what_is_measured_against(sim):
    town = worlds.frame(sim, "municipality")
    first = town[town["year"] == sim.case.first]
    assert np.allclose(first[CHANGES], 0.0)
    account = sim.place.territorial * sim.place.national_path[sim.case.first - sim.place.first_year]
    assert np.allclose(first["territorial"], account.sum(axis=1), rtol=1e-12)


def test_per_inhabitant_is_per_inhabitant(sim):
    for table in ("municipality", "county", "nation"):
        rows = worlds.frame(sim, table)
        for account in ("territorial", "footprint"):
            assert np.allclose(rows[f"{account}_per_inhabitant"] * rows["population"], rows[account], rtol=1e-12)


def test_the_national_path_is_nobodys_merit(sim):
    """The part of the national path alone: log mean of the emissions times the log of the path, by sector."""
    sector = worlds.frame(sim, "sector")
    last = sector[sector["year"] == sim.case.last][list(SECTORS)].to_numpy()
    first = sector[sector["year"] == sim.case.first][list(SECTORS)].to_numpy()
    rows = sim.place.national_path[[sim.case.first - sim.place.first_year, sim.case.last - sim.place.first_year]]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(np.isclose(last, first, rtol=1e-9), last, (last - first) / np.log(last / first))
    expected = (np.where((last > 0) & (first > 0), mean, 0.0) * np.log(rows[1] / rows[0])).sum(axis=1)
    town = worlds.frame(sim, "municipality")
    told = town[town["year"] == sim.case.last]["change_national"]
    assert np.allclose(told, expected, rtol=1e-6, atol=1e-6)
