"""Claims: what is read out of a report. Each rests on words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.dates import Date
from onrecord.spans import Passage, Span

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
MentionType = Literal["person", "organization", "place", "group", "facility", "event", "product", "other"]
Basis = Literal["named", "role", "anonymous", "document", "report"]
Count = Literal["one", "several", "unknown"]
Directness = Literal["direct", "indirect", "mixed"]
Attitude = Literal["speech", "belief", "intention", "question", "denial", "refusal-to-comment"]
Factuality = Literal["asserted", "planned", "possible", "requested", "conditional", "denied"]
Bound = Literal["exact", "about", "more_than", "less_than", "at_least", "at_most"]
BOUNDS_SAID: dict[Bound, str] = {
    "exact": "",
    "about": "about ",
    "more_than": "more than ",
    "less_than": "less than ",
    "at_least": "at least ",
    "at_most": "at most ",
}
"""How a bound is said before its value."""
FigureState = Literal["current", "peak", "planned", "claimed", "change"]
Stance = Literal["supports", "opposes", "mixed", "shifts"]
Strength = Literal["agreed", "pledged", "planned", "possible", "requested"]
CommitmentStatus = Literal["announced", "begun", "due", "met", "missed", "delayed", "contested", "reaffirmed"]


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
    """Something that happens in a statement: `trigger` is the word that says so.

    Attributes:
        type, mode: of the PLOVER ontology, or None where it has none for it.
        meaning: a vector of small whole numbers (int8), for comparing what events are about; may be empty.
    """

    id: str
    report: str
    statement: str
    trigger: Span
    evidence: tuple[Span, ...]
    factuality: Factuality
    date: Date | None = None
    type: str | None = None
    mode: str | None = None
    meaning: bytes = b""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("an event without evidence")


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
class Issue:
    """A question on which actors take sides, named by words from the reports or by the user.

    Attributes:
        label: the question in words, stated so that `supports` means being for it.
        pro, con: phrases that speak for it and against it, as they stand in the texts or in the user's file.
    """

    id: str
    label: str
    pro: tuple[str, ...]
    con: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where an actor stands on an issue, as one statement tells it.

    Attributes:
        actor, issue: ids.
        start, end: days (ISO 8601) between which it is told to be held; None where open.
        note: what else the words say of it ("was", "only some members"), or None.
    """

    id: str
    report: str
    statement: str
    evidence: tuple[Span, ...]
    actor: str
    issue: str
    stance: Stance
    start: str | None = None
    end: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a position without evidence")


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a commitment, as of a date."""

    as_of: Date | None
    status: CommitmentStatus
    evidence: tuple[Passage, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a step without evidence")


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody agreed, pledged, planned or was asked to do, as one statement tells it.

    Attributes:
        parties: ids of the actors who are bound, `to` of those they are bound to.
        action: the words for what is to be done.
        quantity: of what is to be done, or None.
        places: ids.
        due: the day or stretch by whose end it is to be done; not_before: before which it does not begin.
        condition: the words for what it depends on.
        history: in the order of its dates; on the first mention of a commitment only, over all reports.
        same_as: id of that first mention, or None for itself.
    """

    id: str
    report: str
    statement: str
    evidence: tuple[Span, ...]
    parties: tuple[str, ...]
    to: tuple[str, ...]
    action: Span
    quantity: Quantity | None
    places: tuple[str, ...]
    due: Date | None
    not_before: Date | None
    condition: Span | None
    strength: Strength
    history: tuple[Step, ...] = ()
    same_as: str | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a commitment without evidence")
