"""Teach, Why and Design in a real browser: whole, by keyboard, in both languages and themes, at every size."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from model.institutions.comparison import to_toml
from model.institutions.design import load_design, parse_design
from tests.viz.app.conftest import Sheet
from tests.viz.app.test_drafts import HOSTILE
from viz.app.stories import STORIES
from viz.app.stories.story import load_story

Open = Callable[..., Sheet]
TOWNS = "4001,4003,4005,4012"
PLACE = f"place={TOWNS}&citizens=1000"
# Each page, or state of a page, by the query that opens it and what is there when it is.
VIEWS = {
    "shelf": ("page=teach", ".story"),
    "story": (f"page=teach&story=duty&where={TOWNS}", ".quiz .option"),
    "life": (f"page=why&{PLACE}&design=full-transition&town=4003", ".event"),
    "design": (f"page=design&{PLACE}", ".statement"),
}


def opened(open_page: Open, view: str, more: str = "", **options: Any) -> Sheet:
    query, sign = VIEWS[view]
    sheet = open_page(f"{query}&{more}", is_answered=False, **options)
    sheet.page.wait_for_selector(sign, timeout=60_000)
    return sheet


def whole(sheet: Sheet) -> None:
    """Nothing left this machine, nothing was complained about."""
    assert sheet.left == []
    assert sheet.complaints == []


@pytest.mark.parametrize(("name", "language"), list(zip(STORIES, ["nb", "en", "nb", "en"], strict=True)))
def test_every_story_is_predicted_run_and_explained(open_page: Open, name: str, language: str) -> None:
    story = load_story(name)
    sheet = open_page(f"page=teach&story={name}&where={TOWNS}&language={language}", is_answered=False)
    page = sheet.page
    page.wait_for_selector(".quiz .option", timeout=60_000)
    expect(page.locator(".quiz fieldset")).to_have_count(len(story.questions))
    page.locator(".quiz .option").first.click()
    guess = page.locator(".quiz input[type=range]").first
    guess.focus()
    page.keyboard.press("ArrowRight")
    page.locator("[data-name=go]").click()
    page.wait_for_selector(".finding .words p", timeout=60_000)
    expect(page.locator(".finding")).to_have_count(len(story.looks))
    if name == STORIES[0]:  # one of them to its end, and the first, so that nothing waits before it
        page.wait_for_selector(".status.done", timeout=120_000)
        expect(page.locator(".status").first).to_contain_text("20 kjøringer")
    assert page.locator(".reply.right, .reply.wrong, .reply.open").count() >= 2
    expect(page.locator(".role")).to_have_count(5)
    told = page.inner_text("#main")
    assert "{" not in told
    assert "nan" not in told.split()
    whole(sheet)


def test_a_story_by_keyboard_alone(open_page: Open) -> None:
    page = opened(open_page, "shelf").page

    def tab_to(selector: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached")

    tab_to(".story[data-name=duty]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".quiz .option")
    tab_to("#field-where")
    tab_to(".quiz input[type=radio]")
    page.keyboard.press("Space")
    expect(page.locator(".quiz input:checked")).to_have_count(1)
    tab_to("[data-name=go]")
    assert "duty" in page.url


def test_a_booklet_for_paper_opens(open_page: Open) -> None:
    sheet = opened(open_page, "story", "minutes=45")
    with sheet.page.expect_popup() as found:
        sheet.page.locator("[data-name=print]").click()
    paper = found.value
    paper.wait_for_selector(".card")
    expect(paper.locator(".card")).to_have_count(5)
    expect(paper.locator("ol li")).to_have_count(len(load_story("duty").plans.of(45)))
    expect(paper.locator("script")).to_have_count(0)
    expect(paper.locator(".page")).to_have_count(3)


def test_a_story_can_be_run_for_another_place_and_begun_anew(open_page: Open) -> None:
    page = opened(open_page, "story").page
    page.locator("[data-name=go]").click()
    page.wait_for_selector(".finding", timeout=60_000)
    page.locator(".quiz .option").first.click()
    page.get_by_role("button", name="Hvorfor").click()
    page.wait_for_selector(".life-head", timeout=60_000)
    page.get_by_role("button", name="Undervis").click()
    page.wait_for_selector(".finding", timeout=60_000)  # what was predicted and run is kept
    expect(page.locator(".quiz input:checked")).to_have_count(1)
    page.locator("[data-name=over]").click()
    expect(page.locator(".finding")).to_have_count(0)
    page.select_option("#field-minutes", "15")
    page.wait_for_function("location.search.includes('minutes=15')")
    page.locator("[data-name=back]").click()
    page.wait_for_selector(".story")


def test_the_life_of_a_municipality_and_its_causes(open_page: Open) -> None:
    sheet = opened(open_page, "life")
    page = sheet.page
    expect(page.locator(".life-head").first).to_contain_text("Skien")
    expect(page.locator("table.grid tbody tr")).to_have_count(11)
    expect(page.locator("table.grid tbody tr").first.locator("td")).to_have_count(26)
    page.locator("[data-group=rules]").click()
    event = page.locator("details.event").first
    event.locator("summary").click()
    assert event.locator(".chain li").count() >= 1
    assert "Full omstilling" in event.inner_text()
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("text=What happened, and why")
    expect(page.locator("details.event").first).to_contain_text("Full transition")
    page.select_option("#field-town", "4012")
    page.wait_for_function("document.querySelector('.life-head').innerText.includes('Bamble')")
    assert "town=4012" in page.url
    whole(sheet)


def test_faults_stand_at_their_field_and_go_when_mended(open_page: Open) -> None:
    sheet = opened(open_page, "design")
    page = sheet.page
    page.locator(".sentence").first.click()
    page.fill("#statement-condition", "popultion < 5000")
    page.locator("#statement-condition").press("Tab")
    page.wait_for_selector("#statement-condition[aria-invalid=true]")
    expect(page.locator("#statement-condition-wrong").first).to_contain_text("mente du «population»?")
    assert page.locator("[data-name=try]").is_disabled()
    page.fill("#statement-condition", "population < 5000")
    page.locator("#statement-condition").press("Tab")
    page.wait_for_selector(".verdict:not(.bad)")
    expect(page.locator(".sentence").first).to_contain_text("færre enn 5")
    page.select_option("#statement-aim-kind", "price")
    page.wait_for_selector("#statement-aim-share")
    page.get_by_role("button", name="Undervis").click()
    page.wait_for_selector(".story")
    page.get_by_role("button", name="Utform").click()
    page.wait_for_selector(".statement")
    expect(page.locator(".sentence").first).to_contain_text("delingsløsninger")  # the draft is kept
    whole(sheet)


def test_what_is_saved_is_what_the_command_line_reads(open_page: Open, tmp_path: Path) -> None:
    page = opened(open_page, "design").page
    file = tmp_path / "mine.toml"
    file.write_text(to_toml(load_design("full-transition")), encoding="utf-8")
    page.set_input_files("input[type=file]", str(file))
    page.wait_for_function("document.querySelectorAll('.statement').length === 19")
    with page.expect_download() as found:
        page.locator("[data-name=save]").click()
    saved = Path(found.value.path()).read_text(encoding="utf-8")
    assert parse_design(saved) == load_design("full-transition")


@pytest.mark.parametrize("name", ["large", "deep", "dotted", "binary", "many"])
def test_a_hostile_file_is_told_and_the_session_lives(open_page: Open, tmp_path: Path, name: str) -> None:
    page = opened(open_page, "design").page
    before = page.locator(".statement").count()
    file = tmp_path / "hostile.toml"
    file.write_text(HOSTILE[name], encoding="utf-8")
    page.set_input_files("input[type=file]", str(file))
    page.wait_for_selector(".side .note.wrong[role=alert]:not(:empty)", timeout=10_000)
    assert page.locator(".statement").count() == before
    page.locator(".actions + .action, button.action:has-text('Ett utsagn til')").last.click()
    page.wait_for_function("n => document.querySelectorAll('.statement').length === n + 1", arg=before)


def test_two_sessions_do_not_see_each_others_drafts(open_page: Open) -> None:
    one, other = opened(open_page, "design").page, opened(open_page, "design").page
    one.select_option("#field-design", "duty")
    one.wait_for_function("document.querySelectorAll('.statement').length === 4")
    other.locator(".sentence").first.click()
    other.wait_for_selector("#statement-source")
    expect(other.locator(".statement")).to_have_count(6)


def test_a_draft_is_tried_against_what_it_began_as(open_page: Open) -> None:
    sheet = opened(open_page, "design")
    sheet.page.locator("[data-name=try]").click()
    sheet.page.wait_for_selector(".own-figures figure.chart[data-answer]", timeout=60_000)
    expect(sheet.page.locator(".own-figures figure.chart")).to_have_count(3)
    whole(sheet)
