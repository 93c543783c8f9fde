"""Reports that mean harm, in a real browser: their words are shown as words, and nothing of them is obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("playwright", reason="no driver for a browser: pip install playwright")

from playwright.sync_api import Browser, Page, expect

from onrecord.casebook import open_case
from onrecord.cli import main
from tests.browser.conftest import served, visiting

pytestmark = pytest.mark.browser

SCRIPT = "<script>window.taken = 1</script><img src=x onerror='window.taken = 2'>"
BREAKING = "</title></script></template><svg onload=\"window.taken = 3\">\"'><a href='javascript:window.taken=4'>go</a>"
TURNED = "\u202egnp.exe\u202c\u2066back\u2069"
MARKS = "{{ 7 * 7 }} {% for x in y %} ${1} &lt;b&gt; &#x3c;"
LONG = "un" + "breakable" * 4000


@pytest.fixture(scope="module")
def hostile(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of reports whose titles, publishers, names and texts are made to break pages."""
    folder = tmp_path_factory.mktemp("hostile")
    reports = []
    for number, words in enumerate((SCRIPT, BREAKING, TURNED, MARKS, LONG)):
        text = (
            f"Minister Ana {words} Ruiz said on Friday that the port {words} would close by June 2026.\n\n"
            f"An official, who asked not to be named because {words}, said: “We will leave {words} by May.”\n\n"
            f"The fire killed {12 + number} people, {words} police said.\n"
        )
        reports.append({"id": words[:80], "title": words, "publisher": words, "published": "2026-03-03", "text": text})
    source = folder / "hostile.jsonl"
    source.write_text("\n".join(map(json.dumps, reports)) + "\n", encoding="utf-8")
    with open_case(folder / "hostile.case", create=True, threads=1) as case:
        case.add([source])
    return folder / "hostile.case"


@pytest.fixture(scope="module")
def home(hostile: Path) -> Iterator[str]:
    with served(hostile) as address:
        yield address


def obeyed(page: Page) -> list[str]:
    """What of the words became more than words."""
    return list(
        page.evaluate(
            """() => [
              window.taken && `script ran: ${window.taken}`,
              document.querySelector('main img, main script, [onload], [onerror]') && 'an element of a report',
              document.querySelector('a[href^="javascript:"]') && 'a link that is a script',
              /[\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.innerText) && 'direction turned',
              document.documentElement.scrollWidth > innerWidth && 'scrolls sideways',
            ].filter(Boolean)"""
        )
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_obeys_a_report(browser: Browser, home: str, width: int) -> None:
    with visiting(browser, home, width) as visit:
        todo, seen = (
            ["/", "/reports", "/statements", "/actors", "/review", "/review?kind=actors", "/add?told=" + SCRIPT],
            set(),
        )
        todo += ["/search?q=window", "/conflicts", "/statements?words=%3Cscript%3E"]
        kinds: dict[str, int] = {}
        while todo:
            path = todo.pop(0)
            kind = path.split("/")[1].partition("?")[0]
            if path in seen or kinds.get(kind, 0) >= 4:
                continue
            seen.add(path)
            kinds[kind] = kinds.get(kind, 0) + 1
            page = visit.go(path)
            assert obeyed(page) == [], path
            todo += page.evaluate(
                "[...document.querySelectorAll('main a[href^=\"/\"]')].map(a => a.getAttribute('href'))"
            )
        assert {"reports", "statements", "actors", "commitments"} <= set(kinds)


def test_what_is_typed_is_searched_for_and_nothing_else(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.go("/search")
        page.locator("[data-live]").fill("window taken")
        expect(page.locator("[data-results] li").first).to_be_visible()
        assert obeyed(page) == []


@pytest.mark.parametrize("name", ["site", "one.html"])
def test_no_file_obeys_a_report(browser: Browser, hostile: Path, tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(main, ["export", str(hostile), "site", "-o", str(tmp_path / name)])
    assert result.exit_code == 0, result.output
    file = tmp_path / name if name.endswith(".html") else tmp_path / name / "index.html"
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.goto(f"file://{file}")
    for place in ("Reports", "Statements", "Actors"):
        page.locator(".masthead nav a", has_text=place).click()
        expect(page.locator("tbody tr").first).to_be_visible()
        assert obeyed(page) == []
        page.locator("tbody a").first.click()
        expect(page.locator("h1")).not_to_have_text(re.compile(f"^{place}$"))
        assert obeyed(page) == []
    page.close()
    assert wrong == []
