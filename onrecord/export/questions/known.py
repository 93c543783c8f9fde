"""What an answer has to look up: who is who, when a report is of, who passes a claim on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from onrecord.dates import days_of
from onrecord.export.decided import decisions_by_object, in_words
from onrecord.export.words import clipped

Item = dict[str, Any]

_LATE = "9999"


class Lists(Protocol):
    """The lists of a record, wherever it is kept."""

    def items(self, name: str, naming: Collection[str] = ()) -> Iterator[Item]:
        """The objects of a list, in order; with `naming`, at least those that name one of these ids."""

    def by_id(self, name: str, ids: Collection[str]) -> Iterator[Item]:
        """The objects of a list with these ids, in order."""

    def added(self) -> Mapping[str, str]:
        """When each report was added, by its id; empty where nobody noted that."""


class RecordLists:
    """The lists of a record in memory."""

    def __init__(self, record: Mapping[str, Any], added: Mapping[str, str] | None = None) -> None:
        self._record = record
        self._added = added or {}
        self._places: dict[str, dict[str, int]] = {}

    def items(self, name: str, naming: Collection[str] = ()) -> Iterator[Item]:
        return iter(self._record[name])

    def by_id(self, name: str, ids: Collection[str]) -> Iterator[Item]:
        if name not in self._places:
            self._places[name] = {item["id"]: place for place, item in enumerate(self._record[name]) if "id" in item}
        known = self._places[name]
        return (self._record[name][place] for place in sorted(known[one] for one in {*ids} if one in known))

    def added(self) -> Mapping[str, str]:
        return self._added


class Known:
    """A record's lists with what is needed to read their objects; each is loaded when it is first asked for."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self._statements: dict[str, Item] = {}
        self.events: dict[str, Item] = {}

    @cached_property
    def reports(self) -> dict[str, Item]:
        return {one["id"]: one for one in self.lists.items("reports")}

    @cached_property
    def names(self) -> dict[str, str]:
        """Of each report its name."""
        return {one: report["name"] for one, report in self.reports.items()}

    @cached_property
    def actors(self) -> dict[str, Item]:
        return {one["id"]: one for one in self.lists.items("actors")}

    @cached_property
    def places(self) -> dict[str, Item]:
        return {one["id"]: one for one in self.lists.items("places")}

    @cached_property
    def issues(self) -> dict[str, Item]:
        return {one["id"]: one for one in self.lists.items("issues")}

    def actor(self, identifier: str | None) -> str | None:
        """The name of an actor; its id where the record does not know it."""
        return None if identifier is None else self._name(self.actors, identifier, "name")

    def place(self, identifier: str | None) -> str | None:
        """The name of a place."""
        return None if identifier is None else self._name(self.places, identifier, "name")

    def issue(self, identifier: str | None) -> str | None:
        """The words of an issue."""
        return None if identifier is None else self._name(self.issues, identifier, "label")

    @staticmethod
    def _name(known: Mapping[str, Item], identifier: str, key: str) -> str:
        return str(known[identifier][key]) if identifier in known else identifier

    def fetch_statements(self, ids: Iterable[str | None]) -> None:
        """Loads statements with those that pass them on."""
        wanted = {one for one in ids if one} - self._statements.keys()
        while wanted:
            found = {one["id"]: one for one in self.lists.by_id("statements", wanted)}
            self._statements |= found
            wanted = {one["within"] for one in found.values() if one["within"]} - self._statements.keys()

    def fetch_events(self, naming: Collection[str]) -> None:
        """Loads the events that name one of these ids, and may be more."""
        self.events |= {one["id"]: one for one in self.lists.items("events", naming)}

    def chain(self, statement: str | None) -> list[Item]:
        """The statements that pass a claim on, the innermost first; not the report's own voice."""
        self.fetch_statements([statement])
        found: list[Item] = []
        seen: set[str] = set()
        while statement in self._statements and statement not in seen:
            seen.add(statement)
            one = self._statements[statement]
            if not in_own_voice(one):
                found.append(one)
            statement = one["within"]
        return found

    def told_by(self, statement: str | None) -> str:
        """Who tells it: the source, then who passes that on; "the report" where it tells it itself."""
        return " ← ".join(self.source(one) for one in self.chain(statement)) or "the report"

    def basis(self, statement: str | None) -> str:
        """The basis of the innermost source."""
        chain = self.chain(statement)
        return str(chain[0]["source"]["basis"]) if chain else "report"

    def source(self, statement: Item) -> str:
        """A source by its name where it is known, else in the words of the report."""
        source = statement["source"]
        if source["actor"] in self.actors:
            return str(self.actors[source["actor"]]["name"])
        return clipped(source["span"]["text"], 80) if source["span"] else "not named"

    def date_of(self, item: Item) -> Item | None:
        """The date of the report an object stands in, or None."""
        report = item.get("report") or next((one["report"] for one in item.get("evidence", ())), None)
        date: Item | None = self.reports[report]["date"] if report in self.reports else None
        return date

    def decided(self, ids: Iterable[str]) -> str | None:
        """What people made of these objects (`accept by ada`), in the order of their decisions; None if machines alone.

        A remark leaves an object as the machine found it.
        """
        return in_words(self._decided, ids)

    @cached_property
    def _decided(self) -> dict[str, list[tuple[int, str]]]:
        return decisions_by_object(self.lists.items("decisions"))

    def order(self, item: Item) -> tuple[str, str, int]:
        """For sorting: the day of the report, its name, and the place in it."""
        passages = passages_of(item) or [{"report": item["report"], "start": 0}]
        passage = min(passages, key=lambda one: (one["report"], one["start"]))
        report = self.reports[passage["report"]]
        return report["date"]["earliest"] or _LATE, report["name"], passage["start"]


def in_own_voice(statement: Item) -> bool:
    """Whether a report tells it without a word of saying."""
    return statement["source"]["basis"] == "report" and statement["cue"] is None


class When(str):
    """A date as programs read it: ISO 8601, an interval where it may be any of several days (EDTF, `..` open)."""

    words: str
    """The same as people read it."""

    @classmethod
    def of(cls, when: Item | None) -> When | None:
        """A date of the record; None where no day is known."""
        if when is None or not (when["earliest"] or when["latest"]):
            return None
        made = cls(_iso(when))
        made.words = told(when) or made
        return made


def _iso(when: Item) -> str:
    days = days_of(when["value"] or "")
    named = days is not None and (days[0].isoformat(), days[1].isoformat()) == (when["earliest"], when["latest"])
    if named and re.fullmatch(r"\d{4}(-\d\d){0,2}", when["value"]):
        return str(when["value"])
    if when["earliest"] == when["latest"]:
        return str(when["earliest"])
    return f"{when['earliest'] or '..'}/{when['latest'] or '..'}"


def told(when: Item | None) -> str | None:
    """A date in words, uncertain ones with their range; None where none is known."""
    from onrecord.export.brief.days import human  # here, so that listing the questions does not load the brief

    return human(when, at_length=True) or None


def passages_of(item: Item) -> Sequence[Item]:
    """The words an object rests on."""
    return [item] if "start" in item else item.get("evidence", ())
