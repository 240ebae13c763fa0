"""The site builds without a warning, every link inside it holds, and no page needs anything from outside."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src"}


class Page(HTMLParser):
    """What a page links to, what it loads, and the anchors that it has."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.anchors.update(value for key in ("id", "name") if (value := told.get(key)))
        if tag == "a" and (target := told.get("href")):
            self.links.append(target)
        if (key := LOADS.get(tag)) and (target := told.get(key)):
            self.loads.append(target)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", str(folder / "html")]
    done = subprocess.run([*command, "-d", str(folder / "read")], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in site.rglob("*.html")}


def test_every_link_and_anchor_holds(pages: dict[Path, Page]) -> None:
    lost, checked = [], 0
    for path, page in pages.items():
        for link in page.links:
            target, anchor = urldefrag(link)
            if urlsplit(target).scheme:
                continue
            there = (path.parent / unquote(target)).resolve() if target else path
            checked += 1
            if not there.exists() or (there in pages and anchor and unquote(anchor) not in pages[there].anchors):
                lost.append(f"{path.name}: {link}")
    assert lost == []
    assert checked > 2_000


def test_nothing_is_loaded_from_elsewhere(pages: dict[Path, Page], site: Path) -> None:
    outside = [f"{path.name}: {load}" for path, page in pages.items() for load in page.loads if urlsplit(load).netloc]
    assert outside == []
    for style in site.rglob("*.css"):
        assert not re.findall(r"url\(\s*[\"']?(?:https?:)?//", style.read_text(encoding="utf-8")), style.name


def test_the_search_finds_what_the_reference_has(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    for word in ("institutionalis", "permanent", "kommun"):
        assert word in index
    assert (site / "search.html").exists()


def test_every_column_parameter_solution_and_design_has_its_place(site: Path) -> None:
    from model import schema
    from model.institutions.design import design_names
    from model.parameters import declared
    from model.solutions import load_catalogue

    def text(name: str) -> str:
        return (site / "reference" / f"{name}.html").read_text(encoding="utf-8")

    shown = {name: text(name) for name in ("results", "parameters", "solutions", "designs", "commands")}
    assert all(f">{column.name}<" in shown["results"] for columns in schema.TABLES.values() for column in columns)
    assert all(f">{path.rpartition('.')[2]}<" in shown["parameters"] for path in declared())
    assert all(f">{name}<" in shown["solutions"] for name in load_catalogue().ids)
    assert all(f">{name}<" in shown["designs"] for name in design_names())
    assert ">omstilling study<" in re.sub(r'<a class="headerlink".*?</a>', "<", shown["commands"])
