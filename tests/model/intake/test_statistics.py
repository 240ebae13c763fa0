"""SSB's tables and Klass's lists, as served and as people save them."""

import json
from pathlib import Path

import numpy as np
import pytest

from model.intake.assembly import assembled
from model.intake.folder import write_folder
from model.intake.reading import read_file
from model.places import load_place, over

SAMPLES = Path(__file__).parent / "samples"
PEOPLE = SAMPLES / "ssb_jsonstat2_07459_constructed.json"
KLASS = SAMPLES / "ssb_klass_kommuneinndeling_2026.csv"


def imported(out, *files, base="norway"):
    findings = [read_file(file) for file in files]
    report = write_folder(assembled(load_place(base), findings), findings, out, replace=True)
    return load_place(str(out)), report


def told(report, kind):
    return [r["what"] for r in report["remarks"] if r["kind"] == kind]


def test_the_population_of_the_statistics_is_that_of_norway(tmp_path):
    place, report = imported(tmp_path / "out", PEOPLE)
    norway = load_place("norway")
    assert place.digest == norway.digest  # the shipped table is the same statistics
    assert over(place, 1990, 2000).digest == over(norway, 1990, 2000).digest
    assert report["columns"] == {f"population_{year}": 357 for year in (2024, 2025, 2026)}
    assert [what for what in told(report, "missing") if "2022 is not used" in what and "1580 Haram" in what]


def test_a_table_without_municipalities_is_kept_beside(tmp_path):
    place, report = imported(tmp_path / "out", SAMPLES / "ssb_jsonstat2_05300.json")
    assert place.digest == load_place("norway").digest
    assert report["files"][0]["rows"] == 432
    [kept] = (tmp_path / "out" / "tables").iterdir()
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "avstand,kulturtilbud,statistikkvariabel,år,value"
    assert len(lines) == 433
    assert lines[1].endswith(",1991,16")
    assert sum(line.endswith(",") for line in lines) == 28
    assert "28 values are blank (20 not applicable, 8 not available)" in told(report, "missing")


def test_values_by_position_and_codes_without_prefix(tmp_path):
    tree = json.loads(PEOPLE.read_text(encoding="utf-8"))
    tree["value"] = {str(i): v for i, v in enumerate(tree["value"])}
    index = tree["dimension"]["Region"]["category"]["index"]
    tree["dimension"]["Region"]["category"]["index"] = [c.removeprefix("K-") for c in sorted(index, key=index.get)]
    labels = tree["dimension"]["Region"]["category"]["label"]
    tree["dimension"]["Region"]["category"]["label"] = {c.removeprefix("K-"): name for c, name in labels.items()}
    path = tmp_path / "sparse.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    assert read_file(path).entries == read_file(PEOPLE).entries


def test_a_part_of_a_population_is_not_the_population(tmp_path):
    """A table by sex: neither of the two is how many live there, so nothing is changed."""
    tree = json.loads(PEOPLE.read_text(encoding="utf-8"))
    tree["id"].append("Kjonn")
    tree["size"].append(2)
    tree["dimension"]["Kjonn"] = {
        "label": "kjønn",
        "category": {"index": {"1": 0, "2": 1}, "label": {"1": "M", "2": "K"}},
    }
    tree["value"] = [v // 2 for v in tree["value"] for _ in (1, 2)]
    path = tmp_path / "sex.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    place, report = imported(tmp_path / "out", path)
    assert not report["columns"]
    assert place.digest == load_place("norway").digest


LONG = '"region";"statistikkvariabel";"år";"07459: Befolkning, etter region"\n{}'
WIDE = "region,Personer 2024,Personer 2025\n{}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("layout", ["long", "wide", "titled"])
def test_csv_in_each_of_its_forms(tmp_path, layout, encoding):
    place = load_place("telemark")
    names = [f"{'K-' * (layout == 'long')}{n} {m}" for n, m in zip(place.numbers, place.names, strict=True)]
    if layout == "long":
        text = LONG.format(
            "".join(f'"{n}";"Personer";"{y}";{1000 + i + y}\n' for i, n in enumerate(names) for y in (2024, 2025))
        )
    else:
        text = WIDE.format("".join(f"{n},{3024 + i},{3025 + i}\n" for i, n in enumerate(names)))
        text = (
            text.replace("Personer", "Befolkning")
            if layout == "wide"
            else '"07459: Befolkning, etter region, år"\n\n' + text
        )
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    found, report = imported(tmp_path / "out", path, base="telemark")
    assert report["columns"] == {"population_2024": 17, "population_2025": 17}
    assert found.population[0].tolist() == [3025 + i for i in range(17)]


def test_csv_says_which_rows_it_did_not_take(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(
        "region;år;Befolkning\n0301 Oslo;2025;700000\n0301 Oslo;2025;1\nHele landet;2025;5000000\n"
        "4012 Bamble;2025;mange\n4001 Porsgrunn;2025;..\n9998 Ingen;2025;7\n",
        encoding="utf-8",
    )
    place, report = imported(tmp_path / "out", path)
    rows = {r["kind"]: r["row"] for r in report["remarks"] if r["row"]}
    assert rows == {"repeated": 3, "unmatched": 7, "unreadable": 5, "missing": 6}
    assert place.population[0, 0] == 700_000
    assert place.population[0, 1:].sum() == load_place("norway").population[0, 1:].sum()


def test_klass_shows_that_the_division_is_ours(tmp_path):
    place, report = imported(tmp_path / "out", KLASS)
    assert report["files"][0]["matched"] == list(place.numbers)
    assert [(r["row"], r["what"]) for r in report["remarks"]] == [(359, "9999 Uoppgitt is no municipality; left out")]
    assert place.digest == load_place("norway").digest


def test_klass_tells_what_another_division_has(tmp_path):
    path = tmp_path / "old.csv"
    lines = KLASS.read_text(encoding="latin-1").replace('"0301"', '"0399"').splitlines()
    path.write_bytes("\n".join(lines).encode("latin-1"))
    _, report = imported(tmp_path / "out", path)
    assert {"0301 Oslo is not in the list", "0399 Oslo - Oslove is not in the place"} <= set(told(report, "unmatched"))


def test_jobs_and_employed_by_words(tmp_path):
    place = load_place("telemark")
    for words, column in (("Sysselsatte etter arbeidssted", "jobs"), ("Sysselsatte etter bosted", "employed")):
        path = tmp_path / f"{column}.csv"
        rows = "".join(f"{n},2025,{100 + i}\n" for i, n in enumerate(place.numbers))
        path.write_text(f"region,år,{words}\n{rows}", encoding="utf-8")
        found, _ = imported(tmp_path / "out", path, base="telemark")
        np.testing.assert_allclose(getattr(found, column), 100 + np.arange(17))
