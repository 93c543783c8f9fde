"""Reports: an immutable text, what its wrapping says of it, its words, and the doubts about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal

from onrecord.dates import Date
from onrecord.spans import Passage, Span

Relation = Literal["original", "copy", "revision", "excerpt"]
DateStatus = Literal["consistent", "contradicted", "estimated", "unknown"]
FindingKind = Literal[
    "misdated",
    "undated",
    "garbled",
    "unquoted_speech",
    "suspect_name",
    "duplicate",
    "unattributed",
    "encoding",
    "truncated",
    "notice",
]


_AS_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_QUOTED = json.encoder.encode_basestring_ascii


def identify(prefix: str, *observed: object) -> str:
    """An id of the form `prefix:0123456789ab`, the same for the same observation, everywhere."""
    pieces = [_QUOTED(one) if type(one) is str else str(one) if type(one) is int else _AS_JSON(one) for one in observed]
    key = f"[{','.join(pieces)}]"
    return f"{prefix}:{hashlib.sha256(key.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report says it was written: `BAGHDAD (AP) —`. `span` covers place and agency."""

    span: Span
    place: Span | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class DeclaredDate:
    """The date a report gives itself. `span` is None where it stood outside the text (a field, a meta tag)."""

    value: str
    span: Span | None
    how: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report: an immutable text and what its wrapping says of it."""

    id: str
    name: str
    sha256: str
    text: str
    title: str | None = None
    publisher: str | None = None
    dateline: Dateline | None = None
    byline: Span | None = None
    declared: DeclaredDate | None = None
    body: int = 0
    """Offset at which the running text begins, after title, header line and dateline."""

    def passage(self, span: Span) -> Passage:
        """The words at `span`, as evidence."""
        if span.end > len(self.text):
            raise ValueError(f"{span} is beyond the text of {self.name}")
        return Passage(self.id, span.start, span.end, self.text[span.start : span.end])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one report, column by column; all columns are equally long.

    Attributes:
        starts, ends: code-point offsets.
        sentence: index of the sentence the word is in.
        tag: universal part of speech (UD 2).
        head: index of the word it depends on in the report; its own index at the root of a sentence.
        relation: universal dependency relation without subtype.
    """

    starts: list[int]
    ends: list[int]
    sentence: list[int]
    tag: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    relation: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class ReportDate:
    """When a report was written: what it declares, checked against what it says.

    `because` are the spans that bear the judgement; empty where nothing in the text says anything.
    """

    date: Date | None
    status: DateStatus
    because: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a report comes from. Reports with one `origin` are one witness.

    Attributes:
        relation: to the report `of`, whose id is None for an original.
        agency: the agency it is credited to, by itself or by the report it was taken from.
        reason: why it is held to be of this origin, as a sentence.
    """

    origin: str
    relation: Relation
    of: str | None
    agency: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about a report's text or date. `evidence` may be empty only for what is missing."""

    id: str
    report: str
    kind: FindingKind
    evidence: tuple[Span, ...]
    explanation: str
    suggestion: str
