"""Folders that say only what differs from Norway's tables, and what else a folder may bring."""

import numpy as np
import pytest

from agents.vocabulary import CATEGORIES, SECTORS
from model.place_error import PlaceError
from model.places import boundaries, load_place, over


def folder(path, table, *, settings='base = "norway"\n', **files):
    path.mkdir(parents=True, exist_ok=True)
    (path / "municipalities.csv").write_text(table, encoding="utf-8")
    (path / "place.toml").write_text(settings, encoding="utf-8")
    for name, text in files.items():
        (path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return str(path)


def rows_of(place):
    counties = [place.county_names[c] for c in place.county_of]
    return list(zip(place.numbers, place.names, counties, strict=True))


def whole(path, place, *, header="", cells=None, settings='base = "norway"\n'):
    lines = [",".join(row) + (f",{(cells or {}).get(row[0], '')}" if header else "") for row in rows_of(place)]
    return folder(path, "\n".join([f"number,name,county{header}", *lines]) + "\n", settings=settings)


@pytest.mark.parametrize("years", [(2025, 2050), (1988, 2009), (2024, 2030)])
def test_a_folder_that_says_nothing_is_norway(tmp_path, years):
    same = over(load_place(whole(tmp_path / "same", load_place("norway"))), *years)
    assert same.digest == over(load_place("norway"), *years).digest
    assert len(boundaries(same)["features"]) == 357


def test_a_part_that_says_nothing_is_that_part(tmp_path):
    telemark = load_place("telemark")
    part = load_place(whole(tmp_path / "part", telemark))
    assert part.digest == telemark.digest
    assert part.nation == telemark.nation
    assert over(part, 1990, 1995).digest == over(telemark, 1990, 1995).digest


def test_what_is_said_stands_and_the_rest_stays(tmp_path):
    norway = load_place("norway")
    place = load_place(whole(tmp_path / "a", norway, header=",waste", cells={"0301": "77", "4012": "0"}))
    at = [place.numbers.index(n) for n in ("0301", "4012")]
    k = SECTORS.index("waste")
    assert place.territorial[at, k].tolist() == [77, 0]
    changed = place.territorial != norway.territorial
    assert np.argwhere(changed).tolist() == [[at[0], k], [at[1], k]]
    assert place.official[at[1]] == {"waste"}
    assert place.is_official.sum() == 2


def test_people_of_later_years_are_projected_from_what_is_said(tmp_path):
    norway = load_place("norway")
    place = load_place(whole(tmp_path / "a", norway, header=",population_2026", cells={"4012": "20000"}))
    m = place.numbers.index("4012")
    assert place.population[1, m] == 20_000
    assert place.population[5, m] > 20_000
    others = np.delete(np.arange(357), m)
    np.testing.assert_array_equal(place.population[:2, others], norway.population[:2, others])
    assert place.footprint[m].sum() == pytest.approx(norway.footprint[m].sum())  # of the first year, 2025


def test_another_base_year_moves_the_estimates(tmp_path):
    norway = load_place("norway")
    place = load_place(whole(tmp_path / "a", norway, settings='base = "norway"\nbase_year = 2015\n'))
    np.testing.assert_allclose(
        place.territorial * place.national_path[0], norway.territorial * norway.national_path[0], rtol=1e-9
    )


@pytest.mark.parametrize(
    ("table", "settings", "message"),
    [
        ("number,name,county\n9999,A,X\n", 'base = "norway"\n', "row 2: 9999 is no municipality of Norway"),
        ("number,name,county\n0301,A,X\n", 'base = "sweden"\n', "base must be 'norway'"),
        ("number,name,county,waste\n0301,A,X,-1\n", 'base = "norway"\n', "row 2: waste '-1'"),
        ("number,name,county,population\n0301,A,X,0\n", 'base = "norway"\n', "nobody lives in 0301"),
        ("number,name,county,waste,official\n0301,A,X,,waste\n", 'base = "norway"\n', "official names 'waste'"),
        ("number,name,county,waste,official\n0301,A,X,5,wast\n", 'base = "norway"\n', "official names 'wast'"),
    ],
)
def test_what_cannot_be_laid_over_norway(tmp_path, table, settings, message):
    with pytest.raises(PlaceError, match=message):
        load_place(folder(tmp_path / "bad", table, settings=settings))


THREE = "number,name,region,population,neighbours,waste,heating,official,food\n"
ROWS = "a,A,X,900,b,5,6,waste,100\nb,B,X,800,a; c,7,,,\nc,C,Y,700,,,,,0\n"


def test_neighbours_commuting_footprint_and_sources(tmp_path):
    path = folder(
        tmp_path / "own", THREE + ROWS, settings="", commuting_csv="home,work,employed\na,a,30\na,c,10\n",
        sources_toml='[[source]]\nwhat = "All"\nsource = "Us"\n',
    )  # fmt: skip
    place = load_place(path)
    assert place.neighbours.tolist() == [[0, 1], [1, 2]]
    assert place.commute_share.tolist() == [0.75, 0.25, 1.0, 1.0]
    assert [sorted(sectors) for sectors in place.official] == [["waste"], [], []]
    assert place.is_official.tolist() == [True, False, False]
    food = CATEGORIES.index("food")
    assert place.footprint[[0, 2], food].tolist() == [100, 0]
    assert place.footprint[1, food] == pytest.approx(800 * 2.1)
    assert place.sources[1] == {"what": "All", "source": "Us"}


@pytest.mark.parametrize(
    ("rows", "flows", "message"),
    [
        ("a,A,X,900,z,,,,\n", None, "row 2: neighbour 'z'"),
        (ROWS, "home,work\na,b\n", "the columns must be home, work, employed"),
        (ROWS, "", "the columns must be"),
        (ROWS, "home,work,employed\n", "at least one"),
        (ROWS, "home,work,employed\na,z,5\n", "row 2: give two numbers"),
        (ROWS, "home,work,employed\na,b,many\n", "row 2: give two numbers"),
        (ROWS, "home,work,employed\na,b,nan\n", "row 2: employed must lie"),
        (ROWS, "home,work,employed\na,b,-1\n", "row 2: employed must lie"),
        (ROWS, "home,work,employed\na,b,1,2\n", "row 2: employed must lie"),
        (ROWS, "home,work,employed\na,b,1\na,b,2\n", "each pair of home and work once"),
        (ROWS, 'home,work,employed\n"a,b,1\n', "commuting.csv: "),
    ],
)
def test_ties_that_cannot_be(tmp_path, rows, flows, message):
    files = {} if flows is None else {"commuting_csv": flows}
    with pytest.raises(PlaceError, match=message):
        load_place(folder(tmp_path / "bad", THREE + rows, settings="", **files))


@pytest.mark.parametrize("text", ["source = 3\n", "[[source]\n", 'source = ["a"]\n'])
def test_sources_that_are_none(tmp_path, text):
    with pytest.raises(PlaceError, match=r"sources\.toml"):
        load_place(folder(tmp_path / "bad", THREE + ROWS, settings="", sources_toml=text))
