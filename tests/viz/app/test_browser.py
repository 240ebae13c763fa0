"""The laboratory in a real browser: it answers at once, stays on this machine, and can be used by everybody."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.viz.app.conftest import Served, Sheet

Open = Callable[..., Sheet]
QUICK = "place=0301,4012&citizens=1000"
MOVED = """([path, value]) => {
  const input = document.getElementById(path);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}"""

ALL_OLD = "old => [...document.querySelectorAll('figure.chart')].every(f => f.dataset.answer.startsWith(old))"
ALL_NEW = "old => [...document.querySelectorAll('figure.chart')].every(f => !f.dataset.answer.startsWith(old))"


def answers(page: Any) -> set[str]:
    return set(page.eval_on_selector_all("figure.chart", "all => all.map(f => f.dataset.answer.split('-')[0])"))


def test_it_answers_and_the_ribbons_fill_in(open_page: Open) -> None:
    sheet = open_page(QUICK)
    sheet.page.wait_for_selector(".status.done", timeout=60_000)
    expect(sheet.page.locator(".status").first).to_contain_text("20 kjøringer")
    expect(sheet.page.locator("figure.chart")).to_have_count(6)
    expect(sheet.page.locator(".card")).to_have_count(5)
    assert sheet.left == []
    assert sheet.complaints == []


def test_nothing_leaves_this_machine(open_page: Open, served: Served) -> None:
    sheet = open_page(QUICK)
    sheet.page.wait_for_timeout(500)
    assert sheet.left == []
    assert "LEFT:" not in served.text, served.text


def test_a_lever_gives_another_answer_and_goes_back(open_page: Open) -> None:
    page = open_page(QUICK).page
    before = answers(page)
    page.evaluate(MOVED, ["lever-levels-III", "0"])
    page.wait_for_function(ALL_NEW, arg=min(before))
    page.wait_for_function("location.search.includes('set=levels.III:0')")
    page.locator(".lever.moved .reset").click()
    page.wait_for_function(
        "old => document.querySelector('figure.chart').dataset.answer.startsWith(old)", arg=min(before)
    )
    page.wait_for_function("!location.search.includes('levels')")


def test_a_link_opens_what_it_says(open_page: Open) -> None:
    page = open_page(f"{QUICK}&design=full-transition&set=citizens.habit:0.3&language=en&theme=dark").page
    assert page.locator("#field-design").input_value() == "full-transition"
    assert page.locator("#lever-citizens-habit").input_value() == "0.3"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("#field-towns").input_value() == "Oslo, Bamble"


def test_a_malformed_link_is_told_and_the_session_lives(open_page: Open) -> None:
    page = open_page("place=%2Fetc&set=x:y&seed=1e9&citizens=1000").page
    notice = page.inner_text(".notice")
    assert all(name in notice for name in ("place", "set", "seed"))
    page.select_option("#field-place", "oslo")
    page.wait_for_function("location.search.includes('place=oslo')")


def test_unknown_municipalities_are_told(open_page: Open) -> None:
    page = open_page(QUICK).page
    page.fill("#field-towns", "Bamble, Atlantis")
    page.locator("#field-towns").press("Enter")
    page.wait_for_selector(".note.wrong")
    expect(page.locator(".note.wrong").first).to_contain_text("Atlantis")
    expect(page).to_have_url(re.compile("place=4012"))


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1366, 768), (1920, 1080)])
def test_no_size_scrolls_sideways(open_page: Open, size: tuple[int, int]) -> None:
    page = open_page(QUICK, size=size).page
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    widths = page.eval_on_selector_all("figure.chart .canvas", "all => all.map(c => c.clientWidth)")
    assert len(widths) == 6
    assert min(widths) > 200


def test_the_table_behind_a_chart_has_every_year(open_page: Open) -> None:
    page = open_page(f"{QUICK}&language=en").page
    page.wait_for_selector(".status.done", timeout=60_000)
    page.locator("figure.chart summary").first.click()
    page.wait_for_selector("figure.chart tbody tr")
    years = page.locator("figure.chart").first.locator("tbody th").all_inner_texts()
    assert years == [str(y) for y in range(2025, 2051)]
    expect(page.locator("figure.chart").first.locator("thead th")).to_have_count(4)  # year, median, 5 %, 95 %


def test_the_main_path_by_keyboard_alone(open_page: Open) -> None:
    page = open_page(QUICK).page
    before = answers(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "range":
            break
    assert page.evaluate("document.activeElement.type") == "range"
    page.keyboard.press("ArrowRight")
    page.wait_for_function(ALL_NEW, arg=min(before))
    assert page.evaluate("document.activeElement.type") == "range"  # focus stays on the lever


def test_language_and_theme_change_without_a_new_run(open_page: Open) -> None:
    page = open_page(QUICK).page
    page.wait_for_selector(".status.done", timeout=60_000)
    before = answers(page)
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("text=Whose work the fall is")
    page.get_by_role("button", name="Dark").click()
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert answers(page) == before
    assert re.search("language=en.*theme=dark", page.url)


def test_an_invented_country_is_explored_compared_watched_and_told(open_page: Open) -> None:
    sheet = open_page("page=compare&place=havland&citizens=1000")
    page = sheet.page
    expect(page.locator("#field-place option:checked")).to_have_text("Havland, et oppdiktet land")
    expect(page.locator(".verdicts tbody tr").first).to_be_visible()
    expect(page.locator(".status")).to_contain_text("2024–2040")
    page.get_by_role("button", name="Utforsk").click()
    expect(page.locator("figure.chart[data-answer]")).to_have_count(6)
    page.get_by_role("button", name="Hvorfor").click()
    expect(page.locator(".life-head")).to_contain_text("Havnes")
    page.get_by_role("button", name="Følg").click()
    expect(page.locator(".town-choice option")).to_have_count(21, timeout=60_000)  # twenty, and the whole place
    expect(page.locator(".map-box canvas").first).to_be_visible()
    assert (sheet.left, sheet.complaints) == ([], [])


def test_foreign_hosts_and_lists_of_what_runs_are_refused(served: Served) -> None:
    def status(path: str = "", **headers: str) -> int:
        request = urllib.request.Request(served.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    assert status() == 200
    assert status(Host="evil.example") == 421
    assert status(Origin="http://evil.example") == 421
    assert status("resourcez") == 404
    assert status("static/assets/../../launcher.py") in (400, 404)
