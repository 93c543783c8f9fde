"""Events in the columns of the POLECAT files, which hold events of the PLOVER ontology (tab-separated)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.export.columns import Value
from onrecord.export.tables import csv_text
from onrecord.export.words import joined, place_of

Item = Mapping[str, Any]

COLUMNS = tuple(
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW"
    "|Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name"
    "|Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw"
    "|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename"
    "|Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version".split("|")
)
OURS = ("Date Earliest", "Date Latest", "Said By", "Basis", "Words", "Stands In")
"""Columns behind those of POLECAT: what they have no place for."""

_QUADS = {
    "VERBAL COOPERATION": "AGREE CONSULT SUPPORT CONCEDE",
    "MATERIAL COOPERATION": "COOPERATE AID RETREAT",
    "VERBAL CONFLICT": "REQUEST ACCUSE REJECT THREATEN",
    "MATERIAL CONFLICT": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
_QUAD = {name: quad for quad, names in _QUADS.items() for name in names.split()}
_AND = ";"
_STORY = {"Story People": ("person",), "Story Organizations": ("organization", "group")}


def plover(record: Item) -> str:
    """A line for each event with a type that is told as having happened, once for all reports that tell of it.

    What is planned, possible, asked for, conditional or denied is left out: these columns cannot say so, and whoever
    reads them would take it to have happened. Who tells of it stands in the columns behind.
    """
    return csv_text((*COLUMNS, *OURS), [tuple(_row(event, known)) for known, event in _events(record)], "\t")


class _Known:
    """What a line says besides the event: its report, its actors, the place."""

    def __init__(self, record: Item) -> None:
        self.reports = {report["id"]: report for report in record["reports"]}
        self.names = {report["id"]: report["name"] for report in record["reports"]}
        self.actors = {actor["id"]: actor for actor in record["actors"]}
        self.places = {place["id"]: place for place in record["places"]}
        self.statements = {one["id"]: one for one in record["statements"]}
        self.version = f"onrecord {record['engine']['version']}"
        self.mentions: dict[str, list[Item]] = {}
        for mention in record["mentions"]:
            self.mentions.setdefault(mention["report"], []).append(mention)

    def named(self, report: str, types: tuple[str, ...]) -> str:
        """The names of some types in a report, in their order, each once."""
        return _AND.join(dict.fromkeys(one["text"] for one in self.mentions.get(report, []) if one["type"] in types))


def _events(record: Item) -> Iterator[tuple[_Known, Item]]:
    known = _Known(record)
    for event in record["events"]:
        if event["type"] and event["factuality"] == "asserted" and event["same_as"] is None:
            yield known, event


def _row(event: Item, known: _Known) -> Iterator[Value]:
    cells = _cells(event, known)
    yield from (cells.get(column, "") for column in (*COLUMNS, *OURS))


def _cells(event: Item, known: _Known) -> dict[str, Value]:
    report, when = known.reports[event["report"]], event["date"] or {}
    statement = known.statements.get(event["statement"])
    return {
        "Event ID": event["id"],
        "Event Date": _day(when),
        "Event Type": event["type"],
        "Event Mode": event["mode"] or "",
        "Quad Code": _QUAD.get(event["type"], ""),
        **_who("Actor", event["actors"], known),
        **_who("Recipient", event["recipients"], known),
        **_where(known.places.get(event["place"] or "")),
        "Source": report["publisher"] or report["lineage"]["agency"] or "",
        "Publication Date": _day(report["date"]),
        **{column: known.named(event["report"], types) for column, types in _STORY.items()},
        "Story Locations": known.named(event["report"], ("place", "facility")),
        "Language": "eng",
        "Version": known.version,
        "Date Earliest": when.get("earliest") or "",
        "Date Latest": when.get("latest") or "",
        **_told(statement, known),
        "Words": joined(event["evidence"]),
        "Stands In": place_of(event["evidence"], known.names),
    }


def _day(when: Item) -> str:
    """A day, where the date is just one; POLECAT has no others."""
    earliest = when.get("earliest")
    return str(earliest) if earliest and earliest == when.get("latest") else ""


def _who(side: str, ids: list[str], known: _Known) -> dict[str, Value]:
    found = [known.actors[one] for one in ids if one in known.actors]
    titles = [role["title"] for actor in found for role in actor["roles"][:1]]
    return {
        f"{side} Name": _AND.join(actor["name"] for actor in found),
        f"{side} Country": _AND.join(actor["country"] or "" for actor in found).strip(_AND),
        f"{side} Title": _AND.join(titles),
        f"{side} Name Raw": _AND.join((actor["aliases"] or [actor["name"]])[0] for actor in found),
    }


def _where(place: Item | None) -> dict[str, Value]:
    if place is None:
        return {}
    gazetteer, _, number = (place["gazetteer"] or "").partition(":")
    return {
        "Placename": place["name"],
        "Country": place["country"] or "",
        "Latitude": place["lat"],
        "Longitude": place["lon"],
        "GeoNames ID": number if gazetteer == "geonames" else "",
        "Raw Placename": (place["aliases"] or [place["name"]])[0],
        "Feature Type": place["precision"],
    }


def _told(statement: Item | None, known: _Known) -> dict[str, Value]:
    if statement is None:
        return {}
    source = statement["source"]
    actor = known.actors.get(source["actor"] or "")
    said_by = actor["name"] if actor else source["span"]["text"] if source["span"] else ""
    return {"Said By": said_by, "Basis": source["basis"]}
