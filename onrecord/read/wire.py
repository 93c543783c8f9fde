"""The wrapping of a report: header lines, headline, byline, dateline; and where the story itself begins.

The top of a text is read line by line. Each line is shown to the steps of `_STEPS` in turn; the first that knows it
notes what it says and moves on, and the first line that nobody knows begins the story. Only the first lines are
looked at, so the cost does not grow with the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.model import Dateline, DeclaredDate
from onrecord.read.dateline import opening_at
from onrecord.read.lexicon import lexicon
from onrecord.read.written import after_time, date_in_address, find_date
from onrecord.spans import Span, trimmed

_MOST_LINES = 40
_LONGEST_ISSUER = 60
_MASTHEAD = 5
_MANY_WORDS = re.compile(r"(?:\S+\s+){7}")
_LONGEST_LINE = 400
_LONGEST_HEADLINE = 250
_MOST_HEADLINE_WORDS = 32
_MOST_STOPPED_WORDS = 10
_KEY = re.compile(r"[ \t>*#-]{0,4}([A-Za-z][A-Za-z -]{1,22})[ \t]{0,3}(?:\*\*)?(:)?(?:\*\*)?[ \t]{0,9}")
_BY = re.compile(r"[Bb][Yy][ \t]{1,3}(?=[A-Z\u00c0-\u024f])")
_NOTICE = re.compile(r"(?:©|\(c\)|copyright\b)[^\n]{0,120}\d{4}", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}[ \t]{1,3}")
_BLANK_LINE = re.compile(r"[ \t]{0,80}\r?\n[ \t]{0,80}\r?\n")
_BRACKETED = re.compile(r"\([^()]{1,40}\)|\[[^\[\]]{1,40}\]")
_TRANSLATED = re.compile(r"[(\[]?translated from (?:the )?[^\W\d_]{3,20}[)\]]?")
_LINE_END = re.compile(r"[.)]{0,2}[ \t]*+(?:[\r\n]|\Z)")
_FENCE = re.compile(r"(?:-{3,}+|={3,}+|\*{3,}+|_{3,}+|\+{3,}+)[ \t]*+\Z")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?\s+[\"'“‘(]?[A-Z]")
_AFTER_DATE = re.compile(r"[ \t]{0,4}(?:[|·•—–-]|$)", re.MULTILINE)
_LONG_WORD = re.compile(r"[^\W\d_]{4,40}")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|[A-Z][a-z]{1,4}|[Vv]s)\.\s+\Z")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What the top of a report says: `dates` in the order found, `body` where the running text begins."""

    title: str | None
    publisher: str | None
    byline: Span | None
    dateline: Dateline | None
    dates: tuple[DeclaredDate, ...]
    body: int


@dataclass(slots=True)
class _Top:
    """The state of reading: `at` is the offset reached, the rest is what was found on the way.

    `released` is set right after a line like `PRESS RELEASE`, `settled` once nothing but the story can follow.
    """

    text: str
    at: int
    given: str | None
    title: str | None = None
    publisher: str | None = None
    agency: str | None = None
    byline: Span | None = None
    dateline: Dateline | None = None
    dates: list[DeclaredDate] = field(default_factory=list)
    changed: list[DeclaredDate] = field(default_factory=list)
    headed: bool = False
    released: bool = False
    settled: bool = False

    def skip_space(self) -> None:
        text, at = self.text, self.at
        while at < len(text) and (text[at].isspace() or text[at] == "\ufeff"):
            at += 1
        self.at = at

    def line(self) -> Span:
        """The line at `at`, cut at 400 characters: no line of a wrapping is longer."""
        limit = min(len(self.text), self.at + _LONGEST_LINE)
        ends = [end for end in (self.text.find(mark, self.at, limit) for mark in "\n\r") if end >= 0]
        return Span(self.at, max(min(ends, default=limit), self.at + 1))


_Step = Callable[[_Top, Span], bool]


def wrapping(text: str, title: str | None = None) -> Wrapping:
    """Reads the top of `text`. `title` is the headline if it is known from elsewhere."""
    top = _Top(text, 0, " ".join(title.split()) if title else None)
    top.skip_space()
    for _ in range(_MOST_LINES):
        if top.at >= len(text) or top.settled or not _one_step(top):
            break
        top.skip_space()
    if top.at >= len(text):  # all of it looked like wrapping: then it is the story
        return Wrapping(title or top.title, top.publisher or top.agency, top.byline, None, _dates(top), 0)
    return Wrapping(title or top.title, top.publisher or top.agency, top.byline, top.dateline, _dates(top), top.at)


def _one_step(top: _Top) -> bool:
    line = top.line()
    return any(step(top, line) for step in _STEPS)


def _dates(top: _Top) -> tuple[DeclaredDate, ...]:
    return (*top.dates, *top.changed)


def _given_title(top: _Top, line: Span) -> bool:
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


def _fence(top: _Top, line: Span) -> bool:
    """A line of dashes, as around the front matter of Markdown."""
    return _passed(top, line) if _FENCE.fullmatch(line.of(top.text).rstrip()) else False


def _header(top: _Top, line: Span) -> bool:
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
    return _passed(top, line)


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


def _note(top: _Top, role: str, value: Span) -> None:
    words = value.of(top.text)
    if role == "title" and top.title is None:
        top.title = top.given = " ".join(words.split())
        top.headed = True
    elif role == "publisher" and top.publisher is None:
        top.publisher = words
    elif role == "byline" and top.byline is None:
        top.byline = value
    elif role == "address":
        day = date_in_address(words)
        top.changed.extend([DeclaredDate(day, value, "url")] if day else [])


def _header_date(top: _Top, value: Span, role: str, colon: bool) -> bool:
    """The date of a header line; what follows it on the line is left to the next step."""
    found = find_date(top.text, value.start, min(value.end, value.start + 60))
    if found is None or not _only_weekday(top.text[value.start : found.start]):
        return False
    end = after_time(top.text, found.end, value.end)
    rest = trimmed(top.text, end, value.end)
    opens = rest is not None and opening_at(top.text, rest.start) is not None
    if not (colon or rest is None or opens or _AFTER_DATE.match(top.text, end, value.end)):
        return False
    into = top.dates if role == "date" else top.changed
    into.append(DeclaredDate(found.value, Span(found.start, found.end), "header"))
    top.at = rest.start if rest and (opens or len(rest) > 100) else value.end
    return True


def _only_weekday(words: str) -> bool:
    return all(word.strip(",.:on ").casefold() in ("", *lexicon().weekdays) for word in words.split())


def _date_line(top: _Top, line: Span) -> bool:
    """A line that is a date and no more: `Thursday, 29 August 2024 10:15 GMT`."""
    if len(line) > 90:
        return False
    return bool(re.search(r"\d", line.of(top.text))) and _whole_line_date(top, line)


def _whole_line_date(top: _Top, line: Span) -> bool:
    found = find_date(top.text, line.start, line.end)
    if found is None or len(found.value) < 10 or not _only_weekday(top.text[line.start : found.start].strip("([")):
        return False
    end = after_time(top.text, found.end, line.end)
    if trimmed(top.text, end, line.end, "()[]|.,") is not None and not re.match(
        r"[ \t]*[|·•(]", top.text[end : line.end]
    ):
        return False
    top.dates.append(DeclaredDate(found.value, Span(found.start, found.end), "header"))
    return _passed(top, line)


def _date_ahead(top: _Top, line: Span) -> bool:
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


def _byline(top: _Top, line: Span) -> bool:
    """`By JANE DOE and JOHN ROE, Associated Press`."""
    if top.byline is not None or len(line) > 160:
        return False
    match = _BY.match(top.text, line.start, line.end)
    span = trimmed(top.text, line.start, line.end)
    if match is None or span is None or not _are_names(top.text[match.end() : span.end]):
        return False
    top.byline = span
    top.agency = top.agency or _last_agency(span.of(top.text))
    return _passed(top, line)


def _are_names(words: str) -> bool:
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


def _post(top: _Top, line: Span) -> bool:
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
    return _passed(top, line)


def _label(top: _Top, line: Span) -> bool:
    """A word alone on its line that says nothing of the story: `ABSTRACT.`, `(DESK 4)`."""
    words = " ".join(line.of(top.text).split()).strip(".:*#- ").casefold()
    if words not in lexicon().labels and not _BRACKETED.fullmatch(words) and not _TRANSLATED.fullmatch(words):
        return False
    top.released = top.released or words in lexicon().releases
    return _passed(top, line)


def _issuer(top: _Top, line: Span) -> bool:
    """Under `PRESS RELEASE`, the name of whoever gives it out on a line of its own."""
    span = trimmed(top.text, line.start, line.end)
    named = span is not None and len(span) <= _LONGEST_ISSUER and not find_date(top.text, line.start, line.end)
    if not top.released or top.publisher or span is None or not named or _MANY_WORDS.match(span.of(top.text)):
        return False
    rest = _Top(top.text, line.end, None)
    rest.skip_space()
    if not _is_wrapping(rest) or not all(part[0].isupper() for part in span.of(top.text).split() if len(part) > 3):
        return False
    top.publisher = span.of(top.text)
    return _passed(top, line)


def _notice(top: _Top, line: Span) -> bool:
    """`© 2024 The Associated Press. All rights reserved.`"""
    if not _NOTICE.match(top.text, line.start, line.end) or len(line) >= 200:
        return False
    return _passed(top, line)


def _dateline(top: _Top, line: Span) -> bool:
    opening = opening_at(top.text, top.at)
    if opening is None or opening.body >= len(top.text):
        return False
    if _is_headline(top, line) and opening.dateline.agency is None and opening.declared is None:
        return False  # `IRAQ - Troops to go home` over a story is a headline
    if top.dateline is not None:
        return False
    top.dateline, top.at = opening.dateline, opening.body
    top.settled = top.headed or not opening.alone
    top.agency = opening.dateline.agency or top.agency
    top.dates.extend([opening.declared] if opening.declared else [])
    return True


def _headline(top: _Top, line: Span) -> bool:
    """The first paragraph, if it stands over the story as a headline does."""
    if top.headed or not _is_headline(top, line):
        return False
    block = _block(top)
    words = " ".join(block.of(top.text).split())
    if _is_masthead(top, block, words):
        top.publisher = words
        return _passed(top, line)
    top.title = top.title or words.lstrip("#*= ").rstrip("*#= ") or words
    top.at, top.headed = block.end, True
    top.settled = top.dateline is not None
    return True


def _is_masthead(top: _Top, block: Span, words: str) -> bool:
    """Whether the first line names the paper: a few names over a date line, and under that comes a headline."""
    if top.publisher or top.dates or "\n" in block.of(top.text) or len(words.split()) > _MASTHEAD:
        return False
    rest = _Top(top.text, block.end, None)
    rest.skip_space()
    if not _are_names(words) or not (rest.at < len(rest.text) and _date_line(rest, rest.line())):
        return False
    rest.skip_space()
    return rest.at < len(rest.text) and opening_at(rest.text, rest.at) is None and _is_headline(rest, rest.line())


def _is_headline(top: _Top, line: Span) -> bool:
    block = _block(top)
    words = block.of(top.text).strip()
    if top.headed or len(words) > _LONGEST_HEADLINE or len(words.split()) > _MOST_HEADLINE_WORDS or "\n\n" in words:
        return False
    rest = _Top(top.text, block.end, None)
    rest.skip_space()
    wrapped = _is_wrapping(_Top(rest.text, rest.at, None))
    if not (wrapped or _BLANK_LINE.match(top.text, block.end) or _HEADING.match(words)):
        return False
    if len(top.text) - rest.at < len(words) or words.endswith((",", ":", ";", "...", "…")) or _is_speech(words):
        return False
    if any(not _ABBREVIATION.search(words[: match.end() - 1]) for match in _SENTENCE_END.finditer(words)):
        return False
    stopped = words.rstrip("\"'”’)").endswith(".")
    return not stopped or wrapped or _looks_set(words) or _is_taken_up(words, rest)


def _block(top: _Top) -> Span:
    """The paragraph at `at`: a heading of Markdown, or up to three lines that neither are blank nor wrapping."""
    end = top.at
    most = 1 if _HEADING.match(top.text, top.at) else 3
    for count in range(most):
        line = _Top(top.text, end, None).line() if end < len(top.text) else None
        if line is None or not line.of(top.text).strip() or (count and _is_wrapping(_Top(top.text, end, None))):
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


def _is_taken_up(words: str, rest: _Top) -> bool:
    """Whether a short paragraph with a full stop is one that a next, twice as long, takes up like a lead.

    Measured on PolNeAR's training reports, whose headlines all end so: 39% of them are found by this alone, and 4%
    of second paragraphs, some of which are decks.
    """
    count = len(words.split())
    lead = _block(rest).of(rest.text) if rest.at < len(rest.text) else ""
    return count <= _MOST_STOPPED_WORDS and len(lead.split()) >= 2 * count and bool(_stems(words) & _stems(lead))


def _stems(words: str) -> set[str]:
    return {word[:5].casefold() for word in _LONG_WORD.findall(words)}


def _is_wrapping(rest: _Top) -> bool:
    """Whether a byline, a date line, a label or a dateline comes next: then what stood before was a headline."""
    if rest.at >= len(rest.text):
        return False
    line = rest.line()
    opening = opening_at(rest.text, rest.at)
    return opening is not None or any(step(rest, line) for step in (_byline, _date_line, _label))


def _passed(top: _Top, line: Span) -> bool:
    top.at = line.end
    return True


_STEPS: tuple[_Step, ...] = (
    _fence,
    _given_title,
    _header,
    _date_line,
    _date_ahead,
    _byline,
    _post,
    _label,
    _issuer,
    _notice,
    _dateline,
    _headline,
)
