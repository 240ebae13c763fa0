"""Compare and Keep in a real browser: two designs in the same worlds, what is taken along, the way back, and faults."""

import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.viz.app.conftest import Sheet

Open = Callable[..., Sheet]
PLACE = "place=0301,4012&citizens=1000"
BOTH = f"page=compare&{PLACE}"
SHOWN = "document.querySelector('.verdicts')?.dataset.answer"


@pytest.fixture
def compared(open_page: Open) -> Sheet:
    sheet = open_page(BOTH)
    sheet.page.wait_for_selector(".verdicts tbody tr")
    return sheet


def saved(page: Any, click: Callable[[], None]) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_both_designs_are_told_apart(compared: Sheet) -> None:
    page = compared.page
    page.wait_for_selector(".status.done", timeout=90_000)
    expect(page.locator(".verdicts tbody tr")).to_have_count(5)
    expect(page.locator("figure.chart")).to_have_count(7)
    assert "20 parede verdener" in page.inner_text(".headline")  # two towns where nothing of size differs
    expect(page.locator(".verdicts").first).to_contain_text("av 20 verdener")
    assert page.locator(".groups tbody tr").count() >= 1
    heads = [text.rstrip("0123456789").strip() for text in page.locator(".rules h3").all_inner_texts()]
    assert heads == ["Endret", "Bare i A", "Bare i B"]
    page.click("[data-measure=institutions]")
    page.wait_for_function("document.querySelector('figure.chart h3').textContent === 'Institusjonalisering'")
    page.wait_for_function("location.search.includes('measure=institutions')")
    assert compared.left == []
    assert compared.complaints == []


def test_the_same_design_twice_changes_places(compared: Sheet) -> None:
    page = compared.page
    page.select_option("#field-design", "full-transition")
    page.wait_for_function("document.querySelector('#field-against').value === 'todays-practice'")
    assert "design=full-transition" in page.url


def test_designs_of_different_years_are_said_to_be_so(open_page: Open) -> None:
    page = open_page(f"{BOTH}&against=earmarked-officers-1988", is_answered=False).page
    page.wait_for_selector("main .notice", timeout=30_000)
    expect(page.locator("main .notice").first).to_contain_text("ulike år")
    page.select_option("#field-against", "duty")
    page.wait_for_selector(".verdicts tbody tr", timeout=30_000)


def test_back_and_forward_go_through_what_was_chosen(open_page: Open) -> None:
    page = open_page(PLACE).page
    page.get_by_role("button", name="Sammenlign").click()
    page.wait_for_selector(".verdicts")
    page.select_option("#field-against", "duty")
    page.wait_for_function("location.search.includes('against=duty')")
    page.go_back()
    page.wait_for_function("document.querySelector('#field-against')?.value === 'full-transition'")
    page.go_back()
    page.wait_for_selector(".cards")
    page.go_forward()
    page.wait_for_selector(".verdicts")
    assert "page=compare" in page.url


def test_what_is_kept_can_be_brought_back(open_page: Open, tmp_path: Path) -> None:
    page = open_page(f"page=keep&{PLACE}&against=duty&set=citizens.habit:0.3", is_answered=False).page
    page.wait_for_selector("[data-table=nation]", timeout=90_000)
    name, numbers = saved(page, lambda: page.click("[data-table=nation]"))
    assert name == "omstilling-nation.csv"
    assert len(numbers.splitlines()) == 1 + 2 * 20 * 26
    name, case = saved(page, lambda: page.get_by_role("button", name="Lagre casefilen").click())
    read = tomllib.loads(case.decode())
    assert read["designs"] == ["todays-practice", "duty"]
    assert read["settings"] == {"citizens.habit": 0.3}
    link = page.locator("input.kept").input_value()
    assert all(part in link for part in ("page=compare", "against=duty", "set=citizens.habit:0.3"))
    (tmp_path / name).write_bytes(case.replace(b"0.3", b"0.2"))
    page.set_input_files("input[type=file]", tmp_path / name)
    page.wait_for_function("location.search.includes('set=citizens.habit:0.2')")
    assert page.inner_text(".right:not(:empty)") == "Spørsmålet i filen er stilt."
    (tmp_path / "bad.toml").write_bytes(b"\x00" * 10)
    page.set_input_files("input[type=file]", tmp_path / "bad.toml")
    page.wait_for_selector(".wrong:not(:empty)")
    (tmp_path / "huge.toml").write_bytes(b"# \n" * 2_000_000)
    page.set_input_files("input[type=file]", tmp_path / "huge.toml")
    page.wait_for_function("[...document.querySelectorAll('.wrong')].some(p => p.textContent.includes('200 kB'))")
    page.get_by_role("button", name="Utforsk").click()
    page.wait_for_selector(".cards")


def test_a_figure_is_saved_as_picture_and_numbers(compared: Sheet) -> None:
    page = compared.page
    figure = page.locator("figure.chart").nth(1)
    name, drawing = saved(page, lambda: figure.get_by_text("SVG", exact=True).click())
    assert name == "forskjell-utslipp-innenfor-grensene.svg"
    told = "".join(ElementTree.fromstring(drawing).itertext())
    assert "Forskjell" in told
    assert "modellresultater" in told
    _, picture = saved(page, lambda: figure.get_by_text("PNG", exact=True).click())
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
    _, numbers = saved(page, lambda: figure.get_by_text("CSV", exact=True).click())
    assert len(numbers.splitlines()) == 27
    assert compared.complaints == []


def test_a_fault_is_told_and_the_session_lives(open_page: Open) -> None:
    page = open_page(f"{BOTH}&design=experimentalist", is_answered=False).page
    page.wait_for_selector(".trouble", timeout=30_000)
    assert "secret" not in page.content()
    assert "Traceback" not in page.inner_text("body")
    page.locator(".trouble button").click()
    page.wait_for_selector(".trouble")
    page.get_by_role("button", name="Utforsk").click()
    page.wait_for_selector(".cards", timeout=30_000)
    assert page.locator("#field-design").input_value() == "experimentalist"


def test_compare_and_keep_by_keyboard_alone(compared: Sheet) -> None:
    page = compared.page

    def to(what: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches('{what}')"):
                return
        raise AssertionError(f"{what} cannot be reached with Tab")

    to("[data-measure=shared]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-measure=shared][aria-pressed=true]")
    assert page.evaluate("document.activeElement.dataset.measure") == "shared"  # focus stays
    to(".take")
    saved(page, lambda: page.keyboard.press("Enter"))
    page.keyboard.press("Home")
    page.evaluate("document.querySelector('.skip').focus()")
    to(".tab:last-child")
    page.keyboard.press("Enter")
    page.wait_for_selector(".keepsake")
    to("input[type=file]")


def test_ten_sessions_at_once_are_kept_apart_and_answered(open_page: Open) -> None:
    asked = [f"place=0301&citizens=1000&seed={100 + n}" for n in range(10)]
    pages = [open_page(query, is_answered=False).page for query in asked]
    for page in pages:
        page.wait_for_selector(".cards[data-answer]", timeout=60_000)
    before = [page.evaluate("document.querySelector('.cards').dataset.answer") for page in pages]
    assert len({answer.split("-")[0] for answer in before}) == 10
    for n, page in enumerate(pages):
        page.evaluate(
            """([value]) => { const input = document.getElementById("lever-citizens-habit"); input.value = value;
            input.dispatchEvent(new Event("input", { bubbles: true })); }""",
            [str(0.2 + 0.01 * n)],
        )
    for n, (page, old) in enumerate(zip(pages, before, strict=True)):
        page.wait_for_function(
            "old => document.querySelector('.cards').dataset.answer.split('-')[0] !== old",
            arg=old.split("-")[0],
            timeout=30_000,
        )
        page.wait_for_function(
            "lever => location.search.includes(lever)", arg=f"set=citizens.habit:{0.2 + 0.01 * n:.6g}"
        )
        assert f"seed={100 + n}" in page.url
