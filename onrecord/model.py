"""The nouns of onrecord. The sentence they serve:

*In report R, at this span, source S, known on basis B, said or held C.*

Everything here is frozen. Spans count code points of the report's text. Ids hash what was observed
(report, span, kind), never what is believed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from onrecord.dates import Date
from onrecord.spans import Passage, Span

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
MentionType = Literal["person", "organization", "place", "group", "facility", "event", "product", "other"]
ActorType = Literal["person", "organization", "government", "group", "role"]
Basis = Literal["named", "role", "anonymous", "document", "report"]
Count = Literal["one", "several", "unknown"]
Directness = Literal["direct", "indirect", "mixed"]
Attitude = Literal["speech", "belief", "intention", "question", "denial", "refusal-to-comment"]
Factuality = Literal["asserted", "planned", "possible", "requested", "conditional", "denied"]
Bound = Literal["exact", "about", "more_than", "less_than", "at_least", "at_most"]
FigureState = Literal["current", "peak", "planned", "claimed", "change"]
Precision = Literal["exact", "town", "region", "country", "unresolved"]
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
]


def identify(prefix: str, *observed: object) -> str:
    """An id of the form `prefix:0123456789ab`, the same for the same observation, everywhere."""
    key = json.dumps(observed, ensure_ascii=True, separators=(",", ":"))
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
class Time:
    """A time expression (TIMEX3). `date` is None for durations and sets."""

    id: str
    span: Span
    type: TimeType
    value: str
    date: Date | None
    rule: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a report."""

    id: str
    span: Span
    type: MentionType


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it, as the report tells: `basis` says how the source is known to the reader.

    Attributes:
        span: the words that name the source; None for the report's own voice and for orphan quotations.
        reason: the words that justify anonymity, or None.
    """

    span: Span | None
    basis: Basis
    reason: Span | None = None
    count: Count = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """In a report, at this span, a source said or held something. The claim everything else is read from.

    Attributes:
        content: what was said, one span a piece, in order. Never empty.
        within: id of the statement this one is part of, or None: the report itself tells it.
        said: when it was said, as far as the report tells.
    """

    id: str
    report: str
    source: Source
    cue: Span | None
    content: tuple[Span, ...]
    directness: Directness
    attitude: Attitude
    within: str | None = None
    said: Date | None = None
    addressee: Span | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a statement without evidence")

    @property
    def evidence(self) -> tuple[Span, ...]:
        """All words the statement rests on, in order."""
        own = [s for s in (self.source.span, self.cue) if s is not None]
        return tuple(sorted({*own, *self.content}))


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in a statement: `trigger` is the word that says so."""

    id: str
    report: str
    statement: str
    trigger: Span
    evidence: tuple[Span, ...]
    factuality: Factuality
    date: Date | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("an event without evidence")


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about a report's text or date. `evidence` may be empty only for what is missing."""

    id: str
    report: str
    kind: FindingKind
    evidence: tuple[Span, ...]
    explanation: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something, as a report counts or measures it.

    Attributes:
        value: the number; the middle of a range; the magnitude of a vague one ("dozens": 12).
        low, high: the ends of a range, or of what a bound leaves open; None where open.
        unit: the unit or the thing counted, in the singular where the lexicon knows it; None if there is none.
        counted: the words for what is counted, with their modifiers ("U.S. troops"), or None.
        change: whether the number is a change, and which way.
    """

    id: str
    span: Span
    value: float
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    counted: Span | None = None
    change: Literal["up", "down"] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity worth a line in the record: of whom, where, as of when, in which state."""

    id: str
    report: str
    statement: str
    evidence: tuple[Span, ...]
    value: float
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    counted: Span
    state: FigureState
    date: Date | None = None
    of: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A belief: the place that mentions mean, or what they may mean where that stays open.

    Attributes:
        lat, lon: degrees (WGS 84), None where unresolved.
        gazetteer: `geonames:123`, `icao:ORAA`, or `onrecord:…` for the supplement; None where unresolved.
        candidates: what else it may be, as gazetteer ids, the likeliest first.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    lat: float | None
    lon: float | None
    precision: Precision
    gazetteer: str | None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """An office or affiliation, as reports tell it: "prime minister" of somebody, from `start` to `end`.

    Attributes:
        of: id of the actor it belongs to, or None where the reports name none that is known.
        start, end: days (ISO 8601) between which reports give the role; None where their date is not known.
    """

    title: str
    of: str | None
    start: str | None
    end: str | None
    evidence: tuple[Passage, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a role without evidence")


@dataclass(frozen=True, slots=True)
class Actor:
    """A belief: one who says, does or promises, and all the names the reports have for it.

    Attributes:
        aliases: the names as they stand in the texts, articles included, the most frequent first.
        country: ISO 3166-1 code, or None.
        part_of: id of the actor it speaks or acts for, or None.
    """

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    country: str | None = None
    part_of: str | None = None


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
class Annotations:
    """All that is read out of one report before reports are compared."""

    report: Report
    sentences: tuple[Span, ...]
    words: Words
    times: tuple[Time, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    findings: tuple[Finding, ...] = ()
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """The record of a set of reports, in the order of the format `onrecord/1`."""

    model: str
    annotations: tuple[Annotations, ...]
    figures: tuple[Figure, ...] = ()
    dates: Mapping[str, ReportDate] = field(default_factory=dict)
    lineage: Mapping[str, Lineage] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    place_of: Mapping[str, str] = field(default_factory=dict)
    """Place by mention, where a name means a place and not its people."""
    actors: tuple[Actor, ...] = ()
    actor_of: Mapping[str, str] = field(default_factory=dict)
    """Actor by mention, and by statement: its source."""
