"""A brief as Markdown. Evidence is a place: `[r1 243–335]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from onrecord.export.brief.document import BASES, MARKS, Document, Evidence, Item, Line, Piece, Run, Section, spaced

_SPECIAL = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])|<(?=[\w/!?])|&(?=#?\w{1,40};)")
"""What Markdown would act on in the midst of a line: marks, links, tables, formulas, tags, entities."""
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_SAME_PLACE = 60
"""Passages at most this many code points apart are given as one place."""
_PLACES = 4
"""Reports, and passages of a report, given of one thing; the rest are counted."""


def as_markdown(document: Document) -> Iterator[str]:
    """The lines of the brief."""
    yield f"# {shown(document.title)}"
    yield ""
    yield " · ".join(shown(words) for words in document.known)
    yield ""
    if document.opening:
        yield _pieces(document.opening, document.labels)
        yield ""
    for section in document.sections:
        yield from _section(section, document.labels)
    yield from legend()


def legend() -> Iterator[str]:
    """How to read shapes, quotation marks and places."""
    yield " · ".join(f"{MARKS[basis]} {words}" for basis, words in BASES.items())
    yield ""
    yield (
        "Words in quotation marks were quoted by the report. Other words before their place are the report's own"
        " wording, cut at “…” where they are long. Brackets give the report and the code points of the words."
    )
    yield ""


def place(spans: Sequence[Item], labels: Mapping[str, str]) -> str:
    """Where the words of `spans` are, as `[r1 243–335; r2 5–19]`."""
    reports = list(dict.fromkeys(span["report"] for span in spans))
    shown_here = [f"{labels[report]} {_places(joined(_in(spans, report)))}" for report in reports[:_PLACES]]
    more = f"; and in {len(reports) - _PLACES} more" if len(reports) > _PLACES else ""
    return f"[{'; '.join(shown_here)}{more}]"


def joined(spans: Sequence[Item]) -> list[tuple[int, int]]:
    """The places of spans, those near one another as one."""
    places: list[tuple[int, int]] = []
    for start, end in sorted((span["start"], span["end"]) for span in spans):
        if places and start - places[-1][1] <= _SAME_PLACE:
            places[-1] = places[-1][0], max(end, places[-1][1])
        else:
            places.append((start, end))
    return places


def shown(words: str) -> str:
    """Words of a text on one line, with nothing in them that Markdown would act on."""
    line = _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(words.split()))
    return _SPECIAL.sub(r"\\\g<0>", line)


def code(words: str) -> str:
    """Words to stand between back quotes."""
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(words.split())).replace("`", "'")


def _section(section: Section, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"## {shown(section.title)}"
    yield ""
    if section.note:
        yield f"*{shown(section.note)}*"
        yield ""
    for group in section.groups:
        if group.title:
            yield f"### {shown(group.title)}"
            yield ""
        for line in group.lines:
            yield from _line(line, labels, 0)
        yield ""


def _line(line: Line, labels: Mapping[str, str], depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- **{shown(line.lead)}** — {_pieces(line.pieces, labels)}"
    for under in line.under:
        yield from _line(under, labels, depth + 1)


def _pieces(pieces: Sequence[Piece], labels: Mapping[str, str]) -> str:
    return "".join(space + _piece(piece, labels) for space, piece in spaced(pieces))


def _piece(piece: Piece, labels: Mapping[str, str]) -> str:
    return place(piece.passages, labels) if isinstance(piece, Evidence) else _run(piece)


def _run(run: Run) -> str:
    words = shown(run.text)
    if run.style == "quote":
        words = f"“{words}”"
    elif run.style == "strong" and words:
        words = f"**{words}**"
    return " ".join(part for part in (MARKS[run.basis] if run.basis else "", words) if part)


def _places(places: Sequence[tuple[int, int]]) -> str:
    more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
    return ", ".join(f"{start}–{end}" for start, end in places[:_PLACES]) + more


def _in(spans: Sequence[Item], report: str) -> list[Item]:
    return [span for span in spans if span["report"] == report]
