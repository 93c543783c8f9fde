"""Web archives: the pages of a WARC file, packed or not, and of the WARC files in a WACZ archive.

Every page that was answered with its content is one report, named by its address; when it was crawled tells by when
it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.model import DeclaredDate
from onrecord.read.archives import BoundedStream, gzip_start
from onrecord.read.exports import read_plain
from onrecord.read.html import is_html, received_page
from onrecord.read.limits import MEGABYTE
from onrecord.read.pdf import is_pdf, read_pdf
from onrecord.read.received import Received, date_of, date_of_address
from onrecord.read.written import iso_date

if TYPE_CHECKING:
    from zipfile import ZipFile

_LARGEST_PAGE = 32 * MEGABYTE
_KINDS = ("response", "resource", "conversion")
FEED_DATE = "Onrecord-Feed-Date"
"""A field of our own in WARC files that a poll writes: when the feed says that the page was published."""
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


def is_warc(start: bytes) -> bool:
    """Whether a file that begins so is a WARC file, packed or not."""
    return start.startswith(b"WARC/") or gzip_start(start).startswith(b"WARC/")


def read_warc(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The pages of a WARC file."""
    pages = _Pages(name)
    yield from pages.read(stream)
    yield from pages.left_out()


def read_wacz(archive: ZipFile, name: str) -> Iterator[Received | OnRecordError]:
    """The pages of a WACZ archive: those of all WARC files in it."""
    pages = _Pages(name)
    for entry in sorted(web_entries(archive)):
        with archive.open(entry) as stream:
            yield from pages.read(stream)
    yield from pages.left_out()


def web_entries(archive: ZipFile) -> list[str]:
    """The WARC files in a zip archive."""
    return [entry for entry in archive.namelist() if entry.endswith((".warc", ".warc.gz"))]


@dataclass(slots=True)
class _Pages:
    """Reads pages and counts those that hold no story; `first` is the address of the first of them."""

    name: str
    found: int = 0
    empty: int = 0
    first: str = ""
    is_damaged: bool = False

    def read(self, stream: Any) -> Iterator[Received | OnRecordError]:
        from zlib import error

        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        try:
            for record in ArchiveIterator(stream):
                if _is_page(record):
                    yield from self._page(record)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, error):
            yield self._damaged()

    def _damaged(self) -> UnreadableSource:
        self.is_damaged = True
        before = "a page" if self.found == 1 else f"{self.found} pages"
        reason = f"is a damaged web archive; {before} before the damage could be read"
        return UnreadableSource(self.name, reason, "Download or save it again")

    def left_out(self) -> Iterator[OnRecordError]:
        """What is said of pages that hold no story, or of an archive without pages."""
        if self.empty:
            what = "a page" if self.empty == 1 else f"{self.empty} pages"
            reason = f"holds {what} without a main text, the first being {self.first[:200]}"
            yield UnreadableSource(self.name, reason, "Leave it so if they are no articles, or give their text")
        elif not self.found and not self.is_damaged:
            yield UnreadableSource(self.name, "is a web archive without pages", "Leave it out, or crawl again")

    def _page(self, record: Any) -> Iterator[Received | OnRecordError]:
        headers = record.rec_headers
        address = (headers.get_header("WARC-Target-URI") or "").strip("<> ")
        try:
            data = b"".join(
                BoundedStream(record.content_stream(), _LARGEST_PAGE, _refusal(self.name, address)).chunks()
            )
        except UnreadableSource as error:
            self.is_damaged = True
            yield error
            return
        if getattr(record.raw_stream, "limit", 0):  # the record announces more than there is
            yield self._damaged()
            return
        self.found += 1
        for item in _read(data, address or f"{self.name}:{self.found}", _charset(record)):
            if isinstance(item, Received):
                yield replace(
                    item, seen=iso_date(headers.get_header("WARC-Date")), dates=_dates(item, headers, address)
                )
            else:
                self.first = self.first or item.subject
                self.empty += 1


def _refusal(name: str, address: str) -> UnreadableSource:
    reason = f"holds a page of more than {_LARGEST_PAGE // MEGABYTE} MB, {address[:200]}"
    return UnreadableSource(name, reason, "If you need that page, save it by itself")


def _dates(item: Received, headers: Any, address: str) -> tuple[DeclaredDate, ...]:
    """What the page says, what the feed said that led to it, and what its address says."""
    own = () if any(day.how == "url" for day in item.dates) else date_of_address(address)
    return (*item.dates, *date_of(headers.get_header(FEED_DATE), "feed"), *own)


def _is_page(record: Any) -> bool:
    """Whether a record is a page that was answered with words; pictures, scripts and redirects are not."""
    if record.rec_type not in _KINDS:
        return False
    http = record.http_headers
    if http is not None and http.get_statuscode() not in ("200", "203"):
        return False
    return _media_type(record) in _TEXTS


def _media_type(record: Any) -> str:
    http = record.http_headers
    given = (http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")) or ""
    return str(given).partition(";")[0].strip().casefold()


def _charset(record: Any) -> str | None:
    http = record.http_headers
    given = str((http.get_header("Content-Type") if http else "") or "")
    return given.casefold().partition("charset=")[2].partition(";")[0].strip(" \"'") or None


def _read(data: bytes, name: str, charset: str | None) -> Iterator[Received | OnRecordError]:
    """The report of one page, by its content, for what servers say of it may be wrong."""
    if is_pdf(data[:8]):
        try:
            yield from read_pdf(BytesIO(data), name)
        except UnreadableSource as error:
            yield error
    elif is_html(data[:4096]) or b"<" in data[:512]:
        yield received_page(data, name, charset)
    else:
        yield from read_plain(BytesIO(data), name)
