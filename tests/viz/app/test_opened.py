"""A results folder of the command line is looked at as it is: the same runs and designs, or a sentence that refuses."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.viz import synthetic
from viz.app.contrast import MEASURES, contrast
from viz.app.launcher import LaunchError, _opened
from viz.app.opened import opened


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("opened") / "mine"
    return synthetic.write(where, ("todays-practice", "own-design", "full-transition"), 6)


def test_every_run_is_there_as_it_was_written(written: Path) -> None:
    folder = opened(written)
    nation = pd.read_parquet(written / "tables" / "nation.parquet")
    uptake = pd.read_parquet(written / "tables" / "uptake.parquet")
    assert folder.name == "mine"
    assert list(folder.ensembles) == ["todays-practice", "own-design", "full-transition"]
    for design, ensemble in folder.ensembles.items():
        assert len(ensemble.runs) == 6
        for replicate, run in enumerate(ensemble.runs):
            rows = nation[(nation["design"] == design) & (nation["replicate"] == replicate)].sort_values("year")
            assert run.nation["territorial"].tolist() == rows["territorial"].tolist()
            took = uptake[(uptake["design"] == design) & (uptake["replicate"] == replicate)]
            one = took[took["solution"] == run.solutions[0]].sort_values("year")
            assert run.uptake[0].tolist() == one["uptake"].tolist()
        assert folder.titles[design].nb


def test_two_of_its_designs_pair_up(written: Path) -> None:
    folder = opened(written)
    pair = contrast((folder.ensembles["todays-practice"], folder.ensembles["full-transition"]))
    assert pair is not None
    assert pair.pairs == 6
    assert pair.gaps(MEASURES[0])[:, -1].mean() < 0


def test_a_run_that_is_missing_leaves_the_others(written: Path, tmp_path: Path) -> None:
    where = Path(shutil.copytree(written, tmp_path / "part"))
    for name in ("nation", "uptake"):
        path = where / "tables" / f"{name}.parquet"
        table = pd.read_parquet(path)
        table[~((table["design"] == "own-design") & (table["replicate"] == 2))].to_parquet(path)
    folder = opened(where)
    assert [len(e.runs) for e in folder.ensembles.values()] == [6, 5, 6]
    pair = contrast((folder.ensembles["todays-practice"], folder.ensembles["own-design"]))
    assert pair is not None
    assert pair.pairs == 5


@pytest.mark.parametrize("what", ["nothing", "no manifest", "broken table"])
def test_what_is_no_results_folder_is_refused_with_a_remedy(what: str, written: Path, tmp_path: Path) -> None:
    where = tmp_path / "here"
    if what != "nothing":
        shutil.copytree(written, where)
    if what == "no manifest":
        (where / "manifest.json").unlink()
    if what == "broken table":
        (where / "tables" / "nation.parquet").write_bytes(b"PAR1 not")
    with pytest.raises(LaunchError, match="here"):
        _opened(where)
