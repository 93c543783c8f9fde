"""Deadlines as iCalendar (RFC 5545), with the library icalendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from onrecord.export.brief.days import human
from onrecord.export.parts import library
from onrecord.export.words import clipped, joined, place_of, plain

Item = Mapping[str, Any]

_SUMMARY = 120
_DESCRIPTION = 2000
_BINDING = ("agreed", "pledged")
_NOT_BINDING = {"planned": "planned", "possible": "only possible", "requested": "only asked for"}
_EPOCH = "1970-01-01"


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A date of a commitment: `bound` is `due` or `not_before`."""

    commitment: Item
    bound: str
    when: Item

    @property
    def day(self) -> str:
        """The last day by which it is due; the first before which it does not begin."""
        last, first = self.when["latest"], self.when["earliest"]
        return str((last or first) if self.bound == "due" else (first or last))

    @property
    def is_certain(self) -> bool:
        return self.when["earliest"] == self.when["latest"] and self.commitment["strength"] in _BINDING


def calendar(record: Item) -> str:
    """An all-day entry for each date of a commitment, once for all its mentions; without dates, an empty calendar.

    The entry of a deadline known as a stretch of days stands on the last of them, that of a beginning on the first;
    it says so, and is tentative, as is what is only planned, possible or asked for. The same record gives the same
    bytes: an entry is stamped with the day of the report it stands in.

    Raises:
        OnRecordError: icalendar is not installed.
    """
    ical = library("icalendar", "export calendar", "onrecord[calendar]")
    made = ical.Calendar()
    made.add("prodid", f"-//onrecord//onrecord {record['engine']['version']}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "On the record: deadlines")
    reports = {report["id"]: report for report in record["reports"]}
    names = {one["id"]: one["name"] for one in record["actors"]}
    for deadline in _deadlines(record):
        made.add_component(_entry(deadline, reports, names, ical))
    text: str = made.to_ical().decode("utf-8")
    return text


def _deadlines(record: Item) -> Iterator[_Deadline]:
    seen: set[tuple[str, str, str]] = set()
    for commitment in record["commitments"]:
        for bound in ("due", "not_before"):
            when = commitment[bound]
            if not when or not (when["earliest"] or when["latest"]):
                continue
            deadline = _Deadline(commitment, bound, when)
            key = commitment["same_as"] or commitment["id"], bound, deadline.day
            if key not in seen:
                seen.add(key)
                yield deadline


def _entry(deadline: _Deadline, reports: Mapping[str, Item], names: Mapping[str, str], ical: Any) -> Any:
    commitment, day = deadline.commitment, date.fromisoformat(deadline.day)
    event = ical.Event()
    event.add("uid", f"{commitment['id']}-{deadline.bound}@onrecord")
    event.add("dtstamp", _stamp(reports[commitment["report"]]))
    event.add("summary", _summary(deadline, names))
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))
    event.add("description", _description(deadline, reports))
    event.add("status", "CONFIRMED" if deadline.is_certain else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [commitment["strength"]])
    return event


def _stamp(report: Item) -> datetime:
    day = date.fromisoformat(report["date"]["latest"] or report["date"]["earliest"] or _EPOCH)
    return datetime.combine(day, time(), UTC)


def _summary(deadline: _Deadline, names: Mapping[str, str]) -> str:
    commitment = deadline.commitment
    parties = ", ".join(names.get(party, party) for party in commitment["parties"])
    head = {"due": "Due", "not_before": "Not before"}[deadline.bound]
    unsure = "" if deadline.when["earliest"] == deadline.when["latest"] else f" (day uncertain: {_told(deadline.when)})"
    who = f"{parties}: " if parties else ""
    binding = "" if commitment["strength"] in _BINDING else f", {_NOT_BINDING[commitment['strength']]}"
    return plain(clipped(f"{head}{binding}{unsure}: {who}{commitment['action']['text']}", _SUMMARY))


def _told(when: Item) -> str:
    return human(when, at_length=True) or f"{when['earliest'] or '…'} to {when['latest'] or '…'}"


def _description(deadline: _Deadline, reports: Mapping[str, Item]) -> str:
    commitment = deadline.commitment
    names = {one: report["name"] for one, report in reports.items()}
    condition = commitment["condition"]
    lines = [
        f"“{clipped(joined(commitment['evidence']), _DESCRIPTION)}”",
        f"{commitment['strength']}; {deadline.bound.replace('_', ' ')} {_told(deadline.when)}",
        f"If: {clipped(condition['text'], _DESCRIPTION)}" if condition else "",
        place_of(commitment["evidence"], names),
        commitment["id"],
    ]
    return plain("\n".join(line for line in lines if line))
