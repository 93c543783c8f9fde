"""Pages from the web: only when asked for, only public ones, within bounds of size and time."""

from __future__ import annotations

import gzip
import importlib
import socket
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.cli.reports import annotate
from onrecord.errors import UnreadableSource
from onrecord.read.address import Address, fetchable
from onrecord.read.fetch import NotFetched, fetch, is_public
from onrecord.read.limits import FetchLimits
from onrecord.read.source import Reading, read_with_findings
from tests.fixtures import make
from tests.fixtures.site import Answer, Site, served

HTML = {"Content-Type": "text/html; charset=utf-8"}
SHORT = FetchLimits(seconds=0.6, idle=0.3, size=1, redirects=3)
here = partial(fetch, loopback=True)


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as found:
        yield found


@pytest.fixture
def open_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("onrecord.read.fetch"), "fetch", here)


def refusal(address: str, **how: Any) -> str:
    with pytest.raises(NotFetched) as caught:
        fetch(address, **how)
    assert "\n" not in str(caught.value)
    return caught.value.reason


@pytest.mark.usefixtures("open_to_this_machine")
def test_a_page_that_was_asked_for_is_a_report(site: Site) -> None:
    site.pages["/2031/03/05/tram"] = Answer(make.page(published=None), headers=HTML)
    (reading,) = read_with_findings(Address(site.root + "/2031/03/05/tram"))
    assert isinstance(reading, Reading)
    report = reading.report
    assert (report.name, report.title) == (site.root + "/2031/03/05/tram", make.HEADLINE)
    assert report.declared is not None
    assert (report.declared.value, report.declared.how) == ("2031-03-05", "url")
    assert reading.data == make.page(published=None)


@pytest.mark.usefixtures("open_to_this_machine")
@pytest.mark.parametrize(
    ("data", "kind", "count"),
    [(make.pdf(), "application/pdf", 1), (make.rss(), "application/rss+xml", 2), (make.table(), "text/csv", 1)],
)
def test_other_formats_are_fetched_as_well(data: bytes, kind: str, count: int, site: Site) -> None:
    site.pages["/a"] = Answer(data, headers={"Content-Type": kind})
    found = list(read_with_findings(Address(site.root + "/a")))
    assert len(found) == count
    assert all(isinstance(item, Reading) for item in found)


@pytest.mark.usefixtures("open_to_this_machine")
def test_a_page_that_is_not_there_is_one_line(site: Site) -> None:
    (error,) = read_with_findings(Address(site.root + "/gone"))
    assert isinstance(error, UnreadableSource)
    assert error.reason == "was answered with 404 (Not Found)"


def test_only_addresses_become_fetchable() -> None:
    given = fetchable(("https://news.example.org/a", "notes/https.txt"))
    assert [isinstance(source, Address) for source in given] == [True, False]


def test_a_redirect_is_followed_but_not_for_ever(site: Site) -> None:
    site.pages["/a"] = Answer(status=301, headers={"Location": "/b"})
    site.pages["/b"] = Answer(b"words", headers=HTML)
    site.pages["/round"] = Answer(status=302, headers={"Location": "/round"})
    assert here(site.root + "/a").data == b"words"
    assert refusal(site.root + "/round", loopback=True) == "leads on from page to page, more than 5 times"
    assert site.asked.count("/round") == 6


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.8/", "http://169.254.169.254/latest/meta-data", "http://192.168.1.1/", "http://[fd00::1]/"],
)
def test_a_redirect_into_a_private_network_is_refused(target: str, site: Site) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": target})
    assert refusal(site.root + "/a", loopback=True).startswith("stands in a private network")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/a", "gopher://x.example", "https://"])
def test_a_redirect_to_anything_but_a_page_is_refused(target: str, site: Site) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": target})
    assert refusal(site.root + "/a", loopback=True) == "is not a web address"


def test_this_machine_is_not_asked(site: Site) -> None:
    site.pages["/a"] = Answer(b"secret", headers=HTML)
    for address in (
        site.root,
        site.root.replace("127.0.0.1", "localhost"),
        site.root.replace("127.0.0.1", "[::ffff:7f00:1]"),
    ):
        assert refusal(address + "/a").startswith("stands in a private network")
    assert site.asked == []


@pytest.mark.parametrize(
    "number",
    "0.0.0.0 127.0.0.1 127.8.8.8 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 224.0.0.1 255.255.255.255 "
    "240.0.0.1 198.18.0.1 192.0.2.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 "
    "64:ff9b::7f00:1 2002:7f00:1:: 2001:0:1::".split(),
)
def test_private_numbers(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_public_numbers(number: str) -> None:
    assert is_public(number)


def test_a_name_with_one_private_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: object, **__: object) -> list[Any]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("93.184.216.34", 80)), (*kind, ("10.0.0.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert refusal("http://two-faced.example/") == "stands in a private network (10.0.0.1)"


def test_a_name_is_resolved_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second answer could be another than the one that was checked."""
    site.pages["/a"] = Answer(b"words", headers=HTML)
    resolved: list[str] = []
    resolve = socket.getaddrinfo

    def count(host: str, *rest: Any, **more: Any) -> Any:
        resolved.append(host)
        return resolve("127.0.0.1" if host == "rebinding.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", count)
    assert here(site.root.replace("127.0.0.1", "rebinding.example") + "/a").data == b"words"
    assert resolved.count("rebinding.example") == 1


def test_a_page_that_is_too_large_is_given_up(site: Site) -> None:
    site.pages["/large"] = Answer(b"a" * 1_500_000, headers=HTML)
    bomb = gzip.compress(b"a" * 60_000_000)
    site.pages["/bomb"] = Answer(bomb, headers={**HTML, "Content-Encoding": "gzip"})
    for path in ("/large", "/bomb"):
        assert (
            refusal(site.root + path, loopback=True, limits=FetchLimits(size=1)) == "is larger than is allowed (1 MB)"
        )


def test_a_page_that_drips_is_given_up(site: Site) -> None:
    site.pages["/slow"] = Answer(b"a" * 100_000, headers=HTML, drip=0.05)
    start = time.monotonic()
    assert refusal(site.root + "/slow", loopback=True, limits=SHORT) == "does not answer in time"
    assert time.monotonic() - start < 5


def test_a_host_that_cannot_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert refusal("https://nowhere.example/") == "has a host that cannot be found"


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "http://a b/",
        "https://x.example:99999/",
        "http://x.example\n.evil/",
        "http://[::1",
        "https://" + "a" * 90 + ".example",
    ],
)
def test_what_is_no_address_is_one_line(address: str) -> None:
    assert refusal(address)


def test_a_password_is_not_sent() -> None:
    assert refusal("https://me:secret@x.example/") == "holds a user name or password"


@pytest.mark.usefixtures("open_to_this_machine")
def test_the_command_line_fetches_only_when_told(site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = Answer(make.page(), headers=HTML)
    told = [site.root + "/a", "-o", str(tmp_path / "notes.jsonl")]
    done = CliRunner().invoke(annotate, told)
    assert (done.exit_code, site.asked) == (1, [])
    assert "is a web address, and nothing is fetched unasked. Give --fetch" in done.output
    done = CliRunner().invoke(annotate, [*told, "--fetch"])
    assert (done.exit_code, site.asked) == (0, ["/a"])
    assert make.HEADLINE in (tmp_path / "notes.jsonl").read_text("utf-8")
