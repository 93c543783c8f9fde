"""Adding reports: files, or a text that was pasted. Nothing is fetched from anywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.dates import days_of
from onrecord.errors import OnRecordError
from onrecord.export.brief.document import counted
from onrecord.read.formats import FORMATS
from onrecord.web.forms import form_of
from onrecord.web.pages import Asked, rendered
from onrecord.web.room import Room

_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:]+")
_LONGEST_NAME = 60
SUFFIXES = tuple(sorted({suffix for one in FORMATS for suffix in one.suffixes if suffix}, key=lambda one: -len(one)))
"""Files that can be handed in, the longer suffix first: ".warc.gz" before ".gz"."""


def form(asked: Asked) -> Response:
    """The page on which reports are handed in."""
    return rendered(
        asked, "add.html", asked.room.book(), told=asked.query.get("told", ""), error="", given={}, suffixes=SUFFIXES
    )


async def take(request: Request) -> Response:
    """Reads what was handed in, and shows the story as it is then; what cannot be read is told in one line."""
    given = await form_of(request)
    with TemporaryDirectory(prefix="onrecord-") as folder:
        try:
            sources = await _kept(given, Path(folder))
            told = await run_in_threadpool(_added, request.app.state.room, sources)
        except OnRecordError as error:
            asked, shown = Asked(request), {key: value for key, value in given.items() if isinstance(value, str)}
            words = str(error).replace(folder, "").lstrip("/")
            return await run_in_threadpool(
                lambda: rendered(
                    asked, "add.html", asked.room.book(), 400, told="", error=words, given=shown, suffixes=SUFFIXES
                )
            )
    return RedirectResponse(f"/add?{urlencode({'told': told})}", 303)


def _added(room: Room, sources: list[Path]) -> str:
    added = room.add(sources)
    known = f"; {counted(added.known, 'report')} the case had already" if added.known else ""
    return f"{counted(added.new, 'report')} added{known}."


async def _kept(given: FormData, folder: Path) -> list[Path]:
    """What was handed in, as files that can be read."""
    sources = []
    for number, file in enumerate(given.getlist("files"), 1):
        if isinstance(file, UploadFile) and file.filename:
            path = folder / str(number) / file_name(file.filename)
            path.parent.mkdir()
            path.write_bytes(await file.read())
            sources.append(path)
    text = str(given.get("text", ""))
    if text.strip():
        sources.append(pasted(folder, text, given))
    if not sources:
        raise OnRecordError("nothing was given", "there is neither a file nor a text", "Choose a file, or paste a text")
    return sources


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
