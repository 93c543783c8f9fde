"""Feeds asked again and again, politely: only for what is new, never where a site forbids it, less often when it fails.

What a poll gathers are files as any reader of onrecord takes them: a WARC file of the pages that the feeds lead to,
and JSON lines of the entries that the feeds give whole.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any, Protocol

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.apart import Reader
from onrecord.read.fetch import NotFetched, Page, fetch
from onrecord.read.formats import ENTRIES
from onrecord.read.received import Received
from onrecord.read.robots import Robots, site_of
from onrecord.read.text import has_words
from onrecord.read.webarchive import FEED_DATE

_LONGEST_WAIT = 24 * 3600.0
_MOST_PAGES = 200
"""Pages fetched for one feed in one round; the rest comes in the next."""
_EARLY = 5.0
"""Seconds by which a feed may be asked too soon, so that a round is not missed for a moment."""


class Fetch(Protocol):
    """Fetches a page: `onrecord.read.fetch.fetch`."""

    def __call__(self, address: str, known: Mapping[str, str] | None = None, /) -> Page: ...


@dataclass(slots=True)
class FeedState:
    """What is kept of a feed between two polls.

    Attributes:
        etag, modified: by which the server knows what it gave last.
        failures: how often in a row it failed.
        due: not before this time (seconds since 1970) is it asked again.
        seen: entries it had that were read.
    """

    etag: str = ""
    modified: str = ""
    failures: int = 0
    due: float = 0.0
    seen: list[str] = field(default_factory=list)

    def conditions(self) -> dict[str, str]:
        """The headers that ask for what has changed."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {key: value for key, value in given.items() if value}


@dataclass(slots=True)
class Gathered:
    """What a round brought: files to read, what failed, and by feed the entries that are in the files."""

    sources: list[Path] = field(default_factory=list)
    errors: list[OnRecordError] = field(default_factory=list)
    taken: dict[str, list[str]] = field(default_factory=dict)


class Poller:
    """Asks feeds for what is new.

    Args:
        state: what was kept of each feed, by address.
        every: seconds between two polls of a feed that works.
        stop: set from outside to end a round early.
        fetching: fetches pages.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        state: dict[str, FeedState],
        every: float,
        stop: Event,
        fetching: Fetch = fetch,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.state = state
        self._every = every
        self._stop = stop
        self._fetch = fetching
        self._clock = clock
        self._robots = Robots(fetching)
        self._asked: dict[str, float] = {}

    def gather(self, feeds: Sequence[str], folder: Path) -> Gathered:
        """One round over all feeds; files are written into `folder`."""
        self._robots = Robots(self._fetch)
        gathered = Gathered()
        with Reader() as apart, _Files(folder) as files:
            for feed in feeds:
                if not self._stop.is_set():
                    self._poll(feed, apart, files, gathered)
            gathered.sources = files.written
        return gathered

    def settle(self, gathered: Gathered) -> None:
        """Notes that what was gathered has been read, so that it is not fetched again."""
        for feed, taken in gathered.taken.items():
            state = self.state[feed]
            state.seen = list(dict.fromkeys((*state.seen, *taken)))

    def _poll(self, feed: str, apart: Reader, files: _Files, gathered: Gathered) -> None:
        state = self.state.setdefault(feed, FeedState())
        if self._clock() < state.due - _EARLY:
            return
        try:
            page = self._page(feed, state.conditions())
            entries = [] if page.unchanged else self._entries(feed, page, apart, gathered)
        except OnRecordError as error:
            gathered.errors.append(error)
            state.failures += 1
            state.due = self._clock() + self._wait(state.failures, error)
            return
        state.failures, state.due = 0, self._clock() + self._every
        if not page.unchanged:
            self._take(feed, entries, files, gathered)
            if not self._stop.is_set():  # else the rest is still to come
                state.etag, state.modified = page.headers.get("etag", ""), page.headers.get("last-modified", "")

    def _wait(self, failures: int, error: OnRecordError) -> float:
        """Twice as long with each failure, up to a day, and never less than the server asks for."""
        asked = error.retry_after if isinstance(error, NotFetched) and error.retry_after else 0.0
        return min(max(self._every * 2.0 ** min(failures, 30), asked), _LONGEST_WAIT)

    def _entries(self, feed: str, page: Page, apart: Reader, gathered: Gathered) -> list[Received]:
        """The entries of a feed.

        Raises:
            OnRecordError: it has none, or is no feed.
        """
        found = list(apart.read(feed, ENTRIES.name, data=page.data))
        errors = [one for one in found if isinstance(one, OnRecordError)]
        entries = [one for one in found if isinstance(one, Received)]
        if errors and not entries:
            raise errors[0]
        gathered.errors.extend(errors)
        state = self.state[feed]
        here = {entry.name for entry in entries}
        state.seen = [name for name in state.seen if name in here]  # what has left the feed will not come again
        known = set(state.seen)
        return [entry for entry in entries if entry.name not in known]

    def _take(self, feed: str, entries: Sequence[Received], files: _Files, gathered: Gathered) -> None:
        taken = gathered.taken.setdefault(feed, [])
        for entry in entries[:_MOST_PAGES]:
            if self._stop.is_set():
                return
            try:
                self._take_one(entry, files)
                taken.append(entry.name)
            except NotFetched as error:
                gathered.errors.append(error)
                if error.status is not None and error.status < 500 and error.status != 429:
                    taken.append(entry.name)  # it would fail again
            except OnRecordError as error:
                gathered.errors.append(error)
                taken.append(entry.name)

    def _take_one(self, entry: Received, files: _Files) -> None:
        """The entry itself if the feed gives it whole, otherwise the page it leads to."""
        is_whole = not entry.notices and has_words(entry.text)
        if is_whole or not entry.name.startswith(("http://", "https://")):
            if has_words(entry.text):
                files.entry(entry)
            return
        files.page(entry, self._page(entry.name, {}), self._clock())

    def _page(self, address: str, known: Mapping[str, str]) -> Page:
        """A page, if its site allows it, after a pause if the site was just asked."""
        if not self._robots.allow(address):
            silence = self._robots.silence(address)
            if silence is not None:
                reason = f"is not asked, since its site's robots.txt {silence.reason}"
                raise UnreadableSource(address, reason, silence.remedy)
            reason = "is not to be read by programs, says its site's robots.txt"
            raise UnreadableSource(address, reason, "Save the page yourself and give the file")
        site = site_of(address)
        left = self._asked.get(site, 0.0) + self._robots.pause(address) - self._clock()
        if left > 0:
            self._stop.wait(left)
        self._asked[site] = self._clock()
        return self._fetch(address, known)


class _Files:
    """The files that a round writes; they are made when something comes.

    Args:
        folder: where to write them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, Any] = {}
        self.written: list[Path] = []

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in self._open.values():
            stream.close()

    def page(self, entry: Received, page: Page, now: float) -> None:
        """Keeps a fetched page as a WARC record."""
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        kind = page.headers.get("content-type", "text/html")
        given = next((day.value for day in entry.dates if day.how == "feed"), "")
        told = {"WARC-Date": datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), FEED_DATE: given}
        writer = WARCWriter(self._stream("pages.warc"), gzip=False)
        record = writer.create_warc_record(
            entry.name,
            "response",
            payload=BytesIO(page.data),
            http_headers=StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1"),
            warc_headers_dict=told,
        )
        writer.write_record(record)

    def entry(self, entry: Received) -> None:
        """Keeps an entry as a JSON line."""
        given = next((day.value for day in entry.dates), None)
        line = {
            "id": entry.name,
            "text": entry.text,
            "title": entry.title,
            "publisher": entry.publisher,
            "published": given,
        }
        self._stream("entries.jsonl").write(json.dumps(line, ensure_ascii=True).encode() + b"\n")

    def _stream(self, name: str) -> Any:
        if name not in self._open:
            path = self._folder / name
            self.written.append(path)
            self._open[name] = path.open("wb")
        return self._open[name]


def load_state(path: Path | None) -> dict[str, FeedState]:
    """What was kept of feeds; nothing where there is no such file, or it is damaged: then all is asked anew."""
    if path is None or not path.exists():
        return {}
    with suppress(OSError, ValueError):
        return state_of(path.read_text("utf-8"))
    return {}


def state_of(text: str) -> dict[str, FeedState]:
    """The state that `state_text` wrote; nothing if it is damaged."""
    with suppress(ValueError, TypeError, AttributeError):
        return {str(feed): FeedState(**kept) for feed, kept in json.loads(text).items()}
    return {}


def state_text(state: Mapping[str, FeedState]) -> str:
    """The state as JSON, to be written to a file."""
    return json.dumps({feed: asdict(kept) for feed, kept in sorted(state.items())}, indent=1) + "\n"
