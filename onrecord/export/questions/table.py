"""The questions that can be asked of a record: one table of them.

A question shows some columns of the objects of one list, and can be narrowed by facets: what an object has to do
with an actor, an issue, a place, a date, a basis, words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.export.columns import Value
from onrecord.export.questions.grouping import by_mentions, spoken_for, voices
from onrecord.export.questions.known import Item, Known, When, in_own_voice, passages_of, told
from onrecord.export.words import joined

FacetName = Literal["actor", "issue", "place", "date", "basis", "text"]
Facet = Callable[[Item, Known], Any]
"""Of an object: ids of actors, issues, places; a date of the record; bases; words."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer, and what stands in it for an object."""

    name: str
    value: Callable[[Item, Known], Value]


@dataclass(frozen=True, slots=True)
class Question:
    """A question.

    Attributes:
        name: of the command.
        describes: what it answers, as help.
        looks_in: the list of the record it looks through.
        facets: by what it can be narrowed.
        prepare: from the objects that are left to those shown, in the order shown.
    """

    name: str
    describes: str
    looks_in: str
    columns: tuple[Column, ...]
    facets: Mapping[FacetName, Facet]
    prepare: Callable[[list[Item], Known], Iterable[Item]]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the columns."""
        return tuple(column.name for column in self.columns)


def _field(*path: str) -> Callable[[Item, Known], Value]:
    def value(item: Item, known: Known) -> Value:
        found: Any = item
        for key in path:
            found = None if found is None else found[key]
        return found  # type: ignore[no-any-return]

    return value


def _columns(**values: Callable[[Item, Known], Value]) -> tuple[Column, ...]:
    return tuple(Column(name.rstrip("_").replace("_", " "), value) for name, value in values.items())


def _in_order(items: list[Item], known: Known) -> list[Item]:
    """By the dates of the reports, and there by place."""
    return sorted(items, key=known.order)


def _claims_in_order(items: list[Item], known: Known) -> list[Item]:
    known.fetch_statements(item["statement"] for item in items)
    return _in_order(items, known)


def _by_deadline(items: list[Item], known: Known) -> list[Item]:
    def first(item: Item) -> str:
        when = item["due"] or item["not_before"] or {}
        return when.get("latest") or when.get("earliest") or "9999"

    return sorted(_claims_in_order(items, known), key=first)


def _as_listed(items: list[Item], known: Known) -> list[Item]:
    return items


def _spoken(items: list[Item], known: Known) -> list[Item]:
    known.fetch_statements(item["within"] for item in items)
    return _in_order(items, known)


def _words(item: Item, known: Known) -> str:
    return joined(item["evidence"])


def _told_by(item: Item, known: Known) -> str:
    return known.told_by(item["statement"])


def _basis(item: Item, known: Known) -> str:
    return known.basis(item["statement"])


def _names(field: str) -> Callable[[Item, Known], str]:
    return lambda item, known: ", ".join(known.actor(one) or "" for one in item[field])


def _one_of(*fields: str) -> Callable[[Item, Known], Item | None]:
    """The first date that is there."""
    return lambda item, known: next((item[field] for field in fields if item[field]), None)


def _report_date(item: Item, known: Known) -> Item | None:
    return known.date_of(item)


def _date_or_report(field: str) -> Callable[[Item, Known], Item | None]:
    return lambda item, known: item[field] or known.date_of(item)


def _date_in(field: str) -> Callable[[Item, Known], Value]:
    return lambda item, known: When.of(_date_or_report(field)(item, known))


def _held(item: Item, known: Known) -> Item | None:
    start, end = item["held"]["from"], item["held"]["to"]
    return {"value": None, "earliest": start, "latest": end} if start or end else known.date_of(item)


def _held_from(item: Item, known: Known) -> str | None:
    return When.of(_held(item, known))


def _status(item: Item, known: Known) -> str | None:
    steps = item["history"]
    return None if not steps else " ".join(filter(None, (steps[-1]["status"], told(steps[-1]["as_of"]))))


def _passing_on(item: Item, known: Known) -> str | None:
    return known.told_by(item["within"]) if known.chain(item["within"]) else None


def _ends(item: Item, known: Known) -> Iterator[str]:
    """The actors of the claims a change or a conflict is between."""
    ids = [one for one in (item.get("before"), item.get("after"), *item.get("items", ())) if one]
    for name in ("positions", "commitments", "figures", "events"):
        for claim in known.lists.by_id(name, ids):
            yield from _actors_of(claim)


def _actors_of(claim: Item) -> Iterator[str]:
    yield from (claim[key] for key in ("actor", "of") if claim.get(key))
    yield from (one for key in ("parties", "to", "actors", "recipients") for one in claim.get(key, ()))


def _events_of(key: str) -> Facet:
    """Of a line of the timeline, what its events name; those that were not fetched name nothing asked for."""

    def found(item: Item, known: Known) -> Iterator[str]:
        for event in (known.events[one] for one in item["events"] if one in known.events):
            yield from (event["actors"] + event["recipients"] if key == "actor" else [event["place"] or ""])

    return found


def _said_text(item: Item, known: Known) -> str:
    return joined(item["content"])


def _explained(item: Item, known: Known) -> str:
    return " ".join(filter(None, (item["explanation"], item.get("suggestion"), joined(item["evidence"]))))


def _own_id(item: Item, known: Known) -> tuple[str, ...]:
    return (item["id"],)


def _spoken_basis(item: Item, known: Known) -> str | None:
    return None if in_own_voice(item) else item["source"]["basis"]


def _roles(item: Item, known: Known) -> str:
    titles = (
        f"{role['title']} of {known.actor(role['of'])}" if role["of"] else role["title"] for role in item["roles"]
    )
    return "; ".join(dict.fromkeys(titles))


_CLAIM: Mapping[FacetName, Facet] = {"basis": _basis, "text": _words}

QUESTIONS: Sequence[Question] = (
    Question(
        "who",
        "Who an actor is: its names, its offices, what it is part of, and what it said last.",
        "actors",
        _columns(
            name=_field("name"),
            type=_field("type"),
            offices=_roles,
            part_of=lambda item, known: known.actor(item["part_of"]),
            also=lambda item, known: ", ".join(one for one in item["aliases"] if one != item["name"]),
            statements=_field("statements"),
            last=lambda item, known: When.of(known.date_of(item["last"])) if item["last"] else None,
            said_last=lambda item, known: joined(item["last"]["content"]) if item["last"] else None,
        ),
        {"actor": _own_id, "text": lambda item, known: " ".join((item["name"], *item["aliases"]))},
        spoken_for,
    ),
    Question(
        "said",
        "What was said, by whom, on which basis.",
        "statements",
        _columns(
            date=_date_in("said"),
            who=lambda item, known: known.source(item),
            basis=_field("source", "basis"),
            attitude=_field("attitude"),
            according_to=_passing_on,
            words=_said_text,
        ),
        {
            "actor": lambda item, known: (item["source"]["actor"],),
            "date": _date_or_report("said"),
            "basis": _spoken_basis,
            "text": _said_text,
        },
        _spoken,
    ),
    Question(
        "timeline",
        "What happened, or is to happen, and when.",
        "timeline",
        _columns(
            date=lambda item, known: When.of(item["date"]),
            what=_field("headline"),
            reports=_field("reports"),
            origins=_field("origins"),
        ),
        {
            "actor": _events_of("actor"),
            "place": _events_of("place"),
            "date": _one_of("date"),
            "text": lambda item, known: f"{item['headline']} {joined(item['evidence'])}",
        },
        _as_listed,
    ),
    Question(
        "positions",
        "Who is for or against what, as who tells it.",
        "positions",
        _columns(
            date=_held_from,
            who=lambda item, known: known.actor(item["actor"]),
            stance=_field("stance"),
            issue=lambda item, known: known.issue(item["issue"]),
            note=_field("note"),
            told_by=_told_by,
            basis=_basis,
            words=_words,
        ),
        {
            "actor": lambda item, known: (item["actor"],),
            "issue": lambda item, known: (item["issue"],),
            "date": _held,
            **_CLAIM,
        },
        _claims_in_order,
    ),
    Question(
        "commitments",
        "What was agreed, pledged, planned or asked for, by when, and what became of it.",
        "commitments",
        _columns(
            due=lambda item, known: When.of(item["due"]),
            not_before=lambda item, known: When.of(item["not_before"]),
            strength=_field("strength"),
            parties=_names("parties"),
            action=_field("action", "text"),
            condition=_field("condition", "text"),
            status=_status,
            told_by=_told_by,
            basis=_basis,
        ),
        {
            "actor": lambda item, known: (*item["parties"], *item["to"]),
            "place": lambda item, known: item["places"],
            "date": _one_of("due", "not_before"),
            **_CLAIM,
        },
        _by_deadline,
    ),
    Question(
        "figures",
        "Which numbers are told: how many of what, of whom, where, as of when.",
        "figures",
        _columns(
            date=_date_in("date"),
            value=_field("value"),
            unit=_field("unit"),
            bound=_field("bound"),
            state=_field("state"),
            of=lambda item, known: known.actor(item["of"]),
            place=lambda item, known: known.place(item["place"]),
            told_by=_told_by,
            basis=_basis,
            words=_words,
        ),
        {
            "actor": lambda item, known: (item["of"],),
            "place": lambda item, known: (item["place"],),
            "date": _date_or_report("date"),
            **_CLAIM,
        },
        _claims_in_order,
    ),
    Question(
        "changes",
        "What is no longer as it was.",
        "changes",
        _columns(
            date=lambda item, known: When.of(known.date_of(item)),
            kind=_field("kind"),
            what=_field("explanation"),
            cause=_field("cause", "text"),
            words=_words,
        ),
        {"actor": _ends, "date": _report_date, "text": _explained},
        _in_order,
    ),
    Question(
        "conflicts",
        "Where passages disagree, and how.",
        "conflicts",
        _columns(label=_field("label"), kind=_field("kind"), why=_field("explanation"), words=_words),
        {"actor": _ends, "date": _report_date, "text": _explained},
        _in_order,
    ),
    Question(
        "sources",
        "Who speaks in the reports, on which basis, and how often.",
        "statements",
        _columns(
            who=_field("who"),
            basis=_field("basis"),
            statements=_field("statements"),
            reports=_field("reports"),
            origins=_field("origins"),
            first=lambda item, known: When.of(item["first"]),
            last=lambda item, known: When.of(item["last"]),
            why_not_named=_field("reason"),
        ),
        {
            "actor": lambda item, known: (item["source"]["actor"],),
            "date": _date_or_report("said"),
            "basis": _spoken_basis,
            "text": lambda item, known: item["source"]["span"]["text"] if item["source"]["span"] else "",
        },
        voices,
    ),
    Question(
        "findings",
        "What is doubtful about the reports themselves.",
        "findings",
        _columns(
            kind=_field("kind"),
            what=_field("explanation"),
            suggestion=_field("suggestion"),
            words=_words,
        ),
        {"date": _report_date, "text": _explained},
        _in_order,
    ),
    Question(
        "places",
        "Which places the reports name, and how surely they are known.",
        "places",
        _columns(
            name=_field("name"),
            country=_field("country"),
            precision=_field("precision"),
            latitude=_field("lat"),
            longitude=_field("lon"),
            gazetteer=_field("gazetteer"),
            mentions=_field("mentions"),
            or_=lambda item, known: ", ".join(item["candidates"]),
        ),
        {"place": _own_id, "text": lambda item, known: " ".join((item["name"], *item["aliases"]))},
        by_mentions,
    ),
)


def passages(item: Item) -> Sequence[Item]:
    """Where the words of an object shown stand."""
    return passages_of(item)
