"""Findings follow the numbers, not the other way round."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.viz import synthetic
from viz.figures.differences import better, differences
from viz.findings import findings, headline
from viz.likelihood import likelihood
from viz.results import Results, ResultsError, quantiles, read_results


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """Two designs, six runs."""
    return read_results(synthetic.write(tmp_path / "out", designs=["todays-practice", "full-transition"], replicates=6))


def _with(results: Results, column: str, values: dict[str, float]) -> Results:
    """The same results with one column of the nation table constant by design."""
    table = results.tables["nation"]
    table[column] = table["design"].map(values)
    return results


@pytest.mark.parametrize(
    ("cuts", "ends", "said"),
    [
        (
            (0.2, 0.3),
            (4.0, 3.0),
            "No design halves total emissions by 2040; no design reaches 2 t per inhabitant in 2050.",
        ),
        (
            (0.2, 0.6),
            (4.0, 1.5),
            "Only “Full transition” halves total emissions by 2040 and reaches 2 t per inhabitant in 2050.",
        ),
        (
            (0.6, 0.6),
            (4.0, 1.5),
            "All 2 designs halve total emissions by 2040; only “Full transition” reaches 2 t per inhabitant in 2050.",
        ),
    ],
)
def test_headline_says_what_the_medians_say(
    results: Results, cuts: tuple[float, float], ends: tuple[float, float], said: str
) -> None:
    _with(results, "reduction_share", dict(zip(results.designs, cuts, strict=True)))
    _with(results, "territorial_per_inhabitant", dict(zip(results.designs, ends, strict=True)))
    assert headline(results).en == said


def test_every_finding_has_an_interval_or_a_number_of_runs(results: Results) -> None:
    made = findings(results)
    assert len(made) >= 6
    for finding in made:
        assert " to " in finding.says.en or "n = " in finding.says.en, finding
        assert "{" not in finding.says.en + finding.says.nb, finding


def test_pairs_share_a_replicate(results: Results) -> None:
    gaps = differences(results, "territorial_per_inhabitant")
    nation = results.tables["nation"]
    last = nation[nation["year"] == results.last].set_index(["design", "replicate"])["territorial_per_inhabitant"]
    expected = last["full-transition"] - last["todays-practice"]
    assert np.allclose(gaps[1], expected.to_numpy())
    assert np.allclose(gaps[0], 0)


def test_better_counts_ties_half_and_leaves_out_missing_pairs() -> None:
    assert better(np.array([-1.0, 0.0, 1.0, np.nan]), -1) == 0.5
    assert better(np.array([-1.0, -2.0]), -1) == 1.0
    assert np.isnan(better(np.array([np.nan]), 1))


def test_few_pairs_are_never_certain() -> None:
    assert likelihood(1.0, 4, size=-1.0).en == "too few runs to say"
    assert likelihood(0.5, 20, size=-0.1).nb == "de to kan ikke skilles fra hverandre"


def test_a_difference_too_small_to_matter_is_called_so() -> None:
    assert likelihood(1.0, 20, size=-0.049).en == "no difference of practical size"
    assert likelihood(1.0, 20, size=-0.051).en == "practically certain within the model"


def test_missing_run_is_left_out_of_quantiles(results: Results) -> None:
    table = results.tables["nation"]
    is_gone = (table["design"] == "todays-practice") & (table["replicate"] == 0)
    results = replace(results, tables={**results.tables, "nation": table[~is_gone]})
    cube = results.cube("territorial_per_inhabitant")
    assert np.isnan(cube[0, 0]).all()
    low, middle, high = quantiles(cube)
    assert (low <= middle).all()
    assert (middle <= high).all()


def test_unknown_solution_is_named_in_words(tmp_path: Path) -> None:
    from viz.figures.adoption import solution_title

    where = synthetic.write(tmp_path / "out", designs=["duty"], replicates=2)
    path = where / "tables" / "uptake.parquet"
    rows = pd.read_parquet(path)
    rows["solution"] = rows["solution"].replace({"car-sharing": "flying_carpets"})
    rows.to_parquet(path)
    assert solution_title(read_results(where), "flying_carpets").nb == "Flying carpets"


def test_few_losses_say_nothing(results: Results) -> None:
    about = [f.about.en for f in findings(results)]
    assert "Lasting" in about
    results.tables["champion_loss"]["n"] = 3
    assert "Lasting" not in [f.about.en for f in findings(results)]


def test_what_a_lost_champion_cost_is_said_with_interval_and_losses(results: Results) -> None:
    table = results.tables["champion_loss"]
    for group, middle, before in (("weak", -0.034, 0.05), ("strong", 0.012, 0.41)):
        rows = table["group"] == group
        table.loc[rows, ["p05", "median", "p95"]] = middle - 0.01, middle, middle + 0.02
        table.loc[rows, "before_lost"] = before
    (said,) = (f.says for f in findings(results) if f.about.en == "Lasting")
    assert "weak (5.0 points of 100 the year before) stood 3.4 points lower (−4.4 to −1.4; n = 140 losses)" in said.en
    assert "strong ones (41.0 points) 1.2 points higher (0.2 to 3.2; n = 140 losses)" in said.en
    assert "3,4 poeng lavere (−4,4 til −1,4; n = 140 tap) enn der en ildsjel ble" in said.nb


def test_a_table_without_controls_is_refused(results: Results) -> None:
    del results.tables["champion_loss"]["n_kept"]
    with pytest.raises(ResultsError, match=r"champion_loss\.parquet: column\(s\) n_kept missing.*run the study again"):
        findings(results)


def test_missing_run_does_not_count_as_no_change(results: Results) -> None:
    from viz.figures.decomposition import draw

    table = results.tables["nation"]
    before = draw(results)
    is_gone = (table["design"] == "full-transition") & (table["replicate"] > 2)
    after = draw(replace(results, tables={**results.tables, "nation": table[~is_gone]}))
    assert before is not None
    assert after is not None
    assert float(after.rows[1][-1].en.split()[0]) == pytest.approx(float(before.rows[1][-1].en.split()[0]), rel=0.1)
