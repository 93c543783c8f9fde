"""Adding reports: files, a text that was pasted, or a page of the web where the room may fetch."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from onrecord.dates import days_of
from onrecord.errors import OnRecordError
from onrecord.read.address import Address, is_address
from onrecord.read.formats import FORMATS
from onrecord.web.forms import form_of
from onrecord.web.news import news
from onrecord.web.pages import Asked, rendered
from onrecord.web.progress import Outcome, Progress
from onrecord.web.room import Room

_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:]+")
_LONGEST_NAME, _LONGEST_ADDRESS = 60, 2000
_LINES = "application/x-ndjson"
SUFFIXES = tuple(sorted({suffix for one in FORMATS for suffix in one.suffixes if suffix}, key=lambda one: -len(one)))
"""Files that can be handed in, the longer suffix first: ".warc.gz" before ".gz"."""


def form(asked: Asked) -> Response:
    """The page on which reports are handed in, and what the story has from those that just were."""
    book = asked.room.book()
    new = [one for one in asked.query.getlist("new") if one in book.report]
    told, failed = asked.query.get("told", ""), asked.query.getlist("failed")
    return _shown(asked, told=told, failed=failed, new=new, news=news(new, book))


def _shown(asked: Asked, code: int = 200, **context: object) -> Response:
    empty = {"told": "", "error": "", "given": {}, "failed": [], "new": [], "news": []}
    context = {**empty, "suffixes": SUFFIXES, "may_fetch": asked.request.app.state.may_fetch, **context}
    return rendered(asked, "add.html", asked.room.book(), code, **context)


async def take(request: Request) -> Response:
    """Reads what was handed in, and shows what the story has from it; what cannot be read is told in one line.

    A script that asks for lines of JSON is told of the progress in them.
    """
    given = await form_of(request)
    if _LINES in request.headers.get("accept", ""):
        return StreamingResponse(_lines(request, given), media_type=_LINES)
    with TemporaryDirectory(prefix="onrecord-") as folder:
        try:
            progress = Progress(folder)
            sources = await _kept(given, Path(folder), request.app.state.may_fetch)
            outcome = await run_in_threadpool(_added, request.app.state.room, sources, progress)
        except OnRecordError as error:
            asked, shown = Asked(request), {key: value for key, value in given.items() if isinstance(value, str)}
            words = progress.line(error)
            return await run_in_threadpool(lambda: _shown(asked, 400, error=words, given=shown))
    return RedirectResponse(_next(outcome), 303)


async def _lines(request: Request, given: FormData) -> AsyncIterator[str]:
    """What is told while reports are read, a line of JSON at a time; the last line says where to go, or what failed."""
    with TemporaryDirectory(prefix="onrecord-") as folder:
        progress = Progress(folder)
        try:
            sources = await _kept(given, Path(folder), request.app.state.may_fetch)
            progress.begin(lambda: _added(request.app.state.room, sources, progress))
            while (line := await run_in_threadpool(progress.next)) is not None:
                yield json.dumps(line) + "\n"
            yield json.dumps({"go": _next(progress.outcome())}) + "\n"
        except OnRecordError as error:
            yield json.dumps({"error": progress.line(error)}) + "\n"


def _next(outcome: Outcome) -> str:
    """The page that tells what came of it."""
    pairs = [
        ("told", outcome.told),
        *(("new", one) for one in outcome.new),
        *(("failed", one) for one in outcome.failed),
    ]
    return f"/add?{urlencode(pairs)}"


def _added(room: Room, sources: list[Path | str], progress: Progress) -> Outcome:
    added, new = room.add(sources, progress)
    return progress.settled(added, new)


async def _kept(given: FormData, folder: Path, may_fetch: bool) -> list[Path | str]:
    """What was handed in, as files that can be read, or an address that may be fetched.

    Raises:
        OnRecordError: there is nothing, or nothing that may be read.
    """
    sources: list[Path | str] = []
    for number, file in enumerate(given.getlist("files"), 1):
        if isinstance(file, UploadFile) and file.filename:
            path = folder / str(number) / file_name(file.filename)
            path.parent.mkdir()
            path.write_bytes(await file.read())
            sources.append(path)
    text = str(given.get("text", ""))
    if text.strip():
        sources.append(pasted(folder, text, given))
    address = str(given.get("address", "")).strip()
    if address:
        sources.append(_address(address, may_fetch))
    if not sources:
        raise OnRecordError("nothing was given", "there is neither a file nor a text", "Choose a file, or paste a text")
    return sources


def _address(given: str, may_fetch: bool) -> Address:
    """A web address that may be fetched.

    Raises:
        OnRecordError: it is none, or this room fetches none.
    """
    if not may_fetch:
        reason = "is not fetched: this room asks nothing of other hosts"
        raise OnRecordError(given[:_LONGEST_NAME], reason, "Save the page and give the file")
    if not is_address(given) or len(given) > _LONGEST_ADDRESS:
        raise OnRecordError(given[:_LONGEST_NAME], "is not a web address", "Give one that begins with https://")
    return Address(given)


def file_name(given: str) -> str:
    """A name that stays in its folder.

    Raises:
        OnRecordError: onrecord reads no such files.
    """
    name = _UNFIT.sub(" ", PurePosixPath(given.replace("\\", "/")).name)
    suffix = next((one for one in SUFFIXES if name.lower().endswith(one)), None)
    if suffix is None:
        raise OnRecordError(
            name[:_LONGEST_NAME], "is no file that onrecord reads", f"Give one of {', '.join(sorted(SUFFIXES))}"
        )
    stem = name[: -len(suffix)].strip(" .").encode(errors="replace").decode()
    return (stem[:_LONGEST_NAME] or "report") + suffix


def pasted(folder: Path, text: str, given: FormData) -> Path:
    """A text that was pasted, with what is known of it.

    Raises:
        OnRecordError: the date is none.
    """
    title, published, publisher = (str(given.get(name, "")).strip() for name in ("title", "published", "publisher"))
    if published and days_of(published) is None:
        raise OnRecordError(published, "is not a date", "Give a day: 2024-05-03")
    line = {"id": (title or " ".join(text.split()[:8]))[:_LONGEST_NAME], "text": text}
    line |= {
        key: value for key, value in (("title", title), ("published", published), ("publisher", publisher)) if value
    }
    path = folder / "pasted.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return path
