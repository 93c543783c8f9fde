"""What was computed of one report, kept under a digest of all that it was computed from.

Most of what comparing reports does is done with each by itself first: its chains of coreference, its names of places,
the attitudes it tells. A step that asks a `Memory` for such a value hands over what the value is made of; the maker
gets just that and no more. So a value that is found is the one that would be made, whoever kept it and when: a report
read anew, a date corrected, an actor merged into another make another digest, and the value is made again.

The digest covers the code as well: the package's own source and rules, and the libraries that words are looked up in.
A number that somebody must remember to raise would be forgotten; a digest cannot be. A program whose files were edited
after it began may run what they no longer say: it finds nothing.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, TypeVarTuple, cast

from onrecord.model import Record
from onrecord.notation import encoded, pack, unpack

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Noun = TypeVar("Noun")
Packed = TypeVar("Packed", covariant=True)
Given = TypeVarTuple("Given")

_SIZE = 16
"""Bytes of a digest."""
_READ = (".py", ".toml", ".npz", "SHA256SUMS")
"""Ends of the names of files that rules are in. The large files are told apart by the list of their digests."""
_BEGAN = time.time()
_LOOKED_UP_IN = ("lemminflect", "msgspec", "numpy", "rensa")


@dataclass(frozen=True, slots=True)
class Kind(Generic[Packed]):
    """A kind of value that is kept: its name, and its type, which `onrecord.notation` must know to pack."""

    name: str
    type: Any


class Memory:
    """Keeps nothing: every value is made anew."""

    def recall(self, kind: Kind[Noun], make: Callable[[*Given], Noun], *given: *Given) -> Noun:
        """The value of this kind that `make` makes of what is given.

        Args:
            make: a function of its arguments alone; what else it reads must be part of the package.
            given: nouns that no one changes any more.
        """
        return make(*given)


FORGETFUL = Memory()


class Kept(Memory):
    """Takes values from what was kept before, and holds what is to be kept in its place.

    Args:
        before: packed values by their keys.
    """

    def __init__(self, before: Mapping[str, bytes]) -> None:
        self._before = before
        self._digests: dict[int, tuple[object, bytes]] = {}
        self.used: set[str] = set()
        self.fresh: dict[str, bytes] = {}

    def recall(self, kind: Kind[Noun], make: Callable[[*Given], Noun], *given: *Given) -> Noun:
        key = self.key(kind.name, *given)
        self.used.add(key)
        try:
            return cast("Noun", unpack(kind.type, self._before[key]))
        except (KeyError, ValueError):  # ValueError: damaged
            value = make(*given)
            self.fresh[key] = pack(value)
            return value

    def has_met(self, name: str, *given: object) -> bool:
        """Whether this was met when what is kept was made. From now on it is met."""
        key = self.key(name, *given)
        self.used.add(key)
        if key in self._before:
            return True
        self.fresh[key] = b""
        return False

    def key(self, name: str, *given: object) -> str:
        """The key of a value of the kind of this name."""
        whole = blake2b(code_digest(), digest_size=_SIZE)
        for digest in map(self._digest, given):
            whole.update(digest)
        return f"{name}:{whole.hexdigest()}"

    def _digest(self, noun: object) -> bytes:
        # The noun is held, so that its number stays its own.
        found = self._digests.get(id(noun))
        if found is None:
            found = self._digests[id(noun)] = noun, self._digest_anew(noun)
        return found[1]

    def _digest_anew(self, noun: object) -> bytes:
        whole = blake2b(digest_size=_SIZE)
        if isinstance(noun, Record):  # most of it are the annotations, which other nouns of a step have too
            for one in noun.annotations:
                whole.update(self._digest(one))
            noun = replace(noun, annotations=())
        whole.update(encoded(noun))
        return whole.digest()


@cache
def code_digest() -> bytes:
    """A digest of all that tells how values are made; another one at each start where that is not known for sure."""
    from importlib.metadata import version  # loaded with the first memory: whoever asks for help waits for neither
    from importlib.resources import files

    whole = blake2b(digest_size=_SIZE)
    whole.update(repr(sys.version_info[:2]).encode())
    for library in _LOOKED_UP_IN:
        whole.update(f"{library} {version(library)}\n".encode())
    for name, file in _sources(files("onrecord"), ""):
        if isinstance(file, Path) and file.stat().st_mtime > _BEGAN:
            return os.urandom(_SIZE)
        data = file.read_bytes()
        whole.update(f"{name} {len(data)}\n".encode())
        whole.update(data)
    return whole.digest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if one.is_dir():
            yield from _sources(one, f"{path}{one.name}/")
        elif one.name.endswith(_READ):
            yield f"{path}{one.name}", one
