"""What a page of the documentation tells a reader to do, as steps that a test can carry out.

A step is a fence of code with the sentence before it: a new file, lines at the end of a file or after a line, commands
of a shell, what they say. Sentences can also be steps of their own: `a` becomes `b` in a file.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

NEW = re.compile(r"A new file `([^`]+)`:$")
END = re.compile(r"At the end of `([^`]+)`:$")
AFTER = re.compile(r"In `([^`]+)`, after `([^`]+)`:$")
BECOMES = re.compile(r"^In `([^`]+)`, `([^`]+)` becomes `([^`]+)`\.$")


class Step(NamedTuple):
    """One step; kind: new, end, after, becomes, run, or a language where the page only shows something."""

    kind: str
    path: str
    text: str
    anchor: str
    line: int


def steps_of(page: Path) -> Iterator[Step]:
    """The steps of a page in order."""
    said = ""
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "inline":
            said = token.content
            if found := BECOMES.match(said.replace("\n", " ")):
                yield Step("becomes", found[1], found[3], found[2], line)
        elif token.type == "fence":
            yield _fence(token.info.strip(), token.content, said.replace("\n", " "), line)
            said = ""


def _fence(language: str, text: str, said: str, line: int) -> Step:
    for kind, pattern in (("new", NEW), ("end", END), ("after", AFTER)):
        if found := pattern.search(said):
            return Step(kind, found[1], text, found[2] if kind == "after" else "", line)
    return Step("run" if language == "sh" else language, "", text, "", line)


def edit(root: Path, step: Step) -> None:
    """Carry a step out on the files below `root`. Raises AssertionError where the line it names is not there once."""
    path = root / step.path
    if step.kind == "new":
        assert not path.exists(), f"{step.path} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
        return
    before = path.read_text(encoding="utf-8")
    if step.kind == "end":
        path.write_text(before + step.text, encoding="utf-8")
        return
    anchor = f"{step.anchor}\n" if step.kind == "after" else step.anchor
    assert before.count(anchor) == 1, f"{step.path} has {step.anchor!r} {before.count(anchor)} times"
    after = anchor + step.text if step.kind == "after" else step.text
    path.write_text(before.replace(anchor, after), encoding="utf-8")
