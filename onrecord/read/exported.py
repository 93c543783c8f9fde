"""The documents of LexisNexis and Factiva exports, taken apart: headline, outlet, date, byline, text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.read.lexicon import lexicon
from onrecord.read.text import has_words
from onrecord.read.written import find_date

_CLASSIC = re.compile(r"^[ \t]{0,80}(?:Document )?\d{1,5} of \d{1,5} DOCUMENTS?[ \t]{0,80}\r?$", re.MULTILINE)
_END = re.compile(r"^[ \t]{0,80}End of Document[ \t]{0,80}\r?$", re.MULTILINE)
_ACCESSION = re.compile(r"^[ \t]{0,20}Document (?P<key>[A-Z][A-Za-z0-9]{19,29})[ \t]{0,80}\r?$", re.MULTILINE)
_FIELD = re.compile(r"(?P<key>[A-Z][A-Za-z]{2,15}(?:[ -][A-Za-z]{2,12}){0,2}):[ \t]*(?P<value>.*)")
_CODED = re.compile(r"(?P<key>[A-Z]{2,3})(?:[ \t]{2,}|\t|\Z)(?P<value>.*)")
_WORDS = re.compile(r"\d[\d,]{0,6} words", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:copyright\b|\(c\)|©|all rights reserved)", re.IGNORECASE)
_PAGE = re.compile(r"page \d{1,5} of \d{1,5}", re.IGNORECASE)
_EDITIONS = frozenset({"edition", "final", "late", "appended"})
"""Last words of a line that names an edition, or says that a correction is appended."""
_LONGEST_EDITION = 6
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[AP]M)?(?: [A-Z]{2,4})?", re.IGNORECASE)
_BY = re.compile(r"by\s+\S", re.IGNORECASE)
_POST = re.compile(r",\s+(?=[a-z])")
"""What follows a name in small letters is a post: `Jane Doe, transport editor`."""
_HEAD = 60
"""Lines within which the top of a document lies."""
_LONGEST_HEAD_LINE = 300


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an export; `key` is its number in the database, where it has one."""

    body: str
    title: str | None
    publisher: str | None
    published: str | None
    byline: str | None = None
    key: str | None = None


def lexis_classic(text: str) -> Iterator[Document | None]:
    """LexisNexis as it was: a count over each document, keys in capitals."""
    starts = list(_CLASSIC.finditer(text))
    ends = [mark.start() for mark in starts[1:]] + [len(text)]
    for mark, end in zip(starts, ends, strict=True):
        lines = [line.rstrip() for line in text[mark.end() : end].splitlines()]
        yield _lexis(lines, _classic_body(lines))


def lexis_new(text: str) -> Iterator[Document | None]:
    """Nexis Uni and Lexis Advance: `Body` over the text, `End of Document` under it."""
    at = 0
    for mark in _END.finditer(text):
        lines = [line.rstrip() for line in text[at : mark.start()].splitlines()]
        at = mark.end()
        start = next((index for index, line in enumerate(lines) if line.strip() == "Body"), None)
        yield None if start is None else _lexis(lines, (start, start + 1))


def _classic_body(lines: Sequence[str]) -> tuple[int, int] | None:
    """Where the head ends and the text begins: at `BODY:`, or after the last field before the text."""
    last = None
    for index, line in enumerate(lines[:_HEAD]):
        field = _FIELD.match(line.strip())
        key = field["key"].casefold() if field and field["key"].isupper() else ""
        if key == "body":
            return index, index
        if key in lexicon().export_heads:
            last = index
        elif field and key in lexicon().export_tails:
            break
    return None if last is None else _after_field(lines, last)


def _after_field(lines: Sequence[str], index: int) -> tuple[int, int]:
    """A field goes on to the next blank line."""
    end = index + 1
    while end < len(lines) and lines[end].strip():
        end += 1
    return end, end


def _lexis(lines: Sequence[str], at: tuple[int, int] | None) -> Document | None:
    if at is None:
        return None
    head, fields = _head(lines[: at[0]])
    body = _body(lines[at[1] :])
    day = next((index for index, line in enumerate(head) if _is_date(line)), None)
    if day is None or not has_words(body):
        return None
    publisher, title = _named(head, day)
    return Document(body, fields.get("headline") or title, publisher, head[day].strip(), _by(fields.get("byline")))


def _head(lines: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The lines that stand free over a text, blank ones included, and its fields by their keys."""
    free: list[str] = []
    fields: dict[str, str] = {}
    for line in lines:
        words = line.strip()[:_LONGEST_HEAD_LINE]
        field = _FIELD.match(words)
        key = field["key"].casefold() if field else ""
        if field and key in lexicon().export_heads | {"headline"}:
            fields.setdefault(key, " ".join(field["value"].split()))
        elif not _RIGHTS.match(words) and not _PAGE.fullmatch(words):
            free.append(words)
    return free[-_HEAD:], fields


def _named(head: Sequence[str], day: int) -> tuple[str | None, str | None]:
    """Outlet and headline. The outlet stands over the date; the headline over both, or else under them."""
    over = [index for index in range(day) if head[index]]
    publisher = head[over[-1]] if over else None
    title = _block_before(head, over[-1]) if over else ""
    return publisher, title or _block_after(head, day + 1) or None


def _block_before(head: Sequence[str], end: int) -> str:
    while end > 0 and not head[end - 1]:
        end -= 1
    start = end
    while start > 0 and head[start - 1]:
        start -= 1
    return " ".join(head[start:end])


def _block_after(head: Sequence[str], start: int) -> str:
    """The first paragraph after the one that `start` is in: under the date stands the edition."""
    while start < len(head) and head[start]:
        start += 1
    blocks = " ".join(line or "\n" for line in head[start:]).split("\n")
    return next((" ".join(words) for block in blocks if (words := block.split()) and not _is_edition(words)), "")


def _is_edition(words: Sequence[str]) -> bool:
    return len(words) <= _LONGEST_EDITION and words[-1].casefold() in _EDITIONS


def _body(lines: Sequence[str]) -> str:
    """The text up to the first field that only follows texts."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        words = line.strip()
        if number == 0 and words[:5].casefold() == "body:":
            words = line = words[5:].strip()
        field = _FIELD.match(words[:_LONGEST_HEAD_LINE])
        if words == "Classification" or (field and field["key"].casefold() in lexicon().export_tails):
            break
        if not _PAGE.fullmatch(words):
            kept.append(line)
    while kept and (not kept[-1].strip() or _RIGHTS.match(kept[-1].strip())):
        kept.pop()
    return "\n".join(kept).strip()


def _is_date(line: str) -> bool:
    """Whether a line is a date, perhaps with weekday, time and edition after it, and no sentence."""
    found = find_date(line, 0, min(len(line), 60)) if len(line) < 90 else None
    return found is not None and found.start < 12


def _by(names: str | None) -> str | None:
    if not names:
        return None
    names = _POST.split(names)[0]
    return names if _BY.match(names) else f"By {names}"


def factiva_coded(text: str) -> Iterator[Document | None]:
    """Factiva with codes: two or three capitals before each field, `AN` as the last."""
    fields: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines():
        code = _CODED.match(line[:_LONGEST_HEAD_LINE])
        if code and code["key"] in lexicon().export_codes:
            if "AN" in fields or (code["key"] == "HD" and "HD" in fields):
                yield _coded(fields)
                fields = {}
            key = code["key"]
            fields[key] = [line[code.start("value") :]]
        elif key:
            fields[key].append(line)
    if "HD" in fields:
        yield _coded(fields)


def _coded(fields: Mapping[str, Sequence[str]]) -> Document | None:
    told = {key: " ".join(" ".join(lines).split()) for key, lines in fields.items() if key not in ("LP", "TD")}
    parts = ["\n".join(line.strip() for line in fields.get(key, ())).strip() for key in ("LP", "TD")]
    body = "\n\n".join(part for part in parts if part)
    if not has_words(body):
        return None
    number = re.search(r"Document ([A-Z][A-Za-z0-9]{9,29})\b", told.get("AN", ""))
    return Document(
        body, told.get("HD"), told.get("SN"), told.get("PD"), _by(told.get("BY")), number[1] if number else None
    )


def factiva_plain(text: str) -> Iterator[Document | None]:
    """Factiva without codes: headline, byline, number of words, date, outlet, language, rights; then the text."""
    at = 0
    for mark in _ACCESSION.finditer(text):
        lines = [line.strip() for line in text[at : mark.start()].splitlines()]
        at = mark.end()
        yield _plain(lines, mark["key"])


def _plain(lines: Sequence[str], key: str) -> Document | None:
    count = next((index for index, line in enumerate(lines[: 2 * _HEAD]) if _WORDS.fullmatch(line)), None)
    if count is None:
        return None
    top = [line for line in lines[:count] if line and not line.startswith("Factiva")]
    byline = top.pop() if len(top) > 1 and _BY.match(top[-1]) else None
    filled = [index for index in range(count + 1, min(len(lines), count + 1 + _HEAD)) if lines[index]]
    day = next((index for index in filled[:3] if _is_date(lines[index])), None)
    rights = next((index for index in filled[:16] if _RIGHTS.match(lines[index])), None)
    if day is None or rights is None or rights < day:
        return None
    body = "\n".join(lines[rights + 1 :]).strip()
    outlet = next((lines[i] for i in filled if i > day and not _CLOCK.fullmatch(lines[i])), None)
    return Document(body, " ".join(top) or None, outlet, lines[day], byline, key) if has_words(body) else None
