"""`docs/any-country.md` from its first command to its last, as a newcomer would type it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from model.places import boundaries, load_place

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "any-country.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


def test_havland_uses_every_file_of_a_folder():
    place = load_place(str(ROOT / "examples" / "havland"))
    assert len(place.numbers) == 20
    assert place.county_names == ("Dalene", "Kysten", "Øyene")
    assert (place.first_year, place.last_year, place.base_year) == (2024, 2040, 2022)
    assert {len(sectors) for sectors in place.official} == {3}
    assert len(boundaries(place)["features"]) == 20
    assert place.commute_share[place.commute_indptr[1]] < 1.0  # some work elsewhere
    assert (0, 1) in {tuple(pair) for pair in place.neighbours.tolist()}


def test_every_column_of_the_page_is_known_to_the_program():
    from agents.vocabulary import CATEGORIES, SECTORS
    from model.place_folder import ALIASES, OPTIONAL, REQUIRED, TEXTS

    table = PAGE.split("### `municipalities.csv`")[1].split("###")[0]
    named = set(re.findall(r"`([a-z_]+)`", table))
    assert named >= {*REQUIRED, *OPTIONAL, *TEXTS, *SECTORS, *CATEGORIES, "number", "population", "county_number"}
    assert named <= {
        *REQUIRED,
        *OPTIONAL,
        *TEXTS,
        *SECTORS,
        *CATEGORIES,
        *ALIASES,
        "number",
        "population",
        "county_number",
    }


@pytest.mark.parametrize("text", blocks("text")[:1])
def test_the_least_that_works(tmp_path, text):
    (tmp_path / "municipalities.csv").write_text(text, encoding="utf-8")
    assert load_place(str(tmp_path)).names == ("Havnes", "Tindvik")


def test_the_walk(tmp_path):
    """Every command of the page in a folder of its own; at the end a comparison of two designs and a report."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for design in blocks("toml"):
        name = re.search(r'name = "(.+)"', design)[1]
        (tmp_path / f"{name}.toml").write_text(design, encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert sum(line.startswith("omstilling ") for line in lines) >= 4
    for line in lines:
        done = subprocess.run(
            line, shell=True, cwd=tmp_path, env=os.environ | {"PATH": path}, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert (tmp_path / "results" / "havland" / "report.html").stat().st_size > 50_000
    manifest = json.loads((tmp_path / "results" / "havland" / "manifest.json").read_text(encoding="utf-8"))
    assert "pots" in json.dumps(manifest)
    assert "lasting" in json.dumps(manifest)
