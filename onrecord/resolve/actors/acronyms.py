"""Short forms that a report introduces itself: "the Rural Credit Union (RCU)", "known as RCU"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.resolve.actors.naming import Naming
from onrecord.resolve.names import folded

_BRACKET = re.compile(r"\s?\((?:the |or |also known as )?[\"“‘']?([^\W\d_][\w.&-]{1,9})[\"”’']?\)")
_CALLED = re.compile(
    r",? (?:(?:also |better |widely )?known (?:as|by) (?:the )?(?:its )?"
    r"(?:(?:[A-Z]?[a-z]+ )?(?:acronym|initials|abbreviation) )?"
    r"|abbreviated (?:as|to) )([A-Z][A-Z&-]{1,7})\b"
)
_SMALL = frozenset("of the and for in on to de des del la".split())


def learnt_acronyms(text: str, namings: Iterable[Naming]) -> dict[str, Naming]:
    """Short forms after a name, with that name: in brackets its initials, or what it is said to be known as.

    Of a body the letters in brackets may be those of its name in another language. The first use counts.
    """
    out: dict[str, Naming] = {}
    for naming in namings:
        found = _BRACKET.match(text, naming.span.end)
        if found and (abbreviates(found[1], naming.name) or _is_foreign(found[1], naming)):
            out.setdefault(found[1], naming)
        elif called := _CALLED.match(text, naming.span.end):
            out.setdefault(called[1], naming)
    return out


def _is_foreign(short: str, naming: Naming) -> bool:
    """Whether capitals in brackets may be the initials of a body's name in its own language."""
    capitals = short.isalpha() and short.isupper() and 3 <= len(short) <= 6
    return capitals and naming.kind == "organization" and len(naming.name.split()) > 1


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of `short` are the initials of the words of a name, small words counted or not."""
    letters = [char for char in short.casefold() if char.isalnum()]
    words = folded(name).split()
    if sum(char.isupper() for char in short) < 2 or len(words) < 2:
        return False
    telling = [word for word in words if word not in _SMALL]
    return letters in ([word[0] for word in words], [word[0] for word in telling])
