"""Every page and every story on a small laptop and a projector, light and dark, in Bokmål and English.

A view is opened once and then seen in all eight ways, and on a telephone and a tablet. In each it is whole: nothing
scrolls sideways, language and theme are what was asked, nothing was complained about or asked of other machines; in two
of them, which differ in everything, axe finds nothing.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.viz.app.conftest import Sheet
from viz.app.pages import PAGES
from viz.app.stories import STORIES

Open = Callable[..., Sheet]
AXE = Path(__file__).parent / "axe.min.js"
PLACE = "place=0301,4012&citizens=1000"
TOWNS = "4001,4003,4005,4012"
SIZES = {"laptop": (1366, 768), "projector": (1920, 1080)}
SMALL = ((390, 844), (768, 1024))
WAYS = [(language, theme, size) for language in ("nb", "en") for theme in ("light", "dark") for size in SIZES]
SEEN_BY_AXE = (("nb", "light", "laptop"), ("en", "dark", "projector"))


def _nothing(page: Any) -> None:
    """Nothing to open first."""


def _table(page: Any) -> None:
    expect(page.locator(".status.done")).to_be_visible(timeout=60_000)
    page.locator("figure.chart summary").first.click()


def _panel(page: Any) -> None:
    page.locator(".panel summary").click()
    page.select_option(".town-choice", index=2)


def _sentence(page: Any) -> None:
    page.locator(".sentence").first.click()
    expect(page.locator("#statement-source")).to_be_visible()


def _told(page: Any) -> None:
    page.locator("[data-name=go]").click()
    expect(page.locator(".finding .words p").first).to_be_visible(timeout=60_000)
    page.locator(".teacher summary").click()


# view -> query that opens it, what is there when it is, and what is opened in it before it is looked at
VIEWS: dict[str, tuple[str, str, Callable[[Any], None]]] = {
    "explore": (PLACE, "figure.chart[data-answer]", _table),
    "watch": ("page=watch&place=telemark&citizens=1000&against=duty&year=2035", ".watch[data-film]", _panel),
    "compare": (f"page=compare&{PLACE}", ".verdicts tbody tr", _nothing),
    "why": (f"page=why&place={TOWNS}&citizens=1000&design=full-transition&town=4003", ".event", _nothing),
    "design": (f"page=design&{PLACE}", ".statement", _sentence),
    "teach": ("page=teach", ".story", _nothing),
    "results": ("page=results", ".headline", _nothing),
    "keep": (f"page=keep&{PLACE}", ".keepsake", _nothing),
} | {f"story {name}": (f"page=teach&story={name}&where={TOWNS}", ".quiz .option", _told) for name in STORIES}


def test_no_page_and_no_story_is_forgotten() -> None:
    assert set(VIEWS) == {*PAGES, *(f"story {name}" for name in STORIES)}


def seen_by_axe(page: Any) -> list[Any]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    told = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
    return list(page.evaluate(told))


def turned(page: Any, language: str, theme: str) -> None:
    """The page in this language and theme, by the buttons in its bar."""
    root = page.locator("html")
    if root.get_attribute("lang") != language:
        page.locator(".bar .tools .tool[lang]").click()
    expect(root).to_have_attribute("lang", language)
    expect(page.locator(".bar .tools .tool[lang]")).to_have_attribute("lang", "en" if language == "nb" else "nb")
    if root.get_attribute("data-theme") != theme:
        page.locator(".bar .tools .tool:not([lang])").click()
    expect(root).to_have_attribute("data-theme", theme)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_whole_in_every_size_theme_and_language(open_page: Open, view: str) -> None:
    query, sign, opened = VIEWS[view]
    sheet = open_page(f"{query}&language=nb&theme=light", is_answered=False)
    page = sheet.page
    expect(page.locator(sign).first).to_be_visible(timeout=60_000)
    expect(page.locator("h1")).to_be_visible()  # the bar is drawn by a module of its own
    opened(page)
    for language, theme, size in WAYS:
        turned(page, language, theme)
        for width, height in (SIZES[size], *(SMALL if size == "laptop" and theme == "light" else ())):
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(100)  # a drawing follows the size in the next frame
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{language}, {theme}, {width} pixels: {wide} too many"
        if (language, theme, size) in SEEN_BY_AXE:
            found = seen_by_axe(page)
            assert found == [], json.dumps(found, indent=1)
    assert sheet.left == []
    assert sheet.complaints == []
