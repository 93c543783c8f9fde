"""Beliefs: which mentions mean the same actor or place. Ids of observations never depend on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.spans import Passage

ActorType = Literal["person", "organization", "government", "group", "role"]
Precision = Literal["exact", "town", "region", "country", "unresolved"]


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
class NameReason:
    """Why one of its names means an actor, in sentences that a reader understands."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A belief: one who says, does or promises, and all the names the reports have for it.

    Attributes:
        aliases: the names as they stand in the texts, articles included, the most frequent first.
        country: ISO 3166-1 code, or None.
        part_of: id of the actor it speaks or acts for, or None.
        because: for each of the names why it is this actor's, as far as more is known than that it stands there.
    """

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    country: str | None = None
    part_of: str | None = None
    because: tuple[NameReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Participants:
    """Who does an event, to whom, and where: ids of actors and of a place."""

    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None


@dataclass(frozen=True, slots=True)
class SameEvent:
    """That an event is one that another report, or the same one elsewhere, told before.

    Attributes:
        of: id of the first event of the group.
        because: what makes them one, as a sentence.
    """

    of: str
    because: str
