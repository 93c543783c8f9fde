"""News items in JSON as the IPTC's ninjs writes them, versions 1 to 3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.fields import words_of
from onrecord.read.markup import markup_text
from onrecord.read.received import Received, date_of, date_of_address, digest
from onrecord.read.standing import Standing
from onrecord.read.text import has_words, storable

_MARKS = ("pubstatus", "versioncreated", "firstcreated", "body_xhtml", "body_text", "headline_", "bodies", "headlines")
_PLAIN, _RICH = ("body_text", "body_text_plain"), ("body_xhtml", "body_html", "body_nitf")


def is_ninjs(item: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a ninjs item: it has a `uri` and one of its own fields."""
    return isinstance(item.get("uri"), str) and any(key.startswith(_MARKS) for key in item)


def received_ninjs(item: Mapping[str, Any], subject: str, name: str) -> Received | OnRecordError:
    """The report of a ninjs item, unless its publisher took it back."""
    standing = Standing(
        words_of(item.get("pubstatus")),
        words_of(item.get("version")),
        words_of(item.get("embargoed")),
        tuple(_signals(item)),
        words_of(item.get("ednote")),
    )
    refused = standing.refusal(subject)
    if refused is not None:
        return refused
    text = _text(item)
    if not has_words(text):
        return UnreadableSource(subject, "is a ninjs item without a text", "Leave it out, or give the item itself")
    data = text.encode()
    address = words_of(item.get("uri"))
    return Received(
        text,
        address or name,
        digest(data),
        published=words_of(item.get("firstcreated") or item.get("contentcreated") or item.get("versioncreated")),
        publisher=_publisher(item),
        title=_title(item),
        dates=(*date_of(item.get("versioncreated"), "meta"), *date_of_address(address)),
        data=data,
        notices=standing.notices(),
    )


def _text(item: Mapping[str, Any]) -> str:
    """The body: plain where there is one, otherwise what its markup shows."""
    for keys, made in ((_PLAIN, storable), (_RICH, markup_text)):
        for key in keys:
            if isinstance(item.get(key), str) and has_words(item[key]):
                return made(item[key])
    bodies = sorted(_listed(item, "bodies"), key=lambda body: "html" in str(body.get("contenttype", "")))
    for body in bodies:
        value = body.get("value")
        if isinstance(value, str):
            return markup_text(value) if "html" in str(body.get("contenttype", "")) else storable(value)
    return ""


def _title(item: Mapping[str, Any]) -> str | None:
    heads = _listed(item, "headlines")
    found = item.get("headline") or next((head.get("value") for head in heads if head.get("value")), None)
    return words_of(found) or words_of(item.get("title"))


def _publisher(item: Mapping[str, Any]) -> str | None:
    """Who is credited: the source's name, the credit line, or whose rights they are."""
    named = (entry.get("name") for entry in (*_listed(item, "infosources"), *_listed(item, "infosource")))
    candidates = (item.get("publisher"), item.get("source"), *named)
    words = (words_of(one) for one in (*candidates, item.get("copyrightholder")))
    return next((word for word in words if word), None)


def _signals(item: Mapping[str, Any]) -> Iterator[str]:
    for entry in (*_listed(item, "signals"), *_listed(item, "signal")):
        yield str(entry.get("code") or entry.get("uri") or entry.get("name") or "")
    if isinstance(item.get("correction"), bool) and item["correction"]:
        yield "correction"


def _listed(item: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = item.get(key)
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
