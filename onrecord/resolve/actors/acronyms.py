"""Short forms that a report introduces itself: "the Rural Credit Union (RCU)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.resolve.actors.naming import Naming
from onrecord.resolve.names import folded

_BRACKET = re.compile(r"\s?\((?:the |or |also known as )?[\"“‘']?([^\W\d_][\w.&-]{1,9})[\"”’']?\)")
_SMALL = frozenset("of the and for in on to de des del la".split())


def learnt_acronyms(text: str, namings: Iterable[Naming]) -> dict[str, Naming]:
    """Short forms in brackets after a name whose initials they are, with that name. The first use counts."""
    out: dict[str, Naming] = {}
    for naming in namings:
        found = _BRACKET.match(text, naming.span.end)
        if found and abbreviates(found[1], naming.name):
            out.setdefault(found[1], naming)
    return out


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of `short` are the initials of the words of a name, small words counted or not."""
    letters = [char for char in short.casefold() if char.isalnum()]
    words = folded(name).split()
    if sum(char.isupper() for char in short) < 2 or len(words) < 2:
        return False
    telling = [word for word in words if word not in _SMALL]
    return letters in ([word[0] for word in words], [word[0] for word in telling])
