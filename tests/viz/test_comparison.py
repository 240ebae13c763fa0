"""What the comparison and the sentences about pairs say, and how numbers are written."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

from tests.viz import synthetic
from viz import methods
from viz.canvas import Drawing
from viz.comparison import comparison
from viz.figures.decomposition import draw as draw_decomposition
from viz.figures.decoupling import draw as draw_decoupling
from viz.figures.size import draw as draw_size
from viz.figures.territorial import draw as draw_territorial
from viz.findings import findings, headline
from viz.pairs import pair_sentences
from viz.results import Results, read_results
from viz.words import Both, capital, measured, sharp, tied


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """Two designs, six runs."""
    return read_results(synthetic.write(tmp_path / "out", designs=["todays-practice", "full-transition"], replicates=6))


def _apart(results: Results, column: str, by: float) -> None:
    """Set a column so that the second design lies `by` above the reference in every pair."""
    table = results.tables["nation"]
    table[column] = 3.0 + 0.001 * table["replicate"] + by * (table["design"] == "full-transition")


@pytest.mark.parametrize("name", ["viz.words", "viz.pairs", "viz.comparison", "viz.curves"])
def test_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_small_differences_have_no_likelihood(results: Results) -> None:
    _apart(results, "territorial_per_inhabitant", -0.004)
    _apart(results, "footprint_per_inhabitant", 0.049)
    _apart(results, "institutionalisation", 0.009)
    (said,) = pair_sentences(results)
    assert said.en.count("no difference of practical size") == 3
    assert said.nb.count("ingen forskjell av praktisk betydning") == 3
    assert not re.search("likely|certain|sannsynlig|sikkert", said.en + said.nb)
    assert "0.00" not in headline(results).en
    assert "Gain" not in [f.about.en for f in findings(results)]


def test_large_differences_say_which_way_and_how_sure(results: Results) -> None:
    _apart(results, "territorial_per_inhabitant", -0.3)
    _apart(results, "footprint_per_inhabitant", 0.2)
    _apart(results, "institutionalisation", 0.4)
    (said,) = pair_sentences(results)
    assert "territorial emissions 0.30 t per inhabitant lower" in said.en
    assert "footprint 0.20 t per inhabitant higher" in said.en
    assert "institutionalisation 40.0 points of 100 higher" in said.en
    assert said.en.count("in 6 of 6 pairs, practically certain within the model") == 3


def test_comparison_names_basis_and_money(results: Results) -> None:
    table = results.tables["nation"]
    is_full = table["design"] == "full-transition"
    table["project_money"] = 1e8 * is_full
    table["permanent_money"] = 5e7 + 1e6 * table["replicate"]
    table["own_money"] = 2e8 + 1e5 * table["replicate"]
    told = comparison(results, [{}, {}])
    titles = [h.en for h in told["header"]]
    assert "Fall in total emissions by 2040, %" in titles
    assert titles[-2:] == [
        "State money, million NOK a year (mean)",
        "Municipal own money, million NOK a year (mean)",
    ]
    state = [row["cells"][-2] for row in told["rows"]]
    assert [float(c["median"].en) for c in state] == pytest.approx([52, 152], abs=1)
    own = told["rows"][0]["cells"][-1]
    assert own["interval"].en == "200.0 to 200.5"
    assert "price support" in told["note"].en
    assert "prisstøtte" in told["note"].nb


def test_intervals_do_not_end_where_they_begin() -> None:
    assert [t.en for t in measured(2.18, 2.2, 2.22, 1)] == ["2.20", "2.18 to 2.22"]
    assert [t.nb for t in measured(250.0, 250.0, 250.0, 0)] == ["250", "ingen spredning"]
    assert sharp(0.0, 1e-9, 1) == 1


def test_numbers_and_units_stay_together() -> None:
    assert tied("12 % of 5 000, n = 20") == "12\u00a0% of 5\u202f000, n\u00a0=\u00a020"
    assert tied("in 2025 two of 3 tables") == "in 2025 two of 3 tables"
    assert capital(Both("n: strong 3", "n: sterke 3")).en == "n: strong 3"


def test_what_a_lost_champion_cost_is_compared_over_designs(results: Results) -> None:
    table = results.tables["champion_loss"]
    weak, strong, full = table["group"] == "weak", table["group"] == "strong", table["design"] == "full-transition"
    table.loc[weak, ["p05", "median", "p95"]] = -0.03, -0.02, -0.01
    table.loc[strong, ["p05", "median", "p95"]] = -0.04, -0.025, -0.015
    (said,) = (f.says for f in findings(results) if f.about.en == "Lasting")
    assert "overlap in all designs compared (2): the two do not differ" in said.en
    table.loc[strong & full, ["p05", "median", "p95"]] = -0.09, -0.08, -0.07
    (said,) = (f.says for f in findings(results) if f.about.en == "Lasting")
    assert "more points in 1 of 2 designs, weak ones in 0; in 1 they do not differ" in said.en


def test_captions_say_what_readers_stumble_over(results: Results) -> None:
    said: list[Drawing | None] = [
        d(results) for d in (draw_territorial, draw_decomposition, draw_decoupling, draw_size)
    ]
    captions = [d.caption.en for d in said if d is not None]
    for part, caption in zip(
        ("half of the 2025 value per inhabitant", "used less than today", "first year’s rules", "heavy industry"),
        captions,
        strict=True,
    ):
        assert part in caption


def test_platform_is_system_and_machine_only(results: Results) -> None:
    platform = {"python": "3.11.7", "system": "Linux-6.18.44-x86_64-with-glibc2.36", "machine": "x86_64"}
    told = methods.methods(Results(**{**vars(results), "manifest": {**results.manifest, "platform": platform}}))
    assert "Linux x86_64, Python 3.11.7" in [value.en for _, value in told["made"]]


def test_page_points_to_nothing_it_lacks_and_says_what_is_assumed(page: str) -> None:
    text = re.sub(r"<(?:style|script)>.*?</(?:style|script)>", "", page, flags=re.DOTALL)
    assert not re.search(r"[Rr]ecalled|\w\.(?:md|toml|json)\b|omstilling (?:run|report|study)", text)
    assert "and most behavioural parameters are assumed, not measured" in text
    assert text.index("assumed, not measured") < text.index('id="comparison"')
