"""Places, and what happens at them, as GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.export.json import as_text
from onrecord.export.words import joined, place_of, plain

Item = Mapping[str, Any]


def geojson(record: Item) -> str:
    """A feature for each place, and for each event, commitment and figure at a place.

    A place that stays open has no geometry (RFC 7946, 3.2). `precision` says what a point stands for: that of a
    country or a region is a point within it, not where something happened.
    """
    names = {report["id"]: report["name"] for report in record["reports"]}
    places = {place["id"]: place for place in record["places"]}
    features = [*_places(record, names), *_claims(record, places, names)]
    return as_text({"type": "FeatureCollection", "features": features}, indent=None)


def _places(record: Item, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    mentions: dict[str, list[Item]] = {}
    for mention in record["mentions"]:
        mentions.setdefault(mention["place"] or "", []).append(mention)
    for place in record["places"]:
        named = mentions.get(place["id"], [])
        told = {
            "kind": "place",
            **_where(place),
            "aliases": [plain(alias) for alias in place["aliases"]],
            "candidates": list(place["candidates"]),
            "mentions": len(named),
            "reports": len({mention["report"] for mention in named}),
            "stands_in": plain(place_of(named[:1], names)),
        }
        yield _feature(place["id"], place, told)


def _claims(record: Item, places: Mapping[str, Item], names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for name in ("events", "commitments", "figures"):
        for claim in record[name]:
            held = claim.get("places") or [claim.get("place")]
            for number, place in enumerate(one for one in held if one in places):
                identifier = claim["id"] if number == 0 else f"{claim['id']}:{number + 1}"
                yield _feature(identifier, places[place], _told(name, claim, places[place], names))


def _told(name: str, claim: Item, place: Item, names: Mapping[str, str]) -> dict[str, Any]:
    when = claim.get("date") or claim.get("due") or claim.get("not_before") or {}
    standing = {
        key: claim[key] for key in ("factuality", "strength", "state", "type", "value", "unit") if claim.get(key)
    }
    return {
        "kind": name[:-1],
        **_where(place),
        "date": when.get("value"),
        "earliest": when.get("earliest"),
        "latest": when.get("latest"),
        **standing,
        "words": plain(joined(claim["evidence"])),
        "stands_in": plain(place_of(claim["evidence"], names)),
    }


def _where(place: Item) -> dict[str, Any]:
    return {
        "name": plain(place["name"]),
        "place": place["id"],
        "country": place["country"],
        "precision": place["precision"],
        "gazetteer": place["gazetteer"],
    }


def _feature(identifier: str, place: Item, properties: dict[str, Any]) -> dict[str, Any]:
    known = place["lat"] is not None and place["lon"] is not None
    geometry = {"type": "Point", "coordinates": [place["lon"], place["lat"]]} if known else None
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}
