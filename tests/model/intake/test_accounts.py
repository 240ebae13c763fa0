"""Miljødirektoratet's workbooks: what is right comes through to the tonne, what is wrong is told with sheet and row."""

import random
from pathlib import Path

import numpy as np
import pytest

from agents.vocabulary import SECTORS
from model.intake.assembly import assembled
from model.intake.findings import IntakeError
from model.intake.folder import write_folder
from model.intake.reading import read_file
from model.places import load_place, over
from tests.model.intake.books import HEADER, NORWEGIAN, SHEET, account_rows, save

SAMPLES = Path(__file__).parent / "samples"
AREA = SAMPLES / "mdir_area_VestfoldTelemark_2009-2021.xlsx"


@pytest.fixture(scope="module")
def telemark():
    return load_place("telemark")


def imported(out, *files, base="norway", **options):
    """The place that an import makes, and its report."""
    findings = [read_file(file) for file in files]
    report = write_folder(assembled(load_place(base), findings, **options), findings, out, replace=True)
    return load_place(str(out)), report


def told(report, kind):
    return [(r["sheet"], r["row"], r["what"]) for r in report["remarks"] if r["kind"] == kind]


def test_what_was_exported_comes_back(tmp_path, telemark):
    """The whole account of a place, written as the agency writes it, is the place again: to ten digits."""
    rows = account_rows(telemark)
    place, report = imported(tmp_path / "out", save(tmp_path / "all.xlsx", rows), base="telemark")
    np.testing.assert_allclose(place.territorial, telemark.territorial, rtol=1e-10)
    assert place.is_official.all()
    assert all(sectors == frozenset(SECTORS) for sectors in place.official)
    assert [len(file["matched"]) for file in report["files"]] == [17]
    assert report["files"][0]["rows"] == len(rows)
    assert told(report, "missing") == told(report, "unmatched") == []
    assert place.digest != telemark.digest  # it is official now, and so a known case of its own
    np.testing.assert_array_equal(place.population, telemark.population)
    np.testing.assert_array_equal(place.commute_share, telemark.commute_share)


def test_the_order_of_rows_does_not_matter(tmp_path, telemark):
    rows = account_rows(telemark, years=(2022, 2023))
    shuffled = rows.copy()
    random.Random(1).shuffle(shuffled)
    a, _ = imported(tmp_path / "a", save(tmp_path / "a.xlsx", rows), base="telemark")
    b, _ = imported(tmp_path / "b", save(tmp_path / "b.xlsx", shuffled), base="telemark")
    assert a.digest == b.digest


def test_estimates_stay_where_nothing_is_official(tmp_path, telemark):
    rows = account_rows(telemark, numbers=("4001", "4012"))
    for row in rows:
        row[-1] *= 2
    norway = load_place("norway")
    place, report = imported(tmp_path / "out", save(tmp_path / "two.xlsx", rows))
    at = [place.numbers.index(n) for n in ("4001", "4012")]
    others = np.delete(np.arange(357), at)
    np.testing.assert_allclose(place.territorial[at], 2 * norway.territorial[at])
    np.testing.assert_array_equal(place.territorial[others], norway.territorial[others])
    assert np.flatnonzero(place.is_official).tolist() == at
    assert report["official"] == {n: list(SECTORS) for n in ("4001", "4012")}
    assert "nothing of 355 municipalities" in told(report, "missing")[-1][2]


def test_one_row_too_many(tmp_path, telemark):
    """A sum at the end, an unknown number, a repeated line, a line that says otherwise: each by row, none counted."""
    rows = account_rows(telemark)
    last = len(rows) + 1
    other = [*rows[5][:-1], rows[5][-1] + 7.0]
    extra = [
        ["Sum", None, None, 2023, "Jordbruk", "Alle", "CO2", 9e9],
        ["Telemark", "4099", "Nyby", 2023, "Jordbruk", "Kilde en", "CO2", 5.0],
        rows[0],
        other,
    ]
    place, report = imported(tmp_path / "out", save(tmp_path / "more.xlsx", rows + extra), base="telemark")
    assert (SHEET, last + 1) in [spot[:2] for spot in told(report, "unmatched")]
    assert [(s, r) for s, r, what in told(report, "unmatched") if "4099 Nyby" in what] == [(SHEET, last + 2)]
    assert [(s, r) for s, r, what in told(report, "repeated") if "row 2)" in what] == [(SHEET, last + 3)]
    assert [(s, r) for s, r, what in told(report, "differs") if "row 7 " in what] == [(SHEET, last + 4)]
    doubtful = next(sector for sector, word in NORWEGIAN.items() if word == rows[5][4])
    assert place.official[0] == frozenset(SECTORS) - {doubtful}
    assert all(sectors == frozenset(SECTORS) for sectors in place.official[1:])
    np.testing.assert_allclose(place.territorial, telemark.territorial)


def test_one_sector_too_few(tmp_path, telemark):
    rows = [row for row in account_rows(telemark) if not (row[1] == "4012" and row[4] == NORWEGIAN["road_traffic"])]
    first = next(i for i, row in enumerate(rows, start=2) if row[1] == "4012")
    place, report = imported(tmp_path / "out", save(tmp_path / "few.xlsx", rows), base="telemark")
    [(sheet, row, what)] = told(report, "missing")
    assert (sheet, row) == (SHEET, first)
    assert "4012 Bamble has no row of 2023 for road_traffic" in what
    m = place.numbers.index("4012")
    assert place.official[m] == frozenset(SECTORS) - {"road_traffic"}
    assert place.territorial[m, SECTORS.index("road_traffic")] == telemark.territorial[m, SECTORS.index("road_traffic")]


def test_a_sector_that_the_whole_file_lacks(tmp_path, telemark):
    few = [sector for sector in NORWEGIAN if sector != "fluorinated_gases"]
    place, report = imported(
        tmp_path / "o", save(tmp_path / "f.xlsx", account_rows(telemark, sectors=few)), base="telemark"
    )
    assert [what for _, _, what in told(report, "missing")] == ["no figures for fluorinated_gases; the estimates stay"]
    assert {len(sectors) for sectors in place.official} == {9}


def test_renamed_headers(tmp_path, telemark):
    header = [
        " fylke", "Kommunenr", "Kommunenavn", "År\n", "Sektor ", "Utslipps-kilde", "Klimagass",
        "Utslipp (tonn CO2-ekv)",
    ]  # fmt: skip
    place, report = imported(
        tmp_path / "out", save(tmp_path / "named.xlsx", account_rows(telemark), header=header), base="telemark"
    )
    assert place.is_official.all()
    spots = told(report, "renamed")
    assert {what.split("'")[1] for _, _, what in spots} == {"utslipps-kilde", "utslipp (tonn co2-ekv)"}
    assert {(sheet, row) for sheet, row, _ in spots} == {(SHEET, 1)}


def test_a_header_that_is_not_there(tmp_path, telemark):
    header = [*HEADER[:5], "Hva", *HEADER[6:]]
    path = save(tmp_path / "lost.xlsx", account_rows(telemark, numbers=("4001",)), header=header)
    with pytest.raises(
        IntakeError, match=r"lost.xlsx, sheet 'Oversikt - detaljert', row 1: column 'utslippskilde'.*'hva'"
    ):
        read_file(path)


def test_a_duplicated_municipality(tmp_path, telemark):
    """All its lines again, at the end and under another name: counted once, told with the first row."""
    rows = account_rows(telemark)
    again = [[*row[:2], "Bamble nye", *row[3:]] for row in account_rows(telemark, numbers=("4012",))]
    place, report = imported(tmp_path / "out", save(tmp_path / "twice.xlsx", rows + again), base="telemark")
    [(sheet, row, what)] = told(report, "repeated")
    assert (sheet, row) == (SHEET, len(rows) + 2)
    assert "4012 Bamble: 30 rows" in what
    assert [(s, r) for s, r, w in told(report, "differs") if "'Bamble nye'" in w] == [(SHEET, len(rows) + 2)]
    np.testing.assert_allclose(place.territorial, telemark.territorial)


@pytest.mark.parametrize("cell", ["#REF!", "mange", -5.0, "nan", None, True])
def test_a_figure_that_is_none_leaves_the_sector_estimated(tmp_path, telemark, cell):
    rows = account_rows(telemark)
    rows[4][-1] = cell
    place, report = imported(tmp_path / "out", save(tmp_path / "bad.xlsx", rows), base="telemark")
    assert [(s, r) for s, r, _ in told(report, "unreadable")] == [(SHEET, 6)]
    assert len(place.official[0]) == 9
    np.testing.assert_allclose(place.territorial, telemark.territorial)


def test_figures_in_thousands_are_taken_for_what_they_are(tmp_path, telemark):
    rows = [[*row[:-1], row[-1] / 1000] for row in account_rows(telemark)]
    header = [*HEADER[:-1], "Utslipp (1000 tonn CO2-ekvivalenter)"]
    place, report = imported(tmp_path / "out", save(tmp_path / "kt.xlsx", rows, header=header), base="telemark")
    np.testing.assert_allclose(place.territorial, telemark.territorial)
    assert "1,000 t" in told(report, "renamed")[0][2]


def test_another_year_is_taken_to_the_base_year_and_back(tmp_path, telemark):
    """Figures of 2021 stand in the run of 2021 as they were written."""
    path = save(tmp_path / "old.xlsx", account_rows(telemark, years=(2019, 2021)))
    place, report = imported(tmp_path / "out", path, base="telemark")
    assert report["files"][0]["years"] == [2021]
    assert "2021 were taken to 2023" in told(report, "moved")[0][2]
    then = over(place, 2021, 2025)
    np.testing.assert_allclose(then.territorial * then.national_path[0], telemark.territorial, rtol=1e-9)
    earlier, _ = imported(tmp_path / "e", path, base="telemark", year=2019)
    assert earlier.digest != place.digest
    with pytest.raises(IntakeError, match="has no figures of 2022; it has 2019, 2021"):
        imported(tmp_path / "x", path, base="telemark", year=2022)


def test_the_real_workbook_of_a_county_that_was(tmp_path):
    """Its sectors of 2021 are the sum of today's 23 municipalities, in proportion to the estimates."""
    norway = load_place("norway")
    place, report = imported(tmp_path / "out", AREA)
    inside = [i for i, n in enumerate(place.numbers) if n[:2] in ("39", "40")]
    assert report["files"][0]["matched"] == [place.numbers[i] for i in inside]
    assert report["files"][0]["rows"] == 1350
    then = over(place, 2021, 2025)
    sums = dict(zip(SECTORS, (then.territorial * then.national_path[0])[inside].sum(axis=0), strict=True))
    assert sums["road_traffic"] == pytest.approx(517_600, rel=1e-3)  # kt of docs/baseline-accounts.md
    assert sums["agriculture"] == pytest.approx(223_800, rel=1e-3)
    k = SECTORS.index("road_traffic")
    ratio = place.territorial[inside, k] / norway.territorial[inside, k]
    np.testing.assert_allclose(ratio, ratio[0])
    others = np.setdiff1d(np.arange(357), inside)
    np.testing.assert_array_equal(place.territorial[others], norway.territorial[others])
    assert not place.is_official.any()  # the sum is official, its parts are not
    assert "fluorinated_gases" in told(report, "missing")[0][2]
    assert len(report["spread"]) == 23


def test_an_area_can_be_said_to_be_one_municipality(tmp_path):
    place, report = imported(tmp_path / "out", AREA, areas={AREA.name: "3901"})
    m = place.numbers.index("3901")
    assert report["official"] == {"3901": [s for s in SECTORS if s != "fluorinated_gases"]}
    assert np.flatnonzero(place.is_official).tolist() == [m]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Bamble", ["4012"]),
        ("4012 Bamble", ["4012"]),
        ("Oslo - Oslove", ["0301"]),
        ("Herøy (Nordland)", ["1818"]),
        ("Telemark", 17),
        ("Viken", 51),
        ("Herøy", "1515 .Møre og Romsdal., 1818 .Nordland."),
        ("Bambel", "did you mean 'bamble'"),
        ("Atlantis", "--as"),
    ],
)
def test_areas_by_name(tmp_path, name, meant):
    rows = [[2023, "Jordbruk", "Melk", "CH4", 100.0]]
    info = (["Nedlastet fra:", "x"], ["Datasett:", name], ["Utgiver:", "Miljødirektoratet"])
    header = ["År", "Sektor", "Utslippskilde", "Klimagass", "Utslipp (tonn CO2-ekvivalenter)"]
    path = save(tmp_path / "area.xlsx", rows, header=header, before=info)
    if isinstance(meant, str):
        with pytest.raises(IntakeError, match=meant):
            imported(tmp_path / "out", path)
        assert not (tmp_path / "out").exists()
        return
    _, report = imported(tmp_path / "out", path)
    matched = report["files"][0]["matched"]
    assert len(matched) == meant if isinstance(meant, int) else matched == meant


def test_an_area_leaves_its_municipalities_own_accounts_alone(tmp_path, telemark):
    rows = [[2023, "Jordbruk", "Melk", "CH4", 500_000.0]]
    info = (["Datasett:", "Telemark"],)
    header = ["År", "Sektor", "Utslippskilde", "Klimagass", "Utslipp (tonn CO2-ekvivalenter)"]
    area = save(tmp_path / "area.xlsx", rows, header=header, before=info)
    own = save(tmp_path / "own.xlsx", account_rows(telemark, numbers=("4001",)))
    k = SECTORS.index("agriculture")
    for files in ((area, own), (own, area)):
        place, _ = imported(tmp_path / "out", *files, base="telemark")
        assert place.territorial[:, k].sum() == pytest.approx(500_000)
        assert place.territorial[0, k] == pytest.approx(telemark.territorial[0, k])
        assert place.is_official.tolist() == [True] + [False] * 16
