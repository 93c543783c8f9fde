"""Lines that say who wrote a report and for whom, and lines that say nothing of it."""

from __future__ import annotations

import re

from onrecord.read.lexicon import lexicon
from onrecord.read.top import Top, passed
from onrecord.spans import Span, trimmed

_BY = re.compile(r"[Bb][Yy][ \t]{1,3}(?=[A-Z\u00c0-\u024f])")
_NOTICE = re.compile(r"(?:©|\(c\)|copyright\b)[^\n]{0,120}\d{4}", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]{1,40}\)|\[[^\[\]]{1,40}\]")
_TRANSLATED = re.compile(r"[(\[]?translated from (?:the )?[^\W\d_]{3,20}[)\]]?")


def byline(top: Top, line: Span) -> bool:
    """`By JANE DOE and JOHN ROE, Associated Press`."""
    if top.byline is not None or len(line) > 160:
        return False
    match = _BY.match(top.text, line.start, line.end)
    span = trimmed(top.text, line.start, line.end)
    if match is None or span is None or not are_names(top.text[match.end() : span.end]):
        return False
    top.byline = span
    top.agency = top.agency or _last_agency(span.of(top.text))
    return passed(top, line)


def is_byline(words: str) -> bool:
    """Whether words are `by Jane Doe`."""
    match = _BY.match(words)
    return match is not None and are_names(words[match.end() :])


def are_names(words: str) -> bool:
    """Whether every word may belong to a byline: names, initials, small words, posts; no sentence."""
    parts = [part.strip(",;|/()") for part in words.split()]
    known = lexicon()
    plain = [part for part in parts if part and part.casefold() not in known.joins | known.posts]
    if not plain or len(parts) > 18 or plain[0].casefold().rstrip(".") in known.months.keys() | known.weekdays:
        return False
    if words.endswith((".", "!", "?", ":")) and not re.search(r"\b(?:[A-Z]|Jr|Sr|Dr)\.\Z", words):
        return False
    return all(part[0].isupper() and not any(char.isdigit() for char in part) for part in plain)


def _last_agency(words: str) -> str | None:
    parts = re.split(r"[,|/]|\bfor\b|\bof\b", words)
    return lexicon().agency(parts[-1]) if len(parts) > 1 else None


def post(top: Top, line: Span) -> bool:
    """A line that says for whom they write: `Reuters`, or after a byline `Associated Press Writers`."""
    words = " ".join(line.of(top.text).split()).strip(".()[]").casefold()
    if not 0 < len(words) <= 60:
        return False
    posts = sorted(lexicon().posts, key=len, reverse=True) if top.byline else []
    tail = next((post for post in posts if words.endswith(post)), "")
    agency = lexicon().agencies.get(words.removesuffix(tail).strip(" ,"))
    if agency is None and (words != tail or not tail):
        return False
    top.agency = top.agency or agency
    return passed(top, line)


def label(top: Top, line: Span) -> bool:
    """A word alone on its line that says nothing of the story: `ABSTRACT.`, `(DESK 4)`."""
    words = " ".join(line.of(top.text).split()).strip(".:*#- ").casefold()
    if words not in lexicon().labels and not _BRACKETED.fullmatch(words) and not _TRANSLATED.fullmatch(words):
        return False
    top.released = top.released or words in lexicon().releases
    return passed(top, line)


def notice(top: Top, line: Span) -> bool:
    """`© 2024 The Associated Press. All rights reserved.`"""
    if not _NOTICE.match(top.text, line.start, line.end) or len(line) >= 200:
        return False
    return passed(top, line)
