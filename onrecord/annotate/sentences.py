"""Where sentences begin and end.

One scan finds the marks that may end a sentence; what stands before and after each mark decides. A second
pass over the lines decides which line breaks end a sentence: a blank line always does, a single break does
unless the line plainly goes on in the next. What the English words involved mean is in `data/sentences.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, fields
from functools import cache
from itertools import pairwise

from onrecord.lexicons import table_of
from onrecord.spans import Span, trimmed

_EMOJI = r"\u200b-\u200f\u2600-\u27bf\ufe0f\ufeff\U0001f000-\U0001faff"
_CLOSING = r"""(?:["'”’»›)\]}」』）】\u0300-\u036f""" + _EMOJI + r"]|\[\d{1,3}\])*+"
_MARK = re.compile(
    r"(?P<wide>[。！？｡]++" + _CLOSING + r")"
    r"|(?P<mark>[.!?…؟۔।]++(?:[ \xa0][.…]++(?![^\W_]))*+)(?P<closing>" + _CLOSING + r")"
    r"(?P<apart>[ \xa0](?:''|['’]?[”’»)\]])(?=\s|\Z))?+"
)
"""A mark that may end a sentence, with the closing marks that belong to it. Every alternative eats what it
has looked at, so the scan is linear in the text."""
_STAMP = re.compile(
    r"[ \t\r\n]{0,9}(?:[01]?\d|2[0-3])[.:h][0-5]\d(?:[ \xa0]?(?:[ap]\.?m\.?|GMT|BST|CES?T|E[SD]?T))?"
    r"[ \t]{0,3}[-–—:|]?[ \t]{1,4}(?=[\"“‘'(]?[A-Z])"
)
"""The time of day before an entry of a report told minute by minute."""
_FEWEST_STAMPS = 3
_WORD_BREAK = re.compile(r"[\s“”\"‘«»(\[{—–/…:;,-]+|--+")
_NEXT = re.compile(r"""[\s“”"'‘’`«»(\[{¿¡*_—–•●▪-]*+(?P<word>[^\W_](?:[^\W_]|['’](?=[^\W_]))*+)?(?P<stop>\.)?""")
_OPENING = ("“", '"', "`", "«")
_NICKNAME = re.compile(r"[”\"'»]")
_GLYPHS = "•●▪◦‣■□►▶✓✔"
_BULLET = re.compile(rf"(?:[{_GLYPHS}*·]|[-–—](?=\s+[A-Z0-9“\"])|\(?(?:\d{{1,2}}|[a-zA-Z])[.)](?=\s))\s*\S")
_SPEAKER = re.compile(r"[A-Z][\w.'’-]{0,30}(?: [\w.'’()-]{1,30}){0,3}:(?=\s)")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.&?)+[^\W\d_]")
_TAIL_OF_QUESTION = re.compile(r"""[?!]["'”’]{1,3}\Z|[?!]\Z""")
_HEAD = 80
"""How many characters before or after a mark are looked at; no word that matters is longer."""
_WRAPS = range(40, 121)
"""Line widths, in characters, at which texts are wrapped by hand or by mail programs."""
_SHORT_LINE = 25


@dataclass(frozen=True, slots=True)
class _Lexicon:
    never_last: frozenset[str]
    before_number: frozenset[str]
    seldom_last: frozenset[str]
    openers: frozenset[str]
    unfinished: frozenset[str]
    saying: frozenset[str]
    not_speakers: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    table = table_of("sentences")
    return _Lexicon(**{field.name: _with_capitals(table[field.name]) for field in fields(_Lexicon)})


def _with_capitals(entries: list[str]) -> frozenset[str]:
    return frozenset(entries) | {entry.upper() for entry in entries if len(entry) > 1}


def split_sentences(text: str, start: int = 0) -> tuple[Span, ...]:
    """The sentences of `text` from code point `start` on, without the white space around them.

    They are in order, never overlap, and cover every character that is not white space. Closing quotation
    marks and brackets belong to the sentence they close. Time is linear in the length of the text.
    """
    begins = [start, *_line_cuts(text, _lines(text, start))]
    cuts = sorted({*begins, len(text), *_mark_cuts(text, start, begins), *_stamp_cuts(text, begins)})
    spans = (trimmed(text, left, right) for left, right in pairwise(cuts))
    return tuple(span for span in spans if span is not None)


def split_paragraphs(text: str, start: int = 0) -> tuple[Span, ...]:
    """The paragraphs of `text` from code point `start` on, without the white space around them.

    A blank line ends a paragraph, and so does a line break that no sentence runs over.
    """
    cuts = sorted({start, len(text), *_line_cuts(text, _lines(text, start))})
    spans = (trimmed(text, left, right) for left, right in pairwise(cuts))
    return tuple(span for span in spans if span is not None)


# ---------------------------------------------------------------------------------------------- lines


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the text without the white space around it; `start` equals `end` where it is blank."""

    start: int
    end: int


def _lines(text: str, start: int) -> list[_Line]:
    lines: list[_Line] = []
    offset = start
    for raw in text[start:].splitlines(keepends=True):
        kept = raw.strip()
        first = offset + len(raw) - len(raw.lstrip()) if kept else offset
        lines.append(_Line(first, first + len(kept)))
        offset += len(raw)
    return lines


def _line_cuts(text: str, lines: list[_Line]) -> list[int]:
    """Starts of the lines that begin a sentence whatever the line before them ends in."""
    width = _wrap_width(text, lines)
    cuts = []
    for before, line in pairwise(lines):
        if line.start == line.end:
            continue
        if before.start == before.end or not _goes_on(text, before, line, width):
            cuts.append(line.start)
    return cuts


def _wrap_width(text: str, lines: list[_Line]) -> int | None:
    """The width at which the text is wrapped, or None if its lines are paragraphs or items.

    A wrapped text shows itself by breaks in the middle of a clause: no mark before, a small letter after.
    """
    breaks, widths = 0, []
    for before, line in pairwise(lines):
        if before.start < before.end and line.start < line.end:
            breaks += 1
            if text[line.start].islower() and (text[before.end - 1].isalnum() or text[before.end - 1] == ","):
                widths.append(before.end - before.start)
    if len(widths) < 2 or len(widths) * 5 < breaks:
        return None
    width = sorted(widths)[-1 - len(widths) // 20]
    return width if width in _WRAPS else None


def _goes_on(text: str, before: _Line, line: _Line, width: int | None) -> bool:
    """Whether the line break between the two may lie inside a sentence."""
    head = text[line.start : min(line.end, line.start + 2 * _HEAD)]
    ended = _is_ended(text, before)
    if head[0].islower() and _TAIL_OF_QUESTION.search(text, max(before.start, before.end - 4), before.end):
        return True
    if _BULLET.match(head) and (ended or width is None or head[0] in _GLYPHS):
        return False
    if _is_speaker(head) and (ended or width is None):
        return False
    if width is not None and before.end - before.start + 1 + len(head.split(None, 1)[0]) >= width - 3:
        return True
    return not ended and _is_unfinished(text, before, head)


def _is_ended(text: str, line: _Line) -> bool:
    tail = text[max(line.start, line.end - 6) : line.end].rstrip("\"'”’»)]")
    return tail[-1:] in tuple(".!?…。！？:")


def _is_unfinished(text: str, before: _Line, head: str) -> bool:
    tail = text[max(before.start, before.end - _HEAD) : before.end]
    if tail[-1] in ",-–—" or tail.split()[-1] in _lexicon().unfinished:
        return True
    return head[0].islower() and before.end - before.start >= _SHORT_LINE


def _is_speaker(head: str) -> bool:
    label = _SPEAKER.match(head)
    return label is not None and head[: label.end() - 1].lower() not in _lexicon().not_speakers


# ---------------------------------------------------------------------------------------------- marks


def _mark_cuts(text: str, start: int, begins: list[int]) -> list[int]:
    """Offsets just behind the marks that end a sentence; `begins` are the starts of paragraphs."""
    cuts: list[int] = []
    last = start
    for found in _MARK.finditer(text, start):
        end = found.end()
        if found["wide"] is None:
            paragraph = begins[bisect_right(begins, found.start()) - 1]
            end = _end_of_sentence(text, found, max(last, paragraph))
        if end:
            cuts.append(end)
            last = end
    return cuts


def _stamp_cuts(text: str, begins: list[int]) -> list[int]:
    """Where the times of day end that open the entries of a report told minute by minute: "10.31 The doors open."."""
    ends = [match.end() for at in begins if (match := _STAMP.match(text, at)) is not None]
    return ends if len(ends) >= _FEWEST_STAMPS else []


def _end_of_sentence(text: str, found: re.Match[str], last: int) -> int:
    """The offset at which the mark ends a sentence, or 0 where it ends none."""
    at, end = found.start(), found.end()
    if end >= len(text):
        return end
    if not any(char.isalnum() for char in text[max(last, at - _HEAD) : at]):
        return 0
    if not text[end].isspace():
        return _end_of_glued(text, found)
    end = _with_lone_mark(text, last, end)
    ahead = _NEXT.match(text, end, end + 2 * _HEAD)
    assert ahead is not None
    mark, closing = found["mark"], bool(found["closing"] or found["apart"])
    following = ahead["word"] or ""
    if not following:
        return end
    if "!" in mark or "?" in mark or "؟" in mark:
        return end if _ends_question(text, ahead, closing) else 0
    if len(mark) > 1 or mark == "…":
        return end if not following[0].islower() else 0
    before = _word_before(text, at, last)
    return end if _ends_statement(text, before, ahead, closing, at, last) else 0


def _end_of_glued(text: str, found: re.Match[str]) -> int:
    """A sentence's end that has lost the white space behind it: `the talks.Officials`."""
    at, end = found.start(), found.start() + len(found["mark"])
    before, behind = text[max(0, at - 4) : at], text[end : end + 3]
    if found["mark"] not in (".", "?", "!", "..."):
        return 0
    if before.isalpha() and before.islower() and len(before) == 4 and _is_start_of_sentence(behind):
        run = _run(text, at)
        return 0 if any(char in run for char in "@/._") else end
    if before.strip()[-1:].isalnum() and text[end] in "“(" and found["closing"] == "":
        return end if text[end + 1 : end + 2].isupper() else 0
    if found["closing"] in ("”", "’") and before.strip()[-1:].isalnum():
        return found.end() if text[found.end()] in "“‘" or text[found.end()].isupper() else 0
    return 0


def _is_start_of_sentence(behind: str) -> bool:
    if behind[:1] in ("“", "‘"):
        behind = behind[1:]
    return behind[:1].isupper() and (behind[1:2].islower() or behind[1:2] == " ")


def _run(text: str, at: int) -> str:
    """The characters around offset `at`, up to white space, without the mark itself."""
    left = text[max(0, at - _HEAD) : at].split()
    right = text[at + 1 : at + _HEAD].split(None, 1)
    return (left[-1] if left else "") + (right[0].rstrip(".,") if right else "")


def _with_lone_mark(text: str, last: int, end: int) -> int:
    """The offset behind a straight mark that stands alone after white space and closes a quotation."""
    if text[end + 1 : end + 2] == '"' and text[end + 2 : end + 3].isspace():
        odd = text.count('"', max(last, end - 2000), end) % 2 == 1
        return end + 2 if odd else end
    return end


def _ends_question(text: str, ahead: re.Match[str], closing: bool) -> bool:
    word = ahead["word"]
    if word[0].islower():
        return False
    if not closing or text[ahead.start() : ahead.start("word")].strip():
        return True
    words = text[ahead.start("word") : ahead.start("word") + _HEAD].split()[:4]
    return not any(word.strip(",.:") in _lexicon().saying for word in words[1:]) or word in ("The", "But", "And")


def _ends_statement(text: str, before: str, ahead: re.Match[str], closing: bool, at: int, last: int) -> bool:
    """Whether the full stop after the word `before` ends a sentence, given the word `ahead` of it."""
    lexicon, word = _lexicon(), ahead["word"]
    if word[0].islower():
        return not closing and _is_lost_capital(text, before, ahead)
    if not before:
        return True
    if before in lexicon.never_last:
        return False
    if at - last <= 6 and _ENUMERATOR.fullmatch(text[last:at].strip()):
        return False
    if before in lexicon.before_number and word[0].isdigit():
        return False
    if before == "I" and not closing:
        return not _is_name(text, at - 2, last)
    if before in lexicon.seldom_last or (len(before) == 1 and before.isalpha()) or _ACRONYM.fullmatch(before):
        return _opens(text, before, ahead, closing, last)
    return True


def _opens(text: str, before: str, ahead: re.Match[str], closing: bool, last: int) -> bool:
    """Whether what follows an abbreviation plainly opens a sentence."""
    word = ahead["word"].replace("’", "'")
    between = text[ahead.start() : ahead.start("word")].strip()
    if closing:
        return True
    if between[:1] in _OPENING and between:
        return not _NICKNAME.match(text, ahead.end("word"))
    if between or (ahead["stop"] and len(word) == 1):
        return False
    if word.lower() not in _lexicon().openers or (len(before) == 1 and len(word) == 1):
        return False
    return not _is_headline(text, last, ahead.start("word"))


def _is_lost_capital(text: str, before: str, ahead: re.Match[str]) -> bool:
    """A full stop after an ordinary word, though a small letter follows: the text is damaged there."""
    if text[ahead.start() : ahead.start("word")] != " ":
        return False
    lexicon = _lexicon()
    known = before in lexicon.never_last or before in lexicon.seldom_last or before in lexicon.before_number
    whole = (len(before) > 2 and before.islower()) or (len(before) > 4 and before.istitle())
    return whole and before.isalpha() and not known


def _is_name(text: str, end: int, last: int) -> bool:
    words = text[max(last, end - _HEAD) : end].split()
    return bool(words) and words[-1][:1].isupper() and len(words) > 1


def _is_headline(text: str, left: int, right: int) -> bool:
    """Whether nearly all words of the line around `left` to `right` have capitals, as in a title."""
    stop = text.find("\n", right, right + 2 * _HEAD)
    words = text[max(left, right - 2 * _HEAD) : stop if stop >= 0 else right + 2 * _HEAD].split()
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _word_before(text: str, at: int, last: int) -> str:
    """The word that ends at the mark at offset `at`, with its inner full stops: `U.S`, `officials`."""
    run = text[max(last, at - _HEAD) : at]
    return _WORD_BREAK.split(run)[-1].lstrip("'’`$€£#*_")
