"""The formats: one table. A new one is a file of its own and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

from onrecord.errors import OnRecordError
from onrecord.read.exports import read_plain
from onrecord.read.feed import read_entries
from onrecord.read.html import is_html, read_page
from onrecord.read.jsonl import read_lines
from onrecord.read.mail import read_mail
from onrecord.read.markupfile import is_xml, read_xml
from onrecord.read.objects import read_objects
from onrecord.read.office import is_rtf, read_rtf
from onrecord.read.packed import is_zip, read_zip
from onrecord.read.pdf import is_pdf, read_pdf
from onrecord.read.received import Received
from onrecord.read.table import read_table
from onrecord.read.webarchive import is_warc, read_warc


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: known by its suffix, or by how its bytes begin, which counts for more.

    Attributes:
        name: as a sentence would call it.
        begins: whether a file that begins so is of this kind.
        read: its reports; raises UnreadableSource if the whole file cannot be read.
        apart: whether it is read in a process of its own, since its parsers are large and what they are given may
            be made to harm.
        holds: what of it is in memory at once, which the limits of that name bound: one report, or the whole file;
            None where it is read piece by piece, or apart.
    """

    name: str
    suffixes: tuple[str, ...]
    begins: Callable[[bytes], bool]
    read: Callable[[BinaryIO, str], Iterator[Received | OnRecordError]]
    apart: bool = False
    holds: Literal["report", "file"] | None = None


def _never(start: bytes) -> bool:
    return False


PLAIN = Format("a text", (".txt", ".text", ".md", ""), _never, read_plain, holds="file")
FORMATS: tuple[Format, ...] = (
    Format("a web page", (".html", ".htm", ".xhtml"), is_html, read_page, holds="report"),
    Format("a PDF document", (".pdf",), is_pdf, read_pdf, apart=True),
    Format("a zip archive", (".docx", ".wacz", ".zip"), is_zip, read_zip, apart=True),
    Format("an RTF document", (".rtf",), is_rtf, read_rtf, apart=True),
    Format("a web archive", (".warc", ".warc.gz"), is_warc, read_warc, apart=True),
    Format("XML", (".xml", ".rss", ".atom", ".rdf"), is_xml, read_xml, apart=True),
    Format("a mail", (".eml",), _never, read_mail, apart=True),
    Format("a table", (".csv", ".tsv"), _never, read_table, holds="file"),
    Format("a JSON document", (".json",), _never, read_objects, holds="file"),
    Format("JSON lines", (".jsonl", ".ndjson"), _never, read_lines),
    PLAIN,
)


ENTRIES = Format("a feed", (), _never, read_entries, apart=True)
"""What a poll reads: no file is taken for it."""


def format_of(start: bytes, name: str) -> Format:
    """The format of a file by its first bytes and its name; plain text where nothing else fits."""
    folded = name.casefold()
    suffix = folded[folded.rfind(".") :] if "." in folded.rpartition("/")[2] else ""
    by_start = next((form for form in FORMATS if form.begins(start)), None)
    return by_start or next((form for form in FORMATS if suffix in form.suffixes), PLAIN)


def format_named(name: str) -> Format:
    """The format of that name."""
    return next(form for form in (*FORMATS, ENTRIES) if form.name == name)
