"""Lines with a key, `Date: Aug. 29, 2024`, and lines that are a date and no more."""

from __future__ import annotations

import re

from onrecord.model import DeclaredDate
from onrecord.read.credits import are_names, is_byline
from onrecord.read.dateline import opening_at
from onrecord.read.lexicon import lexicon
from onrecord.read.top import Top, passed
from onrecord.read.written import after_time, date_in_address, find_date
from onrecord.spans import Span, trimmed

_KEY = re.compile(r"[ \t>*#-]{0,4}([A-Za-z][A-Za-z -]{1,22})[ \t]{0,3}(?:\*\*)?(:)?(?:\*\*)?[ \t]{0,9}")
_PARTED = re.compile(r"[ \t]{0,9}[|·•][ \t]{0,9}")
_SET_OFF = re.compile(r"[|·•,(–—-][ \t]{0,4}(?:[A-Za-z]{3,9},?[ \t]{0,4})?\Z")
_BEHIND_STAMP = re.compile(
    r"[ \t,.|)\]]{0,9}(?:(?:page|pp?\.)[ \t]{0,4}[A-Z]?\d{1,3}(?:[-–]\d{1,3})?\.?[ \t]{0,9})?", re.IGNORECASE
)
_LONGEST_STAMP = 120
_PARTS, _NAME_WORDS = 2, 6
_AFTER_DATE = re.compile(r"[ \t]{0,4}(?:[|·•—–-]|$)", re.MULTILINE)


def header(top: Top, line: Span) -> bool:
    """`Publisher: Reuters`, `Date: Aug. 29, 2024`, `date 2024-02-06 BAGHDAD (AP) — ...`."""
    match = _KEY.match(top.text, line.start, line.end)
    if match is None:
        return False
    role, value_at = _role(match)
    if role is None or (not match[2] and role not in ("date", "changed")):
        return False
    value = trimmed(top.text, value_at, line.end, "\"'*")
    if role in ("date", "changed"):
        return value is not None and _header_date(top, Span(value.start, line.end), role, bool(match[2]))
    if value is not None:
        _note(top, role, value)
    return passed(top, line)


def _role(match: re.Match[str]) -> tuple[str | None, int]:
    """The role of a header's key, and where its value begins. Without a colon the key is what stands before a date."""
    words = " ".join(match[1].split()).casefold()
    if match[2]:
        return lexicon().headers.get(words), match.end()
    key = match[1].split()
    for count in range(min(3, len(key)), 0, -1):
        role = lexicon().headers.get(" ".join(key[:count]).casefold())
        if role:
            text, at = match.string, match.start(1)
            for word in key[:count]:
                at = text.index(word, at) + len(word)
            return role, at
    return None, match.end()


def _note(top: Top, role: str, value: Span) -> None:
    words = value.of(top.text)
    if role == "title" and top.title is None:
        top.title = top.given = " ".join(words.split())
        top.headed = True
    elif role == "publisher" and top.publisher is None:
        top.publisher = _without_date(top, value)
    elif role == "byline" and top.byline is None:
        top.byline = value
    elif role == "address":
        day = date_in_address(words)
        top.changed.extend([DeclaredDate(day, value, "url")] if day else [])


def _without_date(top: Top, value: Span) -> str:
    """The name of a paper, without the day of issue behind it: `Delta Times (3 May 2021)`."""
    found = find_date(top.text, value.start, value.end)
    name = trimmed(top.text, value.start, found.start, "(,[|-–·") if found else None
    if found is None or name is None or len(found.value) < len("2021-05-03"):
        return value.of(top.text)
    top.dates.append(DeclaredDate(found.value, Span(found.start, found.end), "header"))
    return name.of(top.text)


def _header_date(top: Top, value: Span, role: str, colon: bool) -> bool:
    """The date of a header line; what follows it on the line is left to the next step."""
    found = find_date(top.text, value.start, min(value.end, value.start + 60))
    if found is None or not _only_weekday(top.text[value.start : found.start]):
        return False
    end = after_time(top.text, found.end, value.end)
    rest = trimmed(top.text, end, value.end)
    opens = rest is not None and (opening_at(top.text, rest.start) is not None or is_byline(rest.of(top.text)))
    if not (colon or rest is None or opens or _AFTER_DATE.match(top.text, end, value.end)):
        return False
    into = top.dates if role == "date" else top.changed
    into.append(DeclaredDate(found.value, Span(found.start, found.end), "header"))
    top.at = rest.start if rest and (opens or len(rest) > 100) else value.end
    return True


def _only_weekday(words: str) -> bool:
    return all(word.strip(",.:").casefold() in ("", "on", *lexicon().weekdays) for word in words.split())


def date_line(top: Top, line: Span) -> bool:
    """A line that is a date and no more: `Thursday, 29 August 2024 10:15 GMT`."""
    if len(line) > 90:
        return False
    return bool(re.search(r"\d", line.of(top.text))) and _whole_line_date(top, line)


def _whole_line_date(top: Top, line: Span) -> bool:
    found = find_date(top.text, line.start, line.end)
    if found is None or len(found.value) < 10 or not _only_weekday(top.text[line.start : found.start].strip("([")):
        return False
    end = after_time(top.text, found.end, line.end)
    if trimmed(top.text, end, line.end, "()[]|.,") is not None and not re.match(
        r"[ \t]*[|·•(]", top.text[end : line.end]
    ):
        return False
    top.dates.append(DeclaredDate(found.value, Span(found.start, found.end), "header"))
    return passed(top, line)


def date_ahead(top: Top, line: Span) -> bool:
    """A weekday, a date and a time of day that the story follows on the same line, as scraped pages have them."""
    first = top.text[line.start : line.start + 12].split(" ")[0].casefold().rstrip(",")
    found = find_date(top.text, line.start, min(line.end, line.start + 60)) if first in lexicon().weekdays else None
    if found is None or not _only_weekday(top.text[line.start : found.start]):
        return False
    end = after_time(top.text, found.end, line.end)
    if end == found.end:
        return False
    top.dates.append(DeclaredDate(found.value, Span(found.start, found.end), "header"))
    top.at = end
    return True


def stamp(top: Top, line: Span) -> bool:
    """The name of a paper with the day of issue, and perhaps the page: `Delta Times | 3 May 2021`, in one line."""
    found = find_date(top.text, line.start, line.end) if len(line) <= _LONGEST_STAMP else None
    if found is None or len(found.value) < len("2021-05-03") or top.dates:
        return False
    before, behind = top.text[line.start : found.start], top.text[after_time(top.text, found.end, line.end) : line.end]
    parts = [part for part in _PARTED.split(before) if part.strip() and not _only_weekday(part)]
    if not parts or not _SET_OFF.search(before) or not _BEHIND_STAMP.fullmatch(behind):
        return False
    name = _weekdays_cut(parts[-1])
    if not are_names(name) or len(parts) > _PARTS or len(name.split()) > _NAME_WORDS:
        return False
    if len(parts) > 1 and "|" in before:
        top.title, top.headed = top.title or " ".join(parts[0].split()), True
    elif len(parts) > 1 or ("|" not in before and name.split()[-1].casefold() not in lexicon().papers):
        return False  # `Korsund, 3 May 2021` is a place and a day
    top.publisher = top.publisher or name
    top.dates.append(DeclaredDate(found.value, Span(found.start, found.end), "header"))
    return passed(top, line)


def _weekdays_cut(words: str) -> str:
    """Words without a weekday at their end: `THE DELTA TIMES, Monday`."""
    kept = words.split()
    while kept and kept[-1].strip(",.").casefold() in lexicon().weekdays:
        kept.pop()
    return " ".join(kept).strip(" ,")
