"""The description of the model: made from the code, complete, and still true of it."""

import difflib
import doctest
import re

import pytest

from agents.vocabulary import ELEMENTS, RULES
from model import schema
from model.governance import EDGE_TYPES
from model.parameters import declared
from model.phases import YEAR
from model.solutions import load_catalogue
from model.streams import STREAMS
from viz import odd, odd_tables

QUESTIONS = {  # ODD+D (Müller et al. 2013): how many guiding questions each part has
    "I.i": 2, "I.ii": 5, "I.iii": 1, "II.i": 5, "II.ii": 8, "II.iii": 2, "II.iv": 5, "II.v": 3, "II.vi": 4, "II.vii": 2,
    "II.viii": 2, "II.ix": 1, "II.x": 2, "III.i": 2, "III.ii": 3, "III.iii": 1, "III.iv": 3,
}  # fmt: skip


@pytest.fixture(scope="module")
def page() -> str:
    return odd.page()


def answered(text: str) -> set[str]:
    """The questions of ODD+D that brackets in the text name; `II.v.a–c` names three."""
    found = set()
    for part, first, last in re.findall(r"\b(I{1,3}\.[ivx]+)\.([a-h])(?:–([a-h]))?", text):
        found |= {f"{part}.{chr(letter)}" for letter in range(ord(first), ord(last or first) + 1)}
    return found


def test_the_page_is_what_the_code_gives(page):
    kept = odd.PAGE.read_text(encoding="utf-8")
    changes = list(
        difflib.unified_diff(kept.splitlines(), page.splitlines(), "docs/odd.md", "the code", lineterm="", n=0)
    )
    assert not changes, "\n".join([*changes[:20], "docs/odd.md has fallen behind; refresh it: python -m viz.odd"])


def test_every_question_of_odd_d_is_answered(page):
    body, index = page.split("## Where the questions of ODD+D are answered")
    asked = {f"{part}.{chr(ord('a') + k)}" for part, many in QUESTIONS.items() for k in range(many)}
    assert sorted(asked - answered(body)) == []
    assert answered(body) <= asked
    assert answered(index.split("## References")[0]) == asked


def test_everything_registered_is_described(page):
    tables = {c.name for columns in schema.TABLES.values() for c in columns}
    leaves = {p.path.partition(".")[2] for p in declared().values()}
    columns = {a.name for population in odd_tables.POPULATIONS for a in population.attributes}
    words = tables | leaves | columns | {*ELEMENTS, *RULES, *EDGE_TYPES, *STREAMS, *(p.__name__ for p in YEAR)}
    assert sorted(word for word in words if f"`{word}`" not in page) == []
    assert [s.id for s in load_catalogue().solutions if s.names.en not in page] == []


def test_the_prose_names_no_parameter_that_is_gone():
    prose = (odd.TEMPLATES / "odd.md").read_text(encoding="utf-8")
    groups = {path.partition(".")[0] for path in declared()}
    named = {
        n for n in re.findall(r"`(\w+\.\w+\*?)`", prose) if n.partition(".")[0] in groups and not n.endswith(".py")
    }
    assert len(named) > 20
    gone = [
        n for n in named if not any(p == n or (p.startswith(n.rstrip("*")) and n.endswith("*")) for p in declared())
    ]
    assert gone == []


def test_its_links_lead_somewhere(page):
    links = {link for link in re.findall(r"\]\(([^)#\s]+)\)", page) if "://" not in link}
    assert links
    assert [link for link in links if not (odd.PAGE.parent / link).exists()] == []


def test_formulas_and_tables_are_whole(page):
    assert page.count("$$") % 2 == 0
    assert "[[" not in page
    assert "[%" not in page
    blocks = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    widths = [{len(re.findall(r"(?<!\\)\|", row)) for row in block.splitlines()} for block in blocks]
    assert [block.splitlines()[0] for block, width in zip(blocks, widths, strict=True) if len(width) > 1] == []


def test_a_state_or_term_that_says_nothing_is_refused(monkeypatch):
    class Silent:
        """An actor that names no state."""

    monkeypatch.setattr(odd_tables, "ACTORS", (Silent,))
    with pytest.raises(ValueError, match="Silent names no state"):
        odd_tables.actor_states()
    with pytest.raises(ValueError, match="no docstring"):
        odd_tables.first_line(lambda: None)


def test_the_examples_run():
    assert doctest.testmod(odd_tables).failed == 0


def test_the_command_writes_the_page(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(odd, "ROOT", tmp_path)
    monkeypatch.setattr(odd, "PAGE", tmp_path / "odd.md")
    monkeypatch.setattr(odd, "page", lambda: "æ\n")
    odd.main()
    assert (tmp_path / "odd.md").read_bytes() == "æ\n".encode()
    assert "odd.md" in capsys.readouterr().out
