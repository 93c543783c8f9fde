"""News items in XML as the IPTC's NewsML-G2 writes them, alone or in a message of several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.fields import words_of
from onrecord.read.markup import blocks_text
from onrecord.read.received import Received, date_of, digest
from onrecord.read.standing import Standing
from onrecord.read.text import has_words, storable

ROOTS = frozenset({"newsItem", "newsMessage", "packageItem", "knowledgeItem", "conceptItem", "planningItem"})


def read_newsml(data: bytes, name: str) -> Iterator[Received | OnRecordError]:
    """The reports of a NewsML-G2 file: each news item is one.

    Raises:
        UnreadableSource: it is not whole, or has entities or a document type of its own.
    """
    root = parsed_xml(data, name)
    items = [root] if local(root) == "newsItem" else [one for one in root.iter() if local(one) == "newsItem"]
    if not items:
        reason = f"is a NewsML-G2 {local(root)} without news items"
        yield UnreadableSource(name, reason, "Give the items it refers to")
        return
    for number, item in enumerate(items, 1):
        subject = name if len(items) == 1 else f"{name}, item {number}"
        yield _received(item, subject, f"{name}:{number}")


def parsed_xml(data: bytes, name: str) -> Any:
    """The root element, as the standard library has it.

    Raises:
        UnreadableSource: it is not well-formed, or has a document type, through which XML could be made to read
            other files or to grow without measure.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        reason = "is XML with a document type or entities of its own, which are not read for safety's sake"
        raise UnreadableSource(name, reason, "Save it without its DOCTYPE") from None
    except (ParseError, ValueError, LookupError, OverflowError) as error:
        reason = f"is XML that is not whole ({error})"
        raise UnreadableSource(name, reason, "Download or save it again") from None


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _received(item: Any, subject: str, name: str) -> Received | OnRecordError:
    standing = Standing(
        _code(item, "pubStatus"),
        item.get("version"),
        _embargo(item),
        tuple(found.get("qcode") or found.get("uri") or "" for found in _all(item, "signal")),
        _words(item, "edNote"),
    )
    refused = standing.refusal(subject)
    if refused is not None:
        return refused
    text = _text(item)
    if not has_words(text):
        return UnreadableSource(subject, "is a news item without a text", "Give the item that holds its words")
    data = text.encode()
    made = _words(item, "firstCreated") or _words(item, "contentCreated") or _words(item, "versionCreated")
    return Received(
        text,
        words_of(item.get("guid")) or name,
        digest(data),
        published=made,
        publisher=_publisher(item),
        title=_words(item, "headline") or _words(item, "title"),
        dates=date_of(_words(item, "versionCreated"), "meta"),
        data=data,
        notices=standing.notices(),
    )


def _text(item: Any) -> str:
    """The words of the item's own content: marked up, or plain."""
    for holder in _all(item, "inlineXML"):
        text = _marked_up(holder)
        if has_words(text):
            return text
    plain = (storable("".join(holder.itertext())).strip() for holder in _all(item, "inlineData"))
    return next((text for text in plain if has_words(text)), "")


def _marked_up(holder: Any) -> str:
    """The words of XHTML or NITF; of the latter only the body, whose head repeats what the item says of itself."""
    from xml.etree.ElementTree import tostring

    from lxml import etree

    bodies = [one for one in holder.iter() if local(one) in ("body.content", "body")]
    inner = [one for one in bodies if local(one) == "body.content"] or bodies or [holder]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return blocks_text(etree.fromstring(tostring(inner[0]), parser))


def _all(item: Any, name: str) -> list[Any]:
    return [one for one in item.iter() if local(one) == name]


def _words(item: Any, name: str) -> str | None:
    found = (words_of("".join(one.itertext())) for one in _all(item, name))
    return next((words for words in found if words), None)


def _code(item: Any, name: str) -> str | None:
    found = (one.get("qcode") or one.get("uri") for one in _all(item, name))
    return next((code for code in found if code), None)


def _embargo(item: Any) -> str | None:
    """Until when it is embargoed; an empty element leaves that open."""
    return (_words(item, "embargoed") or "further notice") if _all(item, "embargoed") else None


def _publisher(item: Any) -> str | None:
    """Who provides it: a name if there is one, otherwise the credit line, otherwise the code."""
    for name in ("provider", "infoSource", "creditline"):
        for one in _all(item, name):
            inner = _words(one, "name") or words_of("".join(one.itertext())) or one.get("literal")
            told = words_of(inner) or words_of((one.get("qcode") or "").rpartition(":")[2])
            if told:
                return told
    return None
