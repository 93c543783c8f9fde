"""Every page in a real browser: it opens without an error, asks no other host, and fits; axe finds nothing serious."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from urllib.request import urlopen

import pytest

from onrecord.casebook import open_case

pytest.importorskip("playwright", reason="no driver for a browser: pip install playwright")

from playwright.sync_api import Browser, Page

from tests.browser.conftest import served, visiting

pytestmark = pytest.mark.browser

FIXED = {
    "story": "/",
    "as of": "/?as_of=2024-12",
    "reports": "/reports",
    "actors": "/actors",
    "statements": "/statements",
    "conflicts": "/conflicts",
    "review": "/review",
    "review of actors": "/review?kind=actors",
    "search": "/search?q=said",
    "nothing found": "/search?q=zyxwv",
    "add": "/add",
    "nowhere": "/nowhere",
}
LISTS = ("reports", "actors", "statements", "commitments", "events", "figures", "positions", "changes", "conflicts")
WIDE, NARROW = 1280, 390
GIVEN = os.environ.get("ONRECORD_ROOM_CASE", "")
"""A case of one's own whose pages are looked at too: large ones take long to make, so none is made here."""


def addresses(home: str) -> Mapping[str, str]:
    """A page of each kind that this case has."""
    found = dict(FIXED)
    for name in LISTS:
        with urlopen(f"{home}/api/v1/{name}?limit=5") as answer:
            items = json.load(answer)["items"]
        if items:
            found[f"one of the {name}"] = f"/{name}/{items[-1]['id']}"
    return found


@pytest.fixture(scope="module")
def checker() -> str:
    """axe-core, as its package carries it."""
    pytest.importorskip("axe_playwright_python", reason="no axe-core: pip install axe-playwright-python")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def faults(page: Page, checker: str) -> list[str]:
    """What axe-core finds that is serious: the rule, and where."""
    page.evaluate(checker)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def sideways(page: Page) -> int:
    """How far a page can be scrolled sideways, in pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def unnamed(page: Page) -> list[str]:
    """Ids that are there twice."""
    return list(
        page.evaluate(
            "() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
            " return ids.filter((id, n) => ids.indexOf(id) < n); }"
        )
    )


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_every_page_opens_and_can_be_used_by_everybody(
    browser: Browser, reading: str, checker: str, width: int, scheme: str
) -> None:
    wrong = _wrong_on(browser, reading, checker, width, scheme)
    assert wrong == {}


@pytest.fixture(scope="module")
def pair(model: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A room of two reports as they come: damaged, misdated, of one origin."""
    path = tmp_path_factory.mktemp("pair") / "pair.case"
    with open_case(path, create=True, threads=1) as case:
        case.add([shared / "reports" / "iraq-drawdown"])
    with served(path) as home:
        yield home


@pytest.mark.shared
@pytest.mark.parametrize(("width", "scheme"), [(NARROW, "light"), (WIDE, "dark")])
def test_every_page_of_damaged_reports_opens(
    browser: Browser, pair: str, checker: str, width: int, scheme: str
) -> None:
    assert _wrong_on(browser, pair, checker, width, scheme) == {}


@pytest.mark.skipif(not GIVEN, reason="no case in ONRECORD_ROOM_CASE")
@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_every_page_of_a_case_that_is_given_opens(browser: Browser, checker: str, width: int, scheme: str) -> None:
    with served(Path(GIVEN)) as home:
        assert _wrong_on(browser, home, checker, width, scheme, leave_out=("as of",)) == {}


def _wrong_on(
    browser: Browser, home: str, checker: str, width: int, scheme: str, leave_out: Sequence[str] = ()
) -> dict[str, list[str]]:
    """By page, what is wrong with it."""
    wrong = {}
    with visiting(browser, home, width, scheme) as visit:
        for name, path in addresses(home).items():
            if name in leave_out:
                continue
            visit.missing = name == "nowhere"
            page = visit.go(path)
            told = [*faults(page, checker), *(f"id twice: {one}" for one in unnamed(page)), *visit.wrong]
            if sideways(page) > 0:
                told.append(f"scrolls sideways by {sideways(page)} pixels")
            if told:
                wrong[name] = told
            visit.wrong.clear()
    return wrong


def test_the_story_can_be_printed(browser: Browser, reading: str) -> None:
    with visiting(browser, reading) as visit:
        page = visit.go("/")
        page.emulate_media(media="print")
        assert page.locator(".endnotes h2").is_visible()
        assert page.locator("#e1").is_visible()
        assert not page.locator(".masthead nav").is_visible()
        assert sideways(page) <= 0
