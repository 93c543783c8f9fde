"""Actors, reports, names and events as entities of FollowTheMoney (https://followthemoney.tech), a JSON object a line.

Written without its library, by its schema: ids hold no colons, dates are whole or cut off behind year or month,
texts keep below its limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from onrecord.export.json import as_text
from onrecord.export.words import clipped, encodable, joined, place_of, plain

Item = Mapping[str, Any]
Entity = dict[str, Any]

SCHEMAS = {
    "person": "Person",
    "organization": "Organization",
    "government": "PublicBody",
    "group": "Organization",
    "role": "LegalEntity",
}
"""The schema of each type of actor; a role ("a port official") may be one or many."""
_NAME, _STRING, _TEXT, _ADDRESS = 380, 1000, 64000, 250
_DAY = len("2024-05-03")


def ftm(record: Item) -> str:
    """Articles, actors, memberships, mentions and the events of the timeline, one JSON object a line, in this order."""
    parts = (_articles, _actors, _memberships, _mentions, _events)
    return "".join(as_text(entity, indent=None) for part in parts for entity in part(record))


def ftm_id(identifier: str) -> str:
    """The id of an object of the record as FollowTheMoney takes it."""
    return f"onrecord-{identifier.replace(':', '-')}"


def _entity(identifier: str, schema: str, **properties: Iterable[str | None]) -> Entity:
    known = {name: sorted({value for value in values if value}) for name, values in properties.items()}
    return {
        "id": ftm_id(identifier),
        "schema": schema,
        "properties": {name: values for name, values in known.items() if values},
    }


def _articles(record: Item) -> Iterator[Entity]:
    for report in record["reports"]:
        yield _entity(
            report["id"],
            "Article",
            title=[_cut(report["title"], _STRING)],
            name=[_cut(report["title"] or report["name"], _NAME)],
            fileName=[_cut(report["name"], _STRING)],
            publisher=[_cut(report["publisher"] or report["lineage"]["agency"], _STRING)],
            publishedAt=_dates(report["date"]),
            bodyText=_pieces(report["text"]),
        )


def _actors(record: Item) -> Iterator[Entity]:
    for actor in record["actors"]:
        schema = SCHEMAS[actor["type"]]
        titles = [_cut(role["title"], _STRING) for role in actor["roles"]]
        yield _entity(
            actor["id"],
            schema,
            name=[_cut(actor["name"], _NAME)],
            weakAlias=[_cut(alias, _NAME) for alias in actor["aliases"] if alias != actor["name"]],
            country=[_country(actor["country"])],
            **({"position": titles} if schema == "Person" else {}),
        )


def _memberships(record: Item) -> Iterator[Entity]:
    """Offices of actors in organizations and governments that the record knows."""
    bodies = {one["id"] for one in record["actors"] if SCHEMAS[one["type"]] in ("Organization", "PublicBody")}
    for actor in record["actors"]:
        for number, role in enumerate(actor["roles"], 1):
            if role["of"] in bodies and role["of"] != actor["id"]:
                yield _entity(
                    f"{actor['id']}-role-{number}",
                    "Membership",
                    member=[ftm_id(actor["id"])],
                    organization=[ftm_id(role["of"])],
                    role=[_cut(role["title"], _STRING)],
                    # The days between which reports give the role, not those on which it began and ended.
                    date=[role["from"], role["to"]],
                    proof=[ftm_id(one["report"]) for one in role["evidence"]],
                    summary=[_cut(joined(role["evidence"]), _STRING)],
                )


def _mentions(record: Item) -> Iterator[Entity]:
    """Names that mean an actor; FollowTheMoney's Mention has no place for offsets, so the words alone are there."""
    types = {actor["id"]: SCHEMAS[actor["type"]] for actor in record["actors"]}
    for mention in record["mentions"]:
        if mention["actor"] in types:
            yield _entity(
                mention["id"],
                "Mention",
                document=[ftm_id(mention["report"])],
                name=[_cut(mention["text"], _NAME)],
                resolved=[ftm_id(mention["actor"])],
                detectedSchema=[types[mention["actor"]]],
            )


def _events(record: Item) -> Iterator[Entity]:
    """The lines of the timeline; how an event is told (planned, possible, denied) is a keyword."""
    events = {event["id"]: event for event in record["events"]}
    places = {place["id"]: place for place in record["places"]}
    names = {report["id"]: report["name"] for report in record["reports"]}
    known = {actor["id"] for actor in record["actors"]}
    for number, entry in enumerate(record["timeline"], 1):
        told = [events[one] for one in entry["events"] if one in events]
        held = [places[one["place"]] for one in told if one["place"] in places]
        involved = [actor for one in told for actor in (*one["actors"], *one["recipients"]) if actor in known]
        yield _entity(
            told[0]["id"] if told else f"line-{number}",
            "Event",
            name=[_cut(entry["headline"], _NAME)],
            **_span(entry["date"]),
            involved=[ftm_id(one) for one in involved],
            location=[_cut(place["name"], _ADDRESS) for place in held],
            country=[_country(place["country"]) for place in held],
            keywords=[one["factuality"] for one in told],
            description=[_cut(f"“{one['text']}” {place_of([one], names)}", _TEXT) for one in entry["evidence"]],
            proof=[ftm_id(one["report"]) for one in entry["evidence"]],
        )


def _span(when: Item) -> dict[str, list[str | None]]:
    """A date, where the value is one; else the first and the last day it may be."""
    dates = _dates(when)
    return {"date": dates} if dates else {"startDate": [when["earliest"]], "endDate": [when["latest"]]}


def _dates(when: Item) -> list[str | None]:
    """The value, where it is a year, a month or a day and the bounds say no more."""
    value, earliest, latest = (when["value"] or "")[:_DAY], when["earliest"] or "", when["latest"] or ""
    if earliest and earliest == latest:
        return [earliest]
    whole = value.replace("-", "").isdigit() and len(value) in (4, 7)
    return [value] if whole and _first(value) == earliest else []


def _first(value: str) -> str:
    numbers = [int(part) for part in value.split("-")]
    return date(*[*numbers, 1, 1][:3]).isoformat()


def _country(code: str | None) -> str | None:
    return code.lower() if code else None


def _cut(words: str | None, limit: int) -> str | None:
    return plain(clipped(words, limit)) if words and words.strip() else None


def _pieces(text: str) -> list[str | None]:
    """A text in pieces under the limit. FollowTheMoney keeps them as a set: their order is lost."""
    clean = encodable(text).replace("\0", "\N{REPLACEMENT CHARACTER}")
    return [clean[start : start + _TEXT] for start in range(0, len(clean), _TEXT)]
