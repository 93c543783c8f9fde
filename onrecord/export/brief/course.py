"""The timeline: what happened and what is to come, on its day; only what matters most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onrecord.export.brief.days import first_day, human, last_day
from onrecord.export.brief.document import Group, Item, Line, Piece, Run, Section, counted, section, soft, strong
from onrecord.export.brief.reading import Reading, clipped

_HEADLINE = 150
_FACTUALITY = {
    "asserted": "",
    "planned": "planned",
    "possible": "possible",
    "requested": "asked for",
    "conditional": "conditional",
    "denied": "denied",
}


def weightiest(reading: Reading) -> list[Item]:
    """The entries of the timeline that name a day or a stretch of days, the weightiest first."""
    dated = [entry for entry in reading.record["timeline"] if human(entry["date"])]
    return sorted(dated, key=lambda entry: (-entry.get("weight", 0.0), first_day(entry["date"])))


def course(reading: Reading, room: Mapping[str, int]) -> Iterator[Section]:
    """The weightiest entries in the order of their days; what lies ahead stands apart."""
    events = {event["id"]: event for event in reading.record["events"]}
    ranked = weightiest(reading)
    chosen = sorted(
        _each_once(ranked)[: room["timeline"]], key=lambda entry: (first_day(entry["date"]), last_day(entry["date"]))
    )
    now = reading.last_known or ""
    past = tuple(_line(entry, events, reading) for entry in chosen if not _ahead(entry, events, now))
    ahead = tuple(_line(entry, events, reading) for entry in chosen if _ahead(entry, events, now))
    left = len(ranked) - len(chosen)
    note = f"{len(chosen)} of {len(ranked)} entries, chosen by weight." if left else ""
    groups = [Group("", past), Group("Ahead", ahead)]
    yield from section("timeline", "Timeline", groups, note)


def _each_once(ranked: Iterable[Item]) -> list[Item]:
    """Of entries under the same words the weightiest: a sentence with two dates is told once."""
    once: dict[str, Item] = {}
    for entry in ranked:
        once.setdefault(entry["headline"], entry)
    return list(once.values())


def told_entry(entry: Item, events: Mapping[str, Item], reading: Reading) -> Iterator[Piece]:
    """An entry's words, how they are meant, where they stand and who tells them."""
    event = events.get(entry["events"][0]) if entry["events"] else None
    yield Run(clipped(entry["headline"], _HEADLINE), "verbatim")
    yield reading.evidence(entry["evidence"])
    meant = _FACTUALITY[event["factuality"]] if event else ""
    if meant:
        yield from (soft("·"), strong(meant))
    if entry["reports"] > 1:
        yield soft(f"· {counted(entry['reports'], 'report')}, {counted(entry['origins'], 'origin')}")
    yield from (soft("·"), *reading.told(event["statement"] if event else reading.teller_of(entry["evidence"][0])))


def _line(entry: Item, events: Mapping[str, Item], reading: Reading) -> Line:
    return Line(human(entry["date"]), tuple(told_entry(entry, events, reading)))


def _ahead(entry: Item, events: Mapping[str, Item], now: str) -> bool:
    """Whether it lies after the last day known; a stretch around that day does if it is only planned."""
    event = events.get(entry["events"][0]) if entry["events"] else None
    planned = event is not None and event["factuality"] != "asserted"
    return bool(now) and (first_day(entry["date"]) > now or (planned and last_day(entry["date"]) > now))
