"""A report as a Doc of spaCy, for use from Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import OnRecordError
from onrecord.export.parts import library

Item = Mapping[str, Any]

_LABELS = {
    "mentions": lambda item: item["type"],
    "times": lambda item: item["type"],
    "statements": lambda item: item["attitude"],
    "events": lambda item: item["type"] or item["factuality"],
    "positions": lambda item: item["stance"],
    "commitments": lambda item: item["strength"],
    "figures": lambda item: item["state"],
    "findings": lambda item: item["kind"],
}
"""The groups of spans, and what labels a span in each."""


def to_spacy(record: Item, report: str, language: Any = None) -> Any:
    """One report of a record in the format `onrecord/1` as a `spacy.tokens.Doc`.

    `doc.text` is the report's text, to the code point. `doc.spans` has a group for each list of the record; a span
    bears the object's id as `id_` and its actor's or place's as `kb_id_`, and covers whole tokens, so it may be
    wider than the words; the offsets themselves stand in `doc.user_data["onrecord"]`, by group, in the same order.
    `doc.ents` holds the names.

    Args:
        record: the record.
        report: id or name of the report.
        language: a pipeline that makes the Doc; without one, spaCy's English tokeniser alone.

    Raises:
        OnRecordError: spaCy is not installed, or the record has no such report.
    """
    spacy = library("spacy", "to_spacy", "spacy")
    found = [one for one in record["reports"] if report in (one["id"], one["name"])]
    if not found:
        raise OnRecordError(report, "the record has no such report", "Give the id or the name of one of its reports")
    pipeline = language or _blank(spacy, len(found[0]["text"]))
    doc = pipeline(found[0]["text"])
    kept: dict[str, list[tuple[int, int, str]]] = {}
    for name in _LABELS:
        placed = [one for one in _placed(name, record[name], found[0]["id"]) if one[1] > one[0]]
        doc.spans[name] = [_span(doc, *one) for one in placed]
        kept[name] = [(start, end, item["id"]) for start, end, item, _ in placed]
    doc.user_data["onrecord"] = kept
    doc.ents = spacy.util.filter_spans(doc.spans["mentions"])
    return doc


def _blank(spacy: Any, length: int) -> Any:
    pipeline = spacy.blank("en")
    pipeline.max_length = max(pipeline.max_length, length + 1)
    return pipeline


def _placed(name: str, items: list[Item], report: str) -> Iterator[tuple[int, int, Item, str]]:
    for item in items:
        passages = [item] if "start" in item else item.get("content") or item["evidence"]
        for passage in passages:
            if passage["report"] == report:
                yield passage["start"], passage["end"], item, _LABELS[name](item)


def _span(doc: Any, start: int, end: int, item: Item, label: str) -> Any:
    known = item.get("actor") or item.get("place") or (item.get("source") or {}).get("actor") or ""
    return doc.char_span(start, end, label=label, kb_id=known, span_id=item["id"], alignment_mode="expand")
