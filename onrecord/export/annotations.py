"""The record as W3C Web Annotations (https://www.w3.org/TR/annotation-model/, JSON-LD).

Every object of the record is one annotation on the words it rests on. A target holds both selectors: the position in
code points, and the words with some of what stands before and after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from onrecord.export.json import as_text

Item = Mapping[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Code points on either side of the words."""

TAGS: Mapping[str, tuple[str, ...]] = {
    "mentions": ("type",),
    "times": ("type", "value"),
    "statements": ("attitude", "directness"),
    "events": ("type", "factuality"),
    "positions": ("stance",),
    "commitments": ("strength",),
    "figures": ("state", "unit"),
    "changes": ("kind",),
    "conflicts": ("kind", "label"),
    "findings": ("kind",),
}
"""The lists that are written, and the fields that become tags."""
_LINKS = ("actor", "place", "issue", "of", "statement", "within", "same_as", "before", "after")
"""Fields that name another object of the record."""
_TOLD = ("explanation", "suggestion", "note")


def web_annotations(record: Item) -> str:
    """The record as one AnnotationCollection with one page."""
    texts = {report["id"]: report["text"] for report in record["reports"]}
    items = [_annotation(name, item, texts) for name in TAGS for item in record[name]]
    page = {"id": "urn:onrecord:page:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    whole = {
        "@context": CONTEXT,
        "id": "urn:onrecord:record",
        "type": "AnnotationCollection",
        "label": "On the record",
        "generator": {"type": "Software", "name": f"onrecord {record['engine']['version']}"},
        "total": len(items),
        "first": page,
    }
    return as_text(whole, indent=None)


def iri(identifier: str) -> str:
    """The IRI of an object or a report."""
    return f"urn:onrecord:{quote(identifier, safe=':')}"


def _annotation(name: str, item: Item, texts: Mapping[str, str]) -> dict[str, Any]:
    passages = [item] if "start" in item else item["evidence"]
    return {
        "id": iri(item["id"]),
        "type": "Annotation",
        "motivation": "identifying" if name in ("mentions", "times") else "describing",
        "body": list(_bodies(name, item)),
        "target": [_target(passage, texts[passage["report"]]) for passage in passages],
    }


def _bodies(name: str, item: Item) -> Iterator[dict[str, Any]]:
    yield _tag(name)
    if name == "statements":
        yield _tag(f"basis: {item['source']['basis']}")
    yield from (_tag(f"{field}: {item[field]}") for field in TAGS[name] if item[field])
    for field in _TOLD:
        if item.get(field):
            yield {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": item[field]}
    for identifier in _linked(item):
        yield {"type": "SpecificResource", "purpose": "linking", "source": iri(identifier)}


def _linked(item: Item) -> Iterator[str]:
    source = item.get("source") or {}
    yield from (one for one in (source.get("actor"), *(item.get(field) for field in _LINKS)) if one)
    for field in ("actors", "recipients", "parties", "to", "places", "items"):
        yield from item.get(field) or ()


def _tag(value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": value}


def _target(passage: Item, text: str) -> dict[str, Any]:
    start, end = passage["start"], passage["end"]
    words = {
        "type": "TextQuoteSelector",
        "exact": passage["text"],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": iri(passage["report"]), "selector": [words, position]}
