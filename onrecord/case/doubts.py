"""What in a record is worth a person's look, the most consequential first.

Each kind of doubt is a feature with a weight of its own; what hangs on an object multiplies it. The order is
therefore one table, which a reader can argue with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log2
from typing import Any

Item = dict[str, Any]
_CLAIMS = ("positions", "commitments", "figures")
_SETTLING = frozenset(("accept", "reject", "correct", "merge", "split", "status", "word", "same", "different"))
"""Decisions after which an object is no longer in doubt; a note leaves it there."""
_LABELS = {"conflict": 1.0, "disputed": 0.7, "scope": 0.3, "update": 0.2}
"""How much a conflict weighs by what it is held for."""
_NO_NAMES = frozenset(("the", "a", "an", "he", "she", "they", "it", "we", "i"))
_STRENGTHS = {"agreed": 1.0, "pledged": 0.9, "planned": 0.6, "requested": 0.4, "possible": 0.3}


@dataclass(frozen=True, slots=True)
class Doubt:
    """An object of the record that a person should look at.

    Attributes:
        feature: name of the feature that found it.
        list, id: where it stands in the record.
        weight: how much hangs on it; comparable within one record only.
        question: what is to be decided.
        passages: the words it rests on, in the form of the record.
    """

    feature: str
    list: str
    id: str
    weight: float
    question: str
    passages: tuple[Item, ...]


class Consequences:
    """What rests on what in a record."""

    def __init__(self, record: Item) -> None:
        self.record = record
        self.statements = {one["id"]: one for one in record["statements"]}
        self.actors = {one["id"]: one for one in record["actors"]}
        self.events = Counter(one["statement"] for one in record["events"])
        self.claims = Counter(one["statement"] for name in _CLAIMS for one in record[name])
        self.told = Counter(one["report"] for one in record["statements"])

    def of_statement(self, identifier: str) -> float:
        """The claims that rest on a statement; an event counts for a quarter."""
        return self.claims[identifier] + self.events[identifier] / 4

    def name(self, actor: str | None) -> str:
        return self.actors[actor]["name"] if actor in self.actors else "nobody known"


Found = Iterator[tuple[str, Item, float, str, tuple[Item, ...]]]
"""List, object, share of the feature's weight, question, words."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One kind of doubt: `find` gives what is in it."""

    name: str
    weight: float
    find: Callable[[Consequences], Found]


def _dates(known: Consequences) -> Found:
    for report in known.record["reports"]:
        date, status = report["date"], report["date"]["status"]
        if status == "consistent":
            continue
        found = f"its words say {date['value']}" if date["value"] else "its words give none"
        declared = report["declared_date"] or "none"
        question = f"Is the date of '{report['name']}' right? It declares {declared}; {found}."
        yield "reports", report, log2(2 + known.told[report["id"]]), question, tuple(date["because"])


def _conflicts(known: Consequences) -> Found:
    for one in known.record["conflicts"]:
        question = f"Do these disagree ({one['kind']}, held for {one['label']})? {one['explanation']}"
        yield "conflicts", one, _LABELS[one["label"]] * log2(1 + len(one["evidence"])), question, tuple(one["evidence"])


def _due(known: Consequences) -> Found:
    for one in known.record["commitments"]:
        if one["due"] is None or one["same_as"] is not None:
            continue
        who = ", ".join(known.name(actor) for actor in one["parties"])
        question = f"Is {who} to do this by {one['due']['value']} ({one['strength']})?"
        yield "commitments", one, _STRENGTHS[one["strength"]], question, tuple(one["evidence"])


def _shifts(known: Consequences) -> Found:
    issues = {issue["id"]: issue["label"] for issue in known.record["issues"]}
    for one in known.record["positions"]:
        if one["stance"] == "shifts":
            question = f"Has {known.name(one['actor'])} changed sides on: {issues.get(one['issue'], 'an issue')}?"
            yield "positions", one, 1.0, question, tuple(one["evidence"])


def _weak_links(known: Consequences) -> Found:
    """Statements that bear claims, whose source's words are none of the names of the actor they are given to."""
    for one in known.record["statements"]:
        source, weight = one["source"], known.of_statement(one["id"])
        if source["actor"] not in known.actors or source["span"] is None or weight < 1:
            continue
        actor = known.actors[source["actor"]]
        if actor["type"] != "role" and not _is_named(actor["aliases"], source["span"]["text"]):
            question = f"Does '{source['span']['text']}' mean {known.name(source['actor'])}?"
            yield "statements", one, log2(1 + weight), question, _told(one)


def _anonymous(known: Consequences) -> Found:
    for one in known.record["statements"]:
        weight = known.of_statement(one["id"])
        if one["source"]["basis"] == "anonymous" and weight > 0:
            question = "Is this told by a source without a name, and read rightly?"
            yield "statements", one, log2(1 + weight), question, _told(one)


FEATURES: tuple[Feature, ...] = (
    Feature("date of a report", 10.0, _dates),
    Feature("conflict", 9.0, _conflicts),
    Feature("commitment with a deadline", 7.0, _due),
    Feature("change of sides", 6.0, _shifts),
    Feature("who a source is", 4.0, _weak_links),
    Feature("anonymous source", 3.0, _anonymous),
)
"""Kinds of doubt with their weights: a wrong date moves all a report tells, a wrong source only what it said."""


def doubts(record: Item) -> list[Doubt]:
    """What is uncertain in a record (`onrecord/1`), the most consequential first; what is decided is left out."""
    settled = {
        identifier
        for one in record["decisions"]
        if one["status"] == "applied" and one["kind"] in _SETTLING
        for identifier in one["ids"]
    }
    known = Consequences(record)
    found = [
        Doubt(feature.name, name, item["id"], round(feature.weight * share, 3), question, words)
        for feature in FEATURES
        for name, item, share, question, words in feature.find(known)
        if item["id"] not in settled
    ]
    return sorted(found, key=lambda one: (-one.weight, one.id, one.feature))


def _told(statement: Item) -> tuple[Item, ...]:
    """Who, and what was said."""
    span = statement["source"]["span"]
    return (*([span] if span else []), *statement["content"])


def _is_named(aliases: list[str], text: str) -> bool:
    """Whether words hold a name, or a part of one."""
    names = {word for alias in aliases for word in _words(alias)}
    return bool(names & _words(text)) or text.casefold() in map(str.casefold, aliases)


def _words(text: str) -> set[str]:
    """The words of a name that tell it from others: those with a capital, in small letters."""
    return {word.strip(".,’'\"“”").casefold() for word in text.split() if word[:1].isupper()} - {
        "the",
        "a",
        "he",
        "she",
    }
