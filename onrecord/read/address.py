"""Web addresses that a user allowed to be fetched. Others are never fetched."""

from __future__ import annotations

import re

# A path made of an address has lost one of the two strokes.
_ADDRESS = re.compile(r"https?:/{1,2}[^\s/]", re.IGNORECASE)


class Address(str):
    """A web address whose page may be fetched: the user said so."""

    __slots__ = ()


def is_address(source: str) -> bool:
    """Whether a source is written as a web address."""
    return _ADDRESS.match(source) is not None


def fetchable(sources: tuple[str, ...]) -> tuple[str, ...]:
    """The sources, those that are web addresses now allowed to be fetched."""
    return tuple(Address(source) if is_address(source) else source for source in sources)
