"""PDF documents: the text of the pages, joined to paragraphs. Scanned pages hold none."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.exports import read_written
from onrecord.read.paged import running_text
from onrecord.read.received import Received
from onrecord.read.text import has_words, storable

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 5_000


def is_pdf(start: bytes) -> bool:
    """Whether a file that begins so is a PDF document, whatever its name."""
    return start.startswith(b"%PDF-")


def read_pdf(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The one report of a PDF file, or those of a database's export."""
    data = stream.read()
    text = storable(running_text(_pages(data, name)))
    if not has_words(text):
        reason = "is a PDF document without text; its pages may be pictures"
        yield UnreadableSource(name, reason, "Recognise its text first, for example with ocrmypdf")
        return
    yield from read_written(text, name, data)


def _pages(data: bytes, name: str) -> list[str]:
    """The text of each page.

    Raises:
        UnreadableSource: the document is locked, damaged or has too many pages.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity it mends
    try:
        document = PdfReader(BytesIO(data), strict=False)
        _unlock(document, name)
        if len(document.pages) > _MOST_PAGES:
            raise UnreadableSource(name, f"has more than {_MOST_PAGES} pages", "Split it first")
        return [_text(page) for page in document.pages]
    except LimitReachedError:
        reason = "is a PDF document that unpacks to more than is allowed"
        raise UnreadableSource(name, reason, "If you trust it, give its text instead") from None
    except (FileNotDecryptedError, DependencyError):
        raise _locked(name) from None
    except PyPdfError as error:
        told = " ".join(str(error).split())[:120]
        reason = f"is a damaged PDF document ({told or type(error).__name__})"
        raise UnreadableSource(name, reason, "Download or save it again, or give its text") from None


def _text(page: PageObject) -> str:
    """The words of a page. Where there are none, its content is looked at, since the library keeps silent on damage."""
    words = page.extract_text()
    contents = None if words.strip() else page.get_contents()
    if contents is not None:
        contents.get_data()
    return words


def _unlock(document: PdfReader, name: str) -> None:
    """Opens a document that is locked against changes only, and so with an empty password."""
    if document.is_encrypted and not document.decrypt(""):
        raise _locked(name)


def _locked(name: str) -> UnreadableSource:
    return UnreadableSource(name, "is a PDF document locked with a password", "Save a copy without the password")
