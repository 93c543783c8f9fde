"""A reading room that really listens, and a real browser in it."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from onrecord.casebook import open_case

pytest.importorskip("starlette", reason="the reading room is not installed: pip install 'onrecord[web]'")
pytest.importorskip("playwright", reason="no driver for a browser: pip install playwright")

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "drawdown"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WAIT = 15_000
"""Milliseconds that a test waits for something to appear, on a machine that is busy."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if any(map(shutil.which, _BROWSERS)):
        return
    missing = pytest.mark.skip(reason="no browser is installed: apt-get install chromium")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(missing)


@dataclass
class Visit:
    """A page of the browser, with what went wrong on it."""

    page: Page
    home: str
    wrong: list[str] = field(default_factory=list)
    missing: bool = False

    def go(self, path: str) -> Page:
        """Opens an address of the room."""
        self.page.goto(self.home + path)
        return self.page

    def watch(self) -> None:
        self.page.on("console", lambda told: self._told(told.type, told.text))
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("request", lambda asked: self._asked(asked.url))

    def _told(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not (self.missing and "404" in text):
            self.wrong.append(f"console: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.home + "/", "data:", "blob:")):
            self.wrong.append(f"request: {url}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, _BROWSERS)))
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


@contextmanager
def served(case: Path, **settings: Any) -> Iterator[str]:
    """The address of a room that is served until the end of the block."""
    import uvicorn

    from onrecord.case.store import Store
    from onrecord.web.app import application

    with socket.socket() as free, Store(str(case)) as store:
        free.bind(("127.0.0.1", 0))
        app = application(store, threads=1, **settings)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = Thread(target=server.run, kwargs={"sockets": [free]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{free.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="package")
def example_case(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the example reports, and of three that disagree about a fire."""
    path = tmp_path_factory.mktemp("browser") / "story.case"
    with open_case(path, create=True, threads=1) as case:
        case.add([EXAMPLE, Path(__file__).parent / "harbour.jsonl"])
    return path


@pytest.fixture(scope="package")
def reading(example_case: Path) -> Iterator[str]:
    """A room that tests only read in."""
    with served(example_case) as home:
        yield home


@pytest.fixture
def desk(example_case: Path, tmp_path: Path) -> Iterator[str]:
    """A room of its own for a test that writes."""
    path = tmp_path / "story.case"
    path.write_bytes(example_case.read_bytes())
    with served(path) as home:
        yield home


@contextmanager
def visiting(browser: Browser, home: str, width: int = 1280, scheme: Any = "light") -> Iterator[Visit]:
    """A page of its own; at the end nothing may have gone wrong on it, and nothing may have been asked of others."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(_WAIT)
    visit = Visit(context.new_page(), home)
    visit.watch()
    try:
        yield visit
    finally:
        context.close()
    assert visit.wrong == []


@pytest.fixture
def visit(browser: Browser, reading: str) -> Iterator[Visit]:
    with visiting(browser, reading) as one:
        yield one


@pytest.fixture
def work(browser: Browser, desk: str) -> Iterator[Visit]:
    with visiting(browser, desk) as one:
        yield one
