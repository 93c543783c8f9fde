"""Quotation marks: which belong together, and what stands between them.

Marks are read from left to right against a stack of open quotations, as brackets are. What differs from
brackets: straight marks tell opening from closing by their neighbours only, an apostrophe is no mark,
a quotation over several paragraphs opens in each and closes in the last, and a mark may be missing. A
missing closing mark costs its own paragraph and nothing beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from onrecord.annotate.sentences import split_paragraphs
from onrecord.lexicons import table_of
from onrecord.spans import Span, trimmed

Kind = Literal["curly", "straight", "wire", "low", "angle", "single"]
Role = Literal["open", "close", "either"]

_MARKS = re.compile(
    r"(?P<measure>\d['’′] ?\d{1,2}(?:[\"”″]|'')(?!\w))"
    r"|(?P<noise>([“”„«»\"‘’`])\3{3,}+)"
    r"|[“”„‟«»\"]|``|‘‘|’’|'{2,}+|‘|(?<!\w)['’`]|['’](?!\w)"
)
"""Whatever may be a quotation mark; apostrophes inside words, feet and inches, and
rows of four and more are passed over."""
_KINDS: dict[str, Kind] = {
    "“": "curly", "”": "curly", "‟": "curly", "‘‘": "curly", "’’": "curly", "„": "low", "«": "angle", "»": "angle",
    '"': "straight", "``": "wire", "''": "wire", "‘": "single", "’": "single", "'": "single", "`": "single",
}  # fmt: skip
_ALWAYS_OPEN = frozenset({"„", "``", "‘‘", "`"})
_CLOSED_BY: dict[Kind, frozenset[Kind]] = {
    "curly": frozenset({"curly", "straight", "wire"}),
    "straight": frozenset({"straight", "curly", "wire"}),
    "wire": frozenset({"wire", "straight", "curly"}),
    "low": frozenset({"curly", "straight", "low"}),
    "angle": frozenset({"angle"}),
    "single": frozenset({"single"}),
}
"""Which marks may close which, for texts that mix them; a mark of the same kind is preferred."""
_BEFORE_OPENING = frozenset("([{—–-/_=:“‘\"'`«*>")
_AFTER_CLOSING = frozenset(",.;:!?)]}…")
_DECADE = re.compile(r"\d0s?\b|\d\d\b")
_WORD = re.compile(r"\w+")
_LOOKAHEAD = 60
"""How many marks ahead a single opening mark may find the one that closes it."""
_NEAR = 100
"""Characters around a short quotation that are searched for a verb of saying."""
_LINES_ACROSS = 8
_SHORT = 3
_TITLE = 8


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands in quotation marks in one paragraph.

    Attributes:
        span: with its marks; to the end of its paragraph where the closing mark is missing.
        inner: without its marks.
        closed: whether its closing mark was found.
        continues: it is not closed, and the next paragraph opens with a mark again: it goes on there.
        nested: it stands inside another quotation.
        scare: it is short, or a title, and no word of saying is near; so it is hardly speech. Up to three
            words, or up to eight that nearly all have capitals, without a comma or full stop before the
            closing mark, and no verb of saying within 100 characters in its paragraph. A hint, no more:
            in PolNeAR about half of these are no part of what anyone is reported to say.
    """

    span: Span
    inner: Span
    closed: bool
    continues: bool
    nested: bool
    scare: bool


class _Mark(NamedTuple):
    start: int
    end: int
    kind: Kind
    role: Role
    paragraph: int


@dataclass(slots=True)
class _Open:
    mark: _Mark
    nested: bool
    partner: int | None = None
    """Index of the mark that closes it, where that was looked up beforehand (single marks)."""


def find_quotations(text: str, start: int = 0) -> tuple[Quotation, ...]:
    """All quotations of `text` from code point `start` on, in order, an outer one before those inside it.

    Time is linear in the length of the text.
    """
    paragraphs = split_paragraphs(text, start)
    pairing = _Pairing(text, paragraphs, _marks(text, paragraphs))
    return tuple(sorted(pairing.run(), key=lambda q: (q.span.start, -q.span.end)))


# ---------------------------------------------------------------------------------------------- marks


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    table = table_of("sentences")
    own = table["quotations"]
    return {"elided": frozenset(own["elided"]), "saying": frozenset(table["saying"] + own["wording"])}


def _marks(text: str, paragraphs: Sequence[Span]) -> list[_Mark]:
    marks: list[_Mark] = []
    for number, paragraph in enumerate(paragraphs):
        for found in _MARKS.finditer(text, paragraph.start, paragraph.end):
            if found["measure"] is None and found["noise"] is None:
                marks.extend(_read_mark(text, found.start(), found.end(), number))
    return marks


def _read_mark(text: str, start: int, end: int, paragraph: int) -> list[_Mark]:
    """The mark or marks at `start` to `end`: three apostrophes are a single and a double mark."""
    sign = text[start:end]
    if sign == "'''":
        middle = start + 2 if _is_blank(text, start - 1) else start + 1
        return [*_read_mark(text, start, middle, paragraph), *_read_mark(text, middle, end, paragraph)]
    kind = _KINDS.get(sign)
    role = _role(text, start, end, sign) if kind else None
    return [_Mark(start, end, kind, role, paragraph)] if kind and role else []


def _is_blank(text: str, at: int) -> bool:
    return not 0 <= at < len(text) or text[at].isspace()


def _role(text: str, start: int, end: int, sign: str) -> Role | None:
    """What a mark does, from its neighbours; None for an apostrophe."""
    if sign in _ALWAYS_OPEN:
        return None if sign == "`" and _is_blank(text, end) else "open"
    before = " " if _is_blank(text, start - 1) else text[start - 1]
    after = " " if _is_blank(text, end) else text[end]
    opens = (before == " " or before in _BEFORE_OPENING) and after != " " and after not in _AFTER_CLOSING
    closes = before != " " and not after.isalnum()
    if _KINDS[sign] == "single":
        return _single_role(text, end, sign, opens, closes)
    if sign in "“«" and not closes and after != " ":
        return "open"
    if sign in "”»" and not (opens and before == " "):
        return "close"
    return "either" if opens == closes else "open" if opens else "close"


def _single_role(text: str, end: int, sign: str, opens: bool, closes: bool) -> Role | None:
    if opens and (sign != "’" or not closes):
        word = _WORD.match(text, end, end + 12)
        elided = word is not None and word[0].lower() in _lexicon()["elided"]
        return None if elided or _DECADE.match(text, end) or sign == "’" else "open"
    return "close" if closes and sign != "‘" else None


# -------------------------------------------------------------------------------------------- pairing


class _Pairing:
    """One reading of all marks against a stack of open quotations."""

    def __init__(self, text: str, paragraphs: Sequence[Span], marks: list[_Mark]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.marks = marks
        self.stack: list[_Open] = []
        self.found: list[Quotation] = []

    def run(self) -> list[Quotation]:
        previous = 0
        for index, mark in enumerate(self.marks):
            if self.stack and mark.paragraph != previous:
                self._end_paragraph(previous, index)
            previous = mark.paragraph
            self._read(index, mark)
        if self.stack:
            self._end_paragraph(previous, len(self.marks))
        return self.found

    def _read(self, index: int, mark: _Mark) -> None:
        if mark.kind == "single":
            self._read_single(index, mark)
            return
        depth = self._closable(mark)
        if mark.role == "open" or (mark.role == "either" and depth is None):
            self._open(index, mark)
        elif depth is not None:
            self._close(depth, mark)

    def _closable(self, mark: _Mark) -> int | None:
        """Position in the stack of the quotation that `mark` can close."""
        depths = range(len(self.stack) - 1, max(-1, len(self.stack) - 6), -1)
        same = [d for d in depths if self.stack[d].mark.kind == mark.kind]
        return next(iter(same or [d for d in depths if mark.kind in _CLOSED_BY[self.stack[d].mark.kind]]), None)

    def _read_single(self, index: int, mark: _Mark) -> None:
        if mark.role == "close":
            if self.stack and self.stack[-1].partner == index:
                self._close(len(self.stack) - 1, mark)
            return
        partner = self._partner(index)
        if partner is not None and not any(item.mark.kind == "single" for item in self.stack[-2:]):
            self.stack.append(_Open(mark, bool(self.stack), partner))

    def _partner(self, index: int) -> int | None:
        """The mark that closes the single mark at `index`, in its paragraph and inside what is open there."""
        depth, fallback = 0, None
        for ahead in range(index + 1, min(index + _LOOKAHEAD, len(self.marks))):
            mark = self.marks[ahead]
            if mark.paragraph != self.marks[index].paragraph:
                break
            if mark.kind != "single":
                depth += 1 if mark.role == "open" or (mark.role == "either" and depth == 0) else -1
                if depth < 0:
                    break
            elif mark.role == "open" and depth == 0:
                break
            elif mark.role == "close" and depth == 0:
                if not self._is_possessive(mark):
                    return ahead
                fallback = ahead
        return fallback

    def _is_possessive(self, mark: _Mark) -> bool:
        """Whether a single mark may be the apostrophe of a plural: the players' union."""
        follows = self.text[mark.end : mark.end + 2]
        return self.text[mark.start - 1] == "s" and follows[:1] == " " and follows[1:].isalnum()

    def _open(self, index: int, mark: _Mark) -> None:
        if mark.role == "either" and not self._is_closed_soon(index):
            return
        same = next((d for d, item in enumerate(self.stack) if item.mark.kind == mark.kind), None)
        if same is not None and not self._closes_twice(index):
            self._drop(same, mark.start)
        self.stack.append(_Open(mark, bool(self.stack)))

    def _is_closed_soon(self, index: int) -> bool:
        mark = self.marks[index]
        if self.text[mark.start - 1 : mark.start].isdigit() or index + 1 == len(self.marks):
            return False
        ahead = next((m for m in self.marks[index + 1 : index + 9] if m.kind == mark.kind), None)
        return ahead is not None and ahead.paragraph == mark.paragraph and ahead.role != "open"

    def _closes_twice(self, index: int) -> bool:
        """Whether the next two marks of this kind in the paragraph both close: a quotation inside another."""
        mark = self.marks[index]
        ahead = [m for m in self.marks[index + 1 : index + 13] if m.kind == mark.kind and m.paragraph == mark.paragraph]
        return len(ahead) > 1 and ahead[0].role == ahead[1].role == "close"

    def _close(self, depth: int, mark: _Mark) -> None:
        self._drop(depth + 1, mark.start)
        item = self.stack.pop()
        self._emit(item, mark.start, mark.end, closed=True, continues=False)

    def _drop(self, depth: int, end: int) -> None:
        """Ends the open quotations from `depth` upwards before offset `end`, without a closing mark."""
        while len(self.stack) > depth:
            item = self.stack.pop()
            if item.mark.kind != "single":
                self._emit(item, end, end, closed=False, continues=False)

    def _emit(self, item: _Open, stop: int, end: int, *, closed: bool, continues: bool) -> None:
        inner = trimmed(self.text, item.mark.end, stop)
        span = trimmed(self.text, item.mark.start, end)
        if inner is not None and span is not None:
            scare = closed and not item.nested and self._is_scare(item.mark, inner, end)
            self.found.append(Quotation(span, inner, closed, continues, item.nested, scare))

    # paragraphs

    def _end_paragraph(self, number: int, index: int) -> None:
        """Ends what is open at the end of paragraph `number`; `index` is the next mark, if any."""
        if self._is_carried(number, index):
            return
        bottom, end = self.stack[0], self.paragraphs[number].end
        self._drop(1, end)
        self.stack.clear()
        if bottom.mark.kind != "single":
            continues = self._opens_again(bottom.mark.kind, number, index)
            self._emit(bottom, end, end, closed=False, continues=continues)

    def _opens_again(self, kind: Kind, number: int, index: int) -> bool:
        """Whether the paragraph after `number` begins with an opening mark."""
        if index >= len(self.marks) or self.marks[index].paragraph != number + 1:
            return False
        mark = self.marks[index]
        return mark.start == self.paragraphs[number + 1].start and mark.kind == kind and mark.role != "close"

    def _is_carried(self, number: int, index: int) -> bool:
        """Whether a break lies inside the quotation: the next mark of its kind, close by, closes it.

        Texts with a sentence a line, and pages that lost the marks at their paragraphs' starts, are so.
        """
        item = self.stack[0]
        if index >= len(self.marks) or item.mark.kind == "single":
            return False
        ahead = next((m for m in self.marks[index : index + 12] if m.kind == item.mark.kind), None)
        if ahead is None or ahead.role != "close" or ahead.paragraph - item.mark.paragraph > _LINES_ACROSS:
            return False
        passed = self.paragraphs[number : ahead.paragraph + 1]
        blank = sum("\n\n" in self.text[a.end : b.start][:200] for a, b in pairwise(passed))
        return blank <= 1

    # scare quotes and titles

    def _is_scare(self, mark: _Mark, inner: Span, end: int) -> bool:
        if len(inner) > 80 or self.text[inner.end - 1] in ",.!?":
            return False
        words = _WORD.findall(inner.of(self.text))
        if len(words) > _TITLE or (len(words) > _SHORT and not _is_title(words)):
            return False
        paragraph = self.paragraphs[mark.paragraph]
        before = self.text[max(paragraph.start, mark.start - _NEAR) : mark.start]
        after = self.text[end : max(end, min(paragraph.end, end + _NEAR))]
        return _lexicon()["saying"].isdisjoint(_WORD.findall(before.lower()) + _WORD.findall(after.lower()))


def _is_title(words: list[str]) -> bool:
    long = [word for word in words if len(word) > 3]
    return words[0][0].isupper() and all(word[0].isupper() for word in long)
