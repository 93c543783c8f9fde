"""Nouns of the model as bytes and back, without loss: for keeping them, not for showing them.

The public format (`onrecord/1`) is another one, made for readers.
"""

from __future__ import annotations

import zlib
from collections.abc import Hashable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from msgspec.msgpack import Decoder

Noun = TypeVar("Noun")
_LEVEL = 1
"""Of compression: higher ones take more time than they save space."""


def pack(noun: object) -> bytes:
    """A noun, or a tuple of nouns, as compressed MessagePack; equal nouns give the same bytes."""
    return zlib.compress(encoded(noun), _LEVEL)


def encoded(noun: object) -> bytes:
    """As `pack`, not compressed: for what is compressed with others."""
    from msgspec.msgpack import encode

    return encode(noun)


def unpack(kind: type[Noun], data: bytes) -> Noun:
    """The noun of this kind that `pack` packed.

    Raises:
        ValueError: the bytes were packed by another version of the model, or are damaged.
    """
    try:
        return decoded(kind, zlib.decompress(data))
    except zlib.error as error:
        raise ValueError(f"kept by another version, or damaged ({error})") from error


def decoded(kind: type[Noun], data: bytes) -> Noun:
    """The noun of this kind that `encoded` wrote; errors as for `unpack`."""
    from msgspec import MsgspecError

    try:
        noun: Noun = _decoder(cast("Hashable", kind)).decode(data)
    except MsgspecError as error:
        raise ValueError(f"kept by another version, or damaged ({error})") from error
    return noun


@cache
def _decoder(kind: Hashable) -> Decoder[Any]:
    from msgspec.msgpack import Decoder

    return Decoder(cast("Any", kind))
