"""The evidence of a page: numbered marks in the text, and the cards they open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from onrecord.export.brief.document import BASES, Evidence, Item, Piece, Run, spaced
from onrecord.export.brief.reading import clipped
from onrecord.web.book import Book

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows; shown by their sign, not obeyed."""
_ENDLESS = re.compile(r"\S{120,}")
_PIECES = re.compile(r"(?:&[^;]{1,8};|.){1,40}", re.S)
_PASSAGES, _LONG, _NEAR = 4, 1200, 90
SHORT = {
    "named": "named",
    "role": "known by role",
    "anonymous": "anonymous",
    "document": "document",
    "report": "the report’s own words",
}


def plain(words: object) -> str:
    """Words that a page can hold: characters that it may not hold, or that would turn it around, are replaced."""
    return _TURNING.sub(
        "\N{REPLACEMENT CHARACTER}", _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", "" if words is None else str(words))
    )


def loose(words: str) -> Markup:
    """Words as a page holds them, with places to break in those that no line holds: browsers are slow to find some."""
    shown = str(escape(plain(words)))
    return Markup(_ENDLESS.sub(_broken, shown) if _ENDLESS.search(shown) else shown)  # escaped above


def _broken(word: re.Match[str]) -> str:
    return "<wbr>".join(_PIECES.findall(word[0]))


@dataclass(frozen=True, slots=True)
class Quote:
    """Passages that stand together in a report.

    Attributes:
        parts: pieces of the text in order, each with whether it is evidence.
        who: who tells the words.
        reason: why a name is withheld, in the words of the report; empty if none is.
    """

    report: str
    parts: tuple[tuple[str, bool], ...]
    who: tuple[Run, ...]
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Card:
    """What a mark opens: its number, the words, and how many more passages there are."""

    number: int
    quotes: tuple[Quote, ...]
    more: int


class Notes:
    """The evidence of one page, numbered as it is met; equal evidence shares a number."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._numbers: dict[tuple[tuple[str, int, int], ...], tuple[int, Sequence[Item]]] = {}

    def mark(self, passages: Sequence[Item]) -> Markup:
        """A button that opens the passages; its shape tells how their source is known."""
        key = tuple((one["report"], one["start"], one["end"]) for one in passages)
        number = self._numbers.setdefault(key, (len(self._numbers) + 1, passages))[0]
        basis = self._book.basis_of(passages[0])
        spoken = f"Evidence {number}, {SHORT[basis]}"
        return Markup(
            '<button type="button" class="ev {0}" popovertarget="e{1}" aria-label="{2}" data-day="{3}">{1}</button>'
        ).format(basis, number, spoken, self._book.known_since(passages))

    def pieces(self, pieces: Sequence[Piece]) -> Markup:
        """Words and marks of evidence as they stand in a line."""
        return Markup("").join(escape(space) + self._piece(piece) for space, piece in spaced(_told_by_mark(pieces)))

    def _piece(self, piece: Piece) -> Markup:
        return self.mark(piece.passages) if isinstance(piece, Evidence) else run(piece)

    def cards(self) -> Iterator[Card]:
        """The cards of all marks made so far."""
        for number, passages in self._numbers.values():
            near = neighbours(passages)
            yield Card(number, tuple(map(self.quote, near[:_PASSAGES])), max(0, len(near) - _PASSAGES))

    def quote(self, passages: Sequence[Item]) -> Quote:
        """Passages of one sentence, or of two that follow one another, in what stands around them."""
        first, end = passages[0], max(one["end"] for one in passages)
        return Quote(
            first["report"],
            tuple(self._parts(passages, end)),
            self._book.tellers(first),
            self._reason(first),
            first["start"],
            end,
        )

    def _parts(self, passages: Sequence[Item], end: int) -> Iterator[tuple[str, bool]]:
        report, at = passages[0]["report"], passages[0]["start"]
        text = self._book.report[report]["text"]
        before, after = self._book.context(report, at, end)
        yield before, False
        for one in passages:
            start = max(at, one["start"])
            if start < one["end"]:
                yield text[at:start], False
                yield shortened(text[start : one["end"]]), True
                at = one["end"]
        yield after, False

    def _reason(self, passage: Item) -> str:
        chain = self._book.chain(self._book.teller_in(passage))
        given = [one["source"]["reason"]["text"] for one in chain if one["source"]["reason"]]
        return clipped(given[0], 160) if given else ""


def _told_by_mark(pieces: Sequence[Piece]) -> list[Piece]:
    """Without the sign that the report tells it itself, where a mark of evidence before it says so already."""
    kept: list[Piece] = []
    for piece in pieces:
        is_own = isinstance(piece, Run) and piece.style == "source" and not piece.text
        if is_own and len(kept) > 1 and isinstance(kept[-2], Evidence) and _is_dot(kept[-1]):
            kept.pop()
        else:
            kept.append(piece)
    return kept


def _is_dot(piece: Piece) -> bool:
    return isinstance(piece, Run) and piece.text.strip() == "·"


def neighbours(passages: Sequence[Item]) -> list[list[Item]]:
    """The passages that stand so near one another that they are read together."""
    groups: list[list[Item]] = []
    for one in passages:
        last = groups[-1][-1] if groups else None
        if last and last["report"] == one["report"] and 0 <= one["start"] - last["start"] <= _NEAR + len(last["text"]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def shortened(words: str) -> str:
    """Words without their middle, where there are more than a card can hold."""
    return words if len(words) <= _LONG else f"{words[: _LONG * 3 // 4]} … {words[-_LONG // 4 :]}"


def run(piece: Run) -> Markup:
    """Some words of a line in their style."""
    words = loose(piece.text)
    if piece.style == "source":
        name = words or Markup('<span class="unseen">{}</span>').format(BASES["report"])
        return Markup('<span class="by {}" title="{}">{}</span>').format(
            piece.basis, BASES[piece.basis or "report"], name
        )
    if piece.style in ("strong", "quote"):
        tag = {"strong": "strong", "quote": "q"}[piece.style]
        return Markup(f"<{tag}>{{}}</{tag}>").format(words)
    return Markup('<span class="{}">{}</span>').format(piece.style, words)
