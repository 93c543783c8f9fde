"""Sources to reports: a file, a folder, a web address that may be fetched. The formats are those of `formats`."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.dates import days_of
from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.model import Annotations, DeclaredDate, Finding, Report, identify
from onrecord.parts import MAGIC
from onrecord.read.address import Address, is_address
from onrecord.read.lexicon import lexicon
from onrecord.read.limits import limits
from onrecord.read.received import Received, date_of_address, digest
from onrecord.read.text import REPLACEMENT, storable
from onrecord.read.wire import wrapping
from onrecord.read.written import iso_date
from onrecord.spans import Span, merged

if TYPE_CHECKING:
    from onrecord.read.apart import Reader
    from onrecord.read.formats import Format

_PEEK = 4096
_ORDER = ("field", "feed", "meta", "header", "dateline", "url", "file name", "feed update")
"""How far a date's place is trusted: the first that gives one is the report's declared date."""
_SHOWN = 20
_LONGEST_WORDS = 400
_UNSHOWN = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ufff0-\ufffb\ue000-\uf8ff]+")
_PATIENCE = 2
"""Days by which a report may be dated after it was crawled, since the world has many clocks."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A report, the doubts that arose while it was read (`encoding`, `undated`), and its bytes as they came.

    `engine` and `annotations` are there where the source is a part: what was read out of the report before, by whom.
    """

    report: Report
    findings: tuple[Finding, ...]
    data: bytes = b""
    engine: str = ""
    annotations: Annotations | None = None


def read(source: Path | str) -> Iterator[Report | OnRecordError]:
    """The reports of a file or folder, in the order of their paths; what cannot be read is an error among them.

    Args:
        source: a path; or an `Address`, which is fetched. Any other web address is an error that says how.
    """
    for item in read_with_findings(source):
        yield item.report if isinstance(item, Reading) else item


def read_with_findings(source: Path | str) -> Iterator[Reading | OnRecordError]:
    """As `read`, each report with the doubts about its encoding and its date field."""
    from onrecord.read.apart import Reader  # what it needs is needed only once something is read

    bounds = limits()
    with Reader() as apart:
        for item in _items(source, apart):
            if isinstance(item, Received):
                item = bounds.too_large(item.name, len(item.text), "report") or item
            if isinstance(item, Reading):
                yield item
            else:
                yield _reading(item) if isinstance(item, Received) else _told(item)


def _told(error: OnRecordError) -> OnRecordError:
    """The error in words that can be shown: what a damaged file calls itself may be no text, or have no end."""
    shown = [_UNSHOWN.sub(REPLACEMENT, words)[:_LONGEST_WORDS] for words in (error.reason, error.remedy)]
    return error if [error.reason, error.remedy] == shown else UnreadableSource(error.subject, *shown)


def _items(source: Path | str, apart: Reader) -> Iterator[Received | Reading | OnRecordError]:
    if isinstance(source, Address):
        yield from _fetched(source, apart)
    elif is_address(str(source)):
        remedy = "Give --fetch to fetch it, or save the page and give the file"
        yield UnreadableSource(str(source), "is a web address, and nothing is fetched unasked", remedy)
    else:
        for path, name in _files(Path(source)):
            yield from _read_file(path, name, apart) if isinstance(path, Path) else (path,)


def _fetched(address: Address, apart: Reader) -> Iterator[Received | OnRecordError]:
    from onrecord.read.fetch import fetch  # costs 50 ms, and only addresses need it
    from onrecord.read.formats import format_of

    try:
        page = fetch(address)
    except OnRecordError as error:
        yield error
        return
    name = storable(str(address))
    refused = _refused(page.data[:_PEEK], name, "")
    form = format_of(page.data[:_PEEK], page.file_name)
    if refused is not None:
        yield refused
        return
    for item in apart.read(name, form.name, data=page.data):
        yield replace(item, dates=(*item.dates, *date_of_address(name))) if isinstance(item, Received) else item


def read_text(
    text: str,
    name: str,
    *,
    published: object = None,
    publisher: str | None = None,
    title: str | None = None,
) -> Report:
    """The report of a text at hand.

    Args:
        text: kept as it is, but for NUL and lone surrogates, which become U+FFFD one for one.
        name: what the user calls the report.
        published: its date in any usual form, or None.
        publisher: who published it, or None to read it off the text.
        title: its headline, or None to read it off the text.
    """
    kept = storable(text)
    return _reading(Received(kept, storable(name), digest(kept.encode()), published, publisher, title)).report


def _files(source: Path) -> Iterator[tuple[Path | OnRecordError, str]]:
    """The files of a source with their names: the bare name of a file, the path within a folder."""
    try:
        mode = source.stat().st_mode
    except (OSError, ValueError) as error:
        yield _cannot_open(str(source), error), str(source)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(source)
    else:
        yield source, storable(source.name)


def _folder(folder: Path) -> Iterator[tuple[Path | OnRecordError, str]]:
    """All files below a folder but the hidden ones, by path."""
    errors: list[OSError] = []
    found: list[Path] = []
    for at, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(Path(at) / name for name in names if not name.startswith("."))
    for error in errors:
        yield _cannot_open(str(error.filename), error), str(error.filename)
    for path in sorted(found, key=lambda path: path.relative_to(folder).parts):
        yield path, storable(path.relative_to(folder).as_posix())
    if not found and not errors:
        yield UnreadableSource(str(folder), "is an empty folder", "Put reports into it, or name another"), str(folder)


def _read_file(path: Path, name: str, apart: Reader) -> Iterator[Received | Reading | OnRecordError]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block for ever
            yield UnreadableSource(name, "is not a file", "Name a file or a folder")
            return
        with path.open("rb") as stream:
            yield from _read_stream(stream, path, name, apart)
    except OSError as error:
        yield _cannot_open(name, error)


def _read_stream(
    stream: BinaryIO, path: Path, name: str, apart: Reader
) -> Iterator[Received | Reading | OnRecordError]:
    from onrecord.read.formats import format_of  # the formats are many

    start = stream.read(_PEEK)
    stream.seek(0)
    if start.startswith(MAGIC):
        yield from _read_part(stream, name)
        return
    form = format_of(start, path.name)
    refused = _refused(start, name, path.suffix.casefold(), is_known=form.begins(start))
    if refused is None and form.holds is not None:
        refused = limits().too_large(name, os.fstat(stream.fileno()).st_size, form.holds)
    if refused is not None:
        yield refused
    elif form.apart:
        yield from apart.read(name, form.name, path)
    else:
        yield from _guarded(form, stream, name)


def _guarded(form: Format, stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The reports of a file, and one line in place of what its reader did not foresee: others are still read."""
    try:
        yield from form.read(stream, name)
    except (OnRecordError, OSError):
        raise
    except Exception as error:
        told = f"{type(error).__name__}: {' '.join(str(error).split())[:100]}".removesuffix(": ")
        reason = f"is {form.name} that cannot be read ({told})"
        yield UnreadableSource(name, reason, "Save it again, or give its text")


def _read_part(stream: BinaryIO, name: str) -> Iterator[Reading | OnRecordError]:
    """The reports of a part, with what was read out of them."""
    from onrecord.parts import read_part

    try:
        for engine, kept in read_part(stream, name):
            yield Reading(kept.report, kept.findings, kept.data, engine, kept.annotations)
    except OnRecordError as error:
        yield error


def _refused(start: bytes, name: str, suffix: str, *, is_known: bool = False) -> OnRecordError | None:
    """Why a file that begins so holds no text, or None; `is_known` is one whose first bytes are of a known format."""
    if not start:
        return UnreadableSource(name, "is empty", "Leave it out, or give its text")
    for kind in lexicon().refused:
        if not is_known and (start.startswith(kind.starts) or suffix in kind.suffixes):
            return UnreadableSource(name, f"is {kind.kind}", kind.remedy)
    if not is_known and _is_binary(start):
        return UnreadableSource(name, "is a binary file", "Convert it to text first")
    return None


def _is_binary(start: bytes) -> bool:
    """Whether control characters that no text uses abound: more than one byte in twenty, UTF-16 and UTF-32 aside."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    even, odd = start[::2].count(0), start[1::2].count(0)
    if min(even, odd) * 8 < max(even, odd) and max(even, odd) * 5 > len(start):
        return False  # UTF-16 without its mark
    control = sum(start.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\v\b\x1a\x1b")
    return control * 20 > len(start)


def _cannot_open(subject: str, error: Exception) -> OnRecordError:
    if isinstance(error, FileNotFoundError):
        return UnreadableSource(subject, "does not exist", "Check the path")
    if isinstance(error, PermissionError):
        return UnreadableSource(subject, "may not be read", "Ask for permission to read it, or copy it")
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableSource(subject, f"cannot be opened ({reason})", "Check the path")


def _reading(received: Received) -> Reading:
    """Reads title, byline, dateline and date off a report's top."""
    top = wrapping(received.text, received.title)
    day = iso_date(received.published)
    field = (DeclaredDate(day, None, "field"),) if day else ()
    dates = sorted((*field, *received.dates, *top.dates), key=lambda date: _ORDER.index(date.how))
    report = Report(
        id=identify("r", received.name, digest(received.text.encode())),
        name=received.name,
        sha256=received.sha256,
        text=received.text,
        title=top.title,
        publisher=received.publisher or top.publisher,
        dateline=top.dateline,
        byline=top.byline,
        declared=dates[0] if dates else None,
        body=top.body,
    )
    doubts = (_about_encoding(report, received), _about_date(report, received, day), _about_crawl(report, received))
    found = (*(doubt for doubt in doubts if doubt is not None), *_notices(report, received))
    return Reading(report, found, received.data)


def _about_crawl(report: Report, received: Received) -> Finding | None:
    """A doubt about a date that lies after the day on which the report was already there."""
    dated = days_of(report.declared.value) if report.declared else None
    crawled = days_of(received.seen) if received.seen else None
    if dated is None or crawled is None or (dated[0] - crawled[1]).days <= _PATIENCE:
        return None
    told = report.declared.value if report.declared else ""
    return Finding(
        identify("f", report.id, "misdated", "crawl"),
        report.id,
        "misdated",
        (),
        f"The report declares {told}, but it was crawled on {received.seen}.",
        "Check the date at its source.",
    )


def _notices(report: Report, received: Received) -> Iterator[Finding]:
    """What the source itself says of the report."""
    for notice in received.notices:
        key = identify("f", report.id, notice.kind, notice.explanation)
        yield Finding(key, report.id, notice.kind, (), notice.explanation, notice.suggestion)


def _about_encoding(report: Report, received: Received) -> Finding | None:
    """A doubt about how the bytes were read, showing the first places that could not be."""
    lost = received.text.count(REPLACEMENT)
    if received.certain and not lost:
        return None
    places = merged(_places(received.text)) if lost else ()
    said = f"{lost} characters could not be read" if lost else "no encoding is named or certain"
    return Finding(
        identify("f", report.id, "encoding"),
        report.id,
        "encoding",
        places,
        f"Read as {received.encoding}; {said}.",
        "Save the report as UTF-8 and read it again.",
    )


def _places(text: str) -> Iterator[Span]:
    """The first 20 places of U+FFFD."""
    at = -1
    for _ in range(_SHOWN):
        at = text.find(REPLACEMENT, at + 1)
        if at < 0:
            return
        yield Span(at, at + 1)


def _about_date(report: Report, received: Received, day: str | None) -> Finding | None:
    """A doubt about a date field that cannot be read, so that it is not passed over in silence."""
    if day is not None or received.published in (None, ""):
        return None
    shown = storable(str(received.published))[:60]
    return Finding(
        identify("f", report.id, "undated"),
        report.id,
        "undated",
        (),
        f"The field published, '{shown}', cannot be read as one certain day.",
        "Write it as YYYY-MM-DD.",
    )
