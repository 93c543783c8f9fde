"""Feeds: RSS and Atom files, one report an entry, named by its address so that it is known when it comes again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.model import DeclaredDate
from onrecord.read.fields import words_of
from onrecord.read.markup import markup_text
from onrecord.read.received import Notice, Received, date_of_address, digest
from onrecord.read.text import has_words

ROOTS = frozenset({"rss", "feed", "RDF", "channel"})
_END = re.compile(rb"</(?:[A-Za-z]{1,20}:)?(?:rss|feed|rdf|channel)\s{0,20}>|[<>]\0|\0[<>]", re.IGNORECASE)
_LAST = 4096
_FEWEST_WORDS = 120
"""Words from which an entry's summary may be the whole story."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    Attributes:
        key: what tells it from others: its id or address.
        address: where the story stands, if anywhere.
        text: what the feed gives of it, without markup.
        whole: whether that is taken to be all of it.
    """

    key: str
    address: str | None
    title: str | None
    text: str
    whole: bool
    published: str | None
    updated: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: who publishes it, and its entries in their order."""

    publisher: str | None
    entries: tuple[Entry, ...]


def parsed_feed(data: bytes, name: str) -> Feed:
    """A feed of any version of RSS or Atom.

    Raises:
        UnreadableSource: it holds no entries.
    """
    import feedparser

    found = feedparser.parse(BytesIO(data), sanitize_html=True, resolve_relative_uris=False)
    if not found.version and not found.entries:
        raise UnreadableSource(name, "is not a whole RSS or Atom feed", "Download or save it again")
    if not found.entries:
        raise UnreadableSource(name, "is a feed without entries", "Leave it out, or read it later")
    entries = tuple(_entry(entry, f"{name}:{number}") for number, entry in enumerate(found.entries, 1))
    return Feed(words_of(found.feed.get("title")), entries)


def read_feed(data: bytes, name: str) -> Iterator[Received | OnRecordError]:
    """The reports of a feed."""
    feed = parsed_feed(data, name)
    for number, entry in enumerate(feed.entries, 1):
        if has_words(entry.text):
            yield received_entry(entry, feed.publisher)
        else:
            where = f", which stands at {entry.address}" if entry.address else ""
            reason = "is an entry without a text"
            yield UnreadableSource(f"{name}, entry {number}", reason, f"Give the page itself{where}")
    if not _END.search(data[-_LAST:]):
        reason = "is a feed that is cut off, so its last entry may be incomplete"
        yield UnreadableSource(name, reason, "Download or save it again")


def read_entries(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The entries of a feed as they are, those without a text too: what stands at their addresses is yet to be read."""
    feed = parsed_feed(stream.read(), name)
    for entry in feed.entries:
        yield received_entry(entry, feed.publisher)


def received_entry(entry: Entry, publisher: str | None) -> Received:
    """An entry as a report; if it is only a summary, that is noted."""
    data = entry.text.encode()
    given = ((entry.published, "feed"), (entry.updated, "feed update"))
    dates = tuple(DeclaredDate(day, None, how) for day, how in given if day)
    return Received(
        entry.text,
        entry.address or entry.key,
        digest(data),
        publisher=publisher,
        title=entry.title,
        dates=(*dates, *date_of_address(entry.address)),
        data=data,
        notices=() if entry.whole else (_cut(entry),),
    )


def _cut(entry: Entry) -> Notice:
    remedy = f"Give the page itself: {entry.address}." if entry.address else "Give the story itself."
    return Notice("truncated", "The feed gives a summary, which may be all that is read of the story.", remedy)


def _entry(entry: Mapping[str, Any], name: str) -> Entry:
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    longest = max((markup_text(part) for part in contents), key=len, default="")
    summary = markup_text(entry.get("summary") or "")
    text = longest if longest and not _is_cut(longest) else max(longest, summary, key=len)
    address = words_of(entry.get("link"))
    return Entry(
        key=words_of(entry.get("id")) or address or name,
        address=address if address and address.startswith(("http://", "https://")) else None,
        title=words_of(markup_text(entry.get("title") or "")),
        text=text,
        whole=not _is_cut(text) and (bool(longest) or len(text.split()) >= _FEWEST_WORDS),
        published=_day(entry.get("published_parsed")),
        updated=_day(entry.get("updated_parsed")),
    )


def _is_cut(text: str) -> bool:
    return text.rstrip().rstrip("])").rstrip().endswith(("...", "…"))


def _day(parsed: Any) -> str | None:
    """The day of a date as feedparser has read it, which is in UTC."""
    try:
        year, month, day = int(parsed[0]), int(parsed[1]), int(parsed[2])
    except (TypeError, ValueError, IndexError):
        return None
    return f"{year:04}-{month:02}-{day:02}" if 1900 < year < 2200 else None
