"""The page as a whole: self-contained, complete, honest about n, and safe."""

import json
import re
import shutil
import time
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from tests.viz import synthetic
from viz.figures import FIGURES
from viz.report import write_report
from viz.results import ResultsError


def test_page_asks_the_network_for_nothing(page: str) -> None:
    assert not re.search(r"""(?:src|href|action|data|poster)\s*=\s*["']?\s*(?:https?:)?//""", page, re.IGNORECASE)
    assert not re.search(r"@import|url\(\s*[\"']?(?!#)|<(?:iframe|object|embed|base)\b", page, re.IGNORECASE)
    assert "default-src 'none'" in page
    assert re.findall(r"<link [^>]*>", page) == ['<link rel="icon" href="data:,">']


def test_page_has_every_figure_with_its_number_of_runs(page: str, folder: Path) -> None:
    for name in FIGURES:
        found = re.search(rf'<figure [^>]*data-figure="{name}".*?</figure>', page, re.DOTALL)
        assert found, name
        caption = re.sub(r"<[^>]*>", "", found[0][found[0].index("<figcaption>") :])
        assert re.search(r"n\s=\s20|n below", caption), name
        assert "aria-labelledby" in found[0]
        assert 1 <= found[0].count("<tr>") - 1 <= 60
        assert (folder / "figures" / f"{name}.svg").is_file()


def test_page_shows_intervals_in_both_languages(page: str) -> None:
    assert page.count(" to ") > 100
    assert page.count(" til ") > 100
    assert page.count('lang="en"') == page.count('lang="nb"') + page.count('<html lang="en"')
    assert "Bare ildsjeler" in page
    assert "Enthusiasts only" in page


def test_page_is_small_and_quick(tmp_path: Path) -> None:
    where = synthetic.write(tmp_path / "out")
    start = time.process_time()
    target = write_report(where)
    assert time.process_time() - start < 30  # about 4 s on two cores; the bound only catches a change of order
    assert target.stat().st_size < 4_000_000


def test_same_results_give_the_same_page(page: str, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "again"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("report.html", "figures"))
    assert write_report(copy).read_text(encoding="utf-8") == page
    for name in FIGURES:
        assert (copy / "figures" / f"{name}.svg").read_bytes() == (folder / "figures" / f"{name}.svg").read_bytes()


def test_files_are_wellformed_and_in_one_language(folder: Path, tmp_path: Path) -> None:
    where = synthetic.write(tmp_path / "out", designs=synthetic.DESIGNS[:2], replicates=5)
    write_report(where, language="nb", png=True)
    for name in FIGURES:
        for base, other in ((folder, where), (where, folder)):
            text = (base / "figures" / f"{name}.svg").read_text(encoding="utf-8")
            ElementTree.fromstring(text)
            assert "¦" not in text, other
        assert (where / "figures" / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert "mål for 2050" in (where / "figures" / "territorial.svg").read_text(encoding="utf-8")
    assert '<html lang="nb" data-language="nb"' in (where / "report.html").read_text(encoding="utf-8")


def test_one_design_with_one_run_is_reported_with_a_warning(tmp_path: Path) -> None:
    where = synthetic.write(tmp_path / "out", designs=["duty"], replicates=1)
    page = write_report(where).read_text(encoding="utf-8")
    assert "Too few runs to conclude: 1 run" in page
    assert "For få kjøringer til å konkludere: 1 kjøring" in page
    assert 'data-figure="differences"' not in page


def test_a_copied_design_that_changes_nothing_is_told_apart_and_drawn(tmp_path: Path) -> None:
    """As the README has it: a design is copied, renamed, and keeps its title."""
    where = synthetic.write(tmp_path / "out", designs=["project-grants", "mine"], replicates=5)
    manifest = json.loads((where / "manifest.json").read_text(encoding="utf-8"))
    titles = {"en": "Project grants", "nb": "Prosjekttilskudd"}
    manifest["designs"] = [{"name": name, "title": titles} for name in ("project-grants", "mine")]
    (where / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for path in (where / "tables").glob("*.parquet"):
        table = pd.read_parquet(path)
        own = table[table["design"] == "project-grants"]
        pd.concat([own, own.assign(design="mine")], ignore_index=True).to_parquet(path)
    page = write_report(where).read_text(encoding="utf-8")
    assert "Against “Project grants (project-grants)”" in page
    assert "Prosjekttilskudd (mine)" in page


def test_short_run_is_reported(tmp_path: Path) -> None:
    where = synthetic.write(tmp_path / "out", designs=synthetic.DESIGNS[:2], replicates=5, years=(2025, 2030))
    assert "halves total emissions by 2030" in write_report(where).read_text(encoding="utf-8")


def test_failed_runs_stand_above_everything_else(tmp_path: Path) -> None:
    where = synthetic.write(tmp_path / "out", designs=synthetic.DESIGNS[:2], replicates=6)
    manifest = json.loads((where / "manifest.json").read_text(encoding="utf-8"))
    manifest["failed"] = [{"design": "enthusiasts-only", "replicate": 7, "error": "<b>disk</b> full"}]
    (where / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    page = write_report(where).read_text(encoding="utf-8")
    assert "1 run failed" in page
    assert page.index("1 run failed") < page.index('id="findings"')
    assert "<b>disk</b>" not in page


def test_unequal_numbers_of_runs_are_told(tmp_path: Path) -> None:
    where = synthetic.write(tmp_path / "out", designs=synthetic.DESIGNS[:2], replicates=8)
    path = where / "tables" / "nation.parquet"
    table = pd.read_parquet(path)
    table[~((table["design"] == "todays-practice") & (table["replicate"] > 5))].to_parquet(path)
    page = write_report(where).read_text(encoding="utf-8")
    assert "A 8, B 6 runs" in page


@pytest.mark.parametrize("name", ["nation", "uptake", "municipality", "municipality_spread", "champion_loss"])
def test_missing_table_is_named_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    where = synthetic.write(tmp_path / "out", designs=synthetic.DESIGNS[:2], replicates=2)
    (where / "tables" / f"{name}.parquet").unlink()
    with pytest.raises(ResultsError, match=rf"{name}\.parquet: table is missing"):
        write_report(where)
    assert not (where / "report.html").exists()


def test_bad_input_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="no such folder"):
        write_report(tmp_path / "nowhere")
    where = synthetic.write(tmp_path / "out", designs=["duty"], replicates=1)
    with pytest.raises(ResultsError, match="give one of en, nb"):
        write_report(where, language="sv")
    (where / "tables" / "nation.parquet").write_bytes(b"not parquet")
    with pytest.raises(ResultsError, match="not readable as Parquet"):
        write_report(where)
    (where / "manifest.json").write_text("[1", encoding="utf-8")
    with pytest.raises(ResultsError, match="not readable as JSON"):
        write_report(where)


def test_hostile_names_are_shown_and_not_run(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}$x^2$¦"
    where = synthetic.write(tmp_path / "out", designs=["todays-practice", evil], replicates=5)
    for table, column in (("uptake", "solution"),):
        path = where / "tables" / f"{table}.parquet"
        rows = pd.read_parquet(path)
        rows.loc[rows[column] == "car-sharing", column] = "</text></svg><script>alert(3)</script>"
        rows.to_parquet(path)
    page = write_report(where).read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert page.count("<script>") == 1
    for name in FIGURES:
        ElementTree.fromstring((where / "figures" / f"{name}.svg").read_text(encoding="utf-8"))


def test_place_that_has_moved_leaves_out_the_maps_and_says_so(tmp_path: Path) -> None:
    where = synthetic.write(tmp_path / "out", designs=["duty"], replicates=5)
    (where / "case.toml").write_text('place = "no/such/place"\n', encoding="utf-8")
    page = write_report(where).read_text(encoding="utf-8")
    assert "maps and sources are missing" in page
    assert 'data-figure="map_reduction"' not in page


@pytest.mark.parametrize(("years", "is_past"), [((1988, 2009), True), ((2025, 2050), False), ((2040, 2100), False)])
def test_what_is_carried_back_is_said(tmp_path: Path, years: tuple[int, int], is_past: bool) -> None:
    where = synthetic.write(tmp_path / "out", replicates=2, years=years)
    page = write_report(where).read_text(encoding="utf-8")
    assert ("The run begins in 1988" in page) == ("Kjøringen begynner i 1988" in page) == is_past
