"""The reports: a list of them, and each as its text with what was read out of it marked in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise

from starlette.responses import Response

from onrecord.dates import days_of
from onrecord.export.brief.days import human
from onrecord.export.brief.document import Item
from onrecord.export.brief.doubts import dated
from onrecord.export.brief.numbers import value_of
from onrecord.export.brief.reading import clipped
from onrecord.web.axis import Axis, days_in
from onrecord.web.book import Book
from onrecord.web.pages import Asked, missing, rendered

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*+\n)[^\n]+)*")
_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*", re.MULTILINE)
_ENDED = re.compile(r"[.!?…:][\"”’»)\]]*\s*\Z")
_MOSTLY = 0.6
"""Share of lines that end a sentence in texts in which every line is a paragraph."""
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_CHUNK = 60_000
"""Code points of a report shown on one page; the rest is on further pages."""
_PIECE = 4_000
"""A paragraph is cut after so many code points where it has no end."""
_SHORT, _PART = 90, 1000
_COMPARED = 1000
"""Paragraphs of two versions compared at most."""


_STATUS = {
    "consistent": "as declared",
    "contradicted": "its words contradict the date it bears",
    "estimated": "estimated from its words",
    "unknown": "not known",
}
"""How the date of a report is known."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Something read out of the text, over the words it was read from.

    Attributes:
        of: id of the object, to which a card of the margin is tied.
        told: what a reader is told of the words.
    """

    start: int
    end: int
    kind: str
    of: str
    told: str

    @property
    def passage(self) -> str:
        """The place of the words, as addresses have it."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Segment:
    """Words over which the same layers lie.

    Attributes:
        at: passages that other pages point at and that these words are part of; `begins` those that begin here.
    """

    text: str
    kinds: str = ""
    of: str = ""
    told: str = ""
    anchor: str = ""
    at: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A card of the margin."""

    of: str
    kind: str
    depth: int
    item: Item
    claims: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Paragraph:
    """Some of the text, with the cards of what begins in it."""

    number: int
    start: int
    end: int
    segments: list[Segment] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def reports(asked: Asked) -> Response:
    """All reports by date."""
    book = asked.book()
    rows = [
        (
            one,
            _STATUS[one["date"]["status"]],
            sum(not book.own_voice(s) for s in book.in_report("statements", one["id"])),
            len(book.in_report("findings", one["id"])),
        )
        for one in book.reports
    ]
    return rendered(asked, "reports.html", book, rows=rows)


def report(asked: Asked) -> Response:
    """One report as it reads."""
    book = asked.book()
    identifier = asked.request.path_params["id"]
    if identifier not in book.report:
        raise missing("report")
    one = book.report[identifier]
    here = _asked_span(asked.query.get("at", ""), len(one["text"]))
    shown = _cut(one["text"])
    pages = _pages(shown, _CHUNK if asked.still is None else len(one["text"]))
    page = _page_of(pages, here, asked.query.get("page"))
    layers = [*_layers(identifier, book), *_layers_asked(asked, identifier, here)]
    paragraphs = _marked(pages[page - 1], one["text"], layers, here) if pages else []
    _with_notes(paragraphs, identifier, book)
    findings = book.in_report("findings", identifier)
    return rendered(
        asked,
        "report.html",
        book,
        report=one,
        number=book.order[identifier] + 1,
        dated=dated(one),
        paragraphs=paragraphs,
        page=page,
        pages=len(pages),
        attributed=[s for s in book.in_report("statements", identifier) if not book.own_voice(s)],
        findings=findings,
        versions=_versions(one, book),
        dating=_dating(one),
        of_whole=[f for f in findings if not _is_local(f)],
        about_date=[f for f in findings if f["kind"] in ("misdated", "undated")],
        siblings=[r for r in book.reports if r["lineage"]["origin"] == one["lineage"]["origin"] and r is not one],
    )


def _layers_asked(asked: Asked, identifier: str, here: tuple[int, int] | None) -> list[Layer]:
    """The words that were asked for, and in a page to pass on all that its pages lead to."""
    passages = sorted(asked.still.passages.get(identifier, ())) if asked.still else []
    return [*([Layer(*here, "here", "", "")] if here else []), *(Layer(*span, "at", "", "") for span in passages)]


def _asked_span(words: str, length: int) -> tuple[int, int] | None:
    match = _SPAN.fullmatch(words)
    if match is None:
        return None
    start, end = int(match[1]), min(int(match[2]), length)
    return (start, end) if start < end else None


def _cut(text: str) -> list[tuple[int, int]]:
    """Where paragraphs begin and end; what has no end is cut between two words."""
    found = []
    lines = [match[0] for match in _LINE.finditer(text)]
    ended = sum(bool(_ENDED.search(line[-8:])) for line in lines)
    pattern = _LINE if ended >= _MOSTLY * len(lines) else _PARAGRAPH
    for match in pattern.finditer(text):
        start = match.start()
        while match.end() - start > _PIECE:
            blank = text.rfind(" ", start + _PIECE // 2, start + _PIECE)
            end = blank + 1 if blank > start else start + _PIECE
            found.append((start, end))
            start = end
        found.append((start, match.end()))
    return found


def _pages(spans: Sequence[tuple[int, int]], most: int) -> list[list[Paragraph]]:
    """The paragraphs, so many code points to a page."""
    pages: list[list[Paragraph]] = []
    for number, (start, end) in enumerate(spans, 1):
        if not pages or end - pages[-1][0].start > most:
            pages.append([])
        pages[-1].append(Paragraph(number, start, end))
    return pages


def _page_of(pages: Sequence[Sequence[Paragraph]], here: tuple[int, int] | None, asked: str | None) -> int:
    if here is not None:
        holding = [number for number, page in enumerate(pages, 1) if page[0].start <= here[0]]
        return holding[-1] if holding else 1
    return min(max(1, int(asked)), max(1, len(pages))) if asked and asked.isascii() and asked.isdigit() else 1


@dataclass(frozen=True, slots=True)
class Dating:
    """When a report was written, drawn: the days it may be of, and the day it declares."""

    axis: Axis
    left: float
    right: float
    declared: float | None
    words: str


def _dating(report: Item) -> Dating | None:
    """None where there is nothing to set against anything: the declared day is the only one."""
    date, declared = report["date"], days_of(report["declared_date"] or "")
    if not (date["earliest"] and date["latest"]) or date["status"] == "consistent":
        return None
    days = [day.isoformat() for day in declared] if declared else []
    axis = Axis.over(*(days_in([*days, date["earliest"], date["latest"]])[end] for end in (0, -1)))
    left, right = axis.at(date["earliest"]), axis.after(date["latest"])
    return Dating(axis, left, right, axis.at(days[0]) if days else None, human(date))


def _versions(report: Item, book: Book) -> list[tuple[list[str], list[str]]] | None:
    """The paragraphs in which a report and the one it was made of differ; None if it was made of none."""
    other = book.report.get(report["lineage"]["of"] or "")
    if other is None:
        return None
    there, here = (_lines(one["text"]) for one in (other, report))
    matcher = SequenceMatcher(None, there, here, autojunk=False)
    return [(there[a:b], here[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()][:_COMPARED]


def _layers(report: str, book: Book) -> Iterator[Layer]:
    for one in book.in_report("statements", report):
        yield from _statement_layers(one, book)
    for one in book.in_report("times", report):
        told = f"→ {one['value']} · {one['rule']}" if one["value"] else "· a time without a value"
        yield Layer(one["start"], one["end"], "time", one["id"], told)
    for one in book.in_report("mentions", report):
        yield from _mention_layers(one, book)
    for one in book.in_report("figures", report):
        for span in one["evidence"]:
            yield Layer(span["start"], span["end"], "figure", one["id"], f"→ {value_of(one)} {one['counted']['text']}")
    for one in filter(_is_local, book.in_report("findings", report)):
        for span in one["evidence"]:
            yield Layer(span["start"], span["end"], "finding", one["id"], f"⚑ {one['explanation']}")


def _is_local(finding: Item) -> bool:
    """Whether a doubt is about some words, not about the text as a whole."""
    return bool(finding["evidence"]) and sum(span["end"] - span["start"] for span in finding["evidence"]) <= _PART


def _statement_layers(one: Item, book: Book) -> Iterator[Layer]:
    if book.own_voice(one):
        return
    source = one["source"]
    told = f"said by {book.source_name(one)} · {source['basis']} · {one['directness']}"
    for span in one["content"]:
        yield Layer(span["start"], span["end"], "say", one["id"], told)
    if source["span"]:
        yield Layer(source["span"]["start"], source["span"]["end"], "source", one["id"], f"source · {source['basis']}")
    if one["cue"]:
        yield Layer(one["cue"]["start"], one["cue"]["end"], "cue", one["id"], "verb of speech")


def _mention_layers(one: Item, book: Book) -> Iterator[Layer]:
    if one["actor"] in book.actor:
        yield Layer(one["start"], one["end"], "actor", one["id"], f"is {book.actor_name(one['actor'])}")
    if one["place"] in book.place:
        place = book.place[one["place"]]
        yield Layer(one["start"], one["end"], "place", one["id"], f"in {place['name']} · {place['precision']}")


def _marked(page: list[Paragraph], text: str, layers: Sequence[Layer], here: tuple[int, int] | None) -> list[Paragraph]:
    """The paragraphs of a page with the layers laid over their words."""
    starts: dict[int, list[Layer]] = {number: [] for number in range(len(page))}
    firsts = [paragraph.start for paragraph in page]
    for layer in (one for one in layers if one.start < one.end):
        _spread(layer, page, firsts, starts)
    seen: set[str] = set()
    for number, paragraph in enumerate(page):
        paragraph.segments = list(_segments(paragraph, text, starts[number], here, seen))
    return page


def _spread(layer: Layer, page: Sequence[Paragraph], firsts: Sequence[int], into: dict[int, list[Layer]]) -> None:
    """A layer goes to each paragraph in which it has words."""
    number = max(0, bisect_right(firsts, layer.start) - 1)
    while number < len(page) and page[number].start < layer.end:
        if page[number].end > layer.start:
            into[number].append(layer)
        number += 1


def _segments(
    paragraph: Paragraph, text: str, layers: Sequence[Layer], here: tuple[int, int] | None, seen: set[str]
) -> Iterator[Segment]:
    """The words between two places at which a layer begins or ends. One sweep, so that many layers cost little."""
    begin: dict[int, list[Layer]] = {}
    finish: dict[int, list[Layer]] = {}
    for layer in layers:
        begin.setdefault(max(layer.start, paragraph.start), []).append(layer)
        finish.setdefault(min(layer.end, paragraph.end), []).append(layer)
    edges = sorted({paragraph.start, paragraph.end, *begin, *finish})
    open_layers: list[Layer] = []
    for start, end in pairwise(edges):
        for gone in finish.get(start, ()):
            open_layers.remove(gone)
        open_layers.extend(begin.get(start, ()))
        plain = [layer for layer in open_layers if layer.kind != "at"]
        segment = _segment(text[start:end], plain, here is not None and here[0] == start, seen)
        yield _pointed_at(segment, [layer for layer in open_layers if layer.kind == "at"], start)


def _pointed_at(segment: Segment, passages: Sequence[Layer], start: int) -> Segment:
    """Words with the passages that other pages point at."""
    if not passages:
        return segment
    begins = tuple(one.passage for one in passages if one.start == start)
    return replace(segment, at=tuple(one.passage for one in passages), begins=begins)


def _segment(words: str, layers: Sequence[Layer], is_here: bool, seen: set[str]) -> Segment:
    if not layers:
        return Segment(words)
    kinds = " ".join(dict.fromkeys(layer.kind for layer in layers))
    inner = min(layers, key=lambda layer: (not layer.told, layer.end - layer.start))
    anchor = "at" if is_here else ""
    if not anchor and inner.of and inner.of not in seen:
        anchor = "w-" + inner.of
        seen.add(inner.of)
    said = next((layer.of for layer in layers if layer.kind == "say"), inner.of)
    return Segment(words, kinds, said, inner.told, anchor)


def _with_notes(paragraphs: Sequence[Paragraph], report: str, book: Book) -> None:
    """Puts each statement and each doubt beside the paragraph in which it begins."""
    for one in book.in_report("statements", report):
        claims = tuple(_claims(one["id"], book))
        if not book.own_voice(one) or claims:
            first = min(span["start"] for span in one["evidence"])
            _put(paragraphs, first, Note(one["id"], "st", min(3, book.depth(one)), one, claims))
    for finding in book.in_report("findings", report):
        if _is_local(finding):
            _put(paragraphs, finding["evidence"][0]["start"], Note(finding["id"], "doubt", 0, finding))


def _put(paragraphs: Sequence[Paragraph], at: int, note: Note) -> None:
    for paragraph in paragraphs:
        if paragraph.start <= at < paragraph.end:
            paragraph.notes.append(note)
            return


def _claims(statement: str, book: Book) -> Iterator[tuple[str, str, str]]:
    """What was read out of a statement, but for plain events: address, kind and a few words."""
    for name, one in book.claims_of.get(statement, []):
        if name == "commitments":
            due = human(one["due"] or one["not_before"])
            told = clipped(one["action"]["text"], _SHORT) + (f", due {due}" if due else "")
            yield f"/commitments/{one['id']}", "Commitment", told
        elif name == "positions":
            yield f"/positions/{one['id']}", "Position", f"{book.actor_name(one['actor'])} {one['stance']}"
        elif name == "figures":
            yield f"/figures/{one['id']}", "Figure", f"{value_of(one)} {clipped(one['counted']['text'], 40)}"
