"""Every text in both languages, every text used, every field filled."""

import re
import tomllib
from pathlib import Path

import pytest

from viz.app import dress, levers
from viz.app.pages import PAGES
from viz.app.texts import FILE, Voice, texts
from viz.words import LANGUAGES

ROOM = Path(dress.__file__).parent
FIELD = re.compile(r"\{(\w+)\}")


def test_both_languages_have_every_text_with_the_same_fields() -> None:
    for table, entries in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        for key, entry in entries.items():
            assert set(entry) == set(LANGUAGES), f"{table}.{key}"
            assert all(text.strip() for text in entry.values()), f"{table}.{key}"
            assert sorted(FIELD.findall(entry["en"])) == sorted(FIELD.findall(entry["nb"])), f"{table}.{key}"


def test_every_text_is_used() -> None:
    sources = "\n".join(p.read_text(encoding="utf-8") for p in ROOM.rglob("*.py"))
    tables = set(re.findall(r'"([a-z_]+)\.\{', sources))  # f"table.{key}"
    tails = set(re.findall(r"\}\.([a-z_]+)\"", sources))  # f"{table}.key"
    for name in texts():
        table, key = name.split(".")
        is_said = re.search(rf"[\"']{re.escape(name)}[\"']", sources)
        assert is_said or table in tables or key in tails, f"{name} is said nowhere"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_title(name: str) -> None:
    assert all(Voice(language)(f"page.{name}") for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lever_says_what_why_and_within_which_bounds(language: str) -> None:
    from model.parameters import declared
    from viz.app.question import Question

    spec = levers.spec(Question(), Voice(language))
    shown = [lever for group in spec["groups"] for lever in group["levers"]]
    assert len(spec["groups"]) == len(levers.HOLDERS)
    assert all(len(group["levers"]) >= 3 for group in spec["groups"])
    assert len({lever["path"] for lever in shown}) == len(shown) == len(levers.names())
    for lever in shown:
        assert lever["path"] in declared()
        assert lever["low"] <= lever["default"] <= lever["high"]
        assert all(lever[part] for part in ("title", "unit", "meaning", "why")), lever["path"]
        steps = (lever["default"] - lever["low"]) / lever["step"]
        assert abs(steps - round(steps)) < 1e-6, f"{lever['path']}: its default is not on a step"
        assert 20 <= (lever["high"] - lever["low"]) / lever["step"] <= 2100


def test_the_stylesheet_is_made_of_the_palette_and_its_source() -> None:
    assert dress.SHEET.read_text(encoding="utf-8") == dress.sheet(), "run python -m viz.app.dress"
