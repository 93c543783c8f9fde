"""The timeline: what happened and what is to come, on its day; only what matters most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.export.brief.days import first_day, human, last_day
from onrecord.export.brief.document import Group, Item, Line, Piece, Run, Section, counted, section, soft, strong
from onrecord.export.brief.reading import Reading, clipped

_HEADLINE = 150
_FEW = 12
"""Reports up to which the history that only one of them tells is worth a line."""
_LEAST = 0.02
"""The share of the heaviest entry's weight under which one is not told, but for those long past."""
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
    chosen = sorted(_chosen(_each_once(ranked), reading, room), key=_in_time)
    past = tuple(_line(entry, events, reading) for entry in chosen if not _ahead(entry, events, reading))
    ahead = tuple(_line(entry, events, reading) for entry in chosen if _ahead(entry, events, reading))
    left = len(ranked) - len(chosen)
    note = f"{len(chosen)} of {len(ranked)} entries, chosen by weight." if left else ""
    groups = [Group("", past), Group("Ahead", ahead)]
    yield from section("timeline", "Timeline", groups, note)


def _in_time(entry: Item) -> tuple[str, str]:
    return first_day(entry["date"]), last_day(entry["date"])


def _chosen(ranked: Sequence[Item], reading: Reading, room: Mapping[str, int]) -> list[Item]:
    """The weightiest entries. A few lines are kept for what is long past: it weighs little, and explains."""
    history = [entry for entry in ranked if _is_history(entry, reading)]
    kept = history[: room["history"]]
    least = _LEAST * max((entry.get("weight", 0.0) for entry in ranked), default=0.0)
    others = [entry for entry in ranked if entry not in history and entry.get("weight", 0.0) >= least]
    return [*kept, *others[: room["timeline"] - len(kept)]]


def _is_history(entry: Item, reading: Reading) -> bool:
    """Whether it was over more than a year before the first report; of many reports two must tell it."""
    if entry["origins"] < 2 and len(reading.reports) > _FEW:
        return False
    written = [report["date"]["earliest"] for report in reading.reports if report["date"]["earliest"]]
    return bool(written) and last_day(entry["date"]) < _year_before(min(written))


def _year_before(day: str) -> str:
    return f"{int(day[:4]) - 1:04}{day[4:]}"


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
    yield from reading.decided(*entry["events"])


def _line(entry: Item, events: Mapping[str, Item], reading: Reading) -> Line:
    return Line(human(entry["date"]), tuple(told_entry(entry, events, reading)))


def _ahead(entry: Item, events: Mapping[str, Item], reading: Reading) -> bool:
    """Whether it lies after the last day known; a stretch around that day does if it is only planned."""
    now = reading.last_known or ""
    event = events.get(entry["events"][0]) if entry["events"] else None
    planned = event is not None and event["factuality"] != "asserted"
    if event is not None and not planned and reading.report[event["report"]]["date"]["latest"] is None:
        return False  # an undated report tells it as past
    return bool(now) and (first_day(entry["date"]) > now or (planned and last_day(entry["date"]) > now))
