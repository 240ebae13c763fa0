"""Municipalities merged, renumbered and split: sums are kept, and what is approximate or not whole is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.vocabulary import SECTORS
from model.intake.assembly import assembled
from model.intake.divisions import Divisions
from model.intake.findings import Change, Entry, Finding, Spot
from model.intake.folder import write_folder
from model.intake.reading import read_file
from model.intake.sums import sums_of
from model.places import load_place
from tests.model.intake.books import HEADER, save

# 2017: Andebu, Stokke and Sandefjord become Sandefjord; 2020 and 2024: new numbers. 2024: Ålesund is split in two.
CHANGES = """"oldCode";"oldName";"newCode";"newName";"changeOccurred"
"3804";"Sandefjord";"3907";"Sandefjord";"2024-01-01"
"0706";"Sandefjord";"0710";"Sandefjord";"2017-01-01"
"0719";"Andebu";"0710";"Sandefjord";"2017-01-01"
"0720";"Stokke";"0710";"Sandefjord";"2017-01-01"
"0710";"Sandefjord";"3804";"Sandefjord";"2020-01-01"
"1507";"Ålesund";"1508";"Ålesund";"2024-01-01"
"1507";"Ålesund";"1580";"Haram";"2024-01-01"
"""
WORDS = {"agriculture": "Jordbruk", "road_traffic": "Veitrafikk"}


@pytest.fixture
def changes(tmp_path):
    path = tmp_path / "changes.csv"
    path.write_bytes(CHANGES.encode("latin-1"))
    return path


def accounts(path, figures):
    """A workbook of (number, name, sector, tonnes) in 2023."""
    rows = [["Fylke", n, name, 2023, WORDS[s], "Kilde", "CO2", t] for n, name, s, t in figures]
    return save(path, rows, header=HEADER)


def imported(out, *files):
    findings = [read_file(file) for file in files]
    report = write_folder(assembled(load_place("norway"), findings), findings, out, replace=True)
    return load_place(str(out)), report


def account(place, number, sector):
    return float(place.territorial[place.numbers.index(number), SECTORS.index(sector)])


def told(report, kind):
    return [(r["row"], r["what"]) for r in report["remarks"] if r["kind"] == kind]


def test_three_that_were_merged_and_renumbered_twice(tmp_path, changes):
    old = [("0706", "Sandefjord", "agriculture", 10.0), ("0719", "Andebu", "agriculture", 20.0),
           ("0720", "Stokke", "agriculture", 30.0)]  # fmt: skip
    place, report = imported(tmp_path / "out", accounts(tmp_path / "old.xlsx", old), changes)
    assert account(place, "3907", "agriculture") == pytest.approx(60.0)
    assert told(report, "summed") == [(2, "3907 Sandefjord is the sum of 0706, 0719, 0720")]
    assert report["official"] == {"3907": ["agriculture"]}


def test_a_sum_that_is_not_whole_is_not_used(tmp_path, changes):
    old = [("0706", "Sandefjord", "agriculture", 10.0), ("0720", "Stokke", "agriculture", 30.0)]
    place, report = imported(tmp_path / "out", accounts(tmp_path / "old.xlsx", old), changes)
    estimate = account(load_place("norway"), "3907", "agriculture")
    assert account(place, "3907", "agriculture") == estimate
    assert (
        2,
        "3907 Sandefjord: 0719 Andebu is not in the file, so its sum is not whole and the estimate stays",
    ) in told(report, "missing")
    assert report["official"] == {}


def test_a_split_follows_people_and_farming_land(tmp_path, changes):
    old = [("1507", "Ålesund", "agriculture", 100.0), ("1507", "Ålesund", "road_traffic", 1000.0)]
    place, report = imported(tmp_path / "out", accounts(tmp_path / "old.xlsx", old), changes)
    norway = load_place("norway")
    at = [place.numbers.index(n) for n in ("1508", "1580")]
    for sector, total, key in (("agriculture", 100.0, norway.area), ("road_traffic", 1000.0, norway.population[0])):
        parts = [account(place, n, sector) for n in ("1508", "1580")]
        assert sum(parts) == pytest.approx(total)
        np.testing.assert_allclose(np.array(parts) / total, key[at] / key[at].sum())
    assert "approximate" in told(report, "split")[0][1]
    assert report["official"] == {}  # divided, so not official
    assert set(report["spread"]) == {"1508", "1580"}


def test_without_the_changes_a_former_number_is_told(tmp_path):
    old = [("1507", "Ålesund", "agriculture", 100.0), ("3907", "Sandefjord", "agriculture", 5.0)]
    place, report = imported(tmp_path / "out", accounts(tmp_path / "old.xlsx", old))
    [(row, what)] = told(report, "unmatched")
    assert row == 2
    assert "1507 Ålesund" in what
    assert "Klass" in what
    assert account(place, "3907", "agriculture") == 5.0


def test_a_correspondence_table_serves_as_well(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(
        "sourceCode,sourceName,targetCode,targetName\n3804,Sandefjord,3907,Sandefjord\n,,1,\n", encoding="utf-8"
    )
    old = [("3804", "Sandefjord", "agriculture", 7.0)]
    place, report = imported(tmp_path / "out", accounts(tmp_path / "old.xlsx", old), table)
    assert account(place, "3907", "agriculture") == 7.0
    assert [row for row, _ in told(report, "unmatched")] == [3]


codes = st.integers(0, 40).map(lambda n: f"{n:04d}")


@st.composite
def histories(draw):
    """Reforms over three years that lead from old numbers (0-40) to today's (100-110), with figures of the old."""
    changes, front = [], draw(st.lists(codes, min_size=1, max_size=12, unique=True))
    old = list(front)
    for year, span in ((2018, range(50, 62)), (2020, range(70, 82)), (2024, range(100, 111))):
        new = [f"{n:04d}" for n in span]
        after = set()
        for code in front:
            ends = draw(st.lists(st.sampled_from(new), min_size=1, max_size=3, unique=True))
            changes += [Change(code, end, f"{year}-01-01", 1) for end in ends]
            after |= set(ends)
        front = sorted(after)
    figures = [
        Entry(code, "", 2023, sector, draw(st.floats(0, 1e6)), row)
        for row, (code, sector) in enumerate(((c, s) for c in old for s in ("agriculture", "heating")), start=2)
    ]
    return draw(st.permutations(changes)), figures


@given(histories(), st.randoms(use_true_random=False))
def test_totals_are_kept_whatever_was_merged_and_split(history, chance):
    changes, figures = history
    today = [f"{n:04d}" for n in range(100, 111)]
    weights = {key: {n: chance.random() * (chance.random() > 0.2) for n in today} for key in ("people", "area")}
    finding = Finding(Spot("made"), "made", entries=list(figures))
    sums = sums_of(finding, Divisions(changes, today), weights=weights, names={})
    assert not sums.lost
    for sector in ("agriculture", "heating"):
        whole = sum(e.value for e in figures if e.column == sector)
        ours = sum(value for (_, column, _), value in sums.values.items() if column == sector)
        assert ours == pytest.approx(whole, rel=1e-9, abs=1e-6)


@given(histories())
def test_who_stays_what_it_is_has_itself_for_successor(history):
    changes, _ = history
    divisions = Divisions(changes, ["0100", "0101"])
    assert divisions.shares("0100", {"0100": 0.0}) == {"0100": 1.0}
    for change in changes:
        assert divisions.successors(change.old)
