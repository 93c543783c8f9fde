"""A brief as one HTML file: no script, no request to any other place. Evidence opens where it stands.

Each mark of evidence is a button for a popover with the words in their sentence. The popovers follow the text, so that
on paper, and in a browser that does not know them, they are its notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from onrecord.export.brief.document import (
    BASES,
    Document,
    Evidence,
    Group,
    Item,
    Line,
    Piece,
    Run,
    Section,
    spaced,
)
from onrecord.export.brief.doubts import dated
from onrecord.export.brief.reading import Reading, clipped, title_of

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"\s+")
_PASSAGES = 4
"""Passages on one card; the rest are counted."""
_HOW_TO_READ = (
    "Words in quotation marks were quoted by the report; other words before a numbered mark are the report’s own"
    " wording, cut at “…” where they are long. A mark opens the words in their sentence; the numbers at its end are"
    " code points of the report’s text."
)
_LONG, _TITLE = 1600, 120
_NEAR = 90
"""Passages at most this many code points apart are shown in one piece of text."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may load: its own style, and nothing else."""


def as_html(document: Document, reading: Reading) -> str:
    """The whole file."""
    return _Page(document, reading).text()


class _Page:
    """The page with the cards of its evidence; equal evidence shares a card."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self._document = document
        self._reading = reading
        self._cards: dict[tuple[tuple[str, int, int], ...], Evidence] = {}

    def text(self) -> str:
        document = self._document
        body = [_header(document, self._pieces(document.opening))]
        body += [self._section(section) for section in document.sections]
        cards = [self._card(evidence, number) for number, evidence in enumerate(self._cards.values(), 1)]
        head = _head(document.title)
        return f"{head}<body>\n<main>\n{''.join(body)}</main>\n{_notes(cards)}{self._foot()}</body>\n</html>\n"

    def _section(self, section: Section) -> str:
        note = f'<p class="note">{shown(section.note)}</p>\n' if section.note else ""
        groups = "".join(map(self._group, section.groups))
        title = f'<h2 id="{section.key}">{shown(section.title)}</h2>'
        return f'<section aria-labelledby="{section.key}" class="{section.key}">\n{title}\n{note}{groups}</section>\n'

    def _group(self, group: Group) -> str:
        title = f"<h3>{shown(group.title)}</h3>\n" if group.title else ""
        return f"{title}<ul>\n{''.join(map(self._line, group.lines))}</ul>\n"

    def _line(self, line: Line) -> str:
        words = self._pieces(line.pieces)  # before what stands under it: evidence is numbered as it is read
        under = f"\n<ul>\n{''.join(map(self._line, line.under))}</ul>\n" if line.under else ""
        words = f'<div class="words">{words}{under}</div>'
        return f'<li><div class="lead">{shown(line.lead)}</div>{words}</li>\n'

    def _pieces(self, pieces: Sequence[Piece]) -> str:
        return "".join(space + self._piece(piece) for space, piece in spaced(pieces))

    def _piece(self, piece: Piece) -> str:
        return self._mark(piece) if isinstance(piece, Evidence) else _run(piece)

    def _mark(self, evidence: Evidence) -> str:
        key = tuple((one["report"], one["start"], one["end"]) for one in evidence.passages)
        self._cards.setdefault(key, evidence)
        number = list(self._cards).index(key) + 1
        labels = list(dict.fromkeys(self._reading.label[one["report"]] for one in evidence.passages))
        where = labels[0] + (f"+{len(labels) - 1}" if len(labels) > 1 else "")
        spoken = '<span class="unseen">Evidence </span>'
        return (
            f'<button type="button" class="ev" popovertarget="e{number}">{spoken}{number}<span> {where}</span></button>'
        )

    def _card(self, evidence: Evidence, number: int) -> str:
        shown_here, more = _neighbours(evidence.passages)[:_PASSAGES], len(evidence.passages) - _PASSAGES
        close = (
            f'<button type="button" class="shut" popovertarget="e{number}" popovertargetaction="hide">Close</button>'
        )
        passages = "".join(map(self._passage, shown_here))
        rest = f'<p class="where">and {more} more in the record</p>' if more > 0 else ""
        title = f'<p class="number">Evidence {number}</p>'
        return f'<div popover id="e{number}" class="card">{title}{close}{passages}{rest}</div>\n'

    def _passage(self, passages: Sequence[Item]) -> str:
        """Passages of one sentence or of two that follow one another, marked in what stands around them."""
        reading, report = self._reading, self._reading.report[passages[0]["report"]]
        who = " ".join(_run(run, spelled=True) for run in reading.told(reading.teller_of(passages[0])))
        who += self._reason(passages[0])
        title = f" · {shown(clipped(title_of(report), _TITLE))} · {shown(dated(report))}"
        places = ", ".join(f"{one['start']}–{one['end']}" for one in passages)
        where = f'{reading.label[report["id"]]}<span class="report-title">{title}</span> · {places}'
        quote = f"<blockquote>{self._marked(passages)}</blockquote>"
        return f'{quote}<p class="who">{who}</p> <p class="where">{where}</p>'

    def _marked(self, passages: Sequence[Item]) -> str:
        report, end = passages[0]["report"], passages[0]["start"]
        text = self._reading.report[report]["text"]
        before, after = self._reading.context(report, end, max(one["end"] for one in passages))
        parts = [shown(before)]
        for one in passages:
            start = max(end, one["start"])
            if start < one["end"]:
                parts.append(f"{shown(text[end:start])}<mark>{shown(_cut(text[start : one['end']]))}</mark>")
                end = one["end"]
        return "".join(parts) + shown(after)

    def _reason(self, passage: Item) -> str:
        """Why the one who says it is not named, in the words of the report."""
        chain = self._reading.chain(self._reading.teller_of(passage))
        reasons = [one["source"]["reason"]["text"] for one in chain if one["source"]["reason"]]
        return f' <span class="soft">· not named: “{shown(_cut(reasons[0]))}”</span>' if reasons else ""

    def _foot(self) -> str:
        engine = self._reading.record["engine"]
        made = f"onrecord {engine['version']} · {engine['model'][:19]} · {self._reading.record['format']}"
        return f"<footer><p>{_HOW_TO_READ}</p><p>{shown(made)}</p></footer>\n"


def shown(words: str) -> str:
    """Words of a text as HTML, on one line; characters that no page may hold are replaced."""
    return escape(_UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", _BLANKS.sub(" ", words)))


def _cut(words: str) -> str:
    """Words without their middle, where there are more than a card can hold."""
    return words if len(words) <= _LONG else f"{words[: _LONG * 3 // 4]} … {words[-_LONG // 4 :]}"


def _neighbours(passages: Sequence[Item]) -> list[list[Item]]:
    """The passages that stand so near one another that they are read together."""
    groups: list[list[Item]] = []
    for one in passages:
        near = bool(groups) and groups[-1][-1]["report"] == one["report"]
        if near and one["start"] - groups[-1][-1]["end"] <= _NEAR:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _run(run: Run, spelled: bool = False) -> str:
    """A run; `spelled` names the report's own voice where a bare shape would stand."""
    words = shown(run.text or (BASES["report"] if spelled else ""))
    if run.style == "source":
        name = words or f'<span class="unseen">{BASES["report"]}</span>'
        return f'<span class="by {run.basis}" title="{BASES[run.basis or "report"]}">{name}</span>'
    tag = {"strong": "strong", "quote": "q"}.get(run.style, "span")
    kind = f' class="{run.style}"' if tag == "span" and run.style != "plain" else ""
    return f"<{tag}{kind}>{words}</{tag}>" if words else _shape(run)


def _shape(run: Run) -> str:
    return f'<span class="by {run.basis}" title="{BASES[run.basis]}"></span>' if run.basis else ""


def _head(title: str) -> str:
    style = files("onrecord.export.brief").joinpath("brief.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown(title)} · onrecord</title>\n<style>\n{style}</style>\n</head>\n"
    )


def _header(document: Document, opening: str) -> str:
    known = " · ".join(map(shown, document.known))
    links = "".join(f'<li><a href="#{one.key}">{shown(one.title)}</a></li>' for one in document.sections)
    contents = f'<nav aria-label="Contents"><ul>{links}</ul></nav>\n' if links else ""
    story = f'<p class="opening">{opening}</p>\n' if opening else ""
    title = f'<p class="known">Brief · {known}</p>\n<h1>{shown(document.title)}</h1>\n'
    return f"<header>\n{title}{story}{_key()}{contents}</header>\n"


def _key() -> str:
    """What the shapes say of a source."""
    shapes = " ".join(f'<span class="by {basis}">{shown(words)}</span>' for basis, words in BASES.items())
    return f'<p class="key">{shapes}</p>\n'


def _notes(cards: Sequence[str]) -> str:
    if not cards:
        return ""
    title = '<section class="evidence" aria-label="Evidence">\n<h2>Evidence</h2>\n'
    return f"{title}<div>\n{''.join(cards)}</div>\n</section>\n"
