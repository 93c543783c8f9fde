"""Written text: one report, or the many that LexisNexis and Factiva write into one file when they are asked to export.

Four layouts are known: LexisNexis as it was (`3 of 25 DOCUMENTS` over each) and as it is (`End of Document` under
each), Factiva with its codes (`HD`, `LP`, `TD`) and without. An export says how many documents it holds; if fewer
are found, that is an error beside the reports, since somebody would otherwise count on what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.exported import Document, factiva_coded, factiva_plain, lexis_classic, lexis_new
from onrecord.read.received import Received, digest, received_file
from onrecord.read.text import decode, has_words


@dataclass(frozen=True, slots=True)
class Layout:
    """How an export is laid out.

    Attributes:
        label: whose export it is.
        marks: every one of these stands somewhere in such a file.
        declared: where the file says how many documents it holds.
        documents: takes the file apart; None stands for a document that could not be read.
    """

    label: str
    marks: tuple[re.Pattern[str], ...]
    declared: re.Pattern[str]
    documents: Callable[[str], Iterator[Document | None]]


def _line(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]{{0,80}}(?:{pattern})[ \t]{{0,80}}\r?$", re.MULTILINE | flags)


_LAYOUTS = (
    Layout(
        "a LexisNexis export",
        (_line(r"(?:Document )?\d{1,5} of \d{1,5} DOCUMENTS?"), _line(r"(?:LENGTH|LOAD-DATE|LANGUAGE):[^\n]{1,99}")),
        _line(r"(?:Document )?(?P<number>\d{1,5}) of (?P<total>\d{1,5}) DOCUMENTS?"),
        lexis_classic,
    ),
    Layout(
        "a LexisNexis export",
        (_line("End of Document"), _line("Body"), _line(r"(?:Length|Load-Date|Section):[^\n]{1,200}")),
        _line(r"Documents? ?\((?P<total>\d{1,5})\)"),
        lexis_new,
    ),
    Layout(
        "a Factiva export",
        (
            re.compile(r"^HD(?:[ \t]{2,40}\S|\t|[ \t]*\r?$)", re.MULTILINE),
            re.compile(r"^PD(?:[ \t]{2,40}\S|\t|[ \t]*\r?$)", re.MULTILINE),
            re.compile(r"^(?:LP|TD)(?:[ \t]{2,40}\S|\t|[ \t]*\r?$)", re.MULTILINE),
        ),
        _line(r"Results Found:?[ \t]{1,40}(?P<total>[\d,]{1,9})", re.IGNORECASE),
        factiva_coded,
    ),
    Layout(
        "a Factiva export",
        (_line(r"Document [A-Z][A-Za-z0-9]{19,29}"), _line(r"\d[\d,]{0,6} words")),
        _line(r"Results Found:?[ \t]{1,40}(?P<total>[\d,]{1,9})", re.IGNORECASE),
        factiva_plain,
    ),
)


def read_plain(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The one report of a plain-text file, or those of a database's export."""
    data = stream.read()
    decoded = decode(data)
    if not has_words(decoded.text):
        yield UnreadableSource(name, "holds no words" if data.strip() else "is empty", "Leave it out, or give its text")
        return
    yield from read_written(decoded.text, name, data, encoding=decoded.encoding, certain=decoded.certain)


def read_written(
    text: str, name: str, data: bytes, *, encoding: str = "utf-8", certain: bool = True
) -> Iterator[Received | OnRecordError]:
    """The reports of a file whose text is known: many if it is an export, otherwise one."""
    layout = next((one for one in _LAYOUTS if all(mark.search(text) for mark in one.marks)), None)
    if layout is None:
        yield received_file(text, name, data, encoding=encoding, certain=certain)
        return
    documents = list(layout.documents(text))
    for number, document in enumerate(documents, 1):
        yield _received(document, name, number, encoding, certain)
    missing = _missing(layout, text, len(documents))
    if missing is not None:
        yield UnreadableSource(name, missing, "Export it again, in smaller parts if need be")


def _received(
    document: Document | None, name: str, number: int, encoding: str, certain: bool
) -> Received | OnRecordError:
    if document is None:
        reason = "is laid out in a way that is not known, or holds no text"
        return UnreadableSource(f"{name}, document {number}", reason, "Export it again, or give its text")
    text = f"{document.byline}\n\n{document.body}" if document.byline else document.body
    data = text.encode()
    return Received(
        text,
        document.key or f"{name}:{number}",
        digest(data),
        published=document.published,
        publisher=document.publisher,
        title=document.title,
        encoding=encoding,
        certain=certain,
        data=data,
    )


def _missing(layout: Layout, text: str, found: int) -> str | None:
    """What is to be said if the export announces another number of documents than it holds."""
    announced = layout.declared.search(text)
    if announced is None:
        return None
    total = int(announced["total"].replace(",", "") or 0)
    if total == found or (found == 1 and announced.groupdict().get("number", "1") != "1"):
        return None  # one document of a series, in a file of its own
    return f"is {layout.label} that announces {_counted(total)}, of which {found} were found"


def _counted(number: int) -> str:
    return f"{number} document{'' if number == 1 else 's'}"


__all__: Sequence[str] = ("read_plain", "read_written")
