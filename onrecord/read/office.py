"""Word processors: the paragraphs of a .docx file, tables included, and the text of an RTF file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.exports import read_written
from onrecord.read.received import Received
from onrecord.read.text import decode, has_words, storable

if TYPE_CHECKING:
    from zipfile import ZipFile

WORD_PART = "word/document.xml"
_NESTED = 8


def is_rtf(start: bytes) -> bool:
    """Whether a file that begins so is RTF, whatever its name."""
    return start.startswith(b"{\\rtf")


def read_word(archive: ZipFile, data: bytes, name: str) -> Iterator[Received | OnRecordError]:
    """The one report of a .docx file, or those of a database's export."""
    from docx import Document

    archive.close()
    try:
        document = Document(BytesIO(data))
        text = storable("\n\n".join(_paragraphs(document, 0)))
    except (KeyError, ValueError, AttributeError, SyntaxError) as error:
        told = " ".join(str(error).split())[:120]
        yield UnreadableSource(name, f"is a damaged Word document ({told})", "Open it in Word and save it again")
        return
    yield from _report(text, name, data, "a Word document")


def _paragraphs(container: Any, depth: int) -> Iterator[str]:
    """The paragraphs in reading order; the cells of a table are paragraphs, cells merged into one are one."""
    from docx.table import Table

    for block in container.iter_inner_content():
        if not isinstance(block, Table):
            yield from (line.strip() for line in block.text.split("\n") if line.strip())
        elif depth < _NESTED:
            cells = {id(cell._tc): cell for row in block.rows for cell in row.cells}
            for cell in cells.values():
                yield from _paragraphs(cell, depth + 1)


def read_rtf(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The one report of an RTF file, or those of a database's export."""
    from striprtf.striprtf import rtf_to_text

    data = stream.read()
    written = decode(data, "cp1252").text
    to_text: Callable[..., str] = rtf_to_text  # the library has no types
    text = storable(to_text(written, errors="replace"))
    yield from _report(text, name, data, "an RTF document")
    if has_words(text) and not data.rstrip(b"\0 \t\r\n").endswith(b"}"):
        yield UnreadableSource(name, "is an RTF document that is cut off", "Open it, and save it again")


def _report(text: str, name: str, data: bytes, kind: str) -> Iterator[Received | OnRecordError]:
    if has_words(text):
        yield from read_written(text, name, data)
    else:
        yield UnreadableSource(name, f"is {kind} without words", "Leave it out, or give its text")
