"""Watch in a real browser: it plays without asking the server, by keyboard too, and shows what the film says."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.viz.app.conftest import Sheet

Open = Callable[..., Sheet]
QUICK = "page=watch&place=telemark&citizens=1000"
FRAMES = "document.querySelector('.watch').frames"
COUNTS = "[...document.querySelectorAll('.classes .count')].map(c => Number(c.textContent))"
# The colour in the middle of the map, and the colours of the classes that have municipalities this year.
MIDDLE = """() => {
  const canvas = document.querySelector('.map-box canvas');
  const [r, g, b] = canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
  const classes = [...document.querySelectorAll('.classes li')];
  const full = classes.filter(li => li.querySelector('.count').textContent !== '0');
  return [`rgb(${r}, ${g}, ${b})`, full.map(li => getComputedStyle(li.querySelector('.swatch')).backgroundColor)];
}"""


@pytest.fixture
def watch(open_page: Open) -> Callable[..., Sheet]:
    def open_(query: str = "", **more: Any) -> Sheet:
        sheet = open_page(f"{QUICK}&{query}", is_answered=False, **more)
        sheet.page.wait_for_selector(".watch[data-film]", timeout=60_000)
        return sheet

    return open_


def year_of(page: Any) -> int:
    return int(page.inner_text(".player .year-now"))


def test_it_plays_pauses_steps_and_scrubs(watch: Open) -> None:
    sheet = watch()
    page = sheet.page
    assert year_of(page) == 2025
    page.get_by_role("button", name="Spill av").click()
    page.wait_for_function("Number(document.querySelector('.player .year-now').textContent) >= 2027")
    page.get_by_role("button", name="Pause").click()
    stood = year_of(page)
    page.wait_for_timeout(700)
    assert year_of(page) == stood
    page.get_by_role("button", name="Ett år fram").click()
    assert year_of(page) == stood + 1
    page.get_by_role("button", name="Ett år tilbake").click()
    assert year_of(page) == stood
    page.locator("#watch-year").fill("15")
    assert year_of(page) == 2040
    page.wait_for_function("location.search.includes('year=2040')")
    assert page.inner_text(".news h2") == "Hva som skjedde, 2040"
    assert sheet.left == []
    assert sheet.complaints == []


def test_it_plays_by_keyboard_and_ends_where_the_run_ends(watch: Open) -> None:
    page = watch().page
    page.keyboard.press("End")
    assert year_of(page) == 2050
    page.keyboard.press("Home")
    assert year_of(page) == 2025
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert year_of(page) == 2026
    page.keyboard.press("Space")
    page.wait_for_function("Number(document.querySelector('.player .year-now').textContent) >= 2028")
    page.keyboard.press("Space")
    stood = year_of(page)
    page.locator("#watch-measure").focus()
    page.keyboard.press("ArrowDown")  # belongs to the field: another quantity, the same year
    assert year_of(page) == stood
    page.wait_for_function("location.search.includes('measure=')")


def test_playing_asks_nothing_of_the_server(open_page: Open) -> None:
    sheet = open_page("page=explore&place=0301&citizens=1000", is_answered=False)
    page, sent = sheet.page, []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(data)))
    page.goto(page.url.replace("page=explore", "page=watch").split("?")[0] + "?page=watch&place=norway&citizens=1000")
    page.wait_for_selector(".watch[data-film]", timeout=60_000)
    page.wait_for_timeout(500)
    assert sum(page.evaluate(COUNTS)) == 357
    tools = page.context.new_cdp_session(page)

    def heap() -> float:
        tools.send("HeapProfiler.collectGarbage")
        return float(tools.send("Runtime.getHeapUsage")["usedSize"]) / 1e6

    page.get_by_role("button", name="Spill av").click()
    page.wait_for_timeout(500)
    before, asked, light = page.evaluate(FRAMES), len(sent), heap()
    page.wait_for_timeout(3000)
    painted, heavy = page.evaluate(FRAMES) - before, heap()
    assert painted >= 30, f"{painted} frames in 3 s"  # a floor for a busy machine; benchmarks/watching.py measures
    assert len(sent) == asked
    assert heavy - light < 2, f"{light:.1f} MB grew to {heavy:.1f} MB"
    assert sheet.left == []


def test_less_motion_is_respected(watch: Open) -> None:
    page = watch().page
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Spill av").click()
    before = page.evaluate(FRAMES)
    page.wait_for_timeout(2000)
    assert 1 <= page.evaluate(FRAMES) - before <= 8  # a picture a year, two years a second


def test_the_map_has_the_colour_of_the_class(open_page: Open) -> None:
    for year, theme in ((2025, "light"), (2050, "dark")):
        query = f"page=watch&place=0301&citizens=1000&design=full-transition&view=map&year={year}&theme={theme}"
        page = open_page(query, is_answered=False).page
        page.wait_for_selector(".watch[data-film]", timeout=60_000)
        page.wait_for_timeout(200)
        colour, full = page.evaluate(MIDDLE)
        assert full == [colour]


def test_a_municipality_shows_its_story(watch: Open) -> None:
    sheet = watch("design=full-transition&year=2032")
    page = sheet.page
    page.select_option(".town-choice", label="Bamble")
    page.wait_for_function("location.search.includes('town=4012')")
    assert page.inner_text(".news h2") == "Hva som skjedde: Bamble"
    expect(page.locator(".strip")).to_have_count(11)
    rows = page.locator(".happenings li")
    assert rows.count() > 20
    page.locator(".happenings .when", has_text="20").last.click()
    last = page.locator(".happenings li .when", has_text="20").last.inner_text()
    assert str(year_of(page)) == last
    assert page.locator(".happenings .now").count() >= 1
    page.locator(".chip", has_text="Regler").click()
    assert rows.count() < page.evaluate("document.querySelectorAll('.happenings li').length") + 1
    expect(page.locator(".happenings .sort-rules")).to_have_count(0)
    assert sheet.complaints == []


def test_the_feed_leads_to_the_municipality(watch: Open) -> None:
    page = watch("design=full-transition&year=2030").page
    name = page.locator(".happenings .link").first
    who = name.inner_text()
    name.click()
    assert page.inner_text(".news h2") == f"Hva som skjedde: {who}"
    assert page.evaluate("document.activeElement.className") == "happenings of-town"


def test_citizens_and_businesses_come_when_asked_for(watch: Open) -> None:
    sheet = watch("design=full-transition&town=4012&view=graph")
    page = sheet.page
    page.get_by_role("button", name="Se innbyggere og næringsliv").click()
    page.wait_for_selector(".stage-note:has-text('løsninger i bruk')")
    first = page.inner_text(".stage-note")
    page.keyboard.press("End")
    assert page.inner_text(".stage-note") != first  # what they use has changed
    page.get_by_role("button", name="Skjul innbyggere og næringsliv").click()
    page.wait_for_function("document.querySelector('.stage-note').hidden")
    assert sheet.complaints == []


def test_two_designs_and_their_difference(watch: Open) -> None:
    page = watch("design=full-transition&against=enthusiasts-only&shown=apart&year=2045&language=en").page
    page.wait_for_selector(".classes .label:has-text('±')")
    counts = page.evaluate(COUNTS)
    assert sum(counts) == 17
    assert sum(counts[4:]) > 8  # more is built in where all is done than where nobody must
    expect(page.locator(".stage-note").first).to_contain_text("minus")
    page.locator(".segment", has_text="B").first.click()
    assert page.inner_text(".stage-note") == "B: Enthusiasts only"
    assert page.evaluate(COUNTS)[0] > 8
    page.wait_for_function("location.search.includes('shown=other')")


def test_the_table_has_every_municipality(watch: Open) -> None:
    page = watch("language=en&year=2040&measure=elements").page
    page.locator(".panel summary").click()
    page.wait_for_selector(".panel tbody tr")
    expect(page.locator(".panel tbody tr")).to_have_count(17)
    assert page.locator(".panel thead th").all_inner_texts() == ["Municipality", "County", "in 2025", "in 2040"]
    values = [int(v) for v in page.locator(".panel tbody td:last-child").all_inner_texts()]
    lows = (0, 1, 3, 5, 7, 9, 11, 99)
    counted = [sum(a <= v < b for v in values) for a, b in pairwise(lows)]
    assert counted == page.evaluate(COUNTS)


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1366, 768), (1920, 1080)])
def test_no_size_scrolls_sideways(watch: Open, size: tuple[int, int]) -> None:
    page = watch("town=4012&against=duty", size=size).page
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shown = page.locator(".pictures > div:not([hidden]) canvas[role=img]")
    assert shown.count() == (2 if size[0] >= 1900 else 1)
    assert min(box["width"] for box in (one.bounding_box() for one in shown.all())) > 250


def test_another_place_and_language_replace_everything(watch: Open) -> None:
    sheet = watch("town=4012&year=2033")
    page = sheet.page
    page.select_option("#field-place", "oslo")
    page.wait_for_function("document.querySelectorAll('.town-choice option').length === 2", timeout=60_000)
    assert year_of(page) == 2033
    assert "town" not in page.url
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("text=What happened, 2033")
    assert sheet.complaints == []
