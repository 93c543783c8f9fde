"""What was read out of one report, and the record of a set of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.model.beliefs import Actor, Participants, Place, SameEvent
from onrecord.model.claims import Commitment, Event, Figure, Issue, Mention, Position, Quantity, Statement, Time
from onrecord.model.decisions import Settled
from onrecord.model.reports import Finding, Lineage, Report, ReportDate, Words
from onrecord.model.story import Change, Conflict, TimelineEntry
from onrecord.spans import Span


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
    meanings: tuple[bytes, ...] = ()
    """Of each sentence a vector of small whole numbers (int8), for comparing what sentences are about; may be empty."""


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
    participants: Mapping[str, Participants] = field(default_factory=dict)
    """By event."""
    same_event: Mapping[str, SameEvent] = field(default_factory=dict)
    """By event that was told before."""
    issues: tuple[Issue, ...] = ()
    positions: tuple[Position, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    referents: Mapping[str, tuple[tuple[Span, str], ...]] = field(default_factory=dict)
    """By report: the words that mean an actor (names, pronouns, descriptions), each with the actor's id, in order."""
    as_of: str | None = None
    """The day (ISO 8601) by which reports were published that count, or None for all."""
    decisions: tuple[Settled, ...] = ()
    """What people decided about the record, and what became of it; empty outside a case."""

    def _repr_html_(self) -> str:
        """What notebooks show: how much is in it, and the first reports by name."""
        from html import escape

        read_out = ("statements", "events", "findings")
        lists = ("actors", "positions", "commitments", "figures", "changes", "conflicts")
        counts = {"reports": len(self.annotations)}
        counts |= {name: sum(len(getattr(one, name)) for one in self.annotations) for name in read_out}
        counts |= {name: len(getattr(self, name)) for name in lists}
        rows = "".join(f"<tr><td>{name}</td><td>{count}</td></tr>" for name, count in counts.items())
        names = ", ".join(one.report.name for one in self.annotations[:5])
        return f"<table><caption>{escape(names[:200])}</caption>{rows}</table>"
