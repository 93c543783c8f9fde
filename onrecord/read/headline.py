"""Headlines: the first paragraph, if it stands over a story as a headline does; and names that stand above it."""

from __future__ import annotations

import re

from onrecord.read.credits import are_names, byline, label
from onrecord.read.dateline import opening_at
from onrecord.read.headers import date_line, header, stamp
from onrecord.read.top import FENCE, Top, passed
from onrecord.read.written import find_date
from onrecord.spans import Span, trimmed

_LONGEST_ISSUER = 60
_MASTHEAD = 5
_MANY_WORDS = re.compile(r"(?:\S+\s+){7}")
_LONGEST_HEADLINE = 250
_MOST_HEADLINE_WORDS = 32
_MOST_STOPPED_WORDS = 10
_HEADING = re.compile(r"#{1,6}[ \t]{1,3}")
_BLANK_LINE = re.compile(r"[ \t]{0,80}\r?\n[ \t]{0,80}\r?\n")
_LINE_END = re.compile(r"[.)]{0,2}[ \t]*+(?:[\r\n]|\Z)")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?\s+[\"'“‘(]?[A-Z]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,40}")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|[A-Z][a-z]{1,4}|[Vv]s)\.\s+\Z")


def given_title(top: Top, line: Span) -> bool:
    """The known headline, where the text begins with it, over one line or several."""
    start = _HEADING.match(top.text, line.start, line.end)
    end = _end_of(top.given, top.text, start.end() if start else line.start) if top.given else None
    if end is None:
        return False
    top.at, top.given, top.headed = end, None, True
    return True


def _end_of(words: str, text: str, at: int) -> int | None:
    """Where `words` end if `text` has them at `at`, white space aside, with a stop of its own and then a line end."""
    for word in words.split():
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(word, at):
            return None
        at += len(word)
    rest = _LINE_END.match(text, at)
    return rest.end() if rest else None


def issuer(top: Top, line: Span) -> bool:
    """Under `PRESS RELEASE`, the name of whoever gives it out on a line of its own."""
    span = trimmed(top.text, line.start, line.end)
    named = span is not None and len(span) <= _LONGEST_ISSUER and not find_date(top.text, line.start, line.end)
    if not top.released or top.publisher or span is None or not named or _MANY_WORDS.match(span.of(top.text)):
        return False
    rest = Top(top.text, line.end, None)
    rest.skip_space()
    if not _is_wrapping(rest) or not all(part[0].isupper() for part in span.of(top.text).split() if len(part) > 3):
        return False
    top.publisher = span.of(top.text)
    return passed(top, line)


def headline(top: Top, line: Span) -> bool:
    """The first paragraph, if it stands over the story as a headline does."""
    if top.headed or not is_headline(top, line):
        return False
    block = _block(top)
    words = " ".join(block.of(top.text).split())
    if _is_masthead(top, block, words):
        top.publisher = words
        return passed(top, line)
    top.title = top.title or words.lstrip("#*= ").rstrip("*#= ") or words
    top.at, top.headed = block.end, True
    top.settled = top.dateline is not None
    return True


def _is_masthead(top: Top, block: Span, words: str) -> bool:
    """Whether the first line names the paper: a few names over a date line, and under that comes a headline."""
    if top.publisher or top.dates or "\n" in block.of(top.text) or len(words.split()) > _MASTHEAD:
        return False
    rest = Top(top.text, block.end, None)
    rest.skip_space()
    if not are_names(words) or not (rest.at < len(rest.text) and date_line(rest, rest.line())):
        return False
    rest.skip_space()
    return rest.at < len(rest.text) and opening_at(rest.text, rest.at) is None and is_headline(rest, rest.line())


def is_headline(top: Top, line: Span) -> bool:
    """Whether the paragraph at the place reached may be a headline."""
    block = _block(top)
    words = block.of(top.text).strip()
    if top.headed or len(words) > _LONGEST_HEADLINE or len(words.split()) > _MOST_HEADLINE_WORDS or "\n\n" in words:
        return False
    rest = Top(top.text, block.end, None)
    rest.skip_space()
    wrapped = _is_wrapping(Top(rest.text, rest.at, None))
    if not (wrapped or _BLANK_LINE.match(top.text, block.end) or _HEADING.match(words)):
        return False
    if len(top.text) - rest.at < len(words) or words.endswith((",", ":", ";", "...", "…")) or _is_speech(words):
        return False
    if any(not _ABBREVIATION.search(words[: match.end() - 1]) for match in _SENTENCE_END.finditer(words)):
        return False
    stopped = words.rstrip("\"'”’)").endswith(".")
    return not stopped or wrapped or _looks_set(words) or _is_taken_up(words, rest)


def _block(top: Top) -> Span:
    """The paragraph at `at`: a heading of Markdown, or up to three lines that neither are blank nor wrapping."""
    end = top.at
    most = 1 if _HEADING.match(top.text, top.at) else 3
    for count in range(most):
        line = Top(top.text, end, None).line() if end < len(top.text) else None
        words = "" if line is None else line.of(top.text).strip()
        if line is None or not words or (count and (FENCE.fullmatch(words) or _is_wrapping(Top(top.text, end, None)))):
            break
        end = line.end + (2 if top.text[line.end : line.end + 2] == "\r\n" else 1)
    return trimmed(top.text, top.at, min(end, len(top.text))) or Span(top.at, top.at + 1)


def _is_speech(words: str) -> bool:
    """`"We will go," he said.` is no headline; a quotation within one is."""
    return (words[0] in '"“' and words.rstrip(".").endswith(("said", "says"))) or words.count("“") != words.count("”")


def _looks_set(words: str) -> bool:
    """Whether a paragraph with a full stop is set as a headline: in title case, or with a deck after a semicolon."""
    parts = [part for part in re.findall(r"[^\W\d_][\w’'-]*", words) if len(part) > 3]
    capitals = sum(part[0].isupper() for part in parts)
    return bool(re.search(r";\s*\n", words)) or (len(parts) >= 3 and capitals >= 0.8 * len(parts))


def _is_taken_up(words: str, rest: Top) -> bool:
    """Whether a short paragraph with a full stop is one that a next, twice as long, takes up like a lead.

    Measured on PolNeAR's training reports, whose headlines all end so: 39% of them are found by this alone, and 4%
    of second paragraphs, some of which are decks.
    """
    count = len(words.split())
    lead = _block(rest).of(rest.text) if rest.at < len(rest.text) else ""
    return count <= _MOST_STOPPED_WORDS and len(lead.split()) >= 2 * count and bool(_stems(words) & _stems(lead))


def _stems(words: str) -> set[str]:
    return {word[:5].casefold() for word in _LONG_WORD.findall(words)}


def _is_wrapping(rest: Top) -> bool:
    """Whether a byline, a date line, a label or a dateline comes next: then what stood before was a headline."""
    if rest.at >= len(rest.text):
        return False
    line = rest.line()
    opening = opening_at(rest.text, rest.at)
    steps = (byline, date_line, label, header, stamp)
    fenced = FENCE.fullmatch(line.of(rest.text).strip()) is not None
    return fenced or opening is not None or any(step(rest, line) for step in steps)
