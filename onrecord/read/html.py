"""Web pages: the main text, without menus and advertisements, and what the page says of itself.

The text of such a report is the extracted text, one paragraph a block, and offsets count in that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.model import DeclaredDate
from onrecord.read.received import Received, received_file
from onrecord.read.text import decode, has_words, storable
from onrecord.read.written import date_in_address

_START = re.compile(rb"\s{0,200}(?:<!--[^>]{0,400}-->\s{0,20})?(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ADDRESS = re.compile(
    r"<(?:link[^>]{0,200}?rel=[\"']canonical[\"'][^>]{0,200}?href|meta[^>]{0,200}?property=[\"']og:url[\"'][^>]{0,200}?content)"
    r"=[\"']([^\"'>]{0,500})",
    re.IGNORECASE,
)
_HEAD = 65_536
# Fixed bounds: with its own, htmldate would refuse dates after today, and today's answer would differ from tomorrow's.
_FIRST_DAY, _LAST_DAY = "1990-01-01", "2199-12-31"


def is_html(start: bytes) -> bool:
    """Whether a file that begins so is a web page, whatever its name."""
    return _START.match(start) is not None


def read_page(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The one report of an HTML file."""
    yield received_page(stream.read(), name)


def received_page(data: bytes, name: str, charset: str | None = None) -> Received | OnRecordError:
    """The report of a web page.

    Args:
        data: the page as it came.
        name: what the report will be called.
        charset: its encoding as the server told it, which counts for more than what the page says of itself.
    """
    decoded = decode(data, charset or _declared_encoding(data))
    page = _CONTROLS.sub("\ufffd", decoded.text)
    if not page.strip():
        return UnreadableSource(name, "is empty", "Leave it out, or save the page again")
    document = _extracted(page)
    text = _paragraphs(document.text) if document is not None else ""
    if document is None or not has_words(text):
        return UnreadableSource(name, "is a web page without a main text", "Save the article itself, or give its text")
    return received_file(
        text,
        name,
        data,
        encoding=decoded.encoding,
        certain=decoded.certain,
        publisher=_words(document.sitename),
        title=_words(document.title),
        dates=_dates(page),
    )


def _declared_encoding(data: bytes) -> str | None:
    match = _CHARSET.search(data, 0, _HEAD)
    return match[1].decode("ascii") if match else None


def _extracted(page: str) -> Any | None:
    """The page's document as trafilatura sees it, or None if it finds no article."""
    from trafilatura import bare_extraction  # costs half a second, and only web pages need it

    try:
        return bare_extraction(page, include_comments=False, include_tables=True, with_metadata=True)
    except Exception:  # a parser of pages from anywhere may fail in any way; the others must still be read
        return None


def _paragraphs(text: str | None) -> str:
    """The extracted lines, each a paragraph with a blank line between."""
    lines = (line.strip() for line in storable(text or "").split("\n"))
    return "\n\n".join(line for line in lines if line)


def _dates(page: str) -> tuple[DeclaredDate, ...]:
    """The day of first publication by the page's markup, and the one in its own address."""
    address = _ADDRESS.search(page, 0, 4 * _HEAD)
    found = ((_marked_date(page), "meta"), (date_in_address(address[1]) if address else None, "url"))
    return tuple(DeclaredDate(value, None, how) for value, how in found if value)


def _marked_date(page: str) -> str | None:
    from htmldate import find_date

    try:
        return find_date(
            page,
            extensive_search=False,  # the wider search takes any date it meets in the text
            original_date=True,
            min_date=_FIRST_DAY,
            max_date=_LAST_DAY,
        )
    except Exception:  # as above
        return None


def _words(value: str | None) -> str | None:
    return " ".join(storable(value).split()) or None if value else None
