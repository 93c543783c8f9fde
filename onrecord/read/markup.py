"""Pieces of HTML to text: what a feed, a mail or a wire service wraps a story in, one paragraph a block.

Nothing is judged here: a piece is all story. Whole pages, with menus and advertisements, are for `html`.
"""

from __future__ import annotations

import re
from typing import Any

from onrecord.read.text import storable

_BLOCKS = frozenset(
    "address article aside blockquote body dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hr html li main nav ol p pre section table td th tr ul p-summary hl1 hl2 block body.content body.head".split()
)
_SILENT = frozenset(
    "script style noscript template head title object embed iframe svg math button select textarea".split()
)
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,12});")


def has_markup(text: str) -> bool:
    """Whether there is a tag or an entity in `text`."""
    return _TAG.search(text) is not None


def markup_text(markup: str) -> str:
    """The words of a piece of HTML, a blank line between blocks; empty if it has none."""
    from lxml import etree, html  # costs 50 ms, and only few formats need it

    kept = _CONTROLS.sub("\ufffd", storable(markup))
    if not kept.strip():
        return ""
    try:
        root = html.fragment_fromstring(kept, create_parent="div")
    except (etree.LxmlError, ValueError, TypeError, AssertionError):
        return ""
    return blocks_text(root)


def blocks_text(root: Any) -> str:
    """The words below an element of lxml, a blank line between blocks.

    Walks without recursion, so that no depth of nesting can break it.
    """
    from lxml import etree

    lines: list[list[str]] = [[]]
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if event == "start":
            silent += name in _SILENT
            _begin(lines, name)
            _say(lines, element.text, silent)
            continue
        if event == "end":
            silent -= name in _SILENT
            _begin(lines, name)
        if element is not root:
            _say(lines, element.tail, silent)
    paragraphs = (" ".join("".join(line).split(" ")).strip() for line in lines)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _begin(lines: list[list[str]], name: str) -> None:
    """A block begins or ends a paragraph; a break begins a line, which is a paragraph where two follow each other."""
    if (name in _BLOCKS or name == "br") and lines[-1]:
        lines.append([])


def _say(lines: list[list[str]], words: str | None, silent: int) -> None:
    """Words within a paragraph; white space counts as one blank, as a browser shows it."""
    if words and not silent:
        shown = re.sub(r"[ \t\r\n\f]+", " ", words)
        if shown.strip(" ") or lines[-1]:
            lines[-1].append(shown)
