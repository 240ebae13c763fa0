"""Places: Norway whole, parts that are exact slices, folders of the user, and errors that name the remedy."""

import dataclasses

import numpy as np
import pytest

from model import place_folder
from model.inhabitants import national
from model.place_folder import PlaceError
from model.places import boundaries, load_place, over, place_names

SLICED = ("area", "density", "longitude", "latitude", "jobs", "employed", "is_north", "centrality", "green_vote",
          "territorial", "is_official", "footprint")  # fmt: skip
SMALL = "number,name,county,population\n9001,Vik,Sør,1200\n9002,Nes,Sør,800\n9003,Ås,Sør,500\n9004,Berg,Nord,3000\n"


@pytest.fixture(scope="module")
def norway():
    return load_place("norway")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "municipalities.csv").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_norway_is_whole(norway):
    assert len(norway.numbers) == len(set(norway.numbers)) == 357
    assert all(len(n) == 4 and n.isdigit() for n in norway.numbers)
    assert len(norway.names) > len(set(norway.names))  # Herøy and Våler occur twice
    assert len(norway.county_numbers) == 15
    assert norway.population.shape == (26, 357)
    assert norway.population[0].sum() == 5_594_340
    assert norway.population[1].sum() == 5_627_400
    assert (norway.population == np.rint(norway.population)).all()


def test_arrays_are_sane_and_read_only(norway):
    for f in dataclasses.fields(norway):
        value = getattr(norway, f.name)
        if isinstance(value, np.ndarray):
            assert np.isfinite(value).all(), f.name
            with pytest.raises(ValueError, match="read-only"):
                value.flat[0] = 0
    for share in (norway.centrality, norway.green_vote):
        assert (share >= 0).all()
        assert (share <= 1).all()
    assert norway.centrality.argmax() == norway.numbers.index("0301")
    assert norway.is_north.sum() == 80
    assert not norway.is_official.any()


def test_neighbours_are_unordered_pairs_and_leave_nobody_out(norway):
    assert (norway.neighbours[:, 0] < norway.neighbours[:, 1]).all()
    assert len({tuple(p) for p in norway.neighbours.tolist()}) == len(norway.neighbours)
    assert set(norway.neighbours.ravel()) == set(range(357))


@pytest.mark.parametrize("spec", ["norway", "telemark", "0301,3201,3205"])
def test_commuting_rows_sum_to_one_and_hold_the_municipality_itself(spec):
    place = load_place(spec)
    for i in range(len(place.numbers)):
        row = slice(place.commute_indptr[i], place.commute_indptr[i + 1])
        assert place.commute_share[row].sum() == pytest.approx(1.0)
        assert i in place.commute_indices[row]


def test_haram_and_alesund_are_separated(norway):
    i, j = norway.numbers.index("1508"), norway.numbers.index("1580")
    assert 0 < norway.employed[j] < norway.employed[i]
    assert norway.employed[[i, j]].sum() == 35_662


@pytest.mark.parametrize("spec", ["Telemark", "finnmark", "0301,4012,5601"])
def test_a_part_is_an_exact_slice(norway, spec):
    part = load_place(spec)
    keep = [norway.numbers.index(n) for n in part.numbers]
    np.testing.assert_array_equal(part.population, norway.population[:, keep])
    for name in SLICED:
        np.testing.assert_array_equal(getattr(part, name), getattr(norway, name)[keep])
    np.testing.assert_array_equal(part.national_path, norway.national_path)
    inside = {frozenset(p) for p in norway.neighbours.tolist() if set(p) <= set(keep)}
    assert {frozenset(keep[i] for i in p) for p in part.neighbours.tolist()} == inside
    assert [part.county_names[c] for c in part.county_of] == [norway.county_names[norway.county_of[i]] for i in keep]


@pytest.mark.parametrize("spec", ["Møre og Romsdal", "MØRE OG ROMSDAL", "more-og-romsdal", "more_og_romsdal"])
def test_a_county_has_many_spellings(spec):
    assert load_place(spec) is load_place("more-og-romsdal")


def test_loading_is_cached_and_digests_tell_places_apart(norway):
    assert load_place("norway") is norway
    assert len({load_place(n).digest for n in place_names()}) == len(place_names()) == 16
    assert load_place("4012,0301").digest == load_place("0301, 4012").digest


def test_boundaries_are_those_of_the_place(folder):
    found = boundaries(load_place("telemark"))
    assert [f["properties"]["number"] for f in found["features"]] == list(load_place("telemark").numbers)
    assert boundaries(load_place(str(folder)))["features"] == []


@pytest.mark.parametrize(
    ("spec", "hint"),
    [("telemrk", "telemark"), ("9999", "nearest: 5636"), ("0301,0301", "given twice"), ("no/such/folder", "known:"),
     ("x" * 5000, "too long"), ("a\x00b", "control"), ("", "known:")],
)  # fmt: skip
def test_unknown_places_are_answered_with_a_remedy(spec, hint):
    with pytest.raises(PlaceError, match=hint):
        load_place(spec)


def test_a_folder_with_four_columns_is_a_place(folder, norway):
    place = load_place(str(folder))
    assert place.numbers == ("9001", "9002", "9003", "9004")
    assert place.county_names == ("Nord", "Sør")
    assert place.population[0].tolist() == [1200, 800, 500, 3000]
    mean = norway.territorial.sum() / norway.population[0].sum()
    np.testing.assert_allclose(place.territorial.sum(axis=1) / place.population[0], mean)
    np.testing.assert_allclose(place.footprint.sum(axis=1) / place.population[0], 7.8)
    assert {tuple(p) for p in place.neighbours.tolist()} == {(0, 1), (1, 2), (0, 2), (2, 3)}
    assert place.commute_share.max() == pytest.approx(0.9)
    np.testing.assert_allclose(np.add.reduceat(place.commute_share, place.commute_indptr[:-1]), 1.0)


def test_a_folder_uses_what_it_has(tmp_path):
    (tmp_path / "place.toml").write_text('first_year = 2009\nlast_year = 2020\nbase_year = 2009\n[title]\nnb = "Øya"\n')
    (tmp_path / "municipalities.csv").write_text(
        "number,name,county,population_2009,population_2019,longitude,latitude,waste\n"
        "1,A,X,1000,1100,10,60,\n2,B,X,2000,1900,10.1,60,77\n3,C,X,10,2,10.2,60,0\n4,D,Y,5,5,10.3,60,\n5,E,Y,9,9,19,60,\n",
        encoding="utf-8",
    )
    place = load_place(str(tmp_path))
    assert (place.first_year, place.last_year, place.base_year) == (2009, 2020, 2009)
    assert place.title == {"en": tmp_path.name, "nb": "Øya"}
    assert place.population[5].tolist() == [1050, 1950, 6, 5, 9]
    assert place.territorial[1, 8] == 77
    assert place.is_official.tolist() == [False, True, True, False, False]
    np.testing.assert_allclose(place.national_path[0], 1.0)
    assert (0, 4) not in {tuple(p) for p in place.neighbours.tolist()}
    assert (3, 4) in {tuple(p) for p in place.neighbours.tolist()}


def test_a_changed_folder_is_read_again(folder):
    before = load_place(str(folder))
    (folder / "municipalities.csv").write_text(SMALL.replace("3000", "31000"), encoding="utf-8")
    assert load_place(str(folder)).population[0, 3] == 31_000 != before.population[0, 3]


def test_a_folder_of_one_works(tmp_path):
    (tmp_path / "municipalities.csv").write_text("number,name,county,population\n1,Alene,X,100\n")
    place = load_place(str(tmp_path))
    assert place.neighbours.shape == (0, 2)
    assert place.commute_share.tolist() == [1.0]


HEAD = "number,name,county,population\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "1,A,X,5\n1,B,X,5\n", "row 3: number '1' is repeated"),
        ("number,name,population\n1,A,5\n", "row 1: column 'county'"),
        ("number,name,county\n1,A,X\n", "'population' is missing"),
        ("number,number,name,county,population\n1,1,A,X,5\n", "must occur once, occurs 2"),
        (HEAD + "1,A,X,-5\n", "row 2: population '-5'"),
        (HEAD + "1,A,X,nan\n", "row 2: population 'nan'"),
        (HEAD + "1,A,X,inf\n", "row 2: population 'inf'"),
        (HEAD + "1,A,X,\n", "row 2: population ''"),
        (HEAD + "1,A,X,many\n", "'many' is not a number"),
        (HEAD + "1,A,X\n", "row 2: 3 fields"),
        (HEAD + "1,=HYPERLINK(1),X,5\n", "row 2: name"),
        (HEAD + "1,A,X,0\n", "nobody lives in"),
        (HEAD + '1,"A,X,5\n', "not a CSV"),
        (HEAD + "1," + "A" * 200_000 + ",X,5\n", "not a CSV"),
        (HEAD, "has 0"),
        ("", "row 1"),
        (HEAD + "".join(f"{i},A,X,5\n" for i in range(5_001)), "has 5001"),
        ("name,population\nA,5\n", "or 'region'"),
        ("name,region,region,population\nA,X,X,5\n", "must occur once, occurs 2"),
        ("name;region;population\nA;X;5\n", "separated by ';'"),
        ("name,region,populaton\nA,X,5\n", "unknown column 'populaton'; did you mean 'population'"),
        ("name,region,population,longtude\nA,X,5,10\n", "did you mean 'longitude'"),
        ("name,region,population\nA,7,5\n", "row 2: county '7'"),
    ],
)
def test_bad_tables_name_file_row_and_remedy(tmp_path, text, message):
    (tmp_path / "municipalities.csv").write_text(text, encoding="utf-8")
    with pytest.raises(PlaceError, match=message) as caught:
        load_place(str(tmp_path))
    assert "municipalities.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("first_year = 2030\nlast_year = 2025\n", "lies after"),
        ('first_year = "2025"\n', "whole year"),
        ("base_year = 99999\n", "whole year"),
        ("frist_year = 2025\n", "did you mean first_year"),
        ("title = 3\n", "title must be"),
        ("a = " + "[" * 5000, "not valid TOML"),
        ("first_year = 1\nfirst_year = 2\n", "not valid TOML"),
    ],
)
def test_bad_settings_are_refused(folder, text, message):
    (folder / "place.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PlaceError, match=message):
        load_place(str(folder))


def test_missing_huge_and_binary_files_are_refused(tmp_path, monkeypatch):
    with pytest.raises(PlaceError, match="missing"):
        load_place(str(tmp_path))
    (tmp_path / "municipalities.csv").write_bytes(b"\xff\xfe\x00number")
    with pytest.raises(PlaceError, match="UTF-8"):
        load_place(str(tmp_path))
    monkeypatch.setattr(place_folder, "_LIMIT_BYTES", 5)
    (tmp_path / "municipalities.csv").write_text(HEAD + "1,A,X,5\n")
    with pytest.raises(PlaceError, match="larger than"):
        load_place(str(tmp_path))


def test_bad_boundaries_are_refused(folder):
    (folder / "boundaries.geojson").write_text('{"features": [' + "[" * 100_000)
    with pytest.raises(PlaceError, match="GeoJSON"):
        boundaries(load_place(str(folder)))


@pytest.mark.parametrize("spec", ["norway", "telemark", "0301,4012"])
def test_fewer_years_are_the_same_years(spec):
    place = load_place(spec)
    assert over(place, 2025, 2050) is place
    early = over(place, 2025, 2030)
    for f in dataclasses.fields(place):
        value, whole = getattr(early, f.name), getattr(place, f.name)
        if f.name in ("population", "national_path", "footprint_path"):
            np.testing.assert_array_equal(value, whole[:6])
        elif isinstance(value, np.ndarray):
            np.testing.assert_array_equal(value, whole)
        elif f.name not in ("last_year", "digest"):
            assert value == whole, f.name


def test_other_years_are_cached_and_have_their_own_digest():
    place = load_place("telemark")
    assert over(place, 1988, 2009) is over(place, 1988, 2009)
    assert len({over(place, 1988, last).digest for last in (2009, 2010)} | {place.digest}) == 3


def test_a_part_in_other_years_is_an_exact_slice(norway):
    whole, part = over(norway, 1970, 2030), over(load_place("finnmark"), 1970, 2030)
    keep = [whole.numbers.index(n) for n in part.numbers]
    np.testing.assert_array_equal(part.population, whole.population[:, keep])
    for name in SLICED:
        np.testing.assert_array_equal(getattr(part, name), getattr(whole, name)[keep])
    assert part.nation == whole.nation == whole.population[0].sum()
    assert part.name == "finnmark"


def test_jobs_go_with_the_inhabitants_and_centrality_stays(norway):
    then = over(norway, 1960, 1970)
    each = [p.jobs / p.population[0] for p in (then, norway)]
    np.testing.assert_allclose(each[0], each[1])
    np.testing.assert_array_equal(then.centrality, norway.centrality)
    np.testing.assert_allclose(then.footprint.sum() / then.population[0].sum(), 7.8)


@pytest.mark.parametrize(("first", "known"), [(2009, ()), (2016, ("0301",)), (2018, ("0301", "3403", "4601", "5001"))])
def test_what_is_on_record_holds_from_its_year(norway, first, known):
    assert tuple(n for n, _, _ in over(norway, first, 2030).known_elements) == known


def test_names_regions_and_populations_are_enough(tmp_path):
    (tmp_path / "municipalities.csv").write_text("name,region,population\nVik,Sør,1200\nNes,Nord,800\nÅs,Sør,500\n")
    place = load_place(str(tmp_path))
    assert place.numbers == ("001", "002", "003")
    assert [place.county_names[c] for c in place.county_of] == ["Sør", "Nord", "Sør"]
    more = tmp_path / "more"
    more.mkdir()
    (more / "municipalities.csv").write_text("name,region,population\n" + "Vik,Sør,1200\n" * 5_000)
    assert load_place(str(more)).numbers[::2_499] == ("001", "2500", "4999")


def test_a_county_is_read_before_a_region(tmp_path):
    (tmp_path / "municipalities.csv").write_text("number,name,county,region,population\n1,A,X,Elsewhere,5\n")
    assert load_place(str(tmp_path)).county_names == ("X",)


def test_one_figure_is_level_until_norway_is_projected(folder):
    place = over(load_place(str(folder)), 1990, 2040)
    assert (place.population[: 2025 - 1990] == [1200, 800, 500, 3000]).all()
    grown = place.population[:, 3] / 3000
    assert 1.0 < grown[2030 - 1990] < grown[-1] < 1.1
    later = over(load_place(str(folder)), 2030, 2040)
    assert later.population[0].tolist() == [1200, 800, 500, 3000]


def test_own_years_are_used_in_any_run(tmp_path):
    (tmp_path / "municipalities.csv").write_text(
        "name,region,population_1977,population_1997\nA,X,1000,2000\nB,X,3000,2600\n"
    )
    place = over(load_place(str(tmp_path)), 1970, 2000)
    rows = [0, 1977 - 1970, 1987 - 1970, 1997 - 1970]
    assert place.population[rows].tolist() == [[1000, 3000], [1000, 3000], [1500, 2800], [2000, 2600]]
    assert place.population[-1, 0] > 2000


@pytest.mark.parametrize("first", [1977, 1990, 2025])
def test_an_invented_place_begins_with_norways_mean_of_its_first_year(folder, norway, first):
    place, whole = over(load_place(str(folder)), first, 2040), over(norway, first, 2040)
    each = [(p.territorial * p.national_path[0]).sum(axis=0) / p.population[0].sum() for p in (place, whole)]
    np.testing.assert_allclose(each[0], each[1], rtol=1e-9)
    assert national([first])[0] == whole.population[0].sum()
