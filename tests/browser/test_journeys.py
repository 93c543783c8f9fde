"""What people do in the room, by mouse and by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="no driver for a browser: pip install playwright")

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, served, visiting

pytestmark = pytest.mark.browser

REPORT = """Harbour of Alma to close for a year

PORT ALMA, March 3, 2026 (Coast Wire) — The port authority said on Tuesday that the harbour would close by June 2026.

“We cannot dredge around ships,” said the harbour master, Ines Roca. The fishermen's union opposes the closure.
"""


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=20_000)


def tab_to(page: Page, selector: str, most: int = 90) -> None:
    """Presses Tab until something that meets the selector has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def decided(page: Page) -> list[str]:
    """The kinds of decisions that the log shows, the latest first."""
    return [row.inner_text() for row in page.locator(".log tbody tr td:nth-child(4)").all()]


class TestAClaimAndItsWords:
    def test_by_mouse(self, visit: Visit) -> None:
        page = visit.go("/")
        mark = page.locator(".row .ev").first
        mark.click()
        card = page.locator(".card:popover-open")
        expect(card).to_have_count(1)
        expect(mark).to_have_attribute("aria-expanded", "true")
        words = card.locator("mark").first.inner_text()
        card.locator(".where a").first.click()
        expect(page.locator("mark.here").first).to_be_in_viewport()
        assert " ".join(words.split())[:20] in " ".join(page.locator(".text").inner_text().split())

    def test_by_keyboard(self, visit: Visit) -> None:
        page = visit.go("/")
        tab_to(page, ".skip")
        page.keyboard.press("Enter")
        tab_to(page, "main .ev")
        page.keyboard.press("Enter")
        expect(page.locator(".card:popover-open")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator(".card:popover-open")).to_have_count(0)
        assert page.evaluate("document.activeElement.matches('.ev')")
        page.keyboard.press("Enter")
        tab_to(page, ".card:popover-open .where a", 5)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/reports/.*at=\d+-\d+#at"))
        expect(page.locator("mark.here").first).to_be_in_viewport()

    def test_marks_of_a_report_are_walked_and_layers_switched(self, visit: Visit) -> None:
        page = visit.go("/reports")
        page.locator("tbody .said a").first.click()
        page.wait_for_url("**/reports/*", wait_until="load")
        page.keyboard.press("j")
        first = page.locator(".inspect").inner_text()
        page.keyboard.press("j")
        expect(page.locator(".inspect")).not_to_have_text(first)
        page.keyboard.press("k")
        expect(page.locator(".inspect")).to_have_text(first)
        assert (
            page.locator(".text .say").first.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
        )
        page.get_by_label("statements").uncheck()
        assert (
            page.locator(".text .say").first.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
        )

    def test_words_are_found_as_they_are_typed(self, visit: Visit) -> None:
        page = visit.go("/actors")
        page.keyboard.press("/")
        page.keyboard.type("coalition")
        page.keyboard.press("Enter")
        expect(page.locator("[data-told]")).to_contain_text("place")
        page.locator("[data-live]").fill("")
        page.keyboard.type("Baghd")
        expect(page.locator("[data-results] mark").first).to_have_text(re.compile("^Baghd", re.I))
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(re.compile("/search"))


class TestWhatWasKnown:
    def test_by_mouse(self, visit: Visit) -> None:
        page = visit.go("/")
        slider = page.locator(".asof [type=range]")
        box = slider.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2, steps=4)
        expect(page.locator(".yet").first).to_be_visible()  # told while it is dragged
        page.mouse.up()
        expect(page).to_have_url(re.compile(r"as_of=\d{4}-\d\d-\d\d"))
        expect(page.locator(".opening .caps").first).to_contain_text("as known on")
        expect(page.locator(".yet")).to_have_count(0)
        page.locator(".masthead nav a", has_text="Reports").click()
        expect(page).to_have_url(re.compile(r"/reports\?as_of="))
        expect(page.locator("tbody tr")).to_have_count(1)

    def test_by_keyboard(self, visit: Visit) -> None:
        page = visit.go("/")
        tab_to(page, ".asof [type=range]")
        page.keyboard.press("Home")
        expect(page).to_have_url(re.compile(r"as_of="))
        expect(page.locator(".opening .caps").first).to_contain_text("as known on")
        assert page.evaluate("document.activeElement.type") == "range"
        page.keyboard.press("End")
        expect(page.locator(".opening .caps").first).not_to_contain_text("as known on")
        page.go_back()
        expect(page.locator(".opening .caps").first).to_contain_text("as known on")


class TestReview:
    def test_accepted_edited_and_undone_by_keyboard(self, work: Visit) -> None:
        page = work.go("/review?kind=positions")
        expect(page.locator(".consequence")).to_contain_text("every decision can be undone")
        page.keyboard.press("a")
        expect(page.locator("main .notice").first).to_contain_text("accept")
        with page.expect_navigation():
            page.keyboard.press("k")
        page.keyboard.press("e")
        assert page.evaluate("document.activeElement.name") == "set-stance"
        page.keyboard.type("mixed")
        tab_to(page, "button[value=edit]", 4)
        page.keyboard.press("Enter")
        page.wait_for_url("**told=*correct*", wait_until="load")
        expect(page.locator(".log tbody tr")).to_have_count(2)
        assert decided(page) == ["correct", "accept"]
        page.keyboard.press("u")
        expect(page.locator(".log tbody tr")).to_have_count(3)
        assert decided(page)[0].startswith("undo of")

    def test_rejected_and_undone_by_mouse(self, work: Visit) -> None:
        page = work.go("/review?kind=commitments")
        asked = page.locator("h1").inner_text()
        expect(page.locator(".consequence")).to_contain_text("takes this commitment out")
        page.get_by_label("Who decides").fill("A. Desk")
        page.get_by_role("button", name="Reject").click()
        expect(page.locator(".log tbody tr")).to_have_count(1)
        expect(page.locator(".log")).to_contain_text("A. Desk")
        work.go("/review?kind=commitments")
        page.get_by_role("button", name=re.compile("^Undo")).click()
        expect(page.locator(".log tbody tr")).to_have_count(2)
        assert asked

    def test_two_actors_become_one(self, work: Visit) -> None:
        page = work.go("/review?kind=actors")
        gone = page.locator("h1").inner_text()
        expect(page.locator(".consequence")).to_contain_text("Merging moves")
        page.keyboard.press("m")
        assert page.evaluate("document.activeElement.name") == "with"
        page.keyboard.press("ArrowDown")
        kept = page.locator("select[name=with]").evaluate("one => one.selectedOptions[0].textContent")
        tab_to(page, "button[value=merge]", 4)
        page.keyboard.press("Enter")
        expect(page.locator(".log tbody tr")).to_have_count(1)
        assert decided(page) == ["merge"]
        for _ in range(40):
            work.go("/actors")
            names = [one.inner_text() for one in page.locator("tbody .said a").all()]
            if gone not in names:
                break
            page.wait_for_timeout(250)
        assert kept in names
        assert gone not in names


class TestAdding:
    def test_a_text_is_read_and_the_story_shows_it(self, work: Visit) -> None:
        page = work.go("/add")
        page.get_by_label("Text", exact=True).fill(REPORT)
        page.get_by_role("button", name="Read and add").click()
        expect(page.locator("main .notice")).to_contain_text("1 report added")
        expect(page.locator("#h-news")).to_be_visible()
        expect(page.locator(".came")).to_contain_text("Commitment")
        page.locator(".came a").first.click()
        expect(page.locator(".text")).to_contain_text("We cannot dredge around ships")

    def test_files_by_keyboard_and_one_that_cannot_be_read(self, work: Visit, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text(REPORT, encoding="utf-8")
        (tmp_path / "broken.jsonl").write_text("{", encoding="utf-8")
        page = work.go("/add")
        page.set_input_files("[type=file]", [tmp_path / "good.txt", tmp_path / "broken.jsonl"])
        expect(page.locator("[data-chosen]")).to_contain_text("broken.jsonl")
        tab_to(page, "button.main")
        page.keyboard.press("Enter")
        expect(page.locator("main .notice").first).to_contain_text("1 report added")
        expect(page.locator(".notice.bad")).to_have_count(1)
        expect(page.locator(".notice.bad")).to_contain_text("broken.jsonl")

    def test_progress_and_failure_are_told_on_the_page(self, work: Visit, tmp_path: Path) -> None:
        (tmp_path / "broken.jsonl").write_text("{", encoding="utf-8")
        page = work.go("/add")
        page.set_input_files("[type=file]", [tmp_path / "broken.jsonl"])
        page.get_by_role("button", name="Read and add").click()
        expect(page.locator(".progress .bad").last).to_contain_text("broken.jsonl")

    def test_an_address_in_a_private_network_is_refused(
        self, browser: Browser, example_case: Path, tmp_path: Path
    ) -> None:
        case = tmp_path / "story.case"
        case.write_bytes(example_case.read_bytes())
        with served(case, may_fetch=True) as home, visiting(browser, home) as visit:
            page = visit.go("/add")
            page.get_by_label(re.compile("^Address")).fill(f"{home}/api/v1/record")
            page.get_by_role("button", name="Read and add").click()
            expect(page.locator(".progress .bad").last).to_contain_text("private network")


def test_without_scripts_words_are_reached_and_reports_added(browser: Browser, desk: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(desk + "/add")
    page.get_by_label("Text", exact=True).fill(REPORT)
    page.get_by_role("button", name="Read and add").click()
    expect(page.locator("main .notice")).to_contain_text("1 report added")
    page.locator(".came a").first.click()
    expect(page.locator(".text")).to_contain_text("harbour would close")
    page.goto(desk + "/")
    page.locator("main .ev").first.click()
    expect(page.locator(".card:popover-open")).to_have_count(1)
    context.close()
