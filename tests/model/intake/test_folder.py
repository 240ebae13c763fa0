"""Whatever figures are put together, the folder that is written holds them and is read as them again."""

import json
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.vocabulary import SECTORS
from model.intake.assembly import Assembly
from model.intake.findings import Finding, IntakeError, Spot
from model.intake.folder import write_folder
from model.places import load_place

tonnes = st.floats(0, 1e9).map(lambda t: round(t, 3))
numbers = st.sampled_from(load_place("telemark").numbers)
figures = st.dictionaries(st.tuples(numbers, st.sampled_from(SECTORS)), st.tuples(tonnes, st.booleans()), max_size=60)
people = st.dictionaries(numbers, st.integers(1, 500_000), max_size=17)


@settings(max_examples=25)
@given(figures, people)
def test_what_is_written_is_read_again(figures, people):
    base = load_place("telemark")
    assembly = Assembly(base)
    for (number, sector), (value, is_official) in figures.items():
        if is_official:
            assembly.set_account(Spot("made"), number, sector, value)
        else:
            assembly.columns[sector][number] = value
            assembly.spread[number].add(sector)
    assembly.columns["population_2025"] |= {number: float(count) for number, count in people.items()}
    with tempfile.TemporaryDirectory() as folder:
        report = write_folder(assembly, [], Path(folder) / "out")
        place = load_place(report["out"])
        again = write_folder(Assembly(place), [], Path(folder) / "again")
        assert load_place(again["out"]).digest == place.digest == report["digest"]
        assert load_place(again["out"]).official == place.official
    for m, number in enumerate(base.numbers):
        for k, sector in enumerate(SECTORS):
            value, is_official = figures.get((number, sector), (base.territorial[m, k], False))
            np.testing.assert_allclose(place.territorial[m, k], value, rtol=1e-11)
            assert (sector in place.official[m]) == is_official
        assert place.population[0, m] == people.get(number, base.population[0, m])


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(tmp_path):
    table = [["what", "value"], ["=HYPERLINK(1)", "-5"], ["@SUM", "+x"], ["-", "1"]]
    finding = Finding(Spot("a b/../=c.csv"), "made", table=table)
    write_folder(Assembly(load_place("telemark")), [finding], tmp_path / "out")
    [kept] = (tmp_path / "out" / "tables").iterdir()
    assert kept.name == "01-c.csv"
    assert kept.read_text(encoding="utf-8") == "what,value\n'=HYPERLINK(1),-5\n'@SUM,'+x\n-,1\n"


def test_what_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    """A disk that fails on the way: no folder, and the one before it untouched."""
    import pytest

    base = load_place("telemark")
    write_folder(Assembly(base), [], tmp_path / "out")
    before = (tmp_path / "out" / "import.json").read_bytes()

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json, "dumps", fail)
    with pytest.raises((OSError, IntakeError)):
        write_folder(Assembly(base), [], tmp_path / "out", replace=True)
    monkeypatch.undo()
    assert (tmp_path / "out" / "import.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
