"""Feeds watched: politely, only for what is new, and until somebody stops it."""

from __future__ import annotations

import importlib
import json
import os
import signal
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from threading import Event, Timer

import pytest
from click.testing import CliRunner

from onrecord.case.store import Store
from onrecord.cli.watch import stopping, watch
from onrecord.read.fetch import Page, fetch
from onrecord.read.polling import FeedState, Gathered, Poller, load_state, state_text
from onrecord.read.robots import Robots
from onrecord.read.source import Reading, read_with_findings
from tests.fixtures import make
from tests.fixtures.site import Answer, Site, served

HTML = {"Content-Type": "text/html; charset=utf-8"}
HOUR = 3600.0


def here(address: str, known: Mapping[str, str] | None = None, /) -> Page:
    return fetch(address, known, loopback=True)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_930_000_000.0

    def __call__(self) -> float:
        self.now += 10  # so that no pause is waited for
        return self.now


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as found:
        found.pages["/rss"] = Answer(feed(found, 2), headers={"ETag": '"one"', "Last-Modified": "Wed, 05 Mar 2031"})
        for number in range(1, 5):
            found.pages[f"/2031/03/05/tram-line-late-{number}"] = Answer(make.page(f"Report {number}"), headers=HTML)
        yield found


def feed(site: Site, items: int, content: str | None = None) -> bytes:
    return make.rss(content, items).replace(b"https://news.example.org", site.root.encode())


def poller(clock: Clock, state: dict[str, FeedState] | None = None) -> Poller:
    return Poller({} if state is None else state, HOUR, Event(), here, clock)


def look(asking: Poller, feeds: list[str], folder: Path) -> tuple[list[Reading], Gathered]:
    folder.mkdir(exist_ok=True)
    gathered = asking.gather(feeds, folder)
    found = [item for source in gathered.sources for item in read_with_findings(source)]
    assert all(isinstance(item, Reading) for item in found), found
    asking.settle(gathered)
    return [item for item in found if isinstance(item, Reading)], gathered


def test_the_pages_that_a_feed_leads_to_are_read_once(site: Site, tmp_path: Path) -> None:
    clock = Clock()
    asking = poller(clock)
    found, gathered = look(asking, [site.root + "/rss"], tmp_path / "1")
    assert gathered.errors == []
    assert [reading.report.title for reading in found] == ["Report 1", "Report 2"]
    assert found[0].report.name == site.root + "/2031/03/05/tram-line-late-1"
    clock.now += HOUR
    site.pages["/rss"] = Answer(feed(site, 3))
    found, _ = look(asking, [site.root + "/rss"], tmp_path / "2")
    assert [reading.report.title for reading in found] == ["Report 3"]
    assert site.asked.count("/2031/03/05/tram-line-late-1") == 1


def test_whole_entries_are_taken_from_the_feed_itself(site: Site, tmp_path: Path) -> None:
    site.pages["/rss"] = Answer(feed(site, 2, "<p>The authority apologised on Wednesday.</p>"))
    found, _ = look(poller(Clock()), [site.root + "/rss"], tmp_path)
    assert [reading.report.text for reading in found] == ["The authority apologised on Wednesday."] * 2
    assert site.asked == ["/robots.txt", "/rss"]


def test_a_feed_is_asked_only_for_what_has_changed(site: Site, tmp_path: Path) -> None:
    given: list[dict[str, str]] = []

    def answer(headers: dict[str, str]) -> Answer:
        given.append(headers)
        if headers.get("if-none-match") == '"one"':
            return Answer(status=304)
        return Answer(feed(site, 1), headers={"ETag": '"one"', "Last-Modified": "Wed, 05 Mar 2031"})

    site.pages["/rss"] = answer
    clock = Clock()
    asking = poller(clock)
    look(asking, [site.root + "/rss"], tmp_path)
    clock.now += HOUR
    kept = tmp_path / "state.json"
    kept.write_text(state_text(asking.state))
    again = poller(clock, load_state(kept))
    found, gathered = look(again, [site.root + "/rss"], tmp_path)
    assert (found, gathered.errors) == ([], [])
    assert given[1]["if-modified-since"] == "Wed, 05 Mar 2031"
    assert "if-none-match" not in given[0]


def test_a_feed_is_not_asked_before_its_time(site: Site, tmp_path: Path) -> None:
    clock = Clock()
    asking = poller(clock)
    for _ in range(3):
        look(asking, [site.root + "/rss"], tmp_path)
    assert site.asked.count("/rss") == 1


def test_a_feed_that_fails_is_asked_less_and_less(site: Site, tmp_path: Path) -> None:
    site.pages["/rss"] = Answer(status=503)
    clock = Clock()
    asking = poller(clock)
    waits = []
    for _ in range(6):
        _, gathered = look(asking, [site.root + "/rss"], tmp_path)
        assert len(gathered.errors) == 1
        due = asking.state[site.root + "/rss"].due
        waits.append(round((due - clock.now) / HOUR))
        clock.now = due
    assert waits == [2, 4, 8, 16, 24, 24]
    site.pages["/rss"] = Answer(feed(site, 1))
    look(asking, [site.root + "/rss"], tmp_path)
    assert asking.state[site.root + "/rss"].failures == 0


def test_the_server_may_ask_for_more_time(site: Site, tmp_path: Path) -> None:
    site.pages["/rss"] = Answer(status=429, headers={"Retry-After": "36000"})
    clock = Clock()
    asking = poller(clock)
    look(asking, [site.root + "/rss"], tmp_path)
    assert round((asking.state[site.root + "/rss"].due - clock.now) / HOUR) == 10


def test_what_robots_are_forbidden_is_not_fetched(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /2031/\n")
    found, gathered = look(poller(Clock()), [site.root + "/rss"], tmp_path)
    assert found == []
    assert [error.reason for error in gathered.errors] == [
        "is not to be read by programs, says its site's robots.txt"
    ] * 2
    assert site.asked == ["/robots.txt", "/rss"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (429, False)])
def test_a_site_that_cannot_tell_its_rules_is_left_alone(status: int, allowed: bool, site: Site) -> None:
    site.pages["/robots.txt"] = Answer(status=status)
    assert Robots(here).allow(site.root + "/rss") is allowed


def test_why_a_site_is_left_alone_is_told_as_it_is(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = Answer(status=500)
    _, gathered = look(poller(Clock()), [site.root + "/rss"], tmp_path)
    (error,) = gathered.errors
    assert error.reason.startswith("is not asked, since its site's robots.txt was answered with 500")
    done = CliRunner().invoke(watch, [str(tmp_path / "a.case"), "http://127.0.0.1:9/rss", "--once"])
    assert "stands in a private network (127.0.0.1)" in done.output
    assert "says its site's robots.txt" not in done.output


def test_the_pause_that_a_site_wants(site: Site) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 7\n")
    assert Robots(here).pause(site.root + "/rss") == 7


def test_one_bad_feed_does_not_stop_the_others(site: Site, tmp_path: Path) -> None:
    site.pages["/broken"] = Answer(b"<rss><channel></channel></rss>")
    feeds = [site.root + "/gone", site.root + "/broken", site.root + "/rss"]
    found, gathered = look(poller(Clock()), feeds, tmp_path)
    assert len(found) == 2
    assert [error.reason for error in gathered.errors] == [
        "was answered with 404 (Not Found)",
        "is a feed without entries",
    ]


def test_a_page_that_fails_for_a_while_is_tried_again(site: Site, tmp_path: Path) -> None:
    page = "/2031/03/05/tram-line-late-1"
    good, site.pages[page] = site.pages[page], Answer(status=502)
    clock = Clock()
    asking = poller(clock)
    found, gathered = look(asking, [site.root + "/rss"], tmp_path / "1")
    assert (len(found), len(gathered.errors)) == (1, 1)
    site.pages[page] = good
    clock.now += HOUR
    found, _ = look(asking, [site.root + "/rss"], tmp_path / "2")
    assert [reading.report.title for reading in found] == ["Report 1"]


def test_a_signal_stops_after_what_was_begun() -> None:
    with stopping() as stop:
        Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM)).start()
        assert stop.wait(10)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_a_damaged_state_is_no_state(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"https://x.example/": {"etag": 1, "unknown": 2}}')
    (tmp_path / "b.json").write_text("{")
    assert load_state(tmp_path / "a.json") == load_state(tmp_path / "b.json") == load_state(tmp_path / "none") == {}


def test_the_command_adds_to_a_case(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    polling = importlib.import_module("onrecord.read.polling")
    monkeypatch.setattr(polling, "Poller", partial(Poller, fetching=here))
    case = tmp_path / "story.onrecord"
    site.pages["/rss"] = Answer(feed(site, 1, "<p>The authority apologised on Wednesday.</p>"))
    done = CliRunner().invoke(watch, [str(case), site.root + "/rss", "--once"])
    assert (done.exit_code, done.output) == (0, "1 new report, 0 failed\n")
    assert case.exists()
    assert list(json.loads((tmp_path / "story.onrecord.watch.json").read_text())) == [site.root + "/rss"]
    done = CliRunner().invoke(watch, [str(case), site.root + "/rss", "--once"])
    assert (done.exit_code, done.output) == (0, "0 new reports, 0 failed\n")
    site.pages["/rss"] = Answer(feed(site, 2, "<p>The authority closed the bridge on Thursday.</p>"))
    later = tmp_path / "later.onrecord"
    done = CliRunner().invoke(watch, [str(later), site.root + "/rss", "--once", "--later"])
    assert (done.exit_code, done.output) == (0, "2 new reports, 0 failed\n")
    with Store(str(later)) as store, store.view() as view:
        assert view.value("record") is None
    done = CliRunner().invoke(watch, [str(case), "feeds/rss.xml"])
    assert done.exit_code == 1
    assert done.output.startswith("feeds/rss.xml: is not a web address.")
