"""A record laid out for the pages: everything found by its id, and by what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from onrecord.export.brief import document_of
from onrecord.export.brief.days import human
from onrecord.export.brief.document import Document, Item, Run
from onrecord.export.brief.reading import Reading, clipped, grouped, in_own_voice, plain_name, title_of

__all__ = ["LISTS", "Book", "Item"]

LISTS = (
    "reports times mentions actors places statements events positions issues commitments figures timeline changes"
    " conflicts findings"
).split()
"""The lists of the format `onrecord/1`."""
_OPENING, _SHORT = 400, 72
CLAIMS = ("positions", "commitments", "figures", "events")
"""Lists of what was read out of a statement."""


class Book(Reading):
    """A record and ways through it.

    Args:
        record: in the format `onrecord/1`.
        name: of the case.
    """

    def __init__(self, record: Item, name: str) -> None:
        super().__init__(record)
        self.name = name

    @cached_property
    def document(self) -> Document:
        """What the brief of the record tells."""
        return document_of(self.record)

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[str, Item]]:
        return {one["id"]: (name, one) for name in LISTS for one in self.record[name] if "id" in one}

    def find(self, identifier: str | None) -> tuple[str, Item] | None:
        """The list and the object with this id."""
        return self._by_id.get(identifier or "")

    def of(self, name: str, identifier: str) -> Item | None:
        """The object of a list with this id."""
        found = self.find(identifier)
        return found[1] if found and found[0] == name else None

    @cached_property
    def _in_report(self) -> Mapping[str, Mapping[str | None, list[Item]]]:
        return {
            name: grouped((one for one in self.record[name]), lambda one: one["report"])
            for name in ("times", "mentions", "statements", "findings", *CLAIMS)
        }

    def in_report(self, name: str, report: str) -> list[Item]:
        """The objects of a list that stand in a report."""
        return self._in_report[name].get(report, [])

    @cached_property
    def claims_of(self) -> Mapping[str | None, list[tuple[str, Item]]]:
        """By statement, the claims read out of it, each with its list."""
        found: dict[str | None, list[tuple[str, Item]]] = {}
        for name in CLAIMS:
            for one in self.record[name]:
                found.setdefault(one["statement"], []).append((name, one))
        return found

    @cached_property
    def said_by(self) -> Mapping[str | None, list[Item]]:
        """By actor, what it said."""
        return grouped(self.attributed, lambda one: one["source"]["actor"])

    @cached_property
    def concerned(self) -> Mapping[str, Sequence[Item]]:
        """By object, the changes and conflicts it is part of."""
        found: dict[str, list[Item]] = {}
        for change in self.record["changes"]:
            for end in dict.fromkeys((change["before"], change["after"])):
                found.setdefault(end or "", []).append(change)
        for conflict in self.record["conflicts"]:
            for item in conflict["items"]:
                found.setdefault(item, []).append(conflict)
        return found

    def actor_name(self, identifier: str | None) -> str:
        """An actor's name; empty if the record does not know it."""
        actor = self.actor.get(identifier or "")
        return plain_name(actor) if actor else ""

    def title(self, report: str) -> str:
        """A report's title, or the words it begins with where it has none."""
        one = self.report[report]
        if one["title"]:
            return title_of(one)
        text = one["text"]
        if one["dateline"]:
            text = text.partition(one["dateline"]["text"])[2] or text
        words = clipped(" ".join(text[:_OPENING].split()).lstrip("-–—: "), _SHORT)
        return f"“{words}”" if words else title_of(one)

    def when(self, report: str) -> str:
        """A report's date in words."""
        return self.date_of(self.report[report])

    def known_since(self, passages: Sequence[Item], *, every: bool = False) -> str:
        """The day on which the first of the passages was published (or the last); empty where no day is known."""
        days = [self.report[one["report"]]["date"]["earliest"] or "~" for one in passages]
        return str((max if every else min)(days, default="~")).replace("~", "")

    def basis_of(self, passage: Item) -> str:
        """How the innermost source of a passage is known."""
        chain = self.chain(self.teller_in(passage))
        return str(chain[0]["source"]["basis"]) if chain else "report"

    def tellers(self, passage: Item) -> tuple[Run, ...]:
        """Who tells the words of a passage."""
        return self.told(self.teller_in(passage))

    def teller_in(self, passage: Item) -> str | None:
        """The statement that holds a passage; of a passage that names its source itself, the one it holds most of."""
        holding = self.teller_of(passage)
        if holding is not None:
            return holding
        inside = [
            (_shared(one, passage), one["id"])
            for one in self._attributed_in.get(passage["report"], [])
            if _names_its_source(one, passage) and 2 * _shared(one, passage) >= passage["end"] - passage["start"]
        ]
        return max(inside, default=(0, None))[1]

    @cached_property
    def _attributed_in(self) -> Mapping[str | None, list[Item]]:
        return grouped(self.attributed, lambda one: one["report"])

    def depth(self, statement: Item) -> int:
        """How many others pass a statement on."""
        return len(self.chain(statement["within"]))

    def own_voice(self, statement: Item) -> bool:
        """Whether the report tells it itself."""
        return in_own_voice(statement)

    def named(self, pairs: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Id and name of actors that the record knows."""
        for one in pairs:
            if one in self.actor:
                yield one, plain_name(self.actor[one])

    def day(self, when: Item | None) -> str:
        """A date of the record in words."""
        return human(when)


def _names_its_source(statement: Item, passage: Item) -> bool:
    """Whether source and word of saying of a statement stand in the passage."""
    spans = [span for span in (statement["source"]["span"], statement["cue"]) if span]
    return all(passage["start"] <= span["start"] and span["end"] <= passage["end"] for span in spans)


def _shared(statement: Item, passage: Item) -> int:
    """How much of a statement's words stands in the passage, in code points."""
    return sum(
        max(0, min(span["end"], passage["end"]) - max(span["start"], passage["start"])) for span in statement["content"]
    )
