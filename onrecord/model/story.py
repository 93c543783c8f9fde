"""What is derived from claims and beliefs, and can always be thrown away and built again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.dates import Date
from onrecord.spans import Passage

ChangeKind = Literal["position", "deadline", "figure", "status"]
ConflictKind = Literal["number", "date", "place", "actor", "polarity", "wording"]
ConflictLabel = Literal["update", "scope", "disputed", "conflict"]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What happened, or is to happen, on a date: events that are one, under words of a report.

    Attributes:
        events: ids; the first is the one whose words make the headline.
        headline: words of a report, whole.
        reports, origins: how many tell of it; reports of one origin are one witness.
        weight: how much it matters to the story, for choosing; comparable within one record only.
    """

    date: Date
    events: tuple[str, ...]
    evidence: tuple[Passage, ...]
    headline: str
    reports: int
    origins: int
    weight: float = 0.0

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a line of the timeline without evidence")


@dataclass(frozen=True, slots=True)
class Change:
    """That something is no longer as it was: from claim `before` to claim `after` (ids; either may be unknown)."""

    id: str
    kind: ChangeKind
    before: str | None
    after: str | None
    cause: Passage | None
    evidence: tuple[Passage, ...]
    explanation: str

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a change without evidence")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where passages disagree: two claims or more (ids in `items`), and one sentence why."""

    id: str
    kind: ConflictKind
    label: ConflictLabel
    items: tuple[str, ...]
    evidence: tuple[Passage, ...]
    explanation: str

    def __post_init__(self) -> None:
        if len(self.evidence) < 2:
            raise ValueError("a conflict needs two passages")
