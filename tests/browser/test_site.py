"""The pages as files: a folder and one file, opened without a server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

pytest.importorskip("playwright", reason="no driver for a browser: pip install playwright")

from playwright.sync_api import Browser, expect

from onrecord.cli import main
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def written(example_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the site as a folder and as one file."""
    path = tmp_path_factory.mktemp("site")
    for name in ("site", "one.html"):
        result = CliRunner().invoke(main, ["export", str(example_case), "site", "-o", str(path / name)])
        assert result.exit_code == 0, result.output
    return path


@contextmanager
def opened(browser: Browser, file: Path) -> Iterator[Visit]:
    """A page on a file; nothing may be asked of anything but files beside it."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    visit = Visit(page, f"file://{file.parent}")
    visit.watch()
    page.goto(f"file://{file}")
    yield visit
    page.close()
    assert visit.wrong == []


@pytest.mark.parametrize("name", ["site/index.html", "one.html"])
def test_a_claim_leads_to_its_words(browser: Browser, written: Path, name: str) -> None:
    with opened(browser, written / name) as visit:
        page = visit.page
        title = page.title()
        page.locator(".row .ev").first.click()
        page.locator(".card:popover-open .where a").first.click()
        expect(page.locator("mark.here").first).to_be_in_viewport()
        assert page.title() != title
        page.locator(".masthead nav a", has_text="Statements").click()
        expect(page.locator("tbody tr").first).to_be_visible()
        page.go_back()
        expect(page.locator("mark.here").first).to_be_attached()
        page.locator(".masthead nav a", has_text="Story").click()
        expect(page).to_have_title(title)


@pytest.mark.parametrize("name", ["site/index.html", "one.html"])
def test_the_day_is_followed_from_page_to_page(browser: Browser, written: Path, name: str) -> None:
    with opened(browser, written / name) as visit:
        page = visit.page
        page.locator(".asof [type=range]").focus()
        page.keyboard.press("Home")
        expect(page.locator(".yet").first).to_be_visible()
        page.locator(".masthead nav a", has_text="Reports").click()
        expect(page.locator("tbody .yet").first).to_be_visible()
        assert page.locator("tbody tr:not(.later)").count() == 1
        page.locator(".asof [type=range]").focus()
        page.keyboard.press("End")
        expect(page.locator(".yet")).to_have_count(0)


def test_every_link_of_the_folder_leads_to_a_file_and_a_place(written: Path) -> None:
    folder = written / "site"
    pages = {file: file.read_text(encoding="utf-8") for file in folder.rglob("*.html")}
    assert len(pages) > 50
    for file, html in pages.items():
        for link in re.findall(r'(?:href|src)="([^"]*)"', html):
            parts = urlsplit(link)
            there = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            assert there.is_relative_to(folder.resolve()), link
            assert there.is_file(), f"{file.name} leads to {link}"
            if parts.fragment and there.suffix == ".html":
                assert f'id="{parts.fragment}"' in pages[there], f"{file.name} leads to {link}"


def test_the_one_file_asks_for_nothing_and_runs_only_its_own_script(written: Path) -> None:
    html = (written / "one.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?!#|data:)[^"]+"', html)
    assert "default-src 'none'" in html
    assert html.count("<script>") == 1


def test_nothing_that_needs_a_server_is_left(written: Path) -> None:
    for file in (written / "site").rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert "<form method" not in html
        assert "/review" not in html
        assert 'name="q"' not in html
