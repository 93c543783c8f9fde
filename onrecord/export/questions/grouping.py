"""Answers that gather statements and mentions: by actor, by source, by place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from onrecord.export.questions.known import Item, Known, in_own_voice

_MANY = 12
"""Ids by which a list is still cut down."""
_NOTHING_SAID = "refusal-to-comment"


def spoken_for(actors: list[Item], known: Known) -> list[Item]:
    """Actors with how often they speak and what they said last, those who speak most first."""
    ids = {actor["id"] for actor in actors}
    statements = known.lists.items("statements", ids if len(ids) <= _MANY else ())
    said = _by((one for one in statements if one["attitude"] != _NOTHING_SAID), lambda one: one["source"]["actor"])
    silent = {one for one in ids if one not in said}
    named = _by(known.lists.items("mentions", silent if len(silent) <= _MANY else ()), lambda one: one["actor"])
    found = [_speaker(actor, said.get(actor["id"], []), named.get(actor["id"], []), known) for actor in actors]
    return sorted(found, key=lambda actor: (-actor["statements"], actor["name"], actor["id"]))


def _speaker(actor: Item, said: list[Item], named: list[Item], known: Known) -> Item:
    last = max(said, key=known.order, default=None)
    roles = [passage for role in actor["roles"] for passage in role["evidence"]]
    evidence = last["evidence"] if last else (roles or named)[:1]
    return {**actor, "statements": len(said), "last": last, "evidence": evidence}


def voices(statements: list[Item], known: Known) -> list[Item]:
    """Sources with how often they speak, those who speak most first.

    One that is not named counts by itself in each report: nobody knows whether two reports mean the same official.
    """
    groups = _by((one for one in statements if not in_own_voice(one)), _voice)
    found = [_source(group, known) for group in groups.values()]
    return sorted(found, key=lambda one: (-one["statements"], one["who"], one["basis"], known.order(one)))


def _voice(statement: Item) -> tuple[str | None, ...]:
    source = statement["source"]
    if source["actor"] and source["basis"] != "anonymous":
        return source["actor"], source["basis"]
    words = " ".join(source["span"]["text"].casefold().split()) if source["span"] else ""
    return words, source["basis"], statement["report"]


def _source(said: list[Item], known: Known) -> Item:
    ordered = sorted(said, key=known.order)
    reports = {one["report"] for one in said}
    reason = next((one["source"]["reason"]["text"] for one in ordered if one["source"]["reason"]), None)
    return {
        "id": ordered[0]["id"],
        "who": known.source(ordered[0]),
        "basis": ordered[0]["source"]["basis"],
        "statements": len(said),
        "reports": len(reports),
        "origins": len({known.reports[one]["lineage"]["origin"] for one in reports}),
        "first": known.date_of(ordered[0]),
        "last": known.date_of(ordered[-1]),
        "reason": reason,
        "evidence": ordered[0]["evidence"],
    }


def by_mentions(places: list[Item], known: Known) -> list[Item]:
    """Places with how often they are named, those named most first."""
    ids: Collection[str] = {place["id"] for place in places}
    named = _by(known.lists.items("mentions", ids if len(ids) <= _MANY else ()), lambda one: one["place"])
    found = [_named(place, named.get(place["id"], [])) for place in places]
    return sorted(found, key=lambda place: (-place["mentions"], place["name"], place["id"]))


def _named(place: Item, mentions: list[Item]) -> Item:
    return {**place, "mentions": len(mentions), "evidence": mentions[:1]}


def _by(items: Iterable[Item], key: Any) -> Mapping[Any, list[Item]]:
    groups: dict[Any, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
